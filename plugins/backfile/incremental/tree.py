"""What stands in a folder, and which of it may have changed since the last look.

A file is taken for unchanged when its size, its times of change and its place on the disk
are (as git does). Two changes can fall into one tick of the clock, so a file that was
changed just before it was looked at is looked at again next time (git's "racily clean").
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

# A tick of the coarsest clock that a file system has (FAT: two seconds), with room.
_TICK = 3_000_000_000

Marks = dict[str, str]  # path below the folder, with slashes → what changes with the file; "" when that can't be told


def marks(root: Path, now: int, *, skip: Iterable[str] = ()) -> Marks:
    """Return the marks of all files below ``root``, sorted by path; links to folders are followed.

    ``now`` is the time in nanoseconds before which a change can't be missed. Names that
    begin with a dot, and those in ``skip`` at the top, are left out.
    """
    top, skipped = os.fspath(root), frozenset(skip)
    found, waiting = [], [""]
    while waiting:
        prefix = waiting.pop()
        try:
            entries = os.scandir(f"{top}/{prefix}")
        except (FileNotFoundError, NotADirectoryError):
            continue
        with entries:
            for entry in entries:
                name = entry.name
                path = prefix + name
                if name[0] == "." or path in skipped:
                    continue
                if entry.is_dir():
                    waiting.append(f"{path}/")
                else:
                    found.append((path, mark(entry.stat(), now) if entry.is_file() else ""))
    return dict(sorted(found))


def mark(found: os.stat_result, now: int) -> str:
    """Return a file's mark."""
    changed, moved, latest = found.st_mtime_ns, found.st_ctime_ns, now - _TICK
    if changed > latest or moved > latest:
        return ""
    return f"{found.st_size} {changed} {moved} {found.st_ino}"
