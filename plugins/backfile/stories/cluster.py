"""From edges to stories: the two most alike groups become one, until no two are alike enough.

Average-link clustering (Sokal & Michener 1958) on a sparse graph, where pairs without an
edge count as nothing. How alike two groups are is the sum of the chances between them,
divided by the square root of the sums within (each text with itself counting one): the
cosine of the groups' centres. So a story of short headlines, loosely alike, is as open to
another one as a story of long reports.

The outcome does not depend on the order in which articles arrived: chances are whole
numbers, and of two equal merges the one of the earlier texts (by date, then id) goes
first. Parts of the graph without an edge between them are worked out apart, so a new
article changes nothing beyond its own part.

Rejected: single link (on 3,842 reports it chained 1,065 into one story); joining each
text to the best story so far, in order of time (headlines: pair F1 lower by .04, and an
article that arrives late changes which stories exist).
"""

from __future__ import annotations

import heapq
from typing import Final

from backfile.stories.edges import UNIT, Edges
from backfile.stories.sets import Sets

# | constant | value | why |
# |---|---|---|
PAIR: Final = 0.55  # likeness from which two single texts become a story: a little more likely than not
JOIN: Final = 0.25  # likeness of a story and a text, or of two stories, from which they become one


def cluster(count: int, graph: Edges) -> Sets:
    """Return ``count`` texts in disjoint sets, one a story."""
    near: list[dict[int, int]] = [{} for _ in range(count)]
    for later, earlier, chance in graph.strong():
        near[later][earlier] = near[earlier][later] = chance
    return merged(near)


def merged(near: list[dict[int, int]]) -> Sets:
    """Do it for texts given by their neighbours' chances; an edge stands with both its ends. Uses ``near`` up."""
    return _Merging(near).run()


class _Merging:
    """The state of one run: for each living group its neighbours and its inner sum.

    Every pair of neighbours that are alike enough stands on the heap with the likeness that it has, or once had:
    until the sum between two groups grows, they can only become less alike.
    """

    def __init__(self, near: list[dict[int, int]]) -> None:
        self._near = near
        self._inner = [UNIT] * len(near)
        self._sets = Sets(len(near))
        self._heap: list[tuple[float, int, int]] = []

    def run(self) -> Sets:
        """Merge until no two groups are alike enough."""
        near, heap = self._near, self._heap
        for one, own in enumerate(near):
            for other, chance in own.items():
                if other < one and chance >= PAIR * UNIT:
                    heap.append((-chance / UNIT, other, one))
        heapq.heapify(heap)
        while heap:
            likeness, one, other = heapq.heappop(heap)
            if other in near[one]:
                alike = self._alike(one, other)
                if alike == -likeness:
                    self._merge(one, other)
                elif alike < -likeness:
                    self._offer(one, other)
        return self._sets

    def _alike(self, one: int, other: int) -> float:
        return self._near[one][other] / float((self._inner[one] * self._inner[other]) ** 0.5)

    def _offer(self, one: int, other: int) -> None:
        """Put a merge on the heap if the two are alike enough; ``one`` is the smaller number."""
        alike = self._alike(one, other)
        single = self._inner[one] == self._inner[other] == UNIT
        if alike >= (PAIR if single else JOIN):
            heapq.heappush(self._heap, (-alike, one, other))

    def _merge(self, one: int, other: int) -> None:
        """Make one group of two, known by the smaller number."""
        near = self._near
        between = near[one].pop(other)
        del near[other][one]
        closer = near[other]
        for third, chance in closer.items():
            del near[third][other]
            near[one][third] = near[third][one] = near[one].get(third, 0) + chance
        near[other] = {}
        # A text by itself that finds company is open to texts that it was not alike enough to alone.
        again = near[one] if self._inner[one] == UNIT else closer
        self._inner[one] += self._inner[other] + 2 * between
        self._sets.join(one, other)
        for third in again:
            self._offer(min(one, third), max(one, third))
