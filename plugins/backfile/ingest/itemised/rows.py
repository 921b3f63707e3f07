"""Rows of a table as items: which of its columns hold the headlines, and which the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import fmean

from markdown_it.token import Token

from backfile.ingest.itemised.units import ends_text, plain
from backfile.ingest.vocabulary.words import words

_HEADLINE = 3  # words that headlines have in the mean; a number, a day or an outlet has fewer
_HEADS = ("[", "**")
_HEADED = 0.8  # of the rows


def rows_in(tokens: Sequence[Token]) -> Iterator[list[str]]:
    """Yield of each row of a table's body the cell that says most, below its headline where the rows have one."""
    yield from told_by([row for row in _cells(tokens) if any(row)])


def told_by(rows: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Do the same to the cells of rows."""
    cells = [cell for row in rows for cell in row if cell]
    if len(cells) > len(rows) and sum(_is_item(cell) for cell in cells) >= _HEADED * len(cells):
        yield from ([cell] for cell in cells)  # items side by side
        return
    width = min(map(len, rows), default=0)
    lengths = [fmean(len(words(plain(row[at]))) for row in rows) for at in range(width)]
    text = max(range(width), key=lengths.__getitem__, default=0)
    heads = [at for at in range(width) if at != text and lengths[at] >= _HEADLINE and _are_headlines(rows, at)]
    for row in rows:
        if heads:
            head = max(heads, key=lengths.__getitem__)
            yield [row[head], row[text]]
        else:
            yield [max(row, key=len)]


def _is_item(cell: str) -> bool:
    """Tell whether a cell has a headline of its own, in bold or linked."""
    return cell.startswith(_HEADS) and len(words(plain(cell))) > _HEADLINE


def _are_headlines(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Tell whether the cells of a column are lines, and each is another."""
    cells = [plain(row[at]) for row in rows]
    lines = sum(bool(cell) and not ends_text(cell) for cell in cells)
    return lines >= _HEADED * len(rows) and len(set(cells)) >= _HEADED * len(rows)


def _cells(tokens: Sequence[Token]) -> Iterator[list[str]]:
    cells: list[str] = []
    for before, token in pairwise(tokens):
        if token.type == "tr_open":
            cells = []
        elif token.type == "inline" and before.type == "td_open":
            cells.append(token.content)
        elif token.type == "tr_close" and cells:
            yield cells
