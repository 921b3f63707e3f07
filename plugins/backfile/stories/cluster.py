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

from collections import defaultdict
from heapq import heappop, heappush
from math import sqrt
from typing import Final

from backfile.stories.edges import UNIT, Edges
from backfile.stories.sets import Sets

# | constant | value | why |
# |---|---|---|
PAIR: Final = 0.55  # likeness from which two single texts become a story: a little more likely than not
JOIN: Final = 0.25  # likeness of a story and a text, or of two stories, from which they become one

Key = tuple[
    float, int, int
]  # likeness, negative so that the most alike come first; two groups, the smaller number first
Merge = tuple[
    int, int, int
]  # two groups, each known by its smallest number, the smaller one first, and the sum between


def cluster(count: int, graph: Edges) -> tuple[Sets, list[Merge]]:
    """Return ``count`` texts in disjoint sets, one a story, and the merges that made them."""
    merging = Merging()
    for later, earlier, chance in graph.strong():
        merging.near[later][earlier] = merging.near[earlier][later] = chance
        merging.offer(earlier, later)
    while merging.heap:
        merging.turn()
    sets = Sets(count)
    for one, other, _ in merging.made:
        sets.join(one, other)
    return sets, merging.made


class Merging:
    """The state of one run: for each living group its neighbours (``near``) and its inner sum, and what was ``made``.

    Every pair of neighbours that are alike enough stands on the heap with the likeness that it has, or once had:
    until the sum between two groups grows, they can only become less alike.
    """

    def __init__(self) -> None:
        self.near: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self.inner: defaultdict[int, int] = defaultdict(lambda: UNIT)
        self.heap: list[Key] = []
        self.made: list[Merge] = []

    def turn(self) -> None:
        """Look at the next pair."""
        likeness, one, other = heappop(self.heap)
        between = self.near[one].get(other)
        if between is not None:
            alike = between / sqrt(self.inner[one] * self.inner[other])
            if alike == -likeness:
                self.merge(one, other, between)
            elif alike < -likeness:
                self.offer(one, other)

    def offer(self, one: int, other: int) -> None:
        """Put a merge on the heap if the two are alike enough; ``one`` is the smaller number."""
        alike = self.near[one][other] / sqrt(self.inner[one] * self.inner[other])
        single = self.inner[one] == self.inner[other] == UNIT
        if alike >= (PAIR if single else JOIN):
            heappush(self.heap, (-alike, one, other))

    def merge(self, one: int, other: int, between: int) -> None:
        """Make one group of two, known by the smaller number, given the sum between them."""
        near, inner, heap = self.near, self.inner, self.heap
        mine, closer = near[one], near.pop(other, {})
        mine.pop(other, None)
        closer.pop(one, None)
        for third, chance in closer.items():
            del near[third][other]
            near[third][one] = mine[third] = mine.get(third, 0) + chance
        # A text by itself that finds company is open to texts that it was not alike enough to alone.
        again = mine if inner[one] == UNIT else closer
        own = inner[one] = inner[one] + inner[other] + 2 * between
        self.made.append((one, other, between))
        for third in again:
            alike = mine[third] / sqrt(own * inner[third])
            if alike >= JOIN:
                heappush(heap, (-alike, one, third) if one < third else (-alike, third, one))
