"""Lists, quotations and tables that a reader kept whole, opened: what is in them, as blocks of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from backfile.ingest.itemised.rows import rows_in
from backfile.ingest.markdown.reader import blocks_of_markdown
from backfile.ingest.records import Block, Mark

_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]]+)\]:\s*<?([^\s>]+)", re.MULTILINE)
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_MAX_SOURCE = 100_000  # characters of one list, quotation or table


def addresses_in(blocks: Sequence[Block]) -> dict[str, str]:
    """Return the addresses that ``blocks`` define for references elsewhere, by their labels."""
    defined = (pair for block in blocks for pair in _DEFINITION.findall(block.markdown or ""))
    return {label.casefold(): url for label, url in defined}


def opened(source: str, addresses: Mapping[str, str]) -> list[tuple[Block, str]]:
    """Return what is in the list, quotation or table that ``source`` is, as blocks, each with its sign; else nothing.

    ``addresses`` are those that the document defines elsewhere: each item must be readable without it.
    """
    if len(source) > _MAX_SOURCE:
        return []
    if addresses:
        source = _REFERENCE.sub(lambda m: _resolved(m, addresses), source)
    tokens = _frame().parse(source)
    if not tokens or tokens[-1].level != 0:
        return []
    if tokens[0].type in {"bullet_list_open", "ordered_list_open"}:
        return [pair for item in _items(source, tokens) for pair in item]
    if tokens[0].type == "blockquote_open":
        inner = "\n".join(re.sub(r"^ {0,3}> ?", "", line) for line in source.split("\n"))
        return [(block, "" if at else "quote") for at, block in enumerate(blocks_of_markdown(inner))]
    if tokens[0].type == "table_open":
        return [pair for row in rows_in(tokens) for pair in _row(row)]
    return []


@cache
def _frame() -> MarkdownIt:
    """Return a parser of blocks alone: what is written in them is read when each is opened."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("inline")


def _resolved(match: re.Match[str], addresses: Mapping[str, str]) -> str:
    found = addresses.get((match[2] or match[1]).casefold())
    return f"[{match[1]}]({found})" if found else match[0]


def _items(source: str, tokens: Sequence[Token]) -> Iterator[list[tuple[Block, str]]]:
    """Yield the items of a list: its first block with the mark, the others without."""
    lines = source.split("\n")
    for token in tokens:
        if token.type == "list_item_open" and token.level == 1 and token.map:
            first, *rest = lines[slice(*token.map)]
            width = len(first) - len(re.sub(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+", "", first))
            own = [first[width:], *(line[width:] if not line[:width].strip() else line for line in rest)]
            found = blocks_of_markdown("\n".join(own))
            mark = Mark(token.info + token.markup, int(token.info)) if token.info.isdigit() else Mark("-")
            yield [(replace(block, mark=None if at else mark, apart=not at), "") for at, block in enumerate(found)]


def _row(cells: Sequence[str]) -> Iterator[tuple[Block, str]]:
    """Yield the cells of a row as blocks, the first with its sign."""
    found = [block for cell in cells for block in blocks_of_markdown(cell)[:1]]
    yield from ((replace(block, apart=not at), "" if at else "row") for at, block in enumerate(found))
