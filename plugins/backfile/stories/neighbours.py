"""Which pairs of texts are worth a closer look, found without comparing all with all.

Every text is cut down to its :data:`KEYS` heaviest features (rare words, pairs of words,
names): two texts on one event share several of these, two others hardly any. Slices of
texts in (date, id) order are multiplied with the texts of the days before, as sparse
matrices, so time follows the number of rare features shared, not the square of the
archive. A cheap screen then drops what the model of :mod:`.evidence` would not take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from backfile.stories.evidence import Rows
from backfile.stories.features import NAMES, PAIRS, STARTS, WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
KEYS: Final = 64  # features of a text that find its neighbours
SHARES: Final = {WORDS: 0.5, PAIRS: 0.2, NAMES: 0.3}  # of the blocks in what "heaviest" means
WINDOW: Final = 400  # days; a trial is reported a year after the deed, but little after that
FLOOR: Final = 0.05  # likeness below which no pair is looked at
FAR: Final = 45  # days from which twice the likeness is asked
SLICE: Final = 512  # texts that are multiplied at once


def neighbours(texts: Rows) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return pairs of positions (later, earlier), sorted, and their cosines.

    Texts stand in (date, id) order, those without a date first.
    """
    import numpy as np
    from scipy import sparse

    keys = _keys(texts)
    days, count = texts.days, keys.shape[0]
    undated = int(np.count_nonzero(days < 0))
    found: list[tuple[NDArray[Any], NDArray[Any]]] = []
    for low in range(0, count, SLICE):
        high = min(low + SLICE, count)
        oldest = days[max(low, undated)] - WINDOW if high > undated else 0
        first = max(undated, int(np.searchsorted(days, oldest))) if high > undated else high
        columns = np.concatenate((np.arange(min(undated, high)), np.arange(first, high)))
        product = sparse.coo_array(keys[low:high] @ keys[columns].T)
        later, earlier = product.row + low, columns[product.col]
        gaps = np.where((days[later] < 0) | (days[earlier] < 0), 0, days[later] - days[earlier])
        floor = np.where(gaps > FAR, 2 * FLOOR, FLOOR)
        kept = (earlier < later) & (gaps <= WINDOW) & (product.data >= floor)
        found.append((later[kept].astype(np.int64) * count + earlier[kept], product.data[kept]))
    codes = np.concatenate([np.zeros(0, dtype=np.int64), *(part for part, _ in found)])
    likeness = np.concatenate([np.zeros(0, dtype=np.float32), *(part for _, part in found)])
    order = np.argsort(codes)
    return codes[order] // max(count, 1), codes[order] % max(count, 1), likeness[order]


def _keys(texts: Rows) -> Any:
    """Return the heaviest features of each text as rows of length one."""
    import numpy as np
    from scipy import sparse

    matrix = texts.matrix
    owners = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    blocks = np.searchsorted(STARTS, matrix.indices, side="right") - 1
    share = np.zeros(len(STARTS))
    for block, part in SHARES.items():
        share[block] = part**0.5
    scale = share[blocks] / np.maximum(texts.lengths[owners, blocks], 1e-9)
    weights = matrix.data * scale
    order = np.lexsort((matrix.indices, -weights, owners))
    rank = np.arange(len(order)) - matrix.indptr[owners[order]]
    kept = order[(rank < KEYS) & (weights[order] > 0)]
    totals = np.sqrt(np.bincount(owners, weights=weights**2, minlength=matrix.shape[0]))
    weights = weights[kept] / np.maximum(totals[owners[kept]], 1e-9)
    _, columns = np.unique(matrix.indices[kept], return_inverse=True)
    width = int(columns.max()) + 1 if len(columns) else 1
    shape = (matrix.shape[0], width)
    return sparse.csr_array((weights.astype(np.float32), (owners[kept], columns)), shape=shape)
