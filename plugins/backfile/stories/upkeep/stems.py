"""Which stories may come to want one id: those whose first texts' addresses end alike, kept up to date.

What an address ends with, but for a date and a number that an id may have been given, is its *stem*.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ADDED = re.compile(r"(?:-\d{4}-\d\d-\d\d(?:-\d+)?)+$")


def stem(name: str) -> str:
    """Return what all ids have in common that may be made of one last segment of an address."""
    return _ADDED.sub("", name) if name[-1:].isdecimal() else name


def last_segment(id_: str) -> str:
    """Return the last segment of an article's address, as ids of stories begin."""
    return id_.rstrip("/").rsplit("/", 1)[-1] or "story"


def stem_sums(ids: Sequence[str], labels: Iterable[int]) -> NDArray[Any]:
    """Return by slot the sums that :class:`Stems` takes, given the ids of texts, and the first texts of stories."""
    import numpy as np

    sums = np.zeros(len(ids), dtype=np.int64)
    for label in labels:
        sums[label] = _sum(stem(last_segment(ids[label])))
    return sums


class Stems:
    """The stems of stories by label; those of the start are worked out when they are asked for."""

    def __init__(self, ids: Sequence[str], sums: NDArray[Any]) -> None:
        """Take the ids of texts by slot, and for each slot the sum of its story's stem, if the story begins there."""
        self._ids, self._sums = ids, sums.copy()
        self._new: dict[int, str] = {}
        self._alike: defaultdict[str, set[int]] = defaultdict(set)

    def __contains__(self, label: int) -> bool:
        """Say whether there is a story with this label."""
        return label in self._new or self._is_of_start(label)

    def __getitem__(self, label: int) -> str:
        """Return the stem of a story."""
        return self._new[label] if label in self._new else stem(last_segment(self._ids[label]))

    def put(self, label: int, first: int) -> str:
        """Put in a story, given its first text; return its stem."""
        name = self._new[label] = stem(last_segment(self._ids[first]))
        self._alike[name].add(label)
        return name

    def take(self, label: int) -> str:
        """Take out a story; return its stem."""
        name = self[label]
        if label in self._new:
            del self._new[label]
            self._alike[name].discard(label)
        else:
            self._sums[label] = 0
        return name

    def having(self, name: str) -> set[int]:
        """Return the labels of all stories with a stem."""
        import numpy as np

        start = np.flatnonzero(self._sums == _sum(name)).tolist()
        return self._alike.get(name, set()) | {label for label in start if self[label] == name}

    def all(self) -> set[str]:
        """Return the stems of all stories."""
        return {self[label] for label in (*self._sums.nonzero()[0].tolist(), *self._new)}

    def _is_of_start(self, label: int) -> bool:
        return label < len(self._sums) and bool(self._sums[label])


def _sum(name: str) -> int:
    """Return a number above 0 that is mostly another one for another stem."""
    return crc32(name.encode()) + 1
