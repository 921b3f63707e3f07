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
copy; a form letter with other names filled in is a copy (as it should be, in part).
Rejected: MinHash (in the study recall .854): blind to a short copy within a long text;
setting aside every run that more than eight texts have: blind to a popular wire text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from backfile.model import Document
from backfile.stories.sets import Sets
from backfile.stories.tokens import Codes, codes, stems

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
READ_CHARS: Final = 60_000  # characters of a text that are looked at

Pairs = list[tuple[int, int, float]]


def runs(document: Document, known: Codes) -> NDArray[Any]:
    """Return the distinct hashes of a text's runs of five words, without its title, sorted."""
    import numpy as np

    words = stems(codes(document.text[:READ_CHARS], known))
    words = words[words > 0]
    if len(words) < RUN:
        return words[:0]
    mixed = np.zeros(len(words) - RUN + 1, dtype=np.int64)
    for at in range(RUN):
        mixed = (mixed * 0x9E3779B1 + words[at : len(words) - RUN + 1 + at]) & 0xFFFFFFFF
    return np.unique(mixed)


def copy_pairs(shingles: Sequence[NDArray[Any]]) -> Pairs:
    """Return (later, earlier, containment) for each pair that is a copy, positions as given, sorted."""
    import numpy as np

    count = len(shingles)
    if not count:
        return []
    hashes = np.concatenate(shingles)
    owners = np.repeat(np.arange(count), [len(one) for one in shingles])
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    families = Sets(count)
    for later, earlier, _ in _contained(hashes, owners, count, SURE):
        families.join(later, earlier)
    family = np.array([families.find(at) for at in range(count)])
    told = np.unique(hashes.astype(np.int64) * count + family[owners])
    own, first = np.unique(told // count, return_counts=True)
    kept = first[np.searchsorted(own, hashes)] <= FAMILIES
    return _contained(hashes[kept], owners[kept], count, CONTAINED)


def _contained(hashes: NDArray[Any], owners: NDArray[Any], count: int, least: float) -> Pairs:
    """Return pairs of owners that share enough of ``hashes``; both arrays sorted by hash, then owner."""
    import numpy as np

    pairs = [np.zeros(0, dtype=np.int64)]
    for lag in range(1, BACK + 1):
        same = hashes[lag:] == hashes[:-lag]
        pairs.append(owners[lag:][same] * count + owners[:-lag][same])
    keys, shared = np.unique(np.concatenate(pairs), return_counts=True)
    later, earlier = keys // count, keys % count
    sizes = np.bincount(owners, minlength=count)
    share = shared / np.minimum(sizes[later], sizes[earlier])
    kept = (share >= least) & ((shared >= FEWEST) | ((share >= NEARLY) & (shared > 1)))
    return list(zip(later[kept].tolist(), earlier[kept].tolist(), share[kept].round(4).tolist(), strict=True))
