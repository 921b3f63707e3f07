"""A letter that somebody quotes as a whole: its lines without the sign before each, laid out anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backfile.ingest.lines.layout import blocks_of
from backfile.ingest.records import Block, BlockKind, count_characters

_SIGN = re.compile(r"(?:[>|]\s?){1,4}")
_MIN_LINES = 5  # fewer are a quotation


def unquoted(blocks: Sequence[Block]) -> list[tuple[int, Block]]:
    """Return ``blocks`` with their places; of a quoted letter the blocks that it had, each at the place it begins."""
    found: list[tuple[int, Block]] = []
    run: list[int] = []
    for place, block in enumerate([*blocks, None]):
        if block is not None and _is_quoted(block):
            run.append(place)
            continue
        found += _laid_out(blocks, run) if len(run) >= _MIN_LINES else [(at, blocks[at]) for at in run]
        run = []
        if block is not None:
            found.append((place, block))
    return found


def _is_quoted(block: Block) -> bool:
    return block.kind is BlockKind.LINE and block.mark is None and block.text[:1] in {">", "|"}


def _laid_out(blocks: Sequence[Block], run: Sequence[int]) -> list[tuple[int, Block]]:
    """Return the lines at the places in ``run`` as the blocks of a text of its own."""
    lines: list[str] = []
    places: list[int] = []  # of each letter, spaces aside: laying lines out loses none
    for place in run:
        line = _SIGN.sub("", blocks[place].text, count=1)
        lines += ["", line] if blocks[place].apart else [line]
        places += [place] * count_characters(line)
    found: list[tuple[int, Block]] = []
    at = 0
    for block in blocks_of("\n".join(lines)):
        found.append((places[at], block))
        at += count_characters(block.text) + (count_characters(block.mark.sign) if block.mark else 0)
    return found
