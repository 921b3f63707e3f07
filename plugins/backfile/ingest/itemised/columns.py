"""A table in plain text: lines in which the same sign comes back as often (a tab, an upright, some blanks)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from backfile.ingest.itemised.rows import told_by
from backfile.ingest.itemised.units import ends_text
from backfile.ingest.records import Block, BlockKind

_BETWEEN = tuple(map(re.compile, (r" ?\t ?", r"\s*\|\s*", r" {3,}")))
_LIKELY = ("\t", "|", "   ")
_MIN_ROWS = 4  # below their head; fewer are any lines
_MIN_BETWEEN = 2  # signs in a line: with one, it may be a label and its text


def tabled(placed: Sequence[tuple[int, Block]]) -> list[tuple[int, Block, bool]]:
    """Return blocks with their places; of a table's rows the headline and the text, with whether a row begins there."""
    found: list[tuple[int, Block, bool]] = []
    at = 0
    while at < len(placed):
        rows = _rows_from(placed, at)
        if len(rows) > _MIN_ROWS and any(ends_text(cell) for row in rows for cell in row):
            found += _opened(placed[at : at + len(rows)], rows)
        else:
            rows = [[]]
            found.append((*placed[at], False))
        at += len(rows)
    return found


def _rows_from(placed: Sequence[tuple[int, Block]], start: int) -> list[list[str]]:
    """Return the cells of the rows that stand from ``start`` on, if they are any."""
    if not _may_be_row(placed[start][1]):
        return []
    for between in _BETWEEN:
        rows: list[list[str]] = []
        for _, block in placed[start:]:
            cells = between.split(block.text.strip().strip("|").strip(" ")) if _may_be_row(block) else []
            if len(cells) <= _MIN_BETWEEN or (rows and len(cells) != len(rows[0])):
                break
            rows.append(cells)
        if len(rows) > _MIN_ROWS:
            return rows
    return []


def _may_be_row(block: Block) -> bool:
    return block.kind is BlockKind.LINE and any(sign in block.text for sign in _LIKELY)


def _opened(placed: Sequence[tuple[int, Block]], rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, Block, bool]]:
    """Yield the cells that say something; the first row is the head of the table when it has no text."""
    headed = not any(map(ends_text, rows[0]))
    if headed:
        yield (*placed[0], False)
    for (place, block), cells in zip(placed[headed:], told_by(rows[headed:]), strict=True):
        for at, cell in enumerate(cells):
            yield place, replace(block, text=cell, mark=None, apart=not at), not at
