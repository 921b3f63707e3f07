"""How work on many things is spread over cores: by whoever asks, since nothing here starts a process.

Grouping is given a *spread*: something that calls like ``map`` and may do so in other
processes. What it hands over sees all that is in memory, and only reads it; what comes back
must pickle. Outcomes do not depend on the spread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")


class Spread(Protocol):
    """Something that calls like ``map``."""

    def __call__(
        self, work: Callable[[Item], Found], items: Sequence[Item], /, *, here: bool = False
    ) -> Iterable[Found]:
        """Return ``work(item)`` for each item, in their order.

        ``here`` means that work leaves nothing behind in memory, so that this process may take part; else others
        do it, and what they have come to know ends with them.
        """


def alone(work: Callable[[Item], Found], items: Sequence[Item], *, here: bool = True) -> Iterable[Found]:  # noqa: ARG001 -- it always is
    """Do it in this process."""
    return map(work, items)


def parts(count: int, size: int) -> list[range]:
    """Return 0..count-1 in parts of at most ``size``."""
    return [range(low, min(low + size, count)) for low in range(0, count, size)]
