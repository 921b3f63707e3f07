"""Which texts are alike at all: a sparse graph over near neighbours in time.

Similarity is the cosine of two texts' features, times ``exp(-gap / TAU)`` for the days
between them: an event is news for some days, and look-alikes come back every week. Texts
without a date are taken to be of any day. Only pairs within ``WINDOW`` days are compared,
in slices of texts in (date, id) order, so time and memory follow the number of texts in
a window, not the square of the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backfile.stories.features import Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
TAU = 25.0  # days after which likeness counts 1/e: from the study; 15 to 40 differ little
WINDOW = 45  # days beyond which no pair joins: exp(-45/25) leaves 17 %
FLOOR = 0.04  # what is less alike than this counts as not alike
SLICE = 512  # texts compared at once with those of their window


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Pairs of positions, later text first, with similarity; sorted by later, then most alike, then earlier.

    ``start[i]:start[i + 1]`` are the edges of text ``i`` to earlier texts.
    """

    later: NDArray[Any]
    earlier: NDArray[Any]
    likeness: NDArray[Any]
    start: NDArray[Any]


def edges(vectors: Sequence[Features], days: Sequence[int | None], *, tau: float = TAU, window: int = WINDOW) -> Edges:
    """Return the graph of texts given in (date, id) order, those without a date (None) first."""
    import numpy as np
    from scipy import sparse

    matrix = _matrix(vectors)
    undated = sum(day is None for day in days)
    ordinals = np.array([0 if day is None else day for day in days], dtype=np.int64)
    parts: list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]] = []
    for low in range(0, len(vectors), SLICE):
        high = min(low + SLICE, len(vectors))
        first = (
            max(undated, int(np.searchsorted(ordinals, ordinals[max(low, undated)] - window))) if high > undated else 0
        )
        columns = np.concatenate((np.arange(undated), np.arange(max(first, undated), high)))
        if high <= undated:
            columns = np.arange(high)
        product = sparse.coo_array(matrix[low:high] @ matrix[columns].T)
        later, earlier = product.row + low, columns[product.col]
        gaps = np.where((later < undated) | (earlier < undated), 0, ordinals[later] - ordinals[earlier])
        likeness = product.data * np.exp(-gaps / tau)
        kept = (earlier < later) & (gaps <= window) & (likeness > FLOOR)
        parts.append((later[kept], earlier[kept], likeness[kept]))
    later, earlier, likeness = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((earlier, -likeness, later))
    start = np.searchsorted(later[order], np.arange(len(vectors) + 1))
    return Edges(later[order], earlier[order], likeness[order], start)


def _matrix(vectors: Sequence[Features]) -> Any:
    """Return the vectors as rows of one sparse matrix; columns are numbered as they are met."""
    import numpy as np
    from scipy import sparse

    numbers = np.concatenate([vector.numbers for vector in vectors])
    _, columns = np.unique(numbers, return_inverse=True)
    data = np.concatenate([vector.weights for vector in vectors])
    lengths = np.cumsum([0] + [len(vector.numbers) for vector in vectors])
    width = int(columns.max()) + 1 if len(columns) else 1
    return sparse.csr_array((data, columns, lengths), shape=(len(vectors), width))
