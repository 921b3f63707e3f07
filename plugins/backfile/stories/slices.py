"""Pairs of rows that are alike, near in time, found slice by slice with bounded work.

Rows are sparse vectors of few features. A slice of rows in (date, id) order is multiplied
with the rows of the days before it. Two bounds keep work and memory linear whatever the
archive holds (ten thousand texts that are nearly one, a day on which everybody writes
about the same):

- of the rows of one week that have a feature, only the first :data:`CROWD` can be found by
  it; rarer features find the others;
- a row keeps only its best earlier rows, as many as the caller says.

Both look only at rows that share a feature. Weights are whole numbers, so that a sum of
their products is exact and the same in whatever order, and by whatever program, it is made:
:mod:`.near` works out the same pairs for a few rows that have changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.blocks import ordered
from backfile.stories.features import UNITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
SLICE: Final = 512  # rows multiplied at once
WEEK: Final = 7  # days in a cell
CROWD: Final = 100  # rows of one cell that a feature leads to
STEPS: Final = 100_000  # cosines are rounded to such parts of one before they are compared


def sliced(
    rows: Sequence[tuple[NDArray[Any], NDArray[Any]]],
    days: NDArray[Any],
    most: NDArray[Any],
    *,
    window: int,
    floor: float,
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return (later, earlier, cosine) for pairs at most ``window`` days apart, sorted by (later, earlier).

    ``rows`` are (features, weights in :data:`UNITS`) of unit length in (date, id) order,
    ``days`` their ordinals, -1 and first where there is none; such rows are near to all.
    ``most`` says of each row how many earlier rows it keeps, the best. Cosines are
    whole multiples of 1 / :data:`STEPS`.
    """
    import numpy as np
    from scipy import sparse

    owners = np.repeat(np.arange(len(rows)), [len(numbers) for numbers, _ in rows])
    numbers = np.concatenate([np.zeros(0, dtype=np.int64), *(numbers for numbers, _ in rows)])
    weights = np.concatenate([np.zeros(0), *(weights for _, weights in rows)])
    count = len(days)
    _, columns = np.unique(numbers, return_inverse=True)
    shape = (count, int(columns.max(initial=0)) + 1)
    seeking = sparse.csr_array((weights, (owners, columns)), shape=shape)
    open_to = _not_crowded(owners, columns, days)
    offered = sparse.csr_array((weights[open_to], (owners[open_to], columns[open_to])), shape=shape)
    undated = int(np.count_nonzero(days < 0))
    parts: list[tuple[NDArray[Any], NDArray[Any]]] = []
    for low in range(0, count, SLICE):
        high = min(low + SLICE, count)
        first = high
        if high > undated:
            first = max(undated, int(np.searchsorted(days, days[max(low, undated)] - window)))
        places = np.concatenate((np.arange(min(undated, high)), np.arange(first, high)))
        product = sparse.coo_array(seeking[low:high] @ offered[places].T)
        later, earlier, likeness = product.row + low, places[product.col], product.data / UNITS**2
        gaps = np.where((days[later] < 0) | (days[earlier] < 0), 0, days[later] - days[earlier])
        kept = (earlier < later) & (gaps <= window) & (likeness >= floor)
        parts.append(_best(later[kept], earlier[kept], likeness[kept], most))
    codes = np.concatenate([np.zeros(0, dtype=np.int64), *(part for part, _ in parts)])
    likeness = np.concatenate([np.zeros(0), *(part for _, part in parts)])
    return codes // max(count, 1), codes % max(count, 1), likeness


def _not_crowded(owners: NDArray[Any], columns: NDArray[Any], days: NDArray[Any]) -> NDArray[Any]:
    """Say of each entry whether its row is among the first of its week that have the feature."""
    import numpy as np

    cells, order = ordered(columns.astype(np.int64) * (int(days.max(initial=0)) // WEEK + 2) + days[owners] // WEEK + 1)
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    rank = np.arange(len(cells)) - np.repeat(starts, np.diff(np.append(starts, len(cells))))
    result = np.zeros(len(owners), dtype=bool)
    result[order] = rank < CROWD
    return result


def _best(
    later: NDArray[Any], earlier: NDArray[Any], likeness: NDArray[Any], most: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the best pairs of each later row as (later * count + earlier, likeness), sorted."""
    import numpy as np

    likeness = np.rint(likeness * STEPS) / STEPS
    order = np.lexsort((earlier, -likeness, later))
    starts = np.searchsorted(later[order], later[order])
    order = order[np.arange(len(order)) - starts < most[later[order]]]
    codes = later[order].astype(np.int64) * len(most) + earlier[order]
    again = np.argsort(codes)
    return codes[again], likeness[order][again]
