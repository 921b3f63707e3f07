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
from collections.abc import Iterator
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
    # Pairs of single texts are many, and known beforehand: put in order at once, they need not go through the heap.
    for key in _singles(graph):
        while merging.heap and merging.heap[0] < key:
            merging.turn(*heappop(merging.heap))
        merging.turn(*key)
    while merging.heap:
        merging.turn(*heappop(merging.heap))
    sets = Sets(count)
    for one, other, _ in merging.made:
        sets.join(one, other)
    return sets, merging.made


def _singles(graph: Edges) -> Iterator[Key]:
    """Yield the pairs of texts that are alike enough to become a story, the most alike first."""
    import numpy as np

    alike = graph.picked(graph.chance >= PAIR * UNIT)
    first = alike.picked(np.lexsort((alike.later, alike.earlier, -alike.chance)))
    yield from zip((-first.chance / UNIT).tolist(), first.earlier.tolist(), first.later.tolist(), strict=True)


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

    def turn(self, likeness: float, one: int, other: int) -> None:
        """Look at the pair whose turn it is."""
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
        before = inner[one]
        own = inner[one] = before + inner[other] + 2 * between
        self.made.append((one, other, between))
        # A text by itself that finds company is open to texts that it was not alike enough to alone.
        again = dict.fromkeys(mine, 0.0) if before == UNIT else {}
        for third, chance in closer.items():
            was = mine.get(third, 0)
            del near[third][other]
            near[third][one] = mine[third] = was + chance
            again[third] = 0.0 if before == UNIT else was / sqrt(before * inner[third])
        for third, alike_before in again.items():
            alike = mine[third] / sqrt(own * inner[third])
            # Two that were no less alike before stand on the heap already.
            if alike >= JOIN and alike > alike_before:
                heappush(heap, (-alike, one, third) if one < third else (-alike, third, one))
