"""The graph of ``events.edges`` and the parts of ``events.cluster``, kept up to date while single texts come and go.

An edge that comes or goes changes how dense its ends' surroundings are, and with that the
chances of their other edges; no further. Where chances changed, clustering is done again
(``upkeep.reclustering``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from backfile.stories.events.edges import CROWD, DENSE, LEAST, UNIT, chances, rounded
from backfile.stories.events.evidence import log_odds, rows
from backfile.stories.events.neighbours import close
from backfile.stories.events.slices import STEPS
from backfile.stories.structures.line import Line
from backfile.stories.structures.parts import Parts
from backfile.stories.upkeep.merges import Merges
from backfile.stories.upkeep.near import Near, Row
from backfile.stories.upkeep.reclustering import Reclustering
from backfile.stories.upkeep.texts import Texts

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
        merges: Merges,
    ) -> None:
        """Take log-odds for each entry of the lists of ``near``, surroundings by slot, parts and how they were made."""
        self._line, self._texts, self.near = line, texts, near
        self._odds, self.around, self.parts, self.merges = odds, around, parts, merges
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
        kept = self._close(slot, others, steps)
        return others[kept], odds[kept], steps[kept]

    def _close(self, one: int, others: NDArray[Any], steps: NDArray[Any]) -> NDArray[Any]:
        """Say of each of some texts whether it is near enough in time to one for its likeness."""
        import numpy as np

        day, days = self._line.days[one], self._line.days[others]
        first, last = np.minimum(day, days), np.maximum(day, days)
        return close(last, first, steps / STEPS)

    def strong(self, slot: int) -> dict[int, int]:
        """Return the chances of a text's edges that grouping counts, in thousandths, by the other text."""
        others, odds, _ = self.edges_at(slot)
        found = self._chances(slot, others, odds, self.around)
        kept = found >= LEAST
        return dict(zip(others[kept].tolist(), found[kept].tolist(), strict=True))

    def all_strong(self, slots: list[int]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return (which of some texts, other text, chance) for such edges, sorted by the first."""
        import numpy as np

        rows = [self.edges_at(slot) for slot in slots]
        which = np.repeat(np.arange(len(slots)), [len(others) for others, _, _ in rows])
        others, odds, _ = (np.concatenate([row[column] for row in rows]) for column in range(3))
        found = self._chances(np.array(slots, dtype=np.int64)[which], others, odds, self.around)
        kept = found >= LEAST
        return which[kept], others[kept], found[kept]

    def _chances(
        self, slot: int | NDArray[Any], others: NDArray[Any], odds: NDArray[Any], around: NDArray[Any]
    ) -> NDArray[Any]:
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
            self._cluster(dirty, alone),
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
        before: set[Entry] = set()
        after: set[Entry] = set()
        for slot, row in changed.items():
            for found, (others, steps) in ((before, row), (after, self.near.lists[slot])):
                near = self._close(slot, others, steps)
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
            ends = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
            own = np.array([odds[one, other] for one, other in ends.tolist()], dtype=np.int64)
            counted = ends[self._chances(ends[:, 0], ends[:, 1], own, around) >= LEAST]
            dirty.update((one, other) for one, other in counted.tolist())
        return dirty

    def _cluster(self, dirty: Pairs, alone: Collection[int]) -> set[int]:
        """Cluster again where chances are new and texts are gone; return the texts whose parts are other ones."""
        live: set[int] = set()
        often = Counter(slot for pair in dirty for slot in pair)
        for pair in sorted(dirty, key=lambda pair: (-max(often[slot] for slot in pair), pair)):
            if live.isdisjoint(pair) and not any(slot in alone for slot in pair):
                live.add(max(pair, key=lambda slot: (often[slot], slot)))
        new, merges = Reclustering(self._line, self.parts, self.merges, self.all_strong).run(live, alone)
        old = self.parts.all_with(slot for part in new for slot in part)
        self.parts.put(new)
        self.merges.put({min(part): [] for part in old} | merges)
        return {slot for part in {frozenset(part) for part in old} ^ {frozenset(part) for part in new} for slot in part}
