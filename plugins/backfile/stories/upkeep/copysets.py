"""Which texts are copies of each other, kept up to date: sets of texts that pairs of copies bring together.

Two kinds of sets: of texts that share runs, whatever these are (one of such a set stands for all
of it where texts are compared), and within them of those that share more than quotations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from backfile.model import Document
from backfile.stories.copies.independence import without_quotations
from backfile.stories.structures.line import Line
from backfile.stories.structures.parts import Parts
from backfile.stories.structures.shares import connected
from backfile.stories.upkeep.copying import Copying
from backfile.stories.words.tokens import Codes


class CopySets:
    """Sets of texts that share runs (``alike``), and of those that share more than quotations (``copies``).

    ``paired`` are the pairs, both ways, each with whether they share more than quotations.
    """

    def __init__(self, line: Line, copying: Copying, paired: Sequence[tuple[int, int, bool]], known: Codes) -> None:
        """Take the texts that are there, the pairs among them, and the codes of words that were met before."""
        self._line, self._copying, self._known = line, copying, known
        self.paired: dict[int, dict[int, bool]] = {}
        for one, other, own in paired:
            self.paired.setdefault(one, {})[other] = self.paired.setdefault(other, {})[one] = own
        count = len(line.ids)
        self.alike, self.copies = self._sets(self.paired, count)

    def change(
        self, removed: Collection[int], added: Collection[int], documents: Mapping[str, Document]
    ) -> tuple[set[int], set[int]]:
        """Take texts out and put texts in, of which the line knows.

        Return those whose pairs may no longer be what they were, and all texts of the sets that were, or are now,
        sets of copies with them.
        """
        for parts in (self.alike, self.copies):
            parts.grow(len(self._line.ids))
        paired = self._copying.change(removed, added)
        return paired, self._pair(paired, documents)

    def _pair(self, changed: Collection[int], documents: Mapping[str, Document]) -> set[int]:
        """Follow new pairs of copies; return all texts of the sets that were, or are now, sets of copies with them."""
        line = self._line
        for slot in changed:
            was = self.paired.pop(slot, {})
            now = self._copying[slot]
            new = [other for other in now if other not in was]
            order = line.sorted([slot, *new])
            at = order.index(slot)
            pairs = [(max(place, at), min(place, at), now[other]) for place, other in enumerate(order) if place != at]
            kept = without_quotations(pairs, [documents[line.ids[one]] for one in order], self._known) if new else []
            own = {order[place] for pair in kept for place in pair[:2]}
            for other in was:
                if other not in now and other in self.paired:
                    self.paired[other].pop(slot, None)
            for other in now:
                copy = was.get(other, other in own)
                self.paired.setdefault(slot, {})[other] = self.paired.setdefault(other, {})[slot] = copy
        inside = {slot for part in self.alike.all_with(changed) for slot in part}
        sets = self._sets(inside, len(line.ids))
        for parts, again in zip((self.alike, self.copies), sets, strict=True):
            parts.put(again.all_with(inside))
        return inside

    def _sets(self, slots: Iterable[int], count: int) -> tuple[Parts, Parts]:
        """Return the sets that pairs bring together among some of ``count`` texts, and those of copies in own words."""
        inside = sorted(slots)
        own = {slot: [other for other, copy in self.paired.get(slot, {}).items() if copy] for slot in inside}
        return Parts.of(count, connected(inside, self.paired)), Parts.of(count, connected(inside, own))
