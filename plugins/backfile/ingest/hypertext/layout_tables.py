"""Tables of newsletters: nearly all of them are layout, and their text flows on.

A table holds data when it has two rows and two columns or more, all rows about as wide,
every cell one short text, no picture, most cells filled, and few of them wholly links. A
head of ``th`` proves nothing here: frameworks for mail build their columns from ``th``.

Known failure: a table of data with long texts in its cells flows on cell by cell.
"""

from __future__ import annotations

from backfile.ingest.web.tables import Grid, grid_of
from backfile.ingest.web.tree import Box

_MAX_CELL = 120


def flatten(page: Box) -> None:
    """Make every table under ``page`` that is layout a box that only holds its text."""
    for box in _tables(page):
        if box.element.get("role") in {"presentation", "none"} or not _holds_data(box):
            box.tag = "div"


def _tables(box: Box) -> list[Box]:
    found = [box] if box.tag == "table" else []
    for kid in box.kids:
        if isinstance(kid, Box):
            found += _tables(kid)
    return found


def _holds_data(table: Box) -> bool:
    grid = grid_of(table, lambda _: True)
    if grid is None or next(table.element.iter("img"), None) is not None:
        return False
    return _is_even(grid) and _is_terse(grid)


def _is_even(grid: Grid) -> bool:
    widths = [len(row) for row in grid.rows]
    return sum(width == max(widths) for width in widths) * 3 >= len(widths) * 2


def _is_terse(grid: Grid) -> bool:
    cells = [cell for row in grid.rows for cell in row]
    filled = [cell[0] for cell in cells if cell]
    if any(len(cell) > 1 for cell in cells) or len(filled) * 2 < len(cells):
        return False
    linked = sum(leaf.linked * 2 >= len(leaf.text) for leaf in filled)
    return all(len(leaf.text) <= _MAX_CELL for leaf in filled) and linked * 2 < len(filled)
