"""Which pairs of texts are worth a closer look, found without comparing all with all.

Every text is cut down to its :data:`KEYS` heaviest features (rare words, pairs of words,
names): two texts on one event share several of these, two others hardly any. The pairs
are found by :mod:`.slices`; for those far apart in time twice the likeness is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from backfile.stories.blocks import NAMES, PAIRS, STARTS, WORDS
from backfile.stories.evidence import Rows
from backfile.stories.slices import sliced

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
KEYS: Final = 64  # features of a text that find its neighbours; with 200 one true pair in 100 more is found
SHARES: Final = {WORDS: 0.5, PAIRS: 0.2, NAMES: 0.3}  # of the blocks in what "heaviest" means
WINDOW: Final = 400  # days; a trial is reported a year after the deed, but little after that
FLOOR: Final = 0.05  # likeness below which no pair is looked at
MOST: Final = 32  # earlier texts kept for a report
MOST_SHORT: Final = 100  # ... and for a shorter text, whose likeness tells less: stories of headlines are large
REPORT: Final = 80  # tokens from which a text is a report
PART: Final = 8192  # texts whose keys are chosen at once
FAR: Final = 45  # days from which twice the likeness is asked


def neighbours(texts: Rows) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return pairs of positions (later, earlier), sorted, and their cosines.

    Texts stand in (date, id) order, those without a date first.
    """
    import numpy as np

    most = np.where(texts.tokens >= REPORT, MOST, MOST_SHORT)
    later, earlier, likeness = sliced(*_keys(texts), texts.days, most, window=WINDOW, floor=FLOOR)
    dated = (texts.days[later] >= 0) & (texts.days[earlier] >= 0)
    far = dated & (texts.days[later] - texts.days[earlier] > FAR)
    kept = np.flatnonzero(~far | (likeness >= 2 * FLOOR))
    return later[kept], earlier[kept], likeness[kept]


def _keys(texts: Rows) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return (row, feature, weight) of the heaviest features of each text, by row; weights against the whole row."""
    import numpy as np

    parts = [
        _keys_of(texts.matrix[low : low + PART], texts.lengths[low : low + PART], low)
        for low in range(0, texts.matrix.shape[0], PART)
    ]
    empty = np.zeros(0, dtype=np.int64)
    owners, numbers, weights = zip((empty, empty, empty.astype(np.float64)), *parts, strict=True)
    return np.concatenate(owners), np.concatenate(numbers), np.concatenate(weights)


def _keys_of(matrix: Any, lengths: NDArray[Any], first: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Do it for some rows, the first of which is number ``first``."""
    import numpy as np

    owners = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    blocks = np.searchsorted(STARTS, matrix.indices, side="right") - 1
    share = np.zeros(len(STARTS))
    for block, part in SHARES.items():
        share[block] = part**0.5
    weights = matrix.data * share[blocks] / np.maximum(lengths[owners, blocks], 1e-9)
    order = np.lexsort((matrix.indices, -weights, owners))
    rank = np.arange(len(order)) - matrix.indptr[owners[order]]
    kept = order[(rank < KEYS) & (weights[order] > 0)]
    totals = np.sqrt(np.bincount(owners, weights=weights**2, minlength=matrix.shape[0]))
    own = owners[kept]
    return own + first, matrix.indices[kept].astype(np.int64), weights[kept] / np.maximum(totals[own], 1e-9)
