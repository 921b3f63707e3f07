"""Clustering done again where some edges have changed, without doing again what they leave as it was.

A run of ``events.cluster`` always makes the most alike two groups one, so what a part of the graph comes
to depends on that part alone, step by step. The merges of each part are therefore kept (its *script*).
When edges change, one end of each is *live*: its edges are looked at, its merges decided as in any run.
All other groups go on as the script says, and their edges are not looked at:

- two groups on script are no more alike than the next merge on script, or it would not have been that one;
- a group whose partner on script is live, or has gone another way, becomes live at that moment;
- so does a group that a live one merges with.

The outcome is that of a whole run, to the last merge; the work is that of the groups that go another
way, with the groups around them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from heapq import heappop, heappush
from math import inf, sqrt
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.events.cluster import Key, Merge, Merging
from backfile.stories.structures.line import Line
from backfile.stories.structures.parts import Parts
from backfile.stories.upkeep.merges import Merges

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Of some slots: (which of them, other slot, chance) for all edges that grouping counts, sorted by the first.
Strong = Callable[[list[int]], tuple["NDArray[Any]", "NDArray[Any]", "NDArray[Any]"]]
_FIRST: Final[Key] = (-inf, 0, 0)


class Reclustering(Merging):
    """One such run. Texts, and groups, are known by their places in the line.

    A part that comes into sight late has made all merges on script that are more alike than the least
    alike one so far (``_lowest``); by that of each merge (``_levels``), all merges are put in order.
    """

    def __init__(self, line: Line, parts: Parts, merges: Merges, strong: Strong) -> None:
        """Take what was found before, and what gives the edges of texts as they are now."""
        super().__init__()
        self._line, self._parts, self._merges, self._strong = line, parts, merges, strong
        self._home: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._edges: dict[int, list[tuple[int, int, int]]] = {}
        self._scripts: dict[int, list[Merge]] = {}
        self._waiting: list[tuple[Key, int]] = []
        self._off: set[int] = set()
        self._live: set[int] = set()
        self._due: list[int] = []
        self._lowest = _FIRST
        self._levels: list[Key] = []

    def run(self, live: Iterable[int], gone: Collection[int]) -> tuple[list[list[int]], dict[int, list[Merge]]]:
        """Merge until no two groups are alike enough, given one end of each edge that changed, and texts without edges.

        Return the parts that may be new, which hold all of the parts that they were, and the merges of each by
        its label; all by slots.
        """
        self._due = sorted(int(self._line.place[slot]) for slot in live)
        missing = {int(self._line.place[slot]) for slot in gone}
        self._off = {*self._due, *missing}
        for place in missing:
            self._follow(self._label(place))
        while True:
            while self._due:
                self._enliven(self._due.pop())
            if self._waiting and (not self.heap or self._waiting[0][0] < self.heap[0]):
                self._go_on(heappop(self._waiting)[1])
            elif self.heap:
                self.turn(heappop(self.heap))
            else:
                return self._outcome()

    def _label(self, place: int) -> int:
        return int(self._parts.labels[self._line.order[place]])

    def _group(self, place: int) -> int:
        """Return the group that a text is in."""
        home = self._home
        while (up := home.get(place, place)) != place:
            home[place] = home.get(up, up)
            place = up
        return place

    def _follow(self, label: int) -> None:
        """Begin with the script of a part; what would have been done by now is done."""
        if label in self._scripts:
            return
        script = self._scripts[label] = self._script_of(label)
        level = _FIRST
        while script and (key := self._key(*script[-1])) < self._lowest:
            level = max(level, key)
            self._make(*script.pop(), level)
        self._wait(label)

    def _script_of(self, label: int) -> list[Merge]:
        """Return the merges of a part, the last one first."""
        script = self._merges[label]
        if not script:
            return []
        one, other, between = zip(*reversed(script), strict=True)
        places = self._line.place
        return list(zip(places[list(one)].tolist(), places[list(other)].tolist(), between, strict=True))

    def _key(self, one: int, other: int, between: int) -> Key:
        return -between / sqrt(self.inner[one] * self.inner[other]), one, other

    def _wait(self, label: int) -> None:
        """Put the next merge on script in the queue; pass over those that will not be made."""
        script = self._scripts[label]
        while script and not self._off.isdisjoint(script[-1][:2]):
            self._leave(*script.pop()[:2])
        if script:
            heappush(self._waiting, (self._key(*script[-1]), label))

    def _leave(self, *groups: int) -> None:
        """Take groups off script; those that were on it become live."""
        self._due += (group for group in groups if group not in self._off)
        self._off.update(groups)

    def _go_on(self, label: int) -> None:
        """Make the next merge on script, unless it is not to be made any more."""
        one, other, between = self._scripts[label][-1]
        if one not in self._off and other not in self._off:
            self._scripts[label].pop()
            self.merge(one, other, between)
        self._wait(label)

    def merge(self, one: int, other: int, between: int) -> None:
        """Make one group of two."""
        self._lowest = max(self._lowest, self._key(one, other, between))
        if one in self._live or other in self._live:
            self._off.update((one, other))
            self._enliven(one)
            self._enliven(other)
        self._make(one, other, between, self._lowest)

    def _make(self, one: int, other: int, between: int, level: Key) -> None:
        super().merge(one, other, between)
        self._levels.append(level)
        self._home[other] = one
        self._members.setdefault(one, [one]).extend(self._members.pop(other, [other]))

    def _enliven(self, group: int) -> None:
        """Look at the edges of a group."""
        if group in self._live:
            return
        members = self._members.get(group, [group])
        label = self._label(group)
        if members[0] not in self._edges:
            self._fetch(label)
        self._follow(label)
        edges = [edge for member in members for edge in self._edges[member]]
        for part in {part for _, _, part in edges}:
            self._follow(part)
        mine = self.near[group]
        live = self._live
        new: dict[int, int] = {}
        for other, chance, _ in edges:
            home = self._group(other)
            if home != group and home not in live:
                new[home] = new.get(home, 0) + chance
        live.add(group)
        for other, sum_ in new.items():
            mine[other] = self.near[other][group] = sum_
            self.offer(min(group, other), max(group, other))

    def _fetch(self, label: int) -> None:
        """Work out the edges of a part: the other text, the chance, and the other text's part."""
        slots = self._parts[label]
        which, others, chances = self._strong(slots)
        rows = list(
            zip(self._line.place[others].tolist(), chances.tolist(), self._parts.labels[others].tolist(), strict=True)
        )
        ends = which.searchsorted(range(len(slots) + 1)).tolist()
        for at, place in enumerate(self._line.place[slots].tolist()):
            self._edges[place] = rows[ends[at] : ends[at + 1]]

    def _outcome(self) -> tuple[list[list[int]], dict[int, list[Merge]]]:
        """Return the parts that may be new, and their merges."""
        order = self._line.order
        labels = {self._label(place) for place in self._off}
        groups: dict[int, list[int]] = {}
        for slot in sorted(slot for label in labels for slot in self._parts[label]):
            groups.setdefault(self._group(int(self._line.place[slot])), []).append(slot)
        merges: dict[int, list[Merge]] = {min(group): [] for group in groups.values()}
        for at in sorted(range(len(self.made)), key=self._levels.__getitem__):
            one, other, between = self.made[at]
            group = groups.get(self._group(one))
            if group:
                merges[min(group)].append((int(order[one]), int(order[other]), between))
        return list(groups.values()), merges
