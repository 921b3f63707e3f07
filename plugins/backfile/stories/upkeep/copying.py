"""The copies of ``copies.duplicates``, kept up to date while single texts come and go.

Three layers, as there: texts that are equal letter for letter, of which only the first goes
on; texts that are equal run for run, again only the first; and near copies
(``upkeep.nearcopies``).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from backfile.stories.structures.digests import Digests
from backfile.stories.structures.line import Line
from backfile.stories.structures.shares import Shares, pair, unpair
from backfile.stories.upkeep.nearcopies import NearCopies, Start
from backfile.stories.upkeep.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Equals:
    """Texts that have one content; the first of them stands for all. ``shares`` pairs each other one with it."""

    def __init__(self, line: Line, digests: Digests, slots: NDArray[Any]) -> None:
        """Take the texts that are there, in order, and what stands for what is to be equal, if anything does."""
        import numpy as np

        self._line, self._digests = line, digests
        self._here = np.zeros(len(line.ids), dtype=bool)
        self._here[slots] = True
        self.shares: Shares = {}
        self._repeats = []
        for first, *others in digests.several(slots):
            self._repeats += others
            for slot in others:
                pair(self.shares, slot, first, 1.0)

    def firsts(self) -> NDArray[Any]:
        """Return the first of the texts of each content, in order, while none has come or gone."""
        kept = self._here & self._digests.present()
        kept[self._repeats] = False
        order = self._line.order
        firsts: NDArray[Any] = order[kept[order]]
        return firsts

    def change(self, removed: Collection[int], added: Collection[int]) -> tuple[set[int], set[int], set[int]]:
        """Take texts out and put texts in; return who stands for others no more, who does now, and all concerned."""
        self._grow()
        changes: dict[bytes, tuple[set[int], set[int]]] = {}
        gone: set[int] = set()
        came: set[int] = set()
        for kind, slots in enumerate((removed, added)):
            for slot in slots:
                if found := self._digests[slot]:
                    changes.setdefault(found, (set(), set()))[kind].add(slot)
                else:
                    (came if kind else gone).add(slot)
        held = {digest: self._held(digest) for digest in changes}
        self._here[list(removed)] = False
        self._here[list(added)] = True
        concerned = gone | came
        for digest, (out, new) in changes.items():
            before = held[digest]
            after = self._line.sorted([*(slot for slot in before if slot not in out), *new])
            if before[:1] == after[:1]:
                concerned.update(before[:1], out, new)
                changed = {*out, *new}
            else:
                gone.update(before[:1])
                came.update(after[:1])
                changed = {*before, *after}
                concerned |= changed
            for slot in before[1:]:
                if slot in changed:
                    unpair(self.shares, slot, before[0])
            for slot in after[1:]:
                if slot in changed:
                    pair(self.shares, slot, after[0], 1.0)
        return gone, came, concerned

    def _held(self, digest: bytes) -> list[int]:
        """Return the texts that are there with one content, in order."""
        return self._line.sorted(slot for slot in self._digests.same(digest) if self._here[slot])

    def _grow(self) -> None:
        """Make room for all slots."""
        import numpy as np

        self._here = np.concatenate((self._here, np.zeros(len(self._digests) - len(self._here), dtype=bool)))


class Copying:
    """All three layers."""

    def __init__(self, line: Line, texts: Texts, start: Start) -> None:
        """Take the texts that are there, and the copies among them."""
        self._texts = texts
        self._letters = Equals(line, texts.digests, line.order)
        self._runs = Equals(line, texts.run_digests, self._letters.firsts())
        self.near = NearCopies(line, texts, start)

    def __getitem__(self, slot: int) -> dict[int, float]:
        """Return the copies that a text is paired with, and the shares that they have in common."""
        layers = (self._letters.shares, self._runs.shares, self.near.shares)
        return {other: share for layer in layers for other, share in layer.get(slot, {}).items()}

    def change(self, removed: Collection[int], added: Collection[int]) -> set[int]:
        """Take texts out and put texts in; return those whose pairs may no longer be what they were."""
        gone, came, concerned = self._letters.change(removed, added)
        gone, came, more = self._runs.change(gone, came)
        gone, came = ({slot for slot in slots if self._texts.run_digests[slot]} for slots in (gone, came))
        return concerned | more | self.near.change(gone, came)
