"""Copies of one text: the same words, cut, framed by other sentences, or under another headline.

Method: a text is the set of its runs of five words (Broder 1997, "shingles"), thinned by
hash to one in two where it is long. Two texts are copies when most of the shorter one's
runs stand in the longer: containment, not resemblance, so that a shortened copy with an
added footer is still one. A run leads only to the eight texts before it that have it, so
a phrase that all texts share costs no more than a rare one.

Known failures: a text that quotes another at length and says little else counts as its
copy; two forms that differ in a name or a sum are copies (as they should be, in part).
Rejected: MinHash (in the study recall .854): blind to a short copy within a long text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from backfile.model import Document
from backfile.stories.tokens import Codes, codes, stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
RUN = 5  # words in a run
CONTAINED = 0.5  # share of the shorter text's runs from which two texts are copies
FEWEST = 8  # runs that the shorter text must have; below, texts must be equal word for word
BACK = 8  # texts that a run leads back to
READ_CHARS = 100_000  # characters of a text that are looked at


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


def copy_pairs(shingles: Sequence[NDArray[Any]]) -> list[tuple[int, int, float]]:
    """Return (later, earlier, containment) for each pair that is a copy, positions as given, sorted."""
    import numpy as np

    sizes = np.array([len(one) for one in shingles], dtype=np.int64)
    hashes = np.concatenate(shingles) if len(shingles) else np.zeros(0, dtype=np.int64)
    owners = np.repeat(np.arange(len(shingles)), sizes)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    pairs = []
    for lag in range(1, BACK + 1):
        same = hashes[lag:] == hashes[:-lag]
        pairs.append(owners[lag:][same] * len(shingles) + owners[:-lag][same])
    if not pairs:
        return []
    keys, counts = np.unique(np.concatenate(pairs), return_counts=True)
    later, earlier = keys // len(shingles), keys % len(shingles)
    shorter = np.minimum(sizes[later], sizes[earlier])
    contained = counts / shorter
    kept = (contained >= CONTAINED) & (shorter >= FEWEST)
    return list(zip(later[kept].tolist(), earlier[kept].tolist(), contained[kept].tolist(), strict=True))
