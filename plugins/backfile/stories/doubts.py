"""What the method is least sure of: where five minutes of an editor do most good.

Theory: what grouping decides, it decides at a threshold (``events.cluster``). So where the
likeness of two groups lies between nothing and the threshold, or between the threshold and
certainty, tells how near the decision was to the other one: of a **join** (the two sides of
a story at its weakest place, which is the weakest edge of its maximum spanning tree; Kruskal
1956) and of a **near-miss** (two stories that were almost one). A wrong decision between
large groups is wrong for more readers, so nearness counts times the square root of the pairs
of takes that it is about. On labelled sets a third to a half of the first fifty are wrong.

Each story gives one join at most and each two stories one near-miss; shown is the most
alike pair of takes between the two sides. What the editor has ruled is not asked again:
naming a pair under ``merge`` or ``split`` takes it off the list.

Known failures: a story whose sides are one report and its many copies is as large as the
copies make it; two texts in the same story that share no edge are never shown as a pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from backfile.model import Reason, Story
from backfile.stories import reasons
from backfile.stories.editing.editor import EditorWord
from backfile.stories.events.cluster import JOIN, PAIR
from backfile.stories.events.edges import UNIT
from backfile.stories.grouping import Grouping
from backfile.stories.structures.sets import Sets

# | constant | value | why |
# |---|---|---|
NEAR: Final = 0.33  # nearness to the other decision from which something is doubtful at all
LIKELY: Final = 0.25  # chance from which two takes of two stories may be one event after all

Edge = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A join (``joined``) or a near-miss, shown by two takes of its sides, the earlier one first.

    ``nearness`` (0..1) is 1 where the method might as well have decided otherwise; ``chance``
    (0..1) that the two takes tell one event. ``takes`` are the sizes of the sides, ``stories``
    the ids of the story, or of the two. ``line`` belongs under ``merge:`` in ``stories.yaml``
    where the two are one event, under ``split:`` where they are not.
    """

    joined: bool
    articles: tuple[str, str]
    stories: tuple[str, ...]
    takes: tuple[int, int]
    chance: float
    nearness: float
    reasons: tuple[Reason, ...]

    @property
    def line(self) -> str:
        """The entry of ``stories.yaml`` that settles it."""
        return f"  - [{', '.join(self.articles)}]"

    @property
    def weight(self) -> float:
        """How much it matters."""
        return self.nearness * sqrt(self.takes[0] * self.takes[1])


def doubts(grouping: Grouping, most: int | None = None) -> tuple[Doubt, ...]:
    """Return what is doubtful in a grouping, what matters most first, ``most`` of it."""
    sides = _Sides(grouping)
    found = [*sides.joins(), *sides.misses()]
    found.sort(key=lambda doubt: (-doubt.weight, doubt.articles))
    return tuple(found[:most])


class _Sides:
    """The edges of a grouping by story, and between stories; positions are those of ``order``."""

    def __init__(self, grouping: Grouping) -> None:
        self._grouping, self._order = grouping, grouping.order
        self._where = {document.id: at for at, document in enumerate(grouping.order)}
        self._members = [[self._where[take] for take in story.takes] for story in grouping.stories]
        self._label = [grouping.duplicates[document.id] for document in grouping.order]
        self._home = {at: number for number, members in enumerate(self._members) for at in members}
        self._within: dict[int, list[Edge]] = {}
        self._between: dict[tuple[int, int], list[Edge]] = {}
        for later, earlier, chance in grouping.graph.strong():
            one, other = sorted((self._home[earlier], self._home[later]))
            if one == other:
                self._within.setdefault(one, []).append((earlier, later, chance))
            else:
                self._between.setdefault((one, other), []).append((earlier, later, chance))
        self._merged, self._split = _ruled(grouping.editor, self._where, grouping.stories)

    def joins(self) -> Iterator[Doubt]:
        """Yield the weakest place of each story that has one."""
        for number, edges in sorted(self._within.items()):
            one = self._weakest(number, edges)
            other = set(self._members[number]) - one
            if one and not any(one & tied and other & tied for tied in self._merged):
                alike, needed, across = self._alike(one, other, edges)
                yield from self._doubt(True, (number,), (len(one), len(other)), across, (1 - alike) / (1 - needed))

    def misses(self) -> Iterator[Doubt]:
        """Yield each two stories that were almost one."""
        for pair, edges in sorted(self._between.items()):
            one, other = (set(self._members[number]) for number in pair)
            if not any(one & parted and other & parted for parted in self._split):
                inner = [edge for number in pair for edge in self._within.get(number, ())]
                alike, needed, across = self._alike(one, other, [*edges, *inner])
                yield from self._doubt(False, pair, (len(one), len(other)), across, alike / needed)

    def _weakest(self, number: int, edges: Sequence[Edge]) -> set[int]:
        """Return one side of a story at its weakest place; nothing where it does not hang together by edges."""
        members = self._members[number]
        place = {at: at_place for at_place, at in enumerate(members)}
        tree, texts, side = Sets(len(members)), Sets(len(members)), list[int]()
        for at in members:
            for sets in (tree, texts):
                sets.join(place[at], place.get(self._where[self._label[at]], place[at]))
        joins = 0
        for earlier, later, _ in sorted(edges, key=lambda edge: (-edge[2], edge)):
            one, other = tree.find(place[earlier]), tree.find(place[later])
            if one != other:
                side = [at for at in members if tree.find(place[at]) == one]
                tree.join(one, other)
                joins += 1
        return set(side) if joins == len(texts.groups()) - 1 else set()

    def _alike(self, one: set[int], other: set[int], edges: Sequence[Edge]) -> tuple[float, float, list[Edge]]:
        """Return how alike two groups are, and would have to be, as ``events.cluster`` counts; and what is between."""
        across = [edge for edge in edges if (edge[0] in one) != (edge[1] in one)]
        inner = [UNIT * len({self._label[at] for at in side}) for side in (one, other)]
        for earlier, later, chance in edges:
            if (earlier in one) == (later in one):
                inner[earlier in other] += 2 * chance
        needed = PAIR if inner == [UNIT, UNIT] else JOIN
        return sum(edge[2] for edge in across) / (inner[0] * inner[1]) ** 0.5, needed, across

    def _doubt(
        self, joined: bool, stories: tuple[int, ...], sizes: tuple[int, int], across: Sequence[Edge], nearness: float
    ) -> Iterator[Doubt]:
        """Yield the doubt about two sides, if there is any."""
        earlier, later, chance = max(across, key=lambda edge: (edge[2], -edge[0], -edge[1]))
        if nearness < NEAR or (not joined and chance < LIKELY * UNIT):
            return
        one, other = self._order[earlier], self._order[later]
        glances = self._grouping.glances
        days = reasons.days_apart(one, other)
        shared = (Reason(*each) for each in reasons.shared(glances[one], glances[other]))
        why = (*shared, *([days] if days else ()))
        ids = tuple(self._grouping.stories[number].id for number in stories)
        yield Doubt(joined, (one.id, other.id), ids, sizes, chance / UNIT, round(min(nearness, 1.0), 3), why)


def _ruled(
    editor: EditorWord, where: dict[str, int], stories: Sequence[Story]
) -> tuple[list[set[int]], list[set[int]]]:
    """Return the sets of positions that the editor has brought together, and those that were parted."""
    first = {id_: story.takes[0] for story in stories for id_ in (story.id, *story.aliases)}
    tied = [*editor.merge, *((article, first[story]) for article, story in editor.pins.items() if story in first)]
    sets = ([{where[item] for item in ids if item in where} for ids in named] for named in (tied, editor.split))
    merged, split = ([one for one in found if len(one) > 1] for found in sets)
    return merged, split
