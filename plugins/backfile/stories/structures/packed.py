"""Records by number, kept as bytes until they are asked for."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, MutableMapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from backfile.pickled import dumps

if TYPE_CHECKING:
    from numpy.typing import NDArray

Record = TypeVar("Record")


class Packed(MutableMapping[int, Record], Generic[Record]):
    """A mapping of which most may lie in a file that is mapped into memory.

    What is set, deleted, or has been asked for lies beside it: records are frozen.
    """

    def __init__(self, content: NDArray[Any], ends: NDArray[Any]) -> None:
        """Take the bytes of records 0..n-1 on end, where each begins, and the end; nothing for one that is missing."""
        self._content, self._ends = content, ends
        self._new: dict[int, Record] = {}
        self._gone: set[int] = set()

    @classmethod
    def of(cls, records: Iterable[tuple[int, Record]]) -> Packed[Record]:
        """Return a mapping of records that are at hand."""
        import numpy as np

        found = cls(np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64))
        found._new.update(records)
        return found

    def __getitem__(self, number: int) -> Record:
        """Return a record."""
        if number in self._new:
            return self._new[number]
        packed = self._bytes(number)
        if not packed:
            raise KeyError(number)
        found: Record = pickle.loads(packed)  # noqa: S301 -- what this class has packed itself
        self._new[number] = found
        return found

    def _is_stored(self, number: int) -> bool:
        return number < len(self._ends) - 1 and bool(self._ends[number] < self._ends[number + 1])

    def __setitem__(self, number: int, record: Record) -> None:
        """Put in a record, or another one in its place."""
        self._new[number] = record

    def __delitem__(self, number: int) -> None:
        """Take a record out."""
        if number not in self:
            raise KeyError(number)
        self._new.pop(number, None)
        self._gone.add(number)

    def __contains__(self, number: object) -> bool:
        """Say whether there is such a record, without unpacking it."""
        if number in self._new:
            return True
        return isinstance(number, int) and number not in self._gone and self._is_stored(number)

    def __iter__(self) -> Iterator[int]:
        """Yield the numbers, rising."""
        yield from sorted({*self._new, *filter(self.__contains__, range(len(self._ends) - 1))})

    def __len__(self) -> int:
        """Return how many records there are."""
        return sum(1 for _ in self)

    def packed(self, count: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return what a mapping of records 0..count-1 is made from; bytes that nobody has unpacked stay as they are."""
        if not self._new and not self._gone and len(self._ends) == count + 1:
            return self._content, self._ends
        return joined(map(self._bytes, range(count)))

    def _bytes(self, number: int) -> bytes:
        """Return the bytes of a record, none for one that is missing."""
        if number in self._new:
            return dumps(self._new[number])
        if number in self._gone or not self._is_stored(number):
            return b""
        content = self._content[self._ends[number] : self._ends[number + 1]]
        return content.tobytes()


def joined(packed: Iterable[bytes]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the bytes of records that are pickled already on end, and where each begins, and the end."""
    import numpy as np

    content, ends = bytearray(), [0]
    for part in packed:
        content += part
        ends.append(len(content))
    return np.frombuffer(content, dtype=np.uint8), np.array(ends, dtype=np.int64)
