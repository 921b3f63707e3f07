"""Sets of whole numbers.

Numpy's own functions for sets first import what it has for masked arrays, which takes as long as all that an edit
asks of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return numbers sorted, each once."""
    import numpy as np

    found = np.sort(numbers)
    new = np.ones(len(found), dtype=bool)
    new[1:] = found[1:] != found[:-1]
    return found[new]


class Numbers:
    """A set that is looked up many at a time; most of it lies in a sorted array, which may be mapped from a file."""

    def __init__(self, held: NDArray[Any]) -> None:
        """Take numbers, sorted."""
        self._held = held
        self._turned: set[int] = set()  # those that have come since, or gone

    @classmethod
    def of(cls, numbers: NDArray[Any]) -> Numbers:
        """Return the set of some numbers."""
        return cls(distinct(numbers))

    def have(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """Say of each of some numbers whether it is in the set."""
        import numpy as np

        asked = numbers.astype(self._held.dtype)
        found = np.searchsorted(self._held, asked, side="right") > np.searchsorted(self._held, asked)
        return found ^ np.isin(numbers, list(self._turned)) if self._turned else found

    def turn(self, numbers: Iterable[int]) -> None:
        """Take out numbers that are there, and put in those that are not."""
        self._turned ^= set(numbers)

    @property
    def all(self) -> NDArray[Any]:
        """All of them, sorted."""
        import numpy as np

        turned = np.array(sorted(self._turned), dtype=self._held.dtype)
        return np.setxor1d(self._held, turned, assume_unique=True) if len(turned) else self._held
