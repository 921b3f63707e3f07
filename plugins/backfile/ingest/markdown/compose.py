"""From settled blocks to Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backfile.ingest.markdown.escape import escape_heading, escape_line
from backfile.ingest.pictures.blocks import put_back
from backfile.ingest.records import Block, BlockKind

# A line break at the end of a paragraph breaks nothing: it would be shown as a backslash.
_HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\$")


def markdown_of(blocks: Sequence[Block]) -> str:
    """Return ``blocks`` as Markdown without raw HTML, with a line end at its end; "" for none."""
    blocks = put_back(blocks)
    parts: list[str] = []
    item: str | None = None  # the marker of the list item that is open
    for index, block in enumerate(blocks):
        below_item = item is not None and block.kind is BlockKind.PARAGRAPH and block.indented and not block.apart
        if not below_item:
            item = _marker(block) if block.kind is BlockKind.ITEM else None
        if index:
            parts.append("\n" if _is_next_line(blocks[index - 1], block) else "\n\n")
        written = _written(block)
        if written.endswith("\\") and (index + 1 == len(blocks) or not _is_next_line(block, blocks[index + 1])):
            written = _HARD_BREAK.sub(r"\1", written)
        parts.append(" " * len(item) + written if below_item and item else (item or "") + written)
    return "".join(parts) + "\n" if parts else ""


def _marker(block: Block) -> str:
    number = block.mark.number if block.mark else None
    return "- " if number is None else f"{number}. "


def _is_next_line(before: Block, block: Block) -> bool:
    """Tell whether no blank line stands between: two items of a tight list, two lines of one Markdown paragraph."""
    if block.apart or before.kind is not block.kind:
        return False
    return block.kind is BlockKind.ITEM or (block.kind is BlockKind.PARAGRAPH and block.markdown is not None)


def _written(block: Block) -> str:
    if block.kind is BlockKind.RULE:
        return "---"
    if block.kind is BlockKind.HEADING:
        return f"{'#' * block.level} {block.markdown}" if block.markdown else escape_heading(block.text, block.level)
    return block.markdown or escape_line(block.text)
