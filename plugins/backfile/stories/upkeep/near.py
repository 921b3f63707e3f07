"""The pairs of ``events.slices``, kept up to date while single rows come and go.

Each row keeps a list of its best earlier rows. A row that comes is offered to the later
rows that share a feature with it, and finds its own list; a row that goes leaves gaps in
the lists that held it, and a list that was full is searched for anew, since nobody knows
who came next (unless rows that came with this change fill it: a text that is edited is mostly as
like others as it was). In a crowded cell (see ``events.slices``) a row that comes makes another one
unfindable by that feature, and a row that goes another one findable: those rows are offered
again. All sums are whole numbers, so the lists are those of a full search, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.events.slices import CROWD, STEPS, WEEK
from backfile.stories.structures.line import Line
from backfile.stories.structures.postings import Postings
from backfile.stories.traits.blocks import ordered
from backfile.stories.traits.features import UNITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

Row = tuple["NDArray[Any]", "NDArray[Any]"]
_WEEK_BITS: Final = 24  # for a week, below the number of a feature


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Entries of all rows that have a feature of a row (``slot``): which feature, whose row, product of the weights.

    Then these rows' places, days and weeks, and how many entries each feature has.
    """

    slot: int
    which: NDArray[Any]
    slots: NDArray[Any]
    products: NDArray[Any]
    places: NDArray[Any]
    days: NDArray[Any]
    weeks: NDArray[Any]
    sizes: NDArray[Any]


class Lists:
    """Each row's list: earlier rows and their likeness in :data:`STEPS`, best first; and who lists a row."""

    def __init__(
        self, ends: NDArray[Any], others: NDArray[Any], steps: NDArray[Any], holders: Row | None = None
    ) -> None:
        """Take the lists of slots 0..n-1 on end, and where each begins, and the end; and :attr:`holders`, if known."""
        import numpy as np

        self.ends, self.others, self.steps, self._holders = ends, others, steps, holders
        self._as_was = np.ones(len(ends) - 1, dtype=bool)
        self.changed: dict[int, Row] = {}
        self._more: dict[int, set[int]] = {}

    @property
    def holders(self) -> Row:
        """The places of all entries by whom they list, and where those begin that list each row, and the end."""
        if self._holders is None:
            import numpy as np

            whom, at = ordered(self.others)
            self._holders = at.astype(np.int32), np.searchsorted(whom, np.arange(len(self.ends)))
        return self._holders

    def __getitem__(self, slot: int) -> Row:
        """Return a row's list."""
        found = self.changed.get(slot)
        if found is not None:
            return found
        own = slice(*self.ends[slot : slot + 2]) if slot < len(self.ends) - 1 else slice(0)
        return self.others[own], self.steps[own]

    def last(self, slot: int, most: int) -> int | None:
        """Return the likeness of the last entry of a list that has ``most`` entries, in steps; None if it has fewer."""
        if slot in self.changed or slot >= len(self.ends) - 1:
            steps = self[slot][1]
            return int(steps[-1]) if len(steps) == most else None
        end = self.ends[slot + 1]
        return int(self.steps[end - 1]) if end - self.ends[slot] == most else None

    def __setitem__(self, slot: int, row: Row) -> None:
        """Replace a row's list."""
        if slot in self.changed:
            for other in self.changed[slot][0].tolist():
                self._more[other].discard(slot)
        self.changed[slot] = row
        if slot < len(self._as_was):
            self._as_was[slot] = False
        for other in row[0].tolist():
            self._more.setdefault(other, set()).add(slot)

    def with_(self, slot: int) -> list[int]:
        """Return the rows in whose lists a row stands."""
        held, _, more = self.entries_with(slot)
        return sorted([*held.tolist(), *more])

    def entries_with(self, slot: int) -> tuple[NDArray[Any], NDArray[Any], list[int]]:
        """Return the rows in whose lists a row stands, with their entries' places where these lists are as they were.

        Then the rows whose lists have changed.
        """
        import numpy as np

        at, ends = self.holders
        entries = at[slice(*ends[slot : slot + 2]) if slot < len(self._as_was) else slice(0)].astype(np.int64)
        held = np.searchsorted(self.ends, entries, side="right") - 1
        as_was = self._as_was[held]
        return held[as_was], entries[as_was], sorted(self._more.get(slot, ()))


class Near:
    """Lists of the best earlier rows; ``changed`` are those that are no longer what they were, with what they were."""

    def __init__(
        self,
        line: Line,
        lists: Lists,
        present: Iterable[int],
        index: Postings | None,
        row: Callable[[int], Row],
        most: Callable[[int], int],
        *,
        window: int,
        floor: float,
    ) -> None:
        """Take what :func:`.events.slices.sliced` takes, ``row`` and ``most`` by slot; who is there, their index."""
        self._line, self.lists, self._row, self._most = line, lists, row, most
        self._window, self._floor = window, floor
        self.present, self._index = set(present), index
        self.changed: dict[int, Row] = {}
        # Full lists that have lost a row, and their last entry as they lost it: all that are better are in them.
        self._lacking: dict[int, tuple[int, int]] = {}

    @cached_property
    def postings(self) -> Postings:
        """The index of rows, made when it is first needed."""
        return self._index or postings_of(len(self.lists.ends) - 1, self.present, self._row)

    def stands(self, slot: int) -> bool:
        """Say whether a row is there."""
        return slot in self.present

    def change(self, out: Iterable[int], new: Iterable[int]) -> None:
        """Take rows out and put rows in, whose places are known to the line."""
        for slot in out:
            self._take(slot)
        for slot in new:
            self._put(slot)
        lacking, self._lacking = self._lacking, {}
        for holder in lacking:
            if holder in self.present:
                self._set(holder, self._search(self._found(holder)))

    def _take(self, slot: int) -> None:
        import numpy as np

        opened = self._next_in_crowd(self._found(slot))
        holders = self.lists.with_(slot)
        self.postings.take(slot)
        self.present.discard(slot)
        offers: dict[int, dict[int, float]] = {holder: {slot: 0.0} for holder in holders}
        for other in opened:
            for holder, likeness in self._seekers(self._found(other)).items():
                offers.setdefault(holder, {})[other] = likeness
        self._set(slot, (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)))
        self._offer(offers)

    def _put(self, slot: int) -> None:
        self.postings.put(slot, *self._row(slot))
        self.present.add(slot)
        offers: dict[int, dict[int, float]] = {}
        found = self._found(slot)
        for other in self._next_in_crowd(found):
            seekers = self._seekers(self._found(other))
            for holder in self.lists.with_(other):
                offers.setdefault(holder, {})[other] = seekers.get(holder, 0.0)
        for holder, likeness in self._seekers(found).items():
            if holder in offers or self._may_list(holder, likeness):
                offers.setdefault(holder, {})[slot] = likeness
        self._set(slot, self._search(found))
        self._offer(offers)

    def _set(self, slot: int, row: Row) -> None:
        self.changed.setdefault(slot, self.lists[slot])
        self.lists[slot] = row

    def _found(self, slot: int) -> Found:
        """Return all rows that have a feature of a row, itself included."""
        import numpy as np

        numbers, weights = self._row(slot)
        which, slots, held = self.postings.find(numbers)
        place, days = self._line.place, self._line.days
        products = weights[which].astype(np.float64) * held
        weeks = days[slots] // WEEK
        sizes = np.bincount(which, minlength=len(numbers))
        return Found(slot, which, slots, products, place[slots], days[slots], weeks, sizes)

    def _next_in_crowd(self, found: Found) -> list[int]:
        """Return the rows that are first in a queue behind the crowd that a row is one of."""
        import numpy as np

        mine = found.weeks == self._line.days[found.slot] // WEEK
        which, places = found.which[mine], found.places[mine]
        after: set[int] = set()
        for number in np.flatnonzero(np.bincount(which, minlength=1) > CROWD).tolist():
            nth = int(np.partition(places[which == number], CROWD)[CROWD])
            if self._line.place[found.slot] < nth:
                after.add(nth)
        queue: list[int] = self._line.order[sorted(after)].tolist()
        return queue

    def _seekers(self, found: Found) -> dict[int, float]:
        """Return the later rows that find a row, and their likeness, where it is enough for a list."""
        import numpy as np

        day, place = self._line.days[found.slot], self._line.place[found.slot]
        before = (found.weeks == day // WEEK) & (found.places < place)
        findable = np.bincount(found.which[before], minlength=len(found.sizes)) < CROWD
        kept = findable[found.which] & (found.places > place)
        if day >= 0:
            kept &= found.days - day <= self._window
        seekers, sums = _summed(found.slots[kept], found.products[kept])
        near = sums >= self._floor * UNITS**2
        return dict(zip(seekers[near].tolist(), (sums[near] / UNITS**2).tolist(), strict=True))

    def _search(self, found: Found) -> Row:
        """Return a row's list, looked for among all rows."""
        import numpy as np

        day = self._line.days[found.slot]
        kept = found.places < self._line.place[found.slot]
        if day >= 0:
            kept &= (found.days < 0) | (day - found.days <= self._window)
        crowded = np.flatnonzero(kept & (found.sizes > CROWD)[found.which])
        cells = found.which[crowded] << _WEEK_BITS | found.weeks[crowded] + 1
        order = np.lexsort((found.places[crowded], cells))
        rank = np.arange(len(order)) - np.searchsorted(cells[order], cells[order])
        kept[crowded[order[rank >= CROWD]]] = False
        others, sums = _summed(found.slots[kept], found.products[kept])
        likeness = sums / UNITS**2
        others, likeness = others[likeness >= self._floor], likeness[likeness >= self._floor]
        return self._best(found.slot, others, np.rint(likeness * STEPS).astype(np.int64))

    def _may_list(self, holder: int, likeness: float) -> bool:
        """Say whether a row that is new may come into a list, as far as can be told at a glance."""
        worst = self.lists.last(holder, self._most(holder))
        return worst is None or round(likeness * STEPS) >= worst

    def _best(self, slot: int, others: NDArray[Any], steps: NDArray[Any]) -> Row:
        """Return the best of some rows, best first, as many as the row of this slot keeps."""
        import numpy as np

        order = np.lexsort((self._line.place[others], -steps))[: self._most(slot)]
        return others[order], steps[order]

    def _offer(self, offers: dict[int, dict[int, float]]) -> None:
        """Bring lists up to date, given by holder the rows whose likeness to it is new."""
        for holder, new in offers.items():
            if holder in self.present:
                row = self._renewed(holder, new)
                if row is not None:
                    self._set(holder, row)

    def _renewed(self, holder: int, new: dict[int, float]) -> Row | None:
        """Return the list of one holder, or None if it stays as it is."""
        import numpy as np

        others, steps = self.lists[holder]
        offered = [(other, round(likeness * STEPS)) for other, likeness in new.items() if likeness >= self._floor]
        staying = np.fromiter((other not in new for other in others.tolist()), dtype=bool, count=len(others))
        most = self._most(holder)
        if bool(staying.all()) and len(others) == most:
            worst = self._rank(int(steps[-1]), int(others[-1]))
            offered = [(other, step) for other, step in offered if self._rank(step, other) > worst]
        if bool(staying.all()) and not offered:
            return None
        found = self._best(
            holder,
            np.concatenate((others[staying], np.array([other for other, _ in offered], dtype=np.int64))),
            np.concatenate((steps[staying], np.array([step for _, step in offered], dtype=np.int64))),
        )
        last = self._lacking.pop(holder, (int(steps[-1]), int(others[-1])) if len(others) == most else None)
        # A list with room held all there were. Whoever was not in a full one is worse than its last entry was.
        if last and (len(found[0]) < most or self._rank(int(found[1][-1]), int(found[0][-1])) < self._rank(*last)):
            self._lacking[holder] = last
        return found

    def _rank(self, step: int, other: int) -> tuple[int, int]:
        """Return what is the larger the better an entry is."""
        return step, -int(self._line.place[other])


def _summed(slots: NDArray[Any], products: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return distinct slots and the sums of their products, but for those that come to nothing."""
    import numpy as np

    sums = np.bincount(slots, weights=products)
    distinct = np.flatnonzero(sums)
    return distinct, sums[distinct]


def postings_of(count: int, present: Iterable[int], row: Callable[[int], Row]) -> Postings:
    """Return the index of those rows 0..count-1 that are present."""
    here = set(present)
    return Postings.of([row(slot) if slot in here else None for slot in range(count)])


def empty_lists() -> Lists:
    """Return the lists of no rows."""
    import numpy as np

    nothing = np.zeros(0, dtype=np.int64)
    return Lists(np.zeros(1, dtype=np.int64), nothing, nothing)


def lists_of(
    count: int,
    pairs: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
    slots: Sequence[int] | NDArray[Any] | None = None,
) -> tuple[Lists, NDArray[Any]]:
    """Return the lists of ``count`` slots from what :func:`.events.slices.sliced` found at positions of ``slots``.

    Then the order in which the lists hold the pairs.
    """
    import numpy as np

    later, earlier, likeness = pairs
    numbers = np.arange(count) if slots is None else np.asarray(slots, dtype=np.int64)
    steps = np.rint(likeness * STEPS).astype(np.int64)
    order = np.lexsort((earlier, -steps, numbers[later]))
    ends = np.searchsorted(numbers[later][order], np.arange(count + 1))
    return Lists(ends, numbers[earlier][order], steps[order]), order
