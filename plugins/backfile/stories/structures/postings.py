"""Which texts have a feature: an index that grows and shrinks by single texts.

The bulk lies in three flat arrays, sorted by feature, which may be mapped from a file;
what came later lies beside it. A text that goes stays in both and is passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


Row = tuple["NDArray[Any]", "NDArray[Any]"]


class Postings:
    """Features to slots, with a weight for each."""

    def __init__(
        self, numbers: NDArray[Any], slots: NDArray[Any], weights: NDArray[Any], present: NDArray[Any]
    ) -> None:
        """Take entries sorted by feature, and who is there, by slot."""
        self.numbers, self.slots, self.weights, self.present = numbers, slots, weights, present
        self._more: dict[int, tuple[list[int], list[int]]] = {}
        self._known: set[int] = set()

    @classmethod
    def of(cls, rows: Sequence[Row | None]) -> Postings:
        """Return the index of rows of (features, weights), slot by slot; None is nobody."""
        import numpy as np

        owners = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row[0]) if row else 0 for row in rows])
        numbers = np.concatenate([np.zeros(0, dtype=np.int64), *(row[0].astype(np.int64) for row in rows if row)])
        weights = np.concatenate([np.zeros(0, dtype=np.int32), *(row[1] for row in rows if row)])
        order = np.argsort(numbers, kind="stable")
        present = np.array([row is not None for row in rows], dtype=bool)
        return cls(numbers[order], owners[order], weights[order], present)

    def put(self, slot: int, numbers: NDArray[Any], weights: NDArray[Any]) -> None:
        """Make a text one of those that are found; its features are looked at the first time only."""
        import numpy as np

        if slot >= len(self.present):
            self.present = np.append(self.present, np.zeros(slot + 1 - len(self.present), dtype=bool))
        if not self._is_known(slot):
            self._known.add(slot)
            for number, weight in zip(numbers.tolist(), weights.tolist(), strict=True):
                slots, held = self._more.setdefault(number, ([], []))
                slots.append(slot)
                held.append(weight)
        self.present[slot] = True

    def _is_known(self, slot: int) -> bool:
        return slot in self._known or bool(self.present[slot])

    def take(self, slot: int) -> None:
        """Make a text one of those that are passed over."""
        self._known.add(slot)
        self.present[slot] = False

    def find(self, numbers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return (which of ``numbers``, slot, weight) for each text that has one of some features."""
        import numpy as np

        starts = np.searchsorted(self.numbers, numbers)
        sizes = np.searchsorted(self.numbers, numbers, side="right") - starts
        which = np.repeat(np.arange(len(numbers)), sizes)
        at = np.arange(len(which)) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        slots = self.slots[at].astype(np.int64)
        weights = self.weights[at].astype(np.int64)
        beside = [(place, *self._more[number]) for place, number in enumerate(numbers.tolist()) if number in self._more]
        if beside:
            which = np.concatenate((which, *(np.full(len(found), place) for place, found, _ in beside)))
            slots = np.concatenate((slots, *(np.array(found, dtype=np.int64) for _, found, _ in beside)))
            weights = np.concatenate((weights, *(np.array(held, dtype=np.int64) for _, _, held in beside)))
        here = self.present[slots]
        return which[here], slots[here], weights[here]

    def renumbered(self, numbers: NDArray[Any]) -> Postings:
        """Return the index of those who are there, with other numbers for slots."""
        import numpy as np

        more = [(number, *pair) for number, held in self._more.items() for pair in zip(*held, strict=True)]
        beside, slots, weights = np.array(more, dtype=np.int64).reshape(-1, 3).T
        features = np.concatenate((self.numbers, beside))
        slots = np.concatenate((self.slots, slots.astype(np.int32)))
        kept = np.flatnonzero(self.present[slots])
        order = kept[np.lexsort((numbers[slots[kept]], features[kept]))]
        held = np.concatenate((self.weights, weights.astype(np.int32)))[order]
        present = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=bool)
        present[numbers[np.flatnonzero(self.present)]] = True
        return Postings(features[order], numbers[slots[order]].astype(np.int32), held, present)
