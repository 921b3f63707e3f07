"""Copies of one text: the same words, cut, framed by other sentences, or under another headline.

Method: a text is the set of its runs of five words (Broder 1997, "shingles"). Two texts
are copies when most of the shorter one's runs stand in the longer: containment, not
resemblance, so that a shortened copy with an added footer is still one. What outlets
print under everything ("Sign up for our newsletter", "Related stories") must not make
copies of unlike texts, and a wire text that fifty outlets print is no such boilerplate.
So it goes twice: texts that are copies beyond doubt become families; then runs that
stand in more than :data:`FAMILIES` families are set aside, and the rest decides. A run
leads only to the eight texts before it that have it, so a phrase that all texts share
costs no more than a rare one.

Known failures: a text that quotes another at length and says little else counts as its
copy; a form letter with other names filled in is a copy (as it should be, in part); what
lies beyond the part of a text that is read (:mod:`.features`) is not compared.
Rejected: MinHash (in the study recall .854): blind to a short copy within a long text;
setting aside every run that more than eight texts have: blind to a popular wire text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.sets import Sets
from backfile.stories.tokens import stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
RUN: Final = 5  # words in a run
SURE: Final = 0.7  # share of the shorter text's runs from which two texts are one family
CONTAINED: Final = 0.45  # the same once boilerplate is set aside: copies
FEWEST: Final = 10  # runs that two copies share at least, unless nearly all of the shorter one's are shared
NEARLY: Final = 0.8  # ... that is, this share of them
FAMILIES: Final = 3  # families that may have a run before it counts as boilerplate
BACK: Final = 8  # texts that a run leads back to
PARTS: Final = 8  # parts in which runs are gone through, to save memory

Pairs = list[tuple[int, int, float]]


def runs(tokens: NDArray[Any]) -> NDArray[Any]:
    """Return the distinct hashes of the runs of five words in a text's token codes, sorted, 32 bits each."""
    import numpy as np

    words = stems(tokens)
    words = words[words > 0]
    if len(words) < RUN:
        return np.zeros(0, dtype=np.uint32)
    mixed = np.zeros(len(words) - RUN + 1, dtype=np.int64)
    for at in range(RUN):
        mixed = (mixed * 0x9E3779B1 + words[at : len(words) - RUN + 1 + at]) & 0xFFFFFFFF
    mixed.sort()
    keep = np.ones(len(mixed), dtype=bool)
    keep[1:] = mixed[1:] != mixed[:-1]
    return mixed[keep].astype(np.uint32)


def copy_pairs(shingles: Sequence[NDArray[Any]]) -> Pairs:
    """Return (later, earlier, containment) for each pair that is a copy, positions as given, sorted."""
    import numpy as np

    count = len(shingles)
    sizes = np.array([len(one) for one in shingles], dtype=np.int64)
    hashes, owners = _shared(shingles, sizes)
    families = Sets(count)
    for later, earlier, _ in _contained(hashes, owners, sizes, SURE):
        families.join(later, earlier)
    family = np.array([families.find(at) for at in range(count)], dtype=np.int64)
    order = np.lexsort((family[owners], hashes))
    ordered, told = hashes[order], family[owners][order]
    new_hash = np.ones(len(ordered), dtype=bool)
    new_hash[1:] = ordered[1:] != ordered[:-1]
    new_family = new_hash.copy()
    new_family[1:] |= told[1:] != told[:-1]
    number = np.cumsum(new_hash) - 1
    boilerplate = np.zeros(len(hashes), dtype=bool)
    boilerplate[order] = np.bincount(number, weights=new_family)[number] > FAMILIES
    own = sizes - np.bincount(owners[boilerplate], minlength=count)
    return _contained(hashes[~boilerplate], owners[~boilerplate], own, CONTAINED)


def _shared(shingles: Sequence[NDArray[Any]], sizes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the runs that more than one text has, sorted, with their owners.

    Nine in ten runs stand in one text only and are dropped part by part, so that memory
    stays near that of the runs themselves.
    """
    import numpy as np

    everything = np.concatenate([np.zeros(0, dtype=np.uint32), *shingles])
    owners = np.repeat(np.arange(len(shingles), dtype=np.int32), sizes)
    kept: list[tuple[NDArray[Any], NDArray[Any]]] = []
    for part in range(PARTS):
        own = np.flatnonzero(everything % PARTS == part)
        own = own[np.argsort(everything[own], kind="stable")]
        hashes = everything[own]
        twice = np.zeros(len(own), dtype=bool)
        twice[1:] = hashes[1:] == hashes[:-1]
        twice[:-1] |= twice[1:]
        kept.append((hashes[twice], owners[own][twice]))
    return np.concatenate([hashes for hashes, _ in kept]), np.concatenate([owner for _, owner in kept])


def _contained(hashes: NDArray[Any], owners: NDArray[Any], sizes: NDArray[Any], least: float) -> Pairs:
    """Return pairs of owners that share enough of their ``sizes`` runs; equal hashes stand together."""
    import numpy as np

    count = len(sizes)
    pairs = [np.zeros(0, dtype=np.int64)]
    for lag in range(1, BACK + 1):
        same = hashes[lag:] == hashes[:-lag]
        pairs.append(owners[lag:][same].astype(np.int64) * count + owners[:-lag][same])
    keys = np.concatenate(pairs)
    keys.sort()
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else keys
    shared = np.diff(np.append(starts, len(keys)))
    keys = keys[starts]
    later, earlier = keys // max(count, 1), keys % max(count, 1)
    share = shared / np.maximum(np.minimum(sizes[later], sizes[earlier]), 1)
    kept = (share >= least) & ((shared >= FEWEST) | ((share >= NEARLY) & (shared > 1)))
    return list(zip(later[kept].tolist(), earlier[kept].tolist(), share[kept].round(4).tolist(), strict=True))
