"""Which texts have which runs of words as their own: an index, kept up to date while single texts come and go.

What an outlet prints in more than :data:`.copies.duplicates.OWN` different texts is its boilerplate,
and most entries are of that kind: one line that stands below thousands of texts. These lie apart, by
run and outlet, so that asking who has a run costs no more than the few texts that have it as their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.copies.duplicates import OWN, OWNER, TEXT, boilerplate, parted, sorted_entries
from backfile.stories.traits.blocks import ordered
from backfile.stories.upkeep.texts import UNKNOWN, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

RUNS: Final = "uint32"  # the kind of number that a run is
_PART_BITS: Final = 4  # runs are gone through in sixteen parts, by their first bits, to save memory


class Entries:
    """Pairs of a number and a slot; the bulk in two flat arrays, sorted by number, which may be mapped from a file."""

    def __init__(self, numbers: NDArray[Any], slots: NDArray[Any]) -> None:
        """Take entries sorted by number."""
        self.numbers, self.slots = numbers, slots
        self._more: dict[int, list[int]] = {}
        self._less: dict[int, set[int]] = {}

    def put(self, number: int, slot: int) -> None:
        """Put in an entry that is not there."""
        if slot in self._less.get(number, ()):
            self._less[number].discard(slot)
        else:
            self._more.setdefault(number, []).append(slot)

    def take(self, number: int, slot: int) -> None:
        """Take out an entry that is there."""
        if slot in self._more.get(number, ()):
            self._more[number].remove(slot)
        else:
            self._less.setdefault(number, set()).add(slot)

    def counts(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """Return how many entries some numbers have."""
        import numpy as np

        asked = numbers.astype(self.numbers.dtype)
        found = np.searchsorted(self.numbers, asked, side="right") - np.searchsorted(self.numbers, asked)
        for place, number in self._changed(numbers):
            found[place] += len(self._more.get(number, ())) - len(self._less.get(number, ()))
        return found

    def find(self, numbers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return (which of ``numbers``, slot) for each entry of some numbers."""
        import numpy as np

        asked = numbers.astype(self.numbers.dtype)
        starts = np.searchsorted(self.numbers, asked)
        sizes = np.searchsorted(self.numbers, asked, side="right") - starts
        which = np.repeat(np.arange(len(numbers)), sizes)
        at = np.arange(len(which)) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        slots = self.slots[at].astype(np.int64)
        ends = np.cumsum(sizes)
        kept = np.ones(len(which), dtype=bool)
        more: list[tuple[int, int]] = []
        for place, number in self._changed(numbers):
            if less := self._less.get(number):
                own = slice(ends[place] - sizes[place], ends[place])
                kept[own] = [slot not in less for slot in slots[own].tolist()]
            more += ((place, slot) for slot in self._more.get(number, ()))
        beside, others = np.array(more, dtype=np.int64).reshape(-1, 2).T
        return np.concatenate((which[kept], beside)), np.concatenate((slots[kept], others))

    def _changed(self, numbers: NDArray[Any]) -> Iterator[tuple[int, int]]:
        """Yield the places of those numbers whose entries are not as they were, and the numbers."""
        if self._more or self._less:
            for place, number in enumerate(numbers.tolist()):
                if number in self._more or number in self._less:
                    yield place, number

    def renumbered(self, numbers: NDArray[Any]) -> Entries:
        """Return the entries with other numbers for slots."""
        import numpy as np

        kept = np.ones(len(self.numbers), dtype=bool)
        for number, less in self._less.items():
            own = slice(*np.searchsorted(self.numbers, np.array([number, number + 1], dtype=np.int64)))
            kept[own] = ~np.isin(self.slots[own], list(less))
        more = sorted((number, slot) for number, slots in self._more.items() for slot in slots)
        beside, slots = np.array(more, dtype=np.int64).reshape(-1, 2).T
        bulk, beside = self.numbers[kept], beside.astype(self.numbers.dtype)
        where = np.searchsorted(bulk, beside, side="right")
        now = numbers.astype(np.int32)
        return Entries(np.insert(bulk, where, beside), np.insert(now[self.slots[kept]], where, now[slots]))


Index = tuple[Entries, Entries]


def indexed(rows: Sequence[NDArray[Any]], outlets: NDArray[Any]) -> Index:
    """Return the runs of texts by slot as they are their own, by run; and as boilerplate, by run and outlet."""
    import numpy as np

    unknown = outlets >= UNKNOWN
    outlet = np.where(unknown, int(outlets[~unknown].max(initial=-1)) + 1 + np.arange(len(outlets)), outlets)
    bounds = parted(rows, _PART_BITS)
    runs, slots = (np.empty(sum(map(len, rows)), dtype=kind) for kind in (RUNS, np.int32))
    keys: list[NDArray[Any]] = []
    wearers: list[NDArray[Any]] = []
    count = 0
    for part in range(1 << _PART_BITS):  # of which each is sorted, and comes before the next one
        entries = sorted_entries(rows, bounds, part)
        foreign = boilerplate(entries, outlet)
        own, worn = entries[~foreign], entries[foreign]
        runs[count : count + len(own)] = own >> OWNER
        slots[count : count + len(own)] = own & TEXT
        count += len(own)
        numbers, order = ordered(worn >> OWNER << OWNER | outlet[worn & TEXT])
        keys.append(numbers)
        wearers.append((worn & TEXT)[order].astype(np.int32))
    return Entries(runs[:count], slots[:count]), Entries(np.concatenate(keys), np.concatenate(wearers))


class OwnRuns:
    """The index."""

    def __init__(self, index: Index, texts: Texts) -> None:
        """Take the runs of the texts that are there, as :func:`indexed` returns them."""
        self._own, self._worn = index
        self._texts = texts

    def find(self, runs: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return (which of ``runs``, slot) for each text that has one of some runs as its own."""
        return self._own.find(runs)

    def put(self, slot: int) -> None:
        """Put in a text's runs; what becomes boilerplate with it is its outlet's other texts' own no more."""
        import numpy as np

        runs, keys = self._keyed(slot)
        worn = self._worn.counts(keys) > 0
        which, slots = self._own.find(runs)
        same = self._texts.outlets[slots] == self._texts.outlets[slot]
        full = np.bincount(which[same], minlength=len(runs)) >= OWN
        turned = same & full[which]
        for place, other in zip(which[turned].tolist(), slots[turned].tolist(), strict=True):
            self._own.take(int(runs[place]), other)
            self._worn.put(int(keys[place]), other)
        for key in keys[worn | full].tolist():
            self._worn.put(key, slot)
        for run in runs[~(worn | full)].tolist():
            self._own.put(run, slot)

    def take(self, slot: int) -> None:
        """Take out a text's runs; what is boilerplate no more without it is its outlet's other texts' own again."""
        runs, keys = self._keyed(slot)
        counts = self._worn.counts(keys)
        for key in keys[counts > 0].tolist():
            self._worn.take(key, slot)
        for run in runs[counts == 0].tolist():
            self._own.take(run, slot)
        turned = counts == OWN + 1
        for place, other in zip(*(part.tolist() for part in self._worn.find(keys[turned])), strict=True):
            self._worn.take(int(keys[turned][place]), other)
            self._own.put(int(runs[turned][place]), other)

    def _keyed(self, slot: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return a text's runs, and each with its outlet; an outlet that is not known has no boilerplate."""
        import numpy as np

        runs = self._texts[slot].runs.astype(np.int64)
        outlet = int(self._texts.outlets[slot])
        return runs, (runs << OWNER | outlet if outlet < UNKNOWN else -1 - runs)

    def renumbered(self, numbers: NDArray[Any]) -> Index:
        """Return the runs by other numbers for slots."""
        return self._own.renumbered(numbers), self._worn.renumbered(numbers)
