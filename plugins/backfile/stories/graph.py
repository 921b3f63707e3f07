"""The graph of :mod:`.edges` and the parts of :mod:`.cluster`, kept up to date while single texts come and go.

An edge that comes or goes changes how dense its ends' surroundings are, and with that the
chances of their other edges; no further. Where chances changed, clustering is done again,
but not for all that is connected there: on the way to the parts of a whole run, a part
meets those outside it only in merges that are offered and never made. So it is enough to
run the changed parts together with those that have an edge to them. If those come out as
they were, they would have in a whole run; if not, they count as changed, and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from backfile.stories.cluster import JOIN, merged
from backfile.stories.edges import CROWD, DENSE, LEAST, UNIT, chances, rounded
from backfile.stories.evidence import log_odds, rows
from backfile.stories.line import Line
from backfile.stories.near import Near, Row
from backfile.stories.neighbours import close
from backfile.stories.parts import Parts
from backfile.stories.slices import STEPS
from backfile.stories.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

Pairs = set[tuple[int, int]]
Entry = tuple[tuple[int, int], int]
THIN = -round(DENSE * UNIT)


class Graph:
    """Edges of the texts that stand for themselves, and the parts that clustering finds."""

    def __init__(
        self,
        line: Line,
        texts: Texts,
        near: Near,
        odds: NDArray[Any],
        around: NDArray[Any],
        parts: Parts,
    ) -> None:
        """Take log-odds for each entry of the lists of ``near``, surroundings and parts by slot."""
        self._line, self._texts, self.near = line, texts, near
        self._odds, self.around, self.parts = odds, around, parts
        self._renewed: dict[int, NDArray[Any]] = {}
        self._edges: dict[int, tuple[NDArray[Any], NDArray[Any], NDArray[Any]]] = {}

    def odds_of(self, slot: int) -> NDArray[Any]:
        """Return the log-odds of a list's entries."""
        found = self._renewed.get(slot)
        if found is not None:
            return found
        ends = self.near.lists.ends
        own = slice(*ends[slot : slot + 2]) if slot < len(ends) - 1 else slice(0)
        return self._odds[own]

    def edges_at(self, slot: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return (other, log-odds, likeness in steps) for all edges of a text; worked out once between two changes."""
        found = self._edges.get(slot)
        if found is None:
            found = self._edges[slot] = self._edges_at(slot)
        return found

    def _edges_at(self, slot: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        import numpy as np

        lists = self.near.lists
        others, steps = lists[slot]
        holders, entries, changed = lists.entries_with(slot)
        parts = [(others, self.odds_of(slot), steps), (holders, self._odds[entries], lists.steps[entries])]
        for holder in changed:
            at = np.flatnonzero(lists[holder][0] == slot)
            parts.append((np.array([holder]), self.odds_of(holder)[at], lists[holder][1][at]))
        others, odds, steps = (np.concatenate([part[column] for part in parts]) for column in range(3))
        kept = self._close(np.full(len(others), slot), others, steps)
        return others[kept], odds[kept], steps[kept]

    def _close(self, one: NDArray[Any], other: NDArray[Any], steps: NDArray[Any]) -> NDArray[Any]:
        import numpy as np

        days = self._line.days
        first, last = np.minimum(days[one], days[other]), np.maximum(days[one], days[other])
        return close(last, first, steps / STEPS)

    def strong(self, slot: int) -> dict[int, int]:
        """Return the chances of a text's edges that grouping counts, in thousandths, by the other text."""
        others, odds, _ = self.edges_at(slot)
        found = self._chances(slot, others, odds, self.around)
        kept = found >= LEAST
        return dict(zip(others[kept].tolist(), found[kept].tolist(), strict=True))

    def _chances(self, slot: int, others: NDArray[Any], odds: NDArray[Any], around: NDArray[Any]) -> NDArray[Any]:
        import numpy as np

        return chances(
            odds, around[slot], around[others], np.minimum(self._texts.tokens[slot], self._texts.tokens[others])
        )

    def change(self) -> tuple[Pairs, Pairs, set[int]]:
        """Follow what changed in the lists of ``near``.

        Return the pairs whose likeness is new, those whose chances are (as far as grouping
        counts them), and the texts whose parts are.
        """
        import numpy as np

        count = len(self._line.ids)
        self.around = np.concatenate((self.around, np.full(count - len(self.around), THIN)))
        self.parts.grow(count)
        changed, self.near.changed = self.near.changed, {}
        odds = self._weigh(changed)
        self._edges = {}
        gone, come = self._differences(changed)
        dirty = self._settle({pair for pair, _ in gone}, {pair for pair, _ in come}, odds)
        alone = {slot for slot in changed if not self.near.stands(slot)}
        return (
            {pair for pair, _ in gone ^ come},
            dirty,
            self._cluster({slot for pair in dirty for slot in pair} | alone),
        )

    def _weigh(self, changed: dict[int, Row]) -> dict[tuple[int, int], int]:
        """Work out the log-odds of entries that are new; return those of all entries, old and new."""
        import numpy as np

        new: list[tuple[int, int]] = []
        known: dict[tuple[int, int], int] = {}
        for slot, (others, _) in changed.items():
            pairs = [(slot, other) for other in others.tolist()]
            known |= dict(zip(pairs, self.odds_of(slot).tolist(), strict=True))
            new += [(slot, other) for other in self.near.lists[slot][0].tolist() if (slot, other) not in known]
        slots = sorted({slot for pair in new for slot in pair})
        where = {slot: at for at, slot in enumerate(slots)}
        table = rows([self._texts[slot] for slot in slots])
        one, other = (np.array([where[pair[end]] for pair in new], dtype=np.int64) for end in (0, 1))
        known |= dict(zip(new, rounded(log_odds(table, one, other)).tolist(), strict=True))
        for slot in changed:
            row = [known[slot, other] for other in self.near.lists[slot][0].tolist()]
            self._renewed[slot] = np.array(row, dtype=np.int64)
        return known

    def _differences(self, changed: dict[int, Row]) -> tuple[set[Entry], set[Entry]]:
        """Return the edges, with likeness, that are no longer there, and those that are now."""
        import numpy as np

        before: set[Entry] = set()
        after: set[Entry] = set()
        for slot, row in changed.items():
            for found, (others, steps) in ((before, row), (after, self.near.lists[slot])):
                near = self._close(np.full(len(others), slot), others, steps)
                found.update(
                    ((slot, other), step)
                    for other, step in zip(others[near].tolist(), steps[near].tolist(), strict=True)
                )
        return before - after, after - before

    def _settle(self, gone: Pairs, come: Pairs, odds: dict[tuple[int, int], int]) -> Pairs:
        """Bring surroundings up to date; return the pairs whose chances are new, as far as grouping counts them."""
        import numpy as np

        was = self.around.copy()
        settled = []
        for slot in self._line.sorted({slot for pair in gone ^ come for slot in pair}):
            others, own, _ = self.edges_at(slot)
            new = THIN
            if len(own) >= CROWD:
                new = min(int(np.sort(own)[-CROWD]), -THIN)
            if new != self.around[slot]:
                self.around[slot] = new
                settled.append((slot, others, own))
        dirty: Pairs = set()
        for slot, others, own in settled:
            before, after = (self._chances(slot, others, own, around) for around in (was, self.around))
            changed = (before != after) & (np.maximum(before, after) >= LEAST)
            dirty.update((slot, other) for other in others[changed].tolist())
        for pairs, around in ((gone - come, was), (come - gone, self.around)):
            for slot, other in pairs:
                if self._chances(slot, np.array([other]), np.array([odds[slot, other]]), around)[0] >= LEAST:
                    dirty.add((slot, other))
        return dirty

    def _cluster(self, dirty: Collection[int]) -> set[int]:
        """Do again the clustering of the parts of some texts; return the texts whose parts are not what they were."""
        strong: dict[int, dict[int, int]] = {}

        def near(slot: int) -> dict[int, int]:
            if slot not in strong:
                strong[slot] = self.strong(slot)
            return strong[slot]

        old = self.parts.all_with(dirty)
        inside = {slot for part in old for slot in part}
        while True:
            rim = self._rim(inside, near)
            nodes = self._line.sorted([*inside, *(slot for part in rim for slot in part)])
            at = {slot: place for place, slot in enumerate(nodes)}
            edges = [{at[other]: chance for other, chance in near(slot).items() if other in at} for slot in nodes]
            groups = [[nodes[place] for place in group] for group in merged(edges).groups()]
            whole = {frozenset(group) for group in groups}
            broken = [part for part in rim if frozenset(part) not in whole]
            if not broken:
                break
            old += broken
            inside.update(slot for part in broken for slot in part)
        new = [group for group in groups if group[0] in inside]
        self.parts.put(new)
        return {slot for part in {frozenset(part) for part in old} ^ {frozenset(part) for part in new} for slot in part}

    def _rim(self, inside: Collection[int], near: Callable[[int], dict[int, int]]) -> list[list[int]]:
        """Return the parts outside that could be merged with one inside.

        The likeness of two groups is at most the sum of the chances between them, since the
        sum within each is one at least.
        """
        sums: dict[int, int] = {}
        labels = self.parts.labels
        for slot in inside:
            for other, chance in near(slot).items():
                if other not in inside:
                    label = int(labels[other])
                    sums[label] = sums.get(label, 0) + chance
        return [self.parts[label] for label in sorted(sums) if sums[label] >= JOIN * UNIT]
