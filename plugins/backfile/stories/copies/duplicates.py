"""Copies of one text: the same words, cut, framed by other sentences, or under another headline.

Method: a text is the set of its runs of five words (Broder 1997, "shingles"). Two texts
are copies when nearly half of the shorter one's runs (:data:`CONTAINED`) stand in the
longer: containment, not resemblance, so that a shortened copy with an added footer is
still one. What outlets print under everything ("Sign up for our newsletter", "Related
stories") must not make copies of unlike texts, and a wire text that fifty outlets print is
no such boilerplate.
So runs that one outlet prints in more than :data:`OWN` different texts are set aside
first. Then texts that are copies beyond doubt become families, runs that stand in more
than :data:`FAMILIES` families are set aside too, and the rest decides. A run
leads only to the eight texts before it that have it, so a phrase that all texts share
costs no more than a rare one.

Outlets print an agency's text within days. What is much alike later is a form that was
filled in anew (the bank's next decision, the next strike on one town), and may be another
event: that is for the rest of grouping to judge. The same text, with a wrong date on one of
the two, stays a copy.

Known failures: a text that quotes another at length and says little else counts as its
copy; a form letter with other names filled in is a copy (as it should be, in part); what
lies beyond the part of a text that is read (``traits.features``) is not compared.
Rejected: MinHash (in the study recall .854): blind to a short copy within a long text;
setting aside every run that more than eight texts have: blind to a popular wire text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.spread import Spread, alone
from backfile.stories.structures.sets import Sets
from backfile.stories.words.tokens import stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
RUN: Final = 5  # words in a run
SURE: Final = 0.7  # share of the shorter text's runs from which two texts are one family
CONTAINED: Final = 0.45  # the same once boilerplate is set aside: copies
FEWEST: Final = 10  # runs that two copies share at least, unless nearly all of the shorter one's are shared
NEARLY: Final = 0.8  # ... that is, this share of them
OWN: Final = 2  # different texts of one outlet that may have a run before it counts as the outlet's boilerplate
FAMILIES: Final = 3  # families that may have a run before it counts as boilerplate
BACK: Final = 8  # texts that a run leads back to
LATE: Final = 3  # days after which only nearly the same text is a copy; a form filled in anew is another event
SAME: Final = 0.9  # ... that is, with this share
PART_BITS: Final = 3  # runs of many texts are gone through in eight parts, by their first bits, to save memory
MANY: Final = 2_000  # ... that is, of so many texts
OWNER: Final = 31  # bits of a text's number below a run's, which has 32

TEXT: Final = (1 << OWNER) - 1
Pairs = list[tuple[int, int, float]]
Counts = tuple["NDArray[Any]", "NDArray[Any]"]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What distinct texts gave: copies, and what ``upkeep.nearcopies`` needs to go on from there.

    ``sure`` are the pairs that make families, ``aside`` the runs that too many families have,
    ``sizes`` how many runs of each text are no boilerplate of its outlet, ``told`` how many of
    these are not set aside, ``closest`` how many at most it has in common with any other text.
    """

    pairs: Pairs
    sure: Pairs
    aside: NDArray[Any]
    sizes: NDArray[Any]
    told: NDArray[Any]
    closest: NDArray[Any]


def runs(tokens: NDArray[Any]) -> NDArray[Any]:
    """Return the distinct hashes of the runs of five words in a text's token codes, sorted, 32 bits each."""
    return all_runs([tokens])[0]


def all_runs(texts: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return those of several texts on end, and how many each has."""
    import numpy as np

    words = stems(np.concatenate(texts))
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])[words > 0]
    words = words[words > 0]
    count = max(len(words) - RUN + 1, 0)
    mixed = np.zeros(count, dtype=np.int64)
    for at in range(RUN):
        mixed = (mixed * 0x9E3779B1 + words[at : count + at]) & 0xFFFFFFFF
    within = owners[:count] == owners[RUN - 1 :]
    keys = np.sort(owners[:count][within] << 32 | mixed[within])
    keep = np.ones(len(keys), dtype=bool)
    keep[1:] = keys[1:] != keys[:-1]
    keys = keys[keep]
    return (keys & 0xFFFFFFFF).astype(np.uint32), np.bincount(keys >> 32, minlength=len(texts))


def copy_pairs(shingles: Sequence[NDArray[Any]], outlets: Sequence[str | None]) -> Pairs:
    """Return (later, earlier, containment) for each pair that is a copy, positions as given, sorted.

    Of texts that are equal run for run each is paired with the first alone.
    """
    equal, places = run_for_run(shingles)
    near = near_copies([shingles[at] for at in places], [outlets[at] for at in places]).pairs
    return sorted(equal + [(places[later], places[earlier], share) for later, earlier, share in near])


def run_for_run(shingles: Sequence[NDArray[Any]]) -> tuple[Pairs, list[int]]:
    """Return (later, first, 1.0) for texts that repeat another one run for run, and the positions of the others."""
    first: dict[bytes, int] = {}
    equal: Pairs = []
    for at, own in enumerate(shingles):
        if len(own):
            other = first.setdefault(own.tobytes(), at)
            if other != at:
                equal.append((at, other, 1.0))
    return equal, sorted(first.values())


def near_copies(shingles: Sequence[NDArray[Any]], outlets: Sequence[str | None], spread: Spread = alone) -> Found:
    """Return the pairs of copies among distinct texts."""
    import numpy as np

    count = len(shingles)
    sizes = np.array([len(one) for one in shingles], dtype=np.int64)
    numbers = {name: at for at, name in enumerate(dict.fromkeys(filter(None, outlets)))}
    outlet = np.array([numbers[name] if name else len(numbers) + at for at, name in enumerate(outlets)], dtype=np.int64)
    own: list[NDArray[Any]] = []
    surely: list[Counts] = []
    bits = PART_BITS if count >= MANY else 0
    bounds = parted(shingles, bits)
    for kept, dropped, counts in spread(partial(_own, shingles, outlet, bounds), range(1 << bits), here=True):
        own.append(kept)
        surely.append(counts)
        sizes -= np.bincount(dropped, minlength=count)
    sure, closest = _contained(_added(surely), sizes, SURE)
    families = Sets(count)
    for later, earlier, _ in sure:
        families.join(later, earlier)
    family = np.array([families.find(at) for at in range(count)], dtype=np.int64)
    told = sizes.copy()
    aside: list[NDArray[Any]] = []
    shared: list[Counts] = []
    for hashes, dropped, counts in spread(partial(_telling, family), own, here=True):
        aside.append(hashes)
        shared.append(counts)
        told -= np.bincount(dropped, minlength=count)
    return Found(_contained(_added(shared), told, CONTAINED)[0], sure, np.concatenate(aside), sizes, told, closest)


def _own(
    shingles: Sequence[NDArray[Any]], outlet: NDArray[Any], bounds: Sequence[Sequence[int]], part: int
) -> tuple[NDArray[Any], NDArray[Any], Counts]:
    """Return what stands in several texts of one part of all runs, but for outlets' boilerplate.

    ``bounds`` are those of the parts in each text. Returned are entries (``run << OWNER | text``),
    sorted; then the text of each entry that is boilerplate; then how many runs pairs of texts have in
    common. Nine in ten runs stand in one text only and are dropped part by part, so that memory stays
    near that of the runs themselves.
    """
    import numpy as np

    entries = sorted_entries(shingles, bounds, part)
    twice = np.zeros(len(entries), dtype=bool)
    twice[1:] = entries[1:] >> OWNER == entries[:-1] >> OWNER
    twice[:-1] |= twice[1:]
    entries = entries[twice]
    foreign = boilerplate(entries, outlet)
    return entries[~foreign], (entries[foreign] & TEXT).astype(np.int32), _in_common(entries[~foreign])


def parted(shingles: Sequence[NDArray[Any]], bits: int) -> list[list[int]]:
    """Return where the runs of each text begin and end that have the same first ``bits``."""
    import numpy as np

    edges = (np.arange(1, 1 << bits, dtype=np.int64) << 32 - bits).astype(np.uint32)
    return [[0, *one.searchsorted(edges).tolist(), len(one)] for one in shingles]


def sorted_entries(shingles: Sequence[NDArray[Any]], bounds: Sequence[Sequence[int]], part: int) -> NDArray[Any]:
    """Return ``run << OWNER | text``, sorted, for one part of all runs."""
    import numpy as np

    own = [one[bound[part] : bound[part + 1]] for one, bound in zip(shingles, bounds, strict=True)]
    entries = np.concatenate([np.zeros(0, dtype=np.uint32), *own]).astype(np.int64) << OWNER
    entries |= np.repeat(np.arange(len(own)), [len(one) for one in own])
    entries.sort()
    return entries


def boilerplate(entries: NDArray[Any], outlet: NDArray[Any]) -> NDArray[Any]:
    """Say of each of such entries whether its run is boilerplate of its text's outlet (a number by text)."""
    import numpy as np

    number, size = _runs_in(entries)
    several = np.flatnonzero(size[number] > OWN)
    # A text has a run once, so that its outlet's texts with the run are as many as the entries of both.
    _, where, held = np.unique(
        number[several] << OWNER | outlet[entries[several] & TEXT], return_inverse=True, return_counts=True
    )
    foreign = np.zeros(len(entries), dtype=bool)
    foreign[several] = held[where] > OWN
    return foreign


def _telling(family: NDArray[Any], entries: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], Counts]:
    """Return the runs that too many families have, the text of each of their entries, and counts without them."""
    import numpy as np

    number, size = _runs_in(entries)
    several = np.flatnonzero(size[number] > FAMILIES)
    held = np.unique(number[several] << OWNER | family[entries[several] & TEXT]) >> OWNER
    many = np.bincount(held, minlength=len(size)) > FAMILIES
    told = ~many[number]
    aside = entries[~told]
    hashes = np.unique(aside >> OWNER).astype(np.uint32)
    return hashes, (aside & TEXT).astype(np.int32), _in_common(entries[told])


def _runs_in(entries: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the number of each entry's run, and how many entries each run has."""
    import numpy as np

    number = np.cumsum(np.diff(entries >> OWNER, prepend=-1) != 0) - 1
    return number, np.bincount(number, minlength=int(number[-1]) + 1 if len(number) else 0)


def timely(share: NDArray[Any], one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """Return which pairs may be copies by their texts' days (ordinals, 0 for none) and the share in common."""
    import numpy as np

    soon: NDArray[Any] = (np.abs(one - other) <= LATE) | (one == 0) | (other == 0) | (share >= SAME)
    return soon


def enough(shared: NDArray[Any], smaller: NDArray[Any], least: float) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the share of runs that two texts have in common, and whether it is enough, pair by pair."""
    import numpy as np

    share = shared / np.maximum(smaller, 1)
    return share.round(4), (share >= least) & ((shared >= FEWEST) | ((share >= NEARLY) & (shared > 1)))


def _in_common(entries: NDArray[Any]) -> Counts:
    """Return pairs of texts (``later << OWNER | earlier``), sorted, and how many runs lead from one to the other."""
    import numpy as np

    pairs = [np.zeros(0, dtype=np.int64)]
    for lag in range(1, BACK + 1):
        same = np.flatnonzero(entries[lag:] >> OWNER == entries[:-lag] >> OWNER)
        pairs.append((entries[lag:][same] & TEXT) << OWNER | entries[same] & TEXT)
    keys, counts = np.unique(np.concatenate(pairs), return_counts=True)
    return keys, counts.astype(np.int32)


def _added(counts: Sequence[Counts]) -> Counts:
    """Return what pairs of texts have in common, given counts by part of the runs."""
    import numpy as np

    keys, where = np.unique(np.concatenate([keys for keys, _ in counts]), return_inverse=True)
    shared = np.bincount(where, weights=np.concatenate([count for _, count in counts]), minlength=len(keys))
    return keys, shared.astype(np.int64)


def _contained(counts: Counts, sizes: NDArray[Any], least: float) -> tuple[Pairs, NDArray[Any]]:
    """Return pairs of texts that share enough of their ``sizes`` runs, and the most that each text shares with one."""
    import numpy as np

    keys, shared = counts
    later, earlier = keys >> OWNER, keys & TEXT
    most = np.zeros(len(sizes), dtype=np.int64)
    for ends in (later, earlier):
        np.maximum.at(most, ends, shared)
    share, kept = enough(shared, np.minimum(sizes[later], sizes[earlier]), least)
    return list(zip(later[kept].tolist(), earlier[kept].tolist(), share[kept].tolist(), strict=True)), most
