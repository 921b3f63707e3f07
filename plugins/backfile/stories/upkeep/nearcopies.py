"""Near copies among distinct texts, kept up to date while single texts come and go.

A text that comes can change more than its own pairs:

- a run may now be its outlet's boilerplate, or a run of too many families: the texts that
  have it lose it, and their shares with all others change (*flips*);
- a run leads only to the few texts before it that have it, so two others may lose one in
  common;
- two families may become one, so that a run is no boilerplate any more.

All texts that any of this may concern are judged anew against all others, but for those that only
lose runs, and have (:attr:`.copies.duplicates.Found.closest`) too little in common with any other to become its copy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.copies.duplicates import BACK, CONTAINED, FAMILIES, SURE, Found, enough, timely
from backfile.stories.structures.line import Line
from backfile.stories.structures.numbers import Numbers, distinct
from backfile.stories.structures.parts import Parts
from backfile.stories.structures.shares import Shares, connected, pair, unpair
from backfile.stories.upkeep.ownruns import RUNS, Index, OwnRuns, indexed
from backfile.stories.upkeep.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS: Final = 32  # numbers of texts are below 2**31

Entries = tuple["NDArray[Any]", "NDArray[Any]"]  # which run, and the slot of a text that has it as its own


@dataclass(frozen=True, slots=True, eq=False)
class Start(Found):
    """What is known of near copies at the start: what was found, by slot.

    ``present`` are the distinct texts, ``runs`` is the index of their runs, if there is one.
    """

    present: Sequence[int]
    runs: Index | None = None

    @classmethod
    def of(cls, count: int, slots: Sequence[int], found: Found) -> Start:
        """Return it from what was found among distinct texts, by position in ``slots``."""
        import numpy as np

        sizes, told, closest = (np.zeros(count, dtype=np.int64) for _ in range(3))
        sizes[slots], told[slots], closest[slots] = found.sizes, found.told, found.closest
        pairs, sure = ([(slots[a], slots[b], share) for a, b, share in part] for part in (found.pairs, found.sure))
        return cls(pairs, sure, found.aside, sizes, told, closest, slots)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A text against all others: its sizes without boilerplate, others with runs in common, and how many."""

    size: int
    told: int
    others: NDArray[Any]
    shared: NDArray[Any]
    shared_told: NDArray[Any]


class NearCopies:
    """Near copies among texts that are distinct."""

    def __init__(self, line: Line, texts: Texts, start: Start) -> None:
        """Take the texts that are there and what was found among them."""
        self._line, self._texts = line, texts
        self.sizes, self.told, self.closest = start.sizes, start.told, start.closest
        self.aside = Numbers(start.aside)
        self.present, self._start, self._index = set(start.present), len(line.ids), start.runs
        self.sure: Shares = {}
        self.shares: Shares = {}
        for shares, pairs in ((self.sure, start.sure), (self.shares, start.pairs)):
            for later, earlier, share in pairs:
                pair(shares, later, earlier, share)
        self._families = Parts.of(len(line.ids), connected(self.sure, self.sure))

    @cached_property
    def runs(self) -> OwnRuns:
        """The index of runs, made when it is first needed."""
        return OwnRuns(self._index or run_index(self._start, self.present, self._texts), self._texts)

    def change(self, removed: Collection[int], added: Collection[int]) -> set[int]:
        """Take texts out and put texts in; return those whose pairs are no longer what they were."""
        import numpy as np

        self._grow()
        runs = _distinct(self._texts[slot].runs for slot in (*removed, *added))
        before = self._own(runs)
        for slot in removed:
            self.runs.take(slot)
        for slot in added:
            self.runs.put(slot)
        self.present.difference_update(removed)
        self.present.update(added)
        after = self._own(runs)
        lost, concerned = self._concerned(before, after)
        concerned = (concerned | set(added) | self._shrink(runs, *lost)) - set(removed)
        held = self._holders(concerned)
        judged = {slot: self._judge(slot, *own) for slot, own in held.items()}
        for slot, judgement in judged.items():
            self.sizes[slot] = judgement.size
        moved = self._family_changes(removed, judged)
        more = self._set_aside(_distinct([runs, *(self._texts[slot].runs for slot in moved)]))
        if more:
            held |= self._holders(more - concerned)
            judged = {slot: self._judge(slot, *held[slot]) for slot in self._line.sorted(held)}
        for slot, judgement in judged.items():
            self.told[slot], others = judgement.told, judgement.others
            self.closest[slot] = judgement.shared.max(initial=0)
            self.closest[others] = np.maximum(self.closest[others], judgement.shared)
        return self._pair_up(self.shares, removed, judged, CONTAINED)

    def _grow(self) -> None:
        import numpy as np

        more = np.zeros(len(self._line.ids) - len(self.sizes), dtype=np.int64)
        self.sizes, self.told, self.closest = (
            np.concatenate((known, more)) for known in (self.sizes, self.told, self.closest)
        )
        self._families.grow(len(self._line.ids))

    def _own(self, runs: NDArray[Any]) -> Entries:
        """Return (which run, slot) for the texts that have some runs, but for their outlets' boilerplate, in order."""
        import numpy as np

        which, slots = self.runs.find(runs)
        order = np.lexsort((self._line.place[slots], which))
        return which[order], slots[order]

    def _concerned(self, before: Entries, after: Entries) -> tuple[Entries, set[int]]:
        """Return the entries that are lost, and the texts that may have more in common with others than before.

        These have gained a run, or another text lost one (was taken out, or has it as boilerplate now)
        between them and others, who may now find each other by that run, of all in reach. Where one came,
        two others may find each other no more, so only pairs can be concerned.
        """
        import numpy as np

        keys = [(which << _BITS) + slots for which, slots in (before, after)]
        changed = [~Numbers.of(keys[1 - at]).have(keys[at]) for at in (0, 1)]
        found = set(after[1][changed[1]].tolist())
        for at, (which, slots) in enumerate((before, after)):
            reach = BACK + int(np.bincount(which[changed[at]]).max(initial=0))
            many = np.bincount(which, minlength=1)[which] > BACK
            for place in np.flatnonzero(changed[at] & many).tolist():
                near = slice(max(place - reach, 0), place + reach + 1)
                others = slots[near][which[near] == which[place]].tolist()
                found.update(slot for slot in others if at == 0 or slot in self.sure or slot in self.shares)
        return (before[0][changed[0]], before[1][changed[0]]), found

    def _shrink(self, runs: NDArray[Any], which: NDArray[Any], slots: NDArray[Any]) -> set[int]:
        """Make texts shorter by the runs that they have lost; return those that are, or may have become, copies."""
        import numpy as np

        told = (~self.aside.have(runs[which])).astype(np.int64)
        np.subtract.at(self.sizes, slots, 1)
        np.subtract.at(self.told, slots, told)
        close = slots[self.closest[slots] >= CONTAINED * self.told[slots]].tolist()
        return {*close, *(slot for slot in slots.tolist() if slot in self.sure or slot in self.shares)}

    def _holders(self, slots: Iterable[int]) -> dict[int, Entries]:
        """Return by slot, in order, what :meth:`_own` gives for its runs; the index is asked once for all."""
        import numpy as np

        union = _distinct(self._texts[slot].runs for slot in slots)
        which, holders = self._own(union)
        ends = np.searchsorted(which, np.arange(len(union) + 1))
        found = {}
        for slot in self._line.sorted(slots):
            at = np.searchsorted(union, self._texts[slot].runs)
            sizes = ends[at + 1] - ends[at]
            own = np.repeat(np.arange(len(at)), sizes)
            places = np.arange(len(own)) + np.repeat(ends[at] - (np.cumsum(sizes) - sizes), sizes)
            found[slot] = own, holders[places]
        return found

    def _judge(self, slot: int, which: NDArray[Any], slots: NDArray[Any]) -> Judged:
        """Count what a text has in common with all others, given who has which of its runs."""
        import numpy as np

        runs = self._texts[slot].runs
        mine = np.full(len(runs), -1)
        mine[which[slots == slot]] = np.flatnonzero(slots == slot)
        told = ~self.aside.have(runs)
        near = (mine[which] >= 0) & (np.abs(mine[which] - np.arange(len(which))) <= BACK) & (slots != slot)
        others, where = np.unique(slots[near], return_inverse=True)
        shared = np.bincount(where, minlength=len(others))
        shared_told = np.bincount(where, weights=told[which[near]], minlength=len(others)).astype(np.int64)
        return Judged(int(np.sum(mine >= 0)), int(np.sum((mine >= 0) & told)), others, shared, shared_told)

    def _pair_up(self, shares: Shares, removed: Iterable[int], judged: Mapping[int, Judged], least: float) -> set[int]:
        """Bring pairs up to date; return the texts whose pairs have changed."""
        import numpy as np

        changed: set[int] = set()
        for slot in removed:
            for other in list(shares.get(slot, ())):
                unpair(shares, slot, other)
                changed |= {slot, other}
        for slot, found in judged.items():
            sizes, shared = (self.sizes, found.shared) if least == SURE else (self.told, found.shared_told)
            share, kept = enough(shared, np.minimum(sizes[found.others], sizes[slot]), least)
            if least == CONTAINED:
                days = np.maximum(self._line.days, 0)
                kept &= timely(share, days[found.others], np.full(len(share), days[slot]))
            now = dict(zip(found.others[kept].tolist(), share[kept].tolist(), strict=True))
            was = dict(shares.get(slot, ()))
            for other in was.keys() - now.keys():
                unpair(shares, slot, other)
                changed |= {slot, other}
            for other, value in now.items():
                if was.get(other) != value:
                    pair(shares, slot, other, value)
                    changed |= {slot, other}
        return changed

    def _family_changes(self, removed: Iterable[int], judged: Mapping[int, Judged]) -> set[int]:
        """Bring families up to date; return the texts of which the family has changed."""
        touched = self._pair_up(self.sure, removed, judged, SURE)
        old = self._families.all_with([*touched, *removed])
        inside = sorted({slot for part in old for slot in part})
        new = connected(inside, self.sure)
        moved = {frozenset(part) for part in old} ^ {frozenset(part) for part in new}
        self._families.put(new)
        return {slot for part in moved for slot in part if slot in self.present}

    def _set_aside(self, runs: NDArray[Any]) -> set[int]:
        """Bring up to date which runs stand in too many families; return the texts that this concerns."""
        import numpy as np

        which, slots = self._own(runs)
        families = distinct((which << _BITS) + self._families.labels[slots]) >> _BITS
        many = np.bincount(families, minlength=len(runs)) > FAMILIES
        concerned = many != self.aside.have(runs)
        self.aside.turn(runs[concerned].tolist())
        return set(slots[concerned[which]].tolist())


def run_index(count: int, present: Collection[int], texts: Texts) -> Index:
    """Return the index of the runs of those texts 0..count-1 that are present."""
    import numpy as np

    here, nothing = set(present), np.zeros(0, dtype=RUNS)
    return indexed([texts[at].runs if at in here else nothing for at in range(count)], texts.outlets[:count])


def _distinct(runs: Iterable[NDArray[Any]]) -> NDArray[Any]:
    import numpy as np

    return distinct(np.concatenate([np.zeros(0, dtype=np.int64), *runs]).astype(np.int64))
