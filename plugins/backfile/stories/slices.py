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
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.blocks import ordered
from backfile.stories.features import UNITS
from backfile.stories.spread import Spread, alone, parts

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
    spread: Spread = alone,
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return (later, earlier, cosine) for pairs at most ``window`` days apart, sorted by (later, earlier).

    ``rows`` are (features, weights in :data:`UNITS`) of unit length in (date, id) order,
    ``days`` their ordinals, -1 and first where there is none; such rows are near to all.
    ``most`` says of each row how many earlier rows it keeps, the best. Cosines are
    whole multiples of 1 / :data:`STEPS`.
    """
    import numpy as np

    table = _table(rows, days, window, floor)
    found = list(spread(partial(_slice, table, most), parts(len(rows), SLICE)))
    later, earlier = (np.concatenate([np.zeros(0, dtype=np.int64), *(part[at] for part in found)]) for at in (0, 1))
    return later, earlier, np.concatenate([np.zeros(0), *(part[2] for part in found)])


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Rows as sparse matrices: those that seek, and what they may find; ``undated`` are how many come first."""

    seeking: Any
    offered: Any
    days: NDArray[Any]
    undated: int
    window: int
    floor: float


def _table(rows: Sequence[tuple[NDArray[Any], NDArray[Any]]], days: NDArray[Any], window: int, floor: float) -> _Table:
    """Return the rows without the features that one row alone has, which lead nowhere."""
    import numpy as np
    from scipy import sparse

    ends = np.cumsum([0, *(len(numbers) for numbers, _ in rows)])
    columns, held = _ranked(np.concatenate([np.zeros(0, dtype=np.int64), *(numbers for numbers, _ in rows)]))
    weights = np.concatenate([np.zeros(0), *(weights for _, weights in rows)])
    owners = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(ends))
    width = int(columns.max(initial=0)) + 1

    def matrix(kept: NDArray[Any]) -> Any:
        starts = np.concatenate(([0], np.cumsum(np.bincount(owners[kept], minlength=len(rows)))))
        return sparse.csr_array((weights[kept], columns[kept], starts), shape=(len(rows), width))

    shared = held > 1
    open_to = shared.copy()
    open_to[shared] = _not_crowded(owners[shared], columns[shared], days)
    undated = int(np.count_nonzero(days < 0))
    return _Table(matrix(shared), matrix(open_to), days, undated, window, floor)


def _ranked(numbers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the rank of each number among the distinct ones, and how often it stands there."""
    import numpy as np

    together, order = ordered(numbers)
    starts = np.flatnonzero(np.diff(together, prepend=-1))
    sizes = np.diff(np.append(starts, len(together)))
    ranks, held = np.empty(len(numbers), dtype=np.int32), np.empty(len(numbers), dtype=np.int32)
    ranks[order] = np.repeat(np.arange(len(starts)), sizes)
    held[order] = np.repeat(sizes, sizes)
    return ranks, held


def _slice(table: _Table, most: NDArray[Any], rows: range) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the pairs of some rows with earlier ones."""
    import numpy as np

    low, high, days, undated = rows.start, rows.stop, table.days, table.undated
    first = high
    if high > undated:
        first = max(undated, int(np.searchsorted(days, days[max(low, undated)] - table.window)))
    places = np.concatenate((np.arange(min(undated, high)), np.arange(first, high)))
    product = table.seeking[low:high] @ table.offered[places].T
    # Sums of whole numbers, divided by a power of two: no rounding before the comparison, in whatever order.
    alike = np.flatnonzero(product.data >= table.floor * UNITS**2)
    later = np.searchsorted(product.indptr, alike, side="right") - 1 + low
    earlier, likeness = places[product.indices[alike]], product.data[alike] / UNITS**2
    gaps = np.where((days[later] < 0) | (days[earlier] < 0), 0, days[later] - days[earlier])
    kept = (earlier < later) & (gaps <= table.window)
    return _best(later[kept], earlier[kept], likeness[kept], most)


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
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the best pairs of each later row, sorted by (later, earlier); ``later`` is sorted."""
    import numpy as np

    steps = np.rint(likeness * STEPS).astype(np.int64)
    order = np.lexsort((earlier, -steps, later))
    starts = np.searchsorted(later, later)
    order = order[np.arange(len(order)) - starts < most[later[order]]]
    order = order[np.lexsort((earlier[order], later[order]))]
    return later[order], earlier[order], steps[order] / STEPS
