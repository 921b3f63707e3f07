"""The links of :mod:`.affairs`, kept up to date while single texts come and go.

A text's links are made anew when the texts that share its subjects change, or how alike
they are, or who of them stands in one story. What two texts have in common, in words, is
worked out once for a pair and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backfile.model import Document, Link, Reason
from backfile.stories import reasons
from backfile.stories.affairs import LIKE, LOOK, chosen, faded, link, summed, telling
from backfile.stories.graph import Graph, Pairs
from backfile.stories.line import Line
from backfile.stories.near import Near
from backfile.stories.parts import Parts
from backfile.stories.reasons import Glances
from backfile.stories.slices import STEPS


class Linking:
    """Links by slot; ``near`` are lists of texts that share subjects."""

    def __init__(
        self, line: Line, near: Near, graph: Graph, stories: Parts, links: Mapping[int, tuple[Link, ...]]
    ) -> None:
        """Take what is kept up to date elsewhere, and the links so far."""
        self._line, self.near, self._graph, self._stories = line, near, graph, stories
        self.links = dict(links)
        self._common: dict[int, dict[int, tuple[Reason, ...]]] = {
            slot: {
                line.slots[link.article]: tuple(reason for reason in link.reasons if reason.kind != "days")
                for link in own
            }
            for slot, own in links.items()
        }

    def change(
        self,
        alike: Pairs,
        moved: Iterable[int],
        documents: Mapping[str, Document],
        glances: Glances,
    ) -> set[int]:
        """Make anew the links that may have changed; return the texts whose links have.

        ``alike`` are pairs whose likeness as whole texts is new, ``moved`` texts with other company in their
        stories.
        """
        lists, changed = self.near.lists, self.near.changed
        self.near.changed = {}
        dirty: set[int] = set()
        for one, other in alike:
            if other in lists[one][0] or one in lists[other][0]:
                dirty |= {one, other}
        for slot, row in changed.items():
            was, now = ({*zip(*(part.tolist() for part in one), strict=True)} for one in (row, lists[slot]))
            dirty |= {slot, *(other for other, _ in was ^ now)}
        for slot in moved:
            dirty |= {slot, *lists[slot][0].tolist(), *lists.with_(slot)}
        here = self._line.slots
        found: set[int] = set()
        for slot in sorted(dirty):
            if here.get(self._line.ids[slot]) == slot:
                links = self._links(slot, documents, glances)
                if links != self.links.get(slot):
                    found.add(slot)
                self.links[slot] = links
        return found

    def forget(self, slots: Iterable[int]) -> None:
        """Drop what is known of texts that are gone."""
        for slot in slots:
            self.links.pop(slot, None)
            self._common.pop(slot, None)

    def _links(self, slot: int, documents: Mapping[str, Document], glances: Glances) -> tuple[Link, ...]:
        ids = self._line.ids
        known = self._common.get(slot, {})
        looked_at: dict[int, tuple[Reason, ...]] = {}

        def common(other: int) -> tuple[Reason, ...]:
            if other not in looked_at:
                looked_at[other] = known[other] if other in known else self._telling(slot, other, documents, glances)
            return looked_at[other]

        scores = self._scores(slot)
        ranked = sorted(scores, key=lambda other: (-scores[other], self._line.place[other]))
        labels = self._stories.labels
        picked = chosen(slot, ranked[:LOOK], lambda other: int(labels[other]), scores, common)
        self._common[slot] = looked_at
        return tuple(
            link(documents[ids[slot]], documents[ids[other]], scores[other], common(other)) for other in picked
        )

    def _telling(
        self, slot: int, other: int, documents: Mapping[str, Document], glances: Glances
    ) -> tuple[Reason, ...]:
        one, two = documents[self._line.ids[slot]], documents[self._line.ids[other]]
        return telling(reasons.shared(glances[one], glances[two]))

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
        totals = {
            other: summed(value, wholes.get(other, 0.0))
            for other, value in zip(others.tolist(), values.tolist(), strict=True)
        }
        return {other: total for other, total in totals.items() if total >= LIKE}

    def _wholes(self, slot: int) -> dict[int, float]:
        """Return how alike a text is to others as a whole, by slot."""
        others, _, steps = self._graph.edges_at(slot)
        return dict(zip(others.tolist(), (steps / STEPS).tolist(), strict=True))
