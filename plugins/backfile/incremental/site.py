"""What the files in the output were made from, and whether they still stand there as they were put."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
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
        self._states: dict[str, bytes] = {}  # by path, packed, of each part: who builds seldom needs them itself
        self._touched: Callable[[], frozenset[str]] | None = None
        for part, row in cache.all(_TABLE).items():
            keys, self._states[part] = marshal.loads(row)  # noqa: S302  # our own, by checksum
            self._keys |= keys

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._keys)

    def look(self) -> None:
        """Begin to look which files stand as they were left, in a process of its own where they are many."""
        if self._touched:
            self._touched()  # nobody has asked for it, and it is there
        found = beside(self._changed) if len(self) > _MANY else self._changed
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
        states = map(self._unpacked, self._states)
        for path, (mode, size, time) in chain.from_iterable(part.items() for part in states):
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
        for path in gone:
            del self._keys[path]
        self._keys |= {path: made.keys[path] for path in new}
        for part, paths in groupby(sorted((*gone, *new), key=_part), _part):
            now = dict.fromkeys(paths)
            states = {path: state for path, state in self._unpacked(part).items() if path not in now}
            states |= {path: new[path] for path in now if path in new}
            self._states[part] = marshal.dumps(states)
            keys = {path: self._keys[path] for path in states}
            self._cache.put(_TABLE, [(part, marshal.dumps((keys, self._states[part])))])
            if not states:
                del self._states[part]
                self._cache.drop(_TABLE, [part])
        self._touched = None

    def _unpacked(self, part: str) -> dict[str, _State]:
        packed = self._states.get(part)
        states: dict[str, _State] = marshal.loads(packed) if packed else {}  # noqa: S302  # our own
        return states

    def _state(self, path: str) -> _State | None:
        try:
            found = os.lstat(f"{self._top}/{path}")
        except OSError:  # somebody else has taken it away: the next build puts it there again
            return None
        return found.st_mode, found.st_size, found.st_mtime_ns


def _part(path: str) -> str:
    return path.partition("/")[0]
