"""The merges that made each part of the graph, in their order, for ``upkeep.reclustering`` to go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from backfile.stories.events.cluster import Merge

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Merges:
    """Merges of slots, by the label of the part; the bulk in flat arrays."""

    def __init__(self, labels: NDArray[Any], merges: NDArray[Any]) -> None:
        """Take the label of each merge, rising, and the merges, a row each."""
        self.labels, self.merges = labels, merges
        self._new: dict[int, list[Merge]] = {}

    @classmethod
    def of(cls, merges: Iterable[Merge], labels: NDArray[Any]) -> Merges:
        """Return merges in the order in which they were made, given the labels of parts by slot."""
        import numpy as np

        rows = np.array(list(merges), dtype=np.int64).reshape(-1, 3)
        own = labels[rows[:, 0]]
        order = np.argsort(own, kind="stable")
        return cls(own[order], rows[order])

    def __getitem__(self, label: int) -> list[Merge]:
        """Return the merges of a part."""
        found = self._new.get(label)
        if found is None:
            low, high = self.labels.searchsorted((label, label + 1))
            found = [(one, other, between) for one, other, between in self.merges[low:high].tolist()]
        return found

    def put(self, merges: Mapping[int, list[Merge]]) -> None:
        """Replace the merges of some parts."""
        self._new |= merges

    def renumbered(self, numbers: NDArray[Any], labels: NDArray[Any]) -> Merges:
        """Return the merges by other numbers for slots, given the new labels of parts by new number."""
        import numpy as np

        kept = self.merges[~np.isin(self.labels, list(self._new))]
        new = np.array([merge for merges in self._new.values() for merge in merges], dtype=np.int64).reshape(-1, 3)
        rows = np.concatenate((kept, new))
        rows[:, :2] = numbers[rows[:, :2]]
        return Merges.of(rows.tolist(), labels)
