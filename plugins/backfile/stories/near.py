"""The pairs of :mod:`.slices`, kept up to date while single rows come and go.

Each row keeps a list of its best earlier rows. A row that comes is offered to the later
rows that share a feature with it, and finds its own list; a row that goes leaves gaps in
the lists that held it, and a list that was full is searched for anew, since nobody knows
who came next. In a crowded cell (see :mod:`.slices`) a row that comes makes another one
unfindable by that feature, and a row that goes another one findable: those rows are offered
again. All sums are whole numbers, so the lists are those of a full search, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from backfile.stories.features import UNITS
from backfile.stories.line import Line
from backfile.stories.postings import Postings
from backfile.stories.slices import CROWD, STEPS, WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray

Row = tuple["NDArray[Any]", "NDArray[Any]"]


class Lists:
    """Each row's list: earlier rows and their likeness in :data:`STEPS`, best first; and who lists a row."""

    def __init__(self, ends: NDArray[Any], others: NDArray[Any], steps: NDArray[Any]) -> None:
        """Take the lists of slots 0..n-1 on end, and where each begins, and the end."""
        import numpy as np

        self.ends, self.others, self.steps = ends, others, steps
        self._held_at = np.argsort(others, kind="stable")
        self._held_by = np.repeat(np.arange(len(ends) - 1), np.diff(ends))[self._held_at]
        self._held_ends = np.searchsorted(others[self._held_at], np.arange(len(ends)))
        self._as_was = np.ones(len(ends) - 1, dtype=bool)
        self.changed: dict[int, Row] = {}
        self._more: dict[int, set[int]] = {}

    def __getitem__(self, slot: int) -> Row:
        """Return a row's list."""
        found = self.changed.get(slot)
        if found is not None:
            return found
        own = slice(*self.ends[slot : slot + 2]) if slot < len(self.ends) - 1 else slice(0)
        return self.others[own], self.steps[own]

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
        own = slice(*self._held_ends[slot : slot + 2]) if slot < len(self._as_was) else slice(0)
        held = self._held_by[own]
        as_was = self._as_was[held]
        return held[as_was], self._held_at[own][as_was], sorted(self._more.get(slot, ()))


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
        """Take what :func:`.slices.sliced` takes, ``row`` and ``most`` by slot; who is there, and an index of them."""
        self._line, self.lists, self._row, self._most = line, lists, row, most
        self._window, self._floor = window, floor
        self.present, self._index = set(present), index
        self.changed: dict[int, Row] = {}

    @cached_property
    def postings(self) -> Postings:
        """The index of rows, made when it is first needed."""
        if self._index:
            return self._index
        return Postings.of(
            [self._row(slot) if slot in self.present else None for slot in range(len(self.lists.ends) - 1)]
        )

    def stands(self, slot: int) -> bool:
        """Say whether a row is there."""
        return slot in self.present

    def take(self, slot: int) -> None:
        """Take a row out."""
        import numpy as np

        opened = self._next_in_crowd(slot)
        holders = self.lists.with_(slot)
        self.postings.take(slot)
        self.present.discard(slot)
        offers: dict[int, dict[int, float]] = {holder: {slot: 0.0} for holder in holders}
        for other in opened:
            for holder, likeness in self._seekers(other).items():
                offers.setdefault(holder, {})[other] = likeness
        self._set(slot, (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)))
        self._offer(offers)

    def put(self, slot: int) -> None:
        """Put a row in; its place is known to the line."""
        self.postings.put(slot, *self._row(slot))
        self.present.add(slot)
        offers: dict[int, dict[int, float]] = {}
        for other in self._next_in_crowd(slot):
            seekers = self._seekers(other)
            for holder in self.lists.with_(other):
                offers.setdefault(holder, {})[other] = seekers.get(holder, 0.0)
        for holder, likeness in self._seekers(slot).items():
            if likeness >= self._floor:
                offers.setdefault(holder, {})[slot] = likeness
        self._set(slot, self._search(slot))
        self._offer(offers)

    def _set(self, slot: int, row: Row) -> None:
        self.changed.setdefault(slot, self.lists[slot])
        self.lists[slot] = row

    def _next_in_crowd(self, slot: int) -> list[int]:
        """Return the rows that are first in a queue behind the crowd that ``slot`` is one of."""
        import numpy as np

        which, slots, _ = self.postings.find(self._row(slot)[0])
        place, days = self._line.place, self._line.days
        found: set[int] = set()
        for number in np.flatnonzero(np.bincount(which) > CROWD).tolist():
            cell = slots[which == number]
            cell = cell[days[cell] // WEEK == days[slot] // WEEK]
            if len(cell) > CROWD:
                cell = cell[np.argsort(place[cell])]
                if place[slot] < place[cell[CROWD]]:
                    found.add(int(cell[CROWD]))
        return self._line.sorted(found)

    def _seekers(self, slot: int) -> dict[int, float]:
        """Return the later rows that find ``slot``, and their likeness."""
        import numpy as np

        numbers, weights = self._row(slot)
        which, slots, held = self.postings.find(numbers)
        place, days = self._line.place, self._line.days
        findable = np.ones(len(numbers), dtype=bool)
        for number in np.flatnonzero(np.bincount(which) > CROWD).tolist():
            cell = slots[which == number]
            before = (days[cell] // WEEK == days[slot] // WEEK) & (place[cell] < place[slot])
            findable[number] = np.count_nonzero(before) < CROWD
        kept = findable[which] & (place[slots] > place[slot])
        if days[slot] >= 0:
            kept &= days[slots] - days[slot] <= self._window
        products = weights[which[kept]].astype(np.float64) * held[kept]
        found, sums = _summed(slots[kept], products)
        return dict(zip(found.tolist(), (sums / UNITS**2).tolist(), strict=True))

    def _search(self, slot: int) -> Row:
        """Return a row's list, looked for among all rows."""
        import numpy as np

        numbers, weights = self._row(slot)
        which, slots, held = self.postings.find(numbers)
        place, days = self._line.place, self._line.days
        kept = place[slots] < place[slot]
        if days[slot] >= 0:
            kept &= (days[slots] < 0) | (days[slot] - days[slots] <= self._window)
        for number in np.flatnonzero(np.bincount(which) > CROWD).tolist():
            own = np.flatnonzero(which == number)
            own = own[np.lexsort((place[slots[own]], days[slots[own]] // WEEK))]
            weeks = days[slots[own]] // WEEK
            rank = np.arange(len(own)) - np.searchsorted(weeks, weeks)
            kept[own[rank >= CROWD]] = False
        found, sums = _summed(slots[kept], weights[which[kept]].astype(np.float64) * held[kept])
        likeness = sums / UNITS**2
        found, likeness = found[likeness >= self._floor], likeness[likeness >= self._floor]
        return self._best(slot, found, np.rint(likeness * STEPS).astype(np.int64))

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
            worst = int(steps[-1]), -int(self._line.place[others[-1]])
            offered = [(other, step) for other, step in offered if (step, -int(self._line.place[other])) > worst]
        if bool(staying.all()) and not offered:
            return None
        found = self._best(
            holder,
            np.concatenate((others[staying], np.array([other for other, _ in offered], dtype=np.int64))),
            np.concatenate((steps[staying], np.array([step for _, step in offered], dtype=np.int64))),
        )
        if len(others) < most:
            return found  # the list held all there were
        # Whoever was not in the full list is worse than its last entry was; nobody knows who is the next.
        place, last = self._line.place, len(others) - 1
        worst = int(steps[last]), -int(place[others[last]])
        full = len(found[0]) == most and (int(found[1][-1]), -int(place[found[0][-1]])) >= worst
        return found if full else self._search(holder)


def _summed(slots: NDArray[Any], products: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return distinct slots and the sums of their products."""
    import numpy as np

    distinct, where = np.unique(slots, return_inverse=True)
    return distinct, np.bincount(where, weights=products, minlength=len(distinct))


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
    """Return the lists of ``count`` slots from what :func:`.slices.sliced` found at positions of ``slots``.

    Then the order in which the lists hold the pairs.
    """
    import numpy as np

    later, earlier, likeness = pairs
    numbers = np.arange(count) if slots is None else np.asarray(slots, dtype=np.int64)
    steps = np.rint(likeness * STEPS).astype(np.int64)
    order = np.lexsort((earlier, -steps, numbers[later]))
    ends = np.searchsorted(numbers[later][order], np.arange(count + 1))
    return Lists(ends, numbers[earlier][order], steps[order]), order
