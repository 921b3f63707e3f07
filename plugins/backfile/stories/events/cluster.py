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
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from math import sqrt
from sys import maxsize
from typing import Final

from backfile.stories.events.edges import UNIT, Edges
from backfile.stories.structures.sets import Sets

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
_LAST: Final[Key] = (-JOIN, maxsize, maxsize)  # behind every pair that is alike enough


def cluster(count: int, graph: Edges) -> tuple[Sets, list[Merge]]:
    """Return ``count`` texts in disjoint sets, one a story, and the merges that made them."""
    merging = Merging()
    for later, earlier, chance in graph.strong():
        merging.near[later][earlier] = merging.near[earlier][later] = chance
    # Pairs of single texts are many, and known beforehand: put in order at once, they need not go through the heap.
    for key in _singles(graph):
        while merging.heap and merging.heap[0] < key:
            merging.turn(heappop(merging.heap))
        merging.turn(key)
    while merging.heap:
        merging.turn(heappop(merging.heap))
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

    On the heap stand pairs with the likeness that they have, or once had: until the sum between two groups grows,
    they can only become less alike. Of the neighbours of a group that has merged only the most alike stands there
    (``best``), for all of them; when its turn has come, the next one is looked for.
    """

    def __init__(self) -> None:
        self.near: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self.inner: defaultdict[int, int] = defaultdict(lambda: UNIT)
        self.heap: list[Key] = []
        self.best: dict[int, Key] = {}
        self.made: list[Merge] = []

    def turn(self, key: Key) -> None:
        """Look at the pair whose turn it is."""
        likeness, one, other = key
        near, best = self.near, self.best
        spent = [group for group in key[1:] if best.get(group) == key] if one in best or other in best else ()
        for group in spent:
            del best[group]
        between = near[one].get(other) if one in near else None
        if between is not None:
            alike = between / sqrt(self.inner[one] * self.inner[other])
            if alike == -likeness:
                self.merge(one, other, between)
                return
            if alike < -likeness and not spent:
                self.offer(one, other)
        for group in spent:
            if group in near:
                self._offer_best(group, near[group])

    def offer(self, one: int, other: int) -> None:
        """Put a merge on the heap if the two are alike enough; ``one`` is the smaller number."""
        alike = self.near[one][other] / sqrt(self.inner[one] * self.inner[other])
        single = self.inner[one] == self.inner[other] == UNIT
        if alike >= (PAIR if single else JOIN):
            heappush(self.heap, (-alike, one, other))

    def _offer_best(self, group: int, others: Iterable[int]) -> None:
        """Put the merge with the most alike of some neighbours on the heap, if it comes before what stands there."""
        mine, inner = self.near[group], self.inner
        own, now = inner[group], self.best.get(group)
        best = now or _LAST
        for other in others:
            unlike = -mine[other] / sqrt(own * inner[other])
            if unlike <= best[0]:
                best = min(best, (unlike, group, other) if group < other else (unlike, other, group))
        if best not in (now, _LAST):
            self.best[group] = best
            heappush(self.heap, best)

    def merge(self, one: int, other: int, between: int) -> None:
        """Make one group of two, known by the smaller number, given the sum between them."""
        near, inner = self.near, self.inner
        mine, closer = near[one], near.pop(other, {})
        mine.pop(other, None)
        closer.pop(one, None)
        self.best.pop(other, None)
        inner[one] += inner[other] + 2 * between
        self.made.append((one, other, between))
        for third, chance in closer.items():
            theirs = near[third]
            del theirs[other]
            theirs[one] = mine[third] = mine.get(third, 0) + chance
        # A text by itself that finds company is open to texts that it was not alike enough to alone.
        self._offer_best(one, closer if one in self.best else mine)
