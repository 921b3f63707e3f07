"""The links of ``affairs.relating``, kept up to date while single texts come and go.

A text's links are made anew when the texts that share its subjects change, or how alike
they are, or who of them stands in one story. What two texts have in common, in words, is
worked out once for a pair and kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence

from backfile.model import Document
from backfile.stories.affairs.linked import Common, Linked, records
from backfile.stories.affairs.relating import LIKE, LOOK, MOST, chosen, faded, in_common, summed
from backfile.stories.events.slices import STEPS
from backfile.stories.structures.line import Line
from backfile.stories.structures.parts import Parts
from backfile.stories.traits.glances import Glances
from backfile.stories.upkeep.graph import Graph, Pairs
from backfile.stories.upkeep.near import Near


class Linking:
    """Links by slot; ``near`` are lists of texts that share subjects."""

    def __init__(
        self, line: Line, near: Near, graph: Graph, stories: Parts, linked: MutableMapping[int, Linked]
    ) -> None:
        """Take what is kept up to date elsewhere, and by slot the links so far with what was found in common."""
        self._line, self.near, self._graph, self._stories, self.linked = line, near, graph, stories, linked

    def change(
        self,
        alike: Pairs,
        moved: Collection[int],
        documents: Mapping[str, Document],
        glances: Glances,
    ) -> set[int]:
        """Make anew the links that may have changed; return the texts whose links have.

        ``alike`` are pairs whose likeness as whole texts is new, ``moved`` texts with other company in their
        stories.
        """
        lists, changed = self.near.lists, self.near.changed
        self.near.changed = {}
        touched: dict[int, set[int]] = {}
        for one, other in alike:
            if other in lists[one][0] or one in lists[other][0]:
                _touch(touched, one, other)
        for slot, row in changed.items():
            was, now = ({*zip(*(part.tolist() for part in one), strict=True)} for one in (row, lists[slot]))
            for other, _ in was ^ now:
                _touch(touched, slot, other)
        for slot in moved:
            for other in (*lists[slot][0].tolist(), *lists.with_(slot)):
                _touch(touched, slot, other)
        here = self._line.slots
        found: set[int] = set()
        for slot in sorted({*touched, *changed, *moved}):
            if here.get(self._line.ids[slot]) == slot:
                before = self.linked.get(slot)
                if before and slot not in moved and not self._matters(slot, touched.get(slot, set()), before):
                    continue
                self.linked[slot] = after = self._links(slot, before[1] if before else {}, documents, glances)
                if before is None or records(before) != records(after):
                    found.add(slot)
        return found

    def _matters(self, slot: int, touched: Collection[int], before: Linked) -> bool:
        """Say whether a text's links may be others, now that something is new about it and some other texts.

        Those that were looked at matter, and those of its story, which take their places. Behind the last of as
        many links as there may be, to as many stories, nobody was looked at, and nobody matters who is no more
        alike than that one; where there are fewer, nobody who is not alike enough to be looked at.
        """
        picked, common = before
        labels = self._stories.labels
        if not common.keys().isdisjoint(touched) or any(labels[other] == labels[slot] for other in touched):
            return True
        full = len({int(labels[other]) for other, *_ in picked}) >= MOST
        least = picked[-1][2] if full else LIKE
        return any(score >= least for score in self._scores_with(slot, touched))

    def _scores_with(self, slot: int, others: Iterable[int]) -> Iterator[float]:
        """Yield the scores between a text and those of some others that share subjects with it."""
        import numpy as np

        lists, days = self.near.lists, self._line.days
        for other in others:
            for holder, held in ((slot, other), (other, slot)):
                at = np.flatnonzero(lists[holder][0] == held)
                if len(at):
                    value = faded(lists[holder][1][at] / STEPS, days[[holder]], days[[held]])
                    ends, _, steps = self._graph.edges_at(other)
                    whole = steps[ends == slot] / STEPS if slot in ends else np.zeros(1)
                    yield float(summed(value, whole)[0])

    def forget(self, slots: Iterable[int]) -> None:
        """Drop what is known of texts that are gone."""
        for slot in slots:
            self.linked.pop(slot, None)

    def renumbered(self, slot: int, numbers: Sequence[int]) -> Linked:
        """Return a text's links, and what it has in common with others, by other numbers (-1: gone)."""
        picked, common = self.linked[slot]
        return (
            tuple((numbers[other], article, score, days) for other, article, score, days in picked),
            {numbers[other]: found for other, found in common.items() if numbers[other] >= 0},
        )

    def _links(self, slot: int, known: Common, documents: Mapping[str, Document], glances: Glances) -> Linked:
        ids = self._line.ids
        looked_at: Common = {}

        def common(other: int) -> Sequence[object]:
            if other not in looked_at:
                one, two = documents[ids[slot]], documents[ids[other]]
                looked_at[other] = known[other] if other in known else in_common(glances[one], glances[two])
            return looked_at[other]

        scores = self._scores(slot)
        ranked = sorted(scores, key=lambda other: (-scores[other], self._line.place[other]))
        labels = self._stories.labels
        picked = chosen(slot, ranked[:LOOK], lambda other: int(labels[other]), scores, common)
        return tuple((other, ids[other], scores[other], self._days_between(slot, other)) for other in picked), looked_at

    def _days_between(self, slot: int, other: int) -> str | None:
        one, two = (int(self._line.days[each]) for each in (slot, other))
        return None if min(one, two) < 0 else str(abs(one - two))

    def _scores(self, slot: int) -> dict[int, float]:
        """Return the texts that may be related to one, with scores."""
        import numpy as np

        lists, days = self.near.lists, self._line.days
        others, steps = lists[slot]
        held, entries, changed = lists.entries_with(slot)
        more = [lists[holder][1][np.flatnonzero(lists[holder][0] == slot)] for holder in changed]
        others = np.concatenate((others, held, np.array(changed, dtype=np.int64)))
        steps = np.concatenate((steps, lists.steps[entries], *more))
        values = faded(steps / STEPS, days[others], np.full(len(others), days[slot]))
        wholes = self._wholes(slot)
        numbers = others.tolist()
        totals = summed(values, np.array([wholes.get(other, 0.0) for other in numbers])).tolist()
        return {other: total for other, total in zip(numbers, totals, strict=True) if total >= LIKE}

    def _wholes(self, slot: int) -> dict[int, float]:
        """Return how alike a text is to others as a whole, by slot."""
        others, _, steps = self._graph.edges_at(slot)
        return dict(zip(others.tolist(), (steps / STEPS).tolist(), strict=True))


def _touch(touched: dict[int, set[int]], one: int, other: int) -> None:
    touched.setdefault(one, set()).add(other)
    touched.setdefault(other, set()).add(one)
