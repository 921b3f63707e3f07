"""Whether two sites are the same, byte by byte."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

# Pagefind orders their entries anew each time; that they answer the same is proved by the tests of search.
VARYING = ("pagefind/pagefind-entry.json", "pagefind/*.pf_meta", "pagefind/*.pf_filter")


def differences(one: Path, other: Path) -> tuple[str, ...]:
    """Return the files, relative to both folders, that one of them lacks or that differ, but for ``VARYING``."""
    names = {path.relative_to(site).as_posix() for site in (one, other) for path in site.rglob("*") if path.is_file()}
    return tuple(
        name
        for name in sorted(names)
        if not any(fnmatch(name, pattern) for pattern in VARYING) and _read(one / name) != _read(other / name)
    )


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
