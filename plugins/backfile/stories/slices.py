"""Pairs of rows that are alike, near in time, found slice by slice with bounded work.

Rows are sparse vectors of few features. A slice of rows in (date, id) order is multiplied
with the rows of the days before it. Two bounds keep work and memory linear whatever the
archive holds (ten thousand texts that are nearly one, a day on which everybody writes
about the same):

- of the rows of one week that have a feature, only the first :data:`CROWD` can be found by
  it; rarer features find the others;
- a row keeps only its best earlier rows, as many as the caller says.

Both look only at rows that share a feature, so a new row changes the outcome of no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
SLICE: Final = 512  # rows multiplied at once
WEEK: Final = 7  # days in a cell
CROWD: Final = 100  # rows of one cell that a feature leads to


def near_pairs(
    vectors: Sequence[tuple[NDArray[Any], NDArray[Any]]], days: NDArray[Any], most: int, *, window: int, floor: float
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return (later, earlier, cosine) for pairs at most ``window`` days apart, sorted by (later, earlier).

    ``vectors`` are (features, weights) of rows in (date, id) order, ``days`` their
    ordinals, -1 and first where there is none; such rows are near to all. A row keeps
    its ``most`` best earlier rows.
    """
    import numpy as np

    sizes = [len(numbers) for numbers, _ in vectors]
    owners = np.repeat(np.arange(len(vectors)), sizes)
    empty = np.zeros(0, dtype=np.int64)
    numbers = np.concatenate([empty, *(numbers for numbers, _ in vectors)])
    weights = np.concatenate([empty.astype(np.float64), *(weights for _, weights in vectors)])
    lengths = np.sqrt(np.bincount(owners, weights=weights**2, minlength=len(vectors)))
    weights = weights / np.maximum(lengths[owners], 1e-9)
    return sliced(owners, numbers, weights, days, np.full(len(days), most), window=window, floor=floor)


def sliced(
    owners: NDArray[Any],
    numbers: NDArray[Any],
    weights: NDArray[Any],
    days: NDArray[Any],
    most: NDArray[Any],
    *,
    window: int,
    floor: float,
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Do the work of :func:`near_pairs` for entries (row, feature, weight) sorted by row, of length one a row.

    ``most`` says of each row how many earlier rows it keeps.
    """
    import numpy as np
    from scipy import sparse

    count = len(days)
    _, columns = np.unique(numbers, return_inverse=True)
    shape = (count, int(columns.max(initial=0)) + 1)
    seeking = sparse.csr_array((weights.astype(np.float32), (owners, columns)), shape=shape)
    open_to = _not_crowded(owners, columns, days)
    found_by = (weights[open_to].astype(np.float32), (owners[open_to], columns[open_to]))
    offered = sparse.csr_array(found_by, shape=shape)
    undated = int(np.count_nonzero(days < 0))
    parts: list[tuple[NDArray[Any], NDArray[Any]]] = []
    for low in range(0, count, SLICE):
        high = min(low + SLICE, count)
        first = high
        if high > undated:
            first = max(undated, int(np.searchsorted(days, days[max(low, undated)] - window)))
        places = np.concatenate((np.arange(min(undated, high)), np.arange(first, high)))
        product = sparse.coo_array(seeking[low:high] @ offered[places].T)
        later, earlier, likeness = product.row + low, places[product.col], product.data
        gaps = np.where((days[later] < 0) | (days[earlier] < 0), 0, days[later] - days[earlier])
        kept = (earlier < later) & (gaps <= window) & (likeness >= floor)
        parts.append(_best(later[kept], earlier[kept], likeness[kept], most))
    codes = np.concatenate([np.zeros(0, dtype=np.int64), *(part for part, _ in parts)])
    likeness = np.concatenate([np.zeros(0, dtype=np.float32), *(part for _, part in parts)])
    return codes // max(count, 1), codes % max(count, 1), likeness


def _not_crowded(owners: NDArray[Any], columns: NDArray[Any], days: NDArray[Any]) -> NDArray[Any]:
    """Say of each entry whether its row is among the first of its week that have the feature."""
    import numpy as np

    cells = columns.astype(np.int64) * (int(days.max(initial=0)) // WEEK + 2) + days[owners] // WEEK + 1
    order = np.argsort(cells, kind="stable")
    ordered = cells[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(ordered) else ordered
    rank = np.arange(len(ordered)) - np.repeat(starts, np.diff(np.append(starts, len(ordered))))
    result = np.zeros(len(owners), dtype=bool)
    result[order] = rank < CROWD
    return result


def _best(
    later: NDArray[Any], earlier: NDArray[Any], likeness: NDArray[Any], most: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the best pairs of each later row as (later * count + earlier, likeness), sorted."""
    import numpy as np

    likeness = likeness.round(5)
    order = np.lexsort((earlier, -likeness, later))
    starts = np.searchsorted(later[order], later[order])
    order = order[np.arange(len(order)) - starts < most[later[order]]]
    codes = later[order].astype(np.int64) * len(most) + earlier[order]
    again = np.argsort(codes)
    return codes[again], likeness[order][again]
