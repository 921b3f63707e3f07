"""What is found in a text, looked up by its chunks: what stands between two white spaces, a word with its stops.

Most chunks of a text have been met before, and looking one up takes a fraction of the time
of cutting it up again. That serves whatever never spans white space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

_LONG = 40  # a longer chunk is worked out each time it is met
_KEPT = 1 << 14  # chunks that are kept, where nobody says how many

Found = TypeVar("Found")


class Chunks(dict[str, Found], Generic[Found]):
    """What ``find`` returns for a chunk, which must depend on nothing else.

    What is kept is bounded, to ``most`` chunks, so that texts in a script without spaces can't fill memory.
    """

    def __init__(self, find: Callable[[str], Found], most: int = _KEPT) -> None:
        super().__init__()
        self._find = find
        self._most = most

    def __missing__(self, chunk: str) -> Found:
        """Work out, keep and return what is in a chunk not met before."""
        found = self._find(chunk)
        if len(chunk) <= _LONG:
            if len(self) >= self._most:
                self.clear()
            self[chunk] = found
        return found

    def of(self, chunks: Iterable[str]) -> list[Found]:
        """Return what is found in each chunk, in order."""
        return list(map(self.__getitem__, chunks))
