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
``upkeep.near`` works out the same pairs for a few rows that have changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.spread import Spread, alone, parts
from backfile.stories.traits.blocks import ordered
from backfile.stories.traits.features import UNITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
SLICE: Final = 512  # rows multiplied at once
WEEK: Final = 7  # days in a cell
CROWD: Final = 100  # rows of one cell that a feature leads to
STEPS: Final = 100_000  # cosines are rounded to such parts of one before they are compared
_STEP_BITS: Final = 17  # for a cosine in such steps; with two rows of up to eight million each it fits into 63
_UNLIKE: Final = (1 << _STEP_BITS) - 1


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
    found = list(spread(partial(_slice, table, most), parts(len(rows), SLICE), here=True))
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

    owners = np.repeat(np.arange(len(rows), dtype=np.int32), [len(numbers) for numbers, _ in rows])
    numbers = np.concatenate([np.zeros(0, dtype=np.int64), *(numbers for numbers, _ in rows)])
    columns, shared, open_to = _ranked(numbers, owners, days)
    del numbers  # all this is large, and what it is for comes to as much
    weights = np.concatenate([np.zeros(0), *(weights for _, weights in rows)])
    width = int(columns.max(initial=0)) + 1

    def matrix(kept: NDArray[Any]) -> Any:
        starts = np.cumsum(np.bincount(owners[kept] + 1, minlength=len(rows) + 1), dtype=np.int32)
        return sparse.csr_array((weights[kept], columns[kept], starts), shape=(len(rows), width))

    return _Table(matrix(shared), matrix(open_to), days, int(np.count_nonzero(days < 0)), window, floor)


def _ranked(
    numbers: NDArray[Any], owners: NDArray[Any], days: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return of each entry its feature's rank, whether other rows have that, and whether its row is found by it."""
    import numpy as np

    # By feature, and of one feature by row, so by day too.
    together, order = ordered(numbers)
    features, sizes = _begun(np.diff(together, prepend=-1) != 0)
    del together
    weeks = (days // WEEK).astype(np.int32)[owners[order]]
    begins = np.diff(weeks, prepend=np.int32(-2)) != 0
    begins[features] = True
    cells, held = _begun(begins)
    rank = np.arange(len(order), dtype=np.int32) - np.repeat(cells.astype(np.int32), held)
    columns = np.empty(len(order), dtype=np.int32)
    columns[order] = np.repeat(np.arange(len(features), dtype=np.int32), sizes)
    shared, found = np.empty(len(order), dtype=bool), np.empty(len(order), dtype=bool)
    shared[order] = several = np.repeat(sizes > 1, sizes)
    found[order] = several & (rank < CROWD)
    return columns, shared, found


def _begun(begins: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return where runs of entries begin, and how long they are."""
    import numpy as np

    starts = np.flatnonzero(begins)
    return starts, np.diff(np.append(starts, len(begins)))


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


def _best(
    later: NDArray[Any], earlier: NDArray[Any], likeness: NDArray[Any], most: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the best pairs of each later row, sorted by (later, earlier)."""
    import numpy as np

    bits = len(most).bit_length()
    unlike = _UNLIKE - np.rint(likeness * STEPS).astype(np.int64)
    # By later row, then the most alike, then by earlier row: numbers are sorted many times faster than places.
    ranked = np.sort((later << _STEP_BITS | unlike) << bits | earlier)
    owners = ranked >> _STEP_BITS + bits
    ranked = ranked[np.arange(len(ranked)) - np.searchsorted(owners, owners) < most[owners]]
    unlike, pairs = ranked >> bits & _UNLIKE, ranked >> _STEP_BITS + bits << bits | ranked & (1 << bits) - 1
    pairs, order = ordered(pairs)
    return pairs >> bits, pairs & (1 << bits) - 1, (_UNLIKE - unlike[order]) / STEPS
