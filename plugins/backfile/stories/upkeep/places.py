"""Slots made places again, for a state that is to be stored.

Whoever goes on from a state takes its texts in order, so what is kept by slot is put by place:
texts that are gone leave no gap, and those that came since stand where they belong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from backfile.stories.structures.line import Line
from backfile.stories.upkeep.near import Lists

if TYPE_CHECKING:
    from numpy.typing import NDArray

Value = TypeVar("Value")


class Places:
    """The slots in order (``order``), and the place of each slot, -1 where its text is gone, as array and as list."""

    def __init__(self, line: Line) -> None:
        """Take all texts, none of which comes or goes from now on."""
        self.order, self.of = line.order, line.place
        self.at: list[int] = line.place.tolist()

    def sorted(self, slots: Iterable[int]) -> list[int]:
        """Return the places of some texts, in order."""
        return sorted(self.at[slot] for slot in slots)

    def pairs(self, shares: Mapping[int, Mapping[int, Value]]) -> list[tuple[int, int, Value]]:
        """Return pairs by place for pairs by slot, once each, the later text first."""
        at = self.at
        return [
            (at[slot], at[other], share)
            for slot in sorted(shares)
            for other, share in shares[slot].items()
            if at[other] < at[slot]
        ]

    def labels(self, labels: NDArray[Any]) -> tuple[NDArray[Any], dict[int, int]]:
        """Return labels by place for labels by slot, and the new label of each old one."""
        import numpy as np

        first: dict[int, int] = {}
        found = [first.setdefault(label, place) for place, label in enumerate(labels[self.order].tolist())]
        return np.array(found, dtype=np.int64), first

    def lists(self, lists: Lists, beside: Callable[[int], NDArray[Any]] | None = None) -> tuple[Lists, NDArray[Any]]:
        """Return lists by place for lists by slot, and what stands beside their entries."""
        import numpy as np

        nothing = np.zeros(0, dtype=np.int64)
        slots = self.order.tolist()
        rows = [lists[slot] for slot in slots]
        ends = np.concatenate(([0], np.cumsum([len(others) for others, _ in rows], dtype=np.int64)))
        others = self.of[np.concatenate([nothing, *(others for others, _ in rows)])]
        steps = np.concatenate([nothing, *(steps for _, steps in rows)])
        return Lists(ends, others, steps), np.concatenate([nothing, *(beside(slot) for slot in slots if beside)])
