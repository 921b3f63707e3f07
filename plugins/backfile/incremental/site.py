"""What the files in the output were made from, and whether they still stand there as they were put."""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from backfile.incremental.cache import Cache

_TABLE = "page"

# A file's key, and its mode, size and time of change when a build left it.
_Row = tuple[bytes, int, int, int]


@dataclass(frozen=True, slots=True)
class Made:
    """All files of a site by path, each with a key (a hash of what it is made from), and those not made again."""

    keys: Mapping[str, bytes]
    kept: frozenset[str]


class Output:
    """The folder that a site stands in (``root``), with the files that the last build left there.

    The cache has them by the first part of their path, so that a build reads a few rows and writes fewer.
    """

    def __init__(self, root: Path, cache: Cache) -> None:
        self.root = root
        self._top = os.fspath(root)
        self._cache = cache
        self._rows: dict[str, _Row] = {}
        for row in cache.all(_TABLE).values():
            self._rows |= marshal.loads(row)  # noqa: S302  # our own, by checksum

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._rows)

    def key(self, path: str) -> bytes:
        """Return the key of a file that stands as it was left; nothing where none does."""
        row = self._rows.get(path)
        if row is None:
            return b""
        try:
            found = os.lstat(f"{self._top}/{path}")
        except OSError:
            return b""
        key, mode, size, time = row
        return key if found.st_mtime_ns == time and found.st_size == size and found.st_mode == mode else b""

    def keys(self, paths: Iterable[str]) -> dict[str, bytes] | None:
        """Return the keys of files that all stand as they were left, or None when one does not."""
        found = {}
        top, rows, lstat = self._top, self._rows, os.lstat  # this is asked of all files by builds with little to do
        try:
            for path in paths:
                key, mode, size, time = rows[path]
                state = lstat(f"{top}/{path}")
                if state.st_mtime_ns != time or state.st_size != size or state.st_mode != mode:
                    return None
                found[path] = key
        except (OSError, KeyError):
            return None
        return found

    def is_untouched(self) -> bool:
        """Tell whether all of them stand there as they were left."""
        return self.keys(self._rows) is not None

    def below(self, folder: str) -> dict[str, bytes]:
        """Return the keys of those below a folder, touched or not."""
        return {path: row[0] for path, row in self._rows.items() if path.startswith(f"{folder}/")}

    def with_standing(self, made: Made, folder: str) -> Made:
        """Return ``made`` with the files below a folder, as the last build left them."""
        known = self.below(folder)
        return Made({**made.keys, **known}, made.kept | known.keys())

    def remember(self, made: Made) -> None:
        """Write down what the files were made from, once they are there."""
        gone = self._rows.keys() - made.keys.keys()
        put = ((path, self._row(path, made.keys[path])) for path in made.keys.keys() - made.kept)
        new = {path: row for path, row in put if row}
        for path in gone:
            del self._rows[path]
        self._rows |= new
        for part, paths in groupby(sorted((*gone, *new), key=_part), _part):
            rows = self._stored(part)
            for path in paths:
                if path in new:
                    rows[path] = new[path]
                else:
                    rows.pop(path, None)
            if rows:
                self._cache.put(_TABLE, [(part, marshal.dumps(rows))])
            else:
                self._cache.drop(_TABLE, [part])

    def _stored(self, part: str) -> dict[str, _Row]:
        row = self._cache.get(_TABLE, part)
        rows: dict[str, _Row] = marshal.loads(row) if row else {}  # noqa: S302  # our own, by checksum
        return rows

    def _row(self, path: str, key: bytes) -> _Row | None:
        try:
            found = os.lstat(f"{self._top}/{path}")
        except OSError:  # somebody else has taken it away: the next build puts it there again
            return None
        return key, found.st_mode, found.st_size, found.st_mtime_ns


def _part(path: str) -> str:
    return path.partition("/")[0]
