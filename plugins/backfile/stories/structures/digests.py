"""Digests of texts by slot, in one flat array, which may be mapped from a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from backfile.stories.structures.numbers import Numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Digests:
    """Digests of ``size`` bytes (so many times eight), none for a text that has nothing to be digested.

    Few digests are ever asked for in an archive of which little changes, so there is no index of them: to look
    through the first bytes of all takes less time than to make one.
    """

    def __init__(self, size: int, content: NDArray[Any] | None = None) -> None:
        """Take digests on end as bytes, noughts where there is none."""
        import numpy as np

        self._rows = (np.zeros(0, dtype=np.uint8) if content is None else content).reshape(-1, size)

    @property
    def content(self) -> NDArray[Any]:
        """All digests on end."""
        return self._rows.reshape(-1)

    def __len__(self) -> int:
        """Return how many slots there are."""
        return len(self._rows)

    def __getitem__(self, slot: int) -> bytes:
        """Return the digest of one text, or none."""
        row = self._rows[slot]
        found: bytes = row.tobytes() if row.any() else b""
        return found

    def add(self, digests: Iterable[bytes]) -> None:
        """Put in the digests of the slots that follow."""
        import numpy as np

        size = self._rows.shape[1]
        content = b"".join(digest or bytes(size) for digest in digests)
        self._rows = np.concatenate((self._rows, np.frombuffer(content, dtype=np.uint8).reshape(-1, size)))

    def picked(self, slots: NDArray[Any]) -> Digests:
        """Return those of some texts in slots of their own."""
        return Digests(self._rows.shape[1], self._rows[slots].reshape(-1))

    def present(self) -> NDArray[Any]:
        """Say of each slot whether it has a digest."""
        import numpy as np

        return np.asarray(self._rows.any(axis=1))

    def same(self, digest: bytes) -> list[int]:
        """Return the slots that have one digest, rising."""
        import numpy as np

        alike = np.flatnonzero(self._starts() == np.frombuffer(digest, dtype=np.uint64)[0])
        return [slot for slot in alike.tolist() if self[slot] == digest]

    def several(self, slots: NDArray[Any]) -> list[list[int]]:
        """Return those of some texts that share a digest, in groups, each in the order given."""
        import numpy as np

        starts = self._starts()[slots]
        ranked = np.sort(starts)
        groups: dict[bytes, list[int]] = {}
        for slot in slots[Numbers.of(ranked[1:][ranked[1:] == ranked[:-1]]).have(starts)].tolist():
            groups.setdefault(self[slot], []).append(slot)
        return [group for digest, group in groups.items() if digest and len(group) > 1]

    def _starts(self) -> NDArray[Any]:
        """Return the first eight bytes of each digest as a number."""
        import numpy as np

        starts: NDArray[Any] = self._rows.view(np.uint64)[:, 0]
        return starts
