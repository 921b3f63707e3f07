"""Pictures among the blocks of a document whose lines are still to be understood.

A picture between a headline and its text, or above a title, says nothing about either. So
pictures travel on the block below them while the steps look at lines, and become blocks
again when that is done. What follows the last line stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from backfile.ingest.pictures.placeholder import is_figure
from backfile.ingest.records import Block, BlockKind


def is_picture(block: Block) -> bool:
    """Tell whether a block is a picture, with its caption, and nothing else."""
    return is_figure(block.markdown or "")


def put_aside(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return ``blocks`` with each picture on the block below it."""
    found: list[Block] = []
    waiting: list[Block] = []
    for block in blocks:
        if is_picture(block):
            waiting.append(block)
        else:
            above = tuple(picture.markdown or "" for picture in waiting)
            apart = block.apart or any(picture.apart for picture in waiting)
            found.append(replace(block, above=above, apart=apart) if waiting else block)
            waiting = []
    return (*found, *waiting)


def put_back(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return ``blocks`` with their pictures as blocks again."""
    found: list[Block] = []
    for block in blocks:
        found += [Block(BlockKind.VERBATIM, "", picture) for picture in block.above]
        found.append(replace(block, above=(), apart=True) if block.above else block)
    return tuple(found)


def inherit(blocks: Sequence[Block], pictures: tuple[str, ...]) -> tuple[Block, ...]:
    """Return ``blocks`` with ``pictures`` above the first of them: those of a block that was taken away."""
    if not pictures or not blocks:
        return tuple(blocks)
    return (replace(blocks[0], above=(*pictures, *blocks[0].above)), *blocks[1:])
