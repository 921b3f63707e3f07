"""All texts in (date, id) order, those without a date first, while texts come and go.

A text gets a number, its *slot*, when it comes, and keeps it; its *place* in the order
changes with what comes before it. A text that has changed is a new text in a new slot.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Line:
    """Slots, ids, days (ordinals, -1 where there is none) and places, by slot; ``order`` are the slots in order."""

    def __init__(self, ids: Iterable[str] = (), days: Sequence[int] | NDArray[Any] = ()) -> None:
        """Take texts that stand in order already."""
        import numpy as np

        self.ids = list(ids)
        self.days = np.array(days, dtype=np.int64)
        self.place = np.arange(len(self.ids))
        self.order = np.arange(len(self.ids))
        self.slots = {id_: at for at, id_ in enumerate(self.ids)}

    def add(self, texts: Iterable[tuple[str, int | None]]) -> list[int]:
        """Put in texts, each an id and a day; return their slots. An id that is there now means the new text."""
        import numpy as np

        found = []
        for id_, day in texts:
            slot = len(self.ids)
            self.ids.append(id_)
            self.days = np.append(self.days, -1 if day is None else day)
            self.order = np.insert(self.order, self._before(day, id_), slot)
            self.slots[id_] = slot
            found.append(slot)
        self._number()
        return found

    def _before(self, day: int | None, id_: str) -> int:
        """Return how many texts come before a new one."""
        key, low, high = (day or 1, id_), 0, len(self.order)
        while low < high:
            middle = (low + high) // 2
            slot = int(self.order[middle])
            if (max(int(self.days[slot]), 1), self.ids[slot]) < key:
                low = middle + 1
            else:
                high = middle
        return low

    def drop(self, slots: Collection[int]) -> None:
        """Take texts out."""
        import numpy as np

        for slot in slots:
            if self.slots.get(self.ids[slot]) == slot:
                del self.slots[self.ids[slot]]
        staying = np.ones(len(self.ids), dtype=bool)
        staying[list(slots)] = False
        self.order = self.order[staying[self.order]]
        self._number()

    def _number(self) -> None:
        import numpy as np

        self.place = np.full(len(self.ids), -1)
        self.place[self.order] = np.arange(len(self.order))

    def sorted(self, slots: Iterable[int]) -> list[int]:
        """Return slots in order."""
        return sorted(slots, key=self.place.__getitem__)
