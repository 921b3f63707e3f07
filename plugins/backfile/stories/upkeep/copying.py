"""The copies of ``copies.duplicates``, kept up to date while single texts come and go.

Three layers, as there: texts that are equal letter for letter, of which only the first goes
on; texts that are equal run for run, again only the first; and near copies
(``upkeep.nearcopies``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from backfile.stories.structures.line import Line
from backfile.stories.structures.shares import Shares, pair, unpair
from backfile.stories.upkeep.nearcopies import NearCopies, Start
from backfile.stories.upkeep.texts import Texts


class Equals:
    """Texts that have one content; the first of them stands for all. ``shares`` pairs each other one with it."""

    def __init__(self, line: Line, content: Callable[[int], bytes], slots: Iterable[int]) -> None:
        """Take the texts that are there, in order, and what stands for what is to be equal, if anything does."""
        self._line, self._content = line, content
        self._held: dict[bytes, list[int]] = {}
        for slot in slots:
            if found := content(slot):
                self._held.setdefault(found, []).append(slot)
        self.shares: Shares = {}
        for group in self._held.values():
            for slot in group[1:]:
                pair(self.shares, slot, group[0], 1.0)

    def groups(self) -> list[list[int]]:
        """Return the texts with content, the first of each group first."""
        return list(self._held.values())

    def change(self, removed: Iterable[int], added: Iterable[int]) -> tuple[set[int], set[int], set[int]]:
        """Take texts out and put texts in; return who stands for others no more, who does now, and all concerned."""
        changes: dict[bytes, tuple[set[int], set[int]]] = {}
        gone: set[int] = set()
        came: set[int] = set()
        for kind, slots in enumerate((removed, added)):
            for slot in slots:
                if found := self._content(slot):
                    changes.setdefault(found, (set(), set()))[kind].add(slot)
                else:
                    (came if kind else gone).add(slot)
        concerned = gone | came
        for number, (out, new) in changes.items():
            before = self._held.pop(number, [])
            after = self._line.sorted([*(slot for slot in before if slot not in out), *new])
            if after:
                self._held[number] = after
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


class Copying:
    """All three layers."""

    def __init__(self, line: Line, texts: Texts, start: Start) -> None:
        """Take the texts that are there, and the copies among them."""
        self._texts = texts
        self._letters = Equals(line, texts.digests.__getitem__, line.order.tolist())
        firsts = line.sorted(group[0] for group in self._letters.groups())
        self._runs = Equals(line, texts.run_digests.__getitem__, firsts)
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
