"""What the files in the output were made from, and whether they still stand there as they were put."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backfile.incremental.cache import Cache

_TABLE = "page"
_MARK = 40  # bytes of a mark


@dataclass(frozen=True, slots=True)
class Made:
    """All files of a site by path, each with a key (a hash of what it is made from), and those not made again."""

    keys: Mapping[str, bytes]
    kept: frozenset[str]


class Standing:
    """The files that the last build left in the output."""

    def __init__(self, output: Path, cache: Cache) -> None:
        self._root = os.fspath(output)
        self._rows = cache.all(_TABLE)

    def key(self, path: str) -> bytes:
        """Return the key of a file that stands as it was left; nothing where none does."""
        row = self._rows.get(path, b"")
        return row[:-_MARK] if row and row[-_MARK:] == mark(f"{self._root}/{path}") else b""


def remember(made: Made, output: Path, cache: Cache) -> None:
    """Write down what the files in the output were made from, once they are there."""
    cache.drop(_TABLE, sorted(cache.all(_TABLE).keys() - made.keys.keys()))
    new = {path: key for path, key in made.keys.items() if path not in made.kept}
    cache.put(_TABLE, ((path, key + mark(output / path)) for path, key in new.items()))


def remembered(cache: Cache, prefix: str) -> dict[str, bytes]:
    """Return the keys of files that the last build made below a folder (``prefix`` ends with a slash)."""
    return {path: row[:-_MARK] for path, row in cache.all(_TABLE).items() if path.startswith(prefix)}


def with_standing(made: Made, folder: str, cache: Cache) -> Made:
    """Return ``made`` with the files below a folder of the output, as the last build left them."""
    known = remembered(cache, f"{folder}/")
    return Made({**made.keys, **known}, made.kept | known.keys())


def is_untouched(output: Path, cache: Cache) -> bool:
    """Tell whether all that the last build made stands in the output as it left it."""
    root = os.fspath(output)
    return all(row[-_MARK:] == mark(f"{root}/{path}") for path, row in cache.all(_TABLE).items())


def mark(file: str | Path) -> bytes:
    """Return what changes when a file is touched; nothing when there is no file."""
    try:
        found = os.lstat(file)
    except OSError:
        return b""
    return b"%08o%016x%016x" % (found.st_mode, found.st_size, found.st_mtime_ns)
