"""What the files in the output were made from, and whether they still stand there as they were put."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from backfile.incremental.beside import beside
from backfile.incremental.cache import Cache

_TABLE = "page"
_MANY = 2_000  # files that take longer to look at than a process to begin

# A file's mode, size and time of change when a build left it.
_State = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Made:
    """All files of a site by path, each with a key (a hash of what it is made from), and those not made again."""

    keys: Mapping[str, bytes]
    kept: frozenset[str]


class Output:
    """The folder that a site stands in (``root``), with the files that the last build left there.

    The cache has them by the first part of their path, so that a build writes few rows.
    """

    def __init__(self, root: Path, cache: Cache) -> None:
        self.root = root
        self._top = os.fspath(root)
        self._cache = cache
        self._keys: dict[str, bytes] = {}
        self._states: dict[str, _State] = {}
        self._touched: Callable[[], frozenset[str]] | None = None
        for row in cache.all(_TABLE).values():
            keys, states = marshal.loads(row)  # noqa: S302  # our own, by checksum
            self._keys |= keys
            self._states |= states

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._keys)

    def look(self) -> None:
        """Begin to look which files stand as they were left, in a process of its own where they are many."""
        if self._touched:
            self._touched()  # nobody has asked for it, and it is there
        found = beside(self._changed) if len(self._states) > _MANY else self._changed
        self._touched = lru_cache(lambda: frozenset(found()))

    def key(self, path: str) -> bytes:
        """Return the key of a file that stood as it was left when this was last looked at; nothing where none did."""
        return b"" if path in self.touched else self._keys.get(path, b"")

    def keys(self, paths: Sequence[str]) -> dict[str, bytes] | None:
        """Return the keys of files that all stood as they were left, or None when one did not."""
        if not self.touched.isdisjoint(paths):
            return None
        try:
            return dict(zip(paths, map(self._keys.__getitem__, paths), strict=True))
        except KeyError:
            return None

    def is_untouched(self) -> bool:
        """Tell whether all of them stood there as they were left."""
        return not self.touched

    @property
    def touched(self) -> frozenset[str]:
        """Those that somebody has changed or taken away."""
        if self._touched is None:
            self.look()
            return self.touched
        return self._touched()

    def _changed(self) -> list[str]:
        top, lstat, found = self._top, os.lstat, []
        for path, (mode, size, time) in self._states.items():
            try:
                state = lstat(f"{top}/{path}")
            except OSError:
                found.append(path)
                continue
            if state.st_mtime_ns != time or state.st_size != size or state.st_mode != mode:
                found.append(path)
        return found

    def below(self, folder: str) -> dict[str, bytes]:
        """Return the keys of those below a folder, touched or not."""
        start = f"{folder}/"
        return {path: key for path, key in self._keys.items() if path.startswith(start)}

    def with_standing(self, made: Made, folder: str) -> Made:
        """Return ``made`` with the files below a folder, as the last build left them."""
        known = self.below(folder)
        return Made({**made.keys, **known}, made.kept | known.keys())

    def remember(self, made: Made) -> None:
        """Write down what the files were made from, once they are there."""
        gone = self._keys.keys() - made.keys.keys()
        put = ((path, self._state(path)) for path in made.keys.keys() - made.kept)
        new = {path: state for path, state in put if state}
        for part, group in groupby(sorted((*gone, *new), key=_part), _part):
            row = self._cache.get(_TABLE, part)
            keys, states = marshal.loads(row) if row else ({}, {})  # noqa: S302  # our own, by checksum
            for path in group:
                if path in new:
                    keys[path], states[path] = made.keys[path], new[path]
                else:
                    keys.pop(path, None)
                    states.pop(path, None)
            self._cache.drop(_TABLE, [part])
            if keys:
                self._cache.put(_TABLE, [(part, marshal.dumps((keys, states)))])
        for path in gone:
            del self._keys[path], self._states[path]
        self._keys |= {path: made.keys[path] for path in new}
        self._states |= new
        self._touched = None

    def _state(self, path: str) -> _State | None:
        try:
            found = os.lstat(f"{self._top}/{path}")
        except OSError:  # somebody else has taken it away: the next build puts it there again
            return None
        return found.st_mode, found.st_size, found.st_mtime_ns


def _part(path: str) -> str:
    return path.partition("/")[0]
