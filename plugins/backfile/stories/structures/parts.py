"""Texts in disjoint parts that are made anew a few at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Parts:
    """Slots 0..n-1, each in one part; a part is known by a slot in it, its label. A new slot is a part of its own."""

    def __init__(self, labels: NDArray[Any]) -> None:
        """Take the label of each slot."""
        import numpy as np

        self.labels = labels
        self._sizes = np.bincount(labels, minlength=len(labels))

    @classmethod
    def of(cls, count: int, groups: Iterable[Collection[int]]) -> Parts:
        """Return ``count`` slots of which some stand in groups."""
        import numpy as np

        labels = np.arange(count)
        for group in groups:
            labels[list(group)] = min(group)
        return cls(labels)

    def grow(self, count: int) -> None:
        """Make room for ``count`` slots."""
        import numpy as np

        more = np.arange(len(self.labels), count)
        self.labels = np.concatenate((self.labels, more))
        self._sizes = np.concatenate((self._sizes, np.ones(len(more), dtype=self._sizes.dtype)))

    def __getitem__(self, slot: int) -> list[int]:
        """Return all slots of the part that a slot is in."""
        import numpy as np

        label = self.labels[slot]
        if self._sizes[label] == 1:
            return [slot]
        found: list[int] = np.flatnonzero(self.labels == label).tolist()
        return found

    def all_with(self, slots: Iterable[int]) -> list[list[int]]:
        """Return the parts that some slots are in, each once."""
        return [self[label] for label in sorted({int(self.labels[slot]) for slot in slots})]

    def put(self, groups: Iterable[Collection[int]]) -> None:
        """Make groups of slots parts; together they hold whole parts, no slot twice."""
        for group in groups:
            label = min(group)
            self.labels[list(group)] = label
            self._sizes[label] = len(group)
