"""Tables: which hold data, and how those are written; the rest is layout, and its text flows on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backfile.ingest.web.inline import line
from backfile.ingest.web.tree import Box, Leaf

_MAX_COLUMNS = 40
_MAX_CELL = 600  # characters: more than that is a text, not a datum


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows of cells; a cell is its leaves. ``headed`` tells whether the first row is a head."""

    caption: tuple[Leaf, ...]
    rows: tuple[tuple[tuple[Leaf, ...], ...], ...]
    headed: bool


def grid_of(table: Box, keep: Callable[[Leaf], bool]) -> Grid | None:
    """Return the table as a grid when it holds data, or None when it is layout or nothing of it is kept.

    Data has at least two rows and two columns, no other table, list or heading inside, and
    short cells, and some cell in it is kept. Following the HTML standard's advice for
    telling the two apart, a table with ``th`` or ``caption`` is data, one with
    ``role=presentation`` is not.
    """
    if table.element.get("role") in {"presentation", "none"}:
        return None
    rows, caption = [], []
    for row in _rows(table):
        if row.tag == "caption":
            caption += [leaf for leaf in row.leaves() if keep(leaf)]
            continue
        cells = [kid for kid in row.kids if isinstance(kid, Box) and kid.tag in {"td", "th"}]
        rows.append(cells)
    if sum(len(row) > 1 for row in rows) < 2 or max(map(len, rows)) > _MAX_COLUMNS:
        return None
    inner = [box for row in rows for cell in row for box in _boxes(cell)]
    if any(box.tag in {"table", "ul", "ol", "h1", "h2", "h3", "pre", "figure"} for box in inner):
        return None
    written = tuple(tuple(tuple(cell.leaves()) for cell in row) for row in rows)
    leaves = [leaf for row in written for cell in row for leaf in cell]
    if not any(keep(leaf) for leaf in leaves) or max(len(leaf.text) for leaf in leaves) > _MAX_CELL:
        return None
    return Grid(tuple(caption), written, all(cell.tag == "th" for cell in rows[0]))


def _rows(table: Box) -> list[Box]:
    found: list[Box] = []
    for kid in table.kids:
        if isinstance(kid, Box):
            if kid.tag in {"tr", "caption"}:
                found.append(kid)
            elif kid.tag in {"tbody", "thead", "tfoot"}:
                found += _rows(kid)
    return found


def _boxes(box: Box) -> list[Box]:
    found = [kid for kid in box.kids if isinstance(kid, Box)]
    return found + [inner for kid in found for inner in _boxes(kid)]


def write_table(grid: Grid, base: str | None) -> str:
    """Return the grid as a table of GitHub Flavored Markdown; a table without a head gets an empty one."""
    rows = [[_cell(cell, base) for cell in row] for row in grid.rows]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    if not grid.headed:
        rows.insert(0, [""] * width)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    caption = " ".join(line(leaf.parts, base) for leaf in grid.caption)
    return (f"{caption}\n\n" if caption else "") + "\n".join(lines)


def _cell(leaves: tuple[Leaf, ...], base: str | None) -> str:
    return " ".join(line(leaf.parts, base, leaf.href) for leaf in leaves).replace("|", "\\|")
