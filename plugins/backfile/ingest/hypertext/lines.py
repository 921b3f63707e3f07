"""Paragraphs of newsletters taken apart where their form shows it: a bold lead-in, a "Read more" at the end.

The parts stay lines of one paragraph, which Markdown shows as before; but a step that
looks for headlines with texts can see them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from backfile.ingest.markdown.reader import blocks_of_markdown
from backfile.ingest.records import Block, BlockKind
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.words import words
from backfile.ingest.web.inline import guard

_BOLD = r"\*\*(?:[^*\\\n]|\\.)+\*\*"
_LEAD_IN = re.compile(rf"(?P<head>(?:{_BOLD}|\[{_BOLD}\]\([^()\s]+\))[.:]?)[ \t]+(?P<rest>\S.*)", re.DOTALL)
_LAST_LINK = re.compile(r"(?P<rest>.*\S)\s+(?P<link>\[(?P<text>(?:[^\[\]\\]|\\.)+)\]\([^()\s]+\)[\s→»>.]*)", re.DOTALL)
_MIN_HEADLINE = 4
_MIN_REST = 5


def split_lines(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return ``blocks`` with such paragraphs as several lines."""
    return tuple(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[Block]:
    if block.kind is not BlockKind.PARAGRAPH or not block.markdown:
        yield block
        return
    lead_in = _LEAD_IN.fullmatch(block.markdown)
    head = _line(lead_in["head"]) if lead_in else None
    if lead_in and head and len(words(head.text)) >= _MIN_HEADLINE and len(words(lead_in["rest"])) >= _MIN_REST:
        yield replace(head, apart=block.apart, indented=block.indented, text=head.text.rstrip(".:"))
        block = replace(_line(lead_in["rest"]), apart=False)
    last = _LAST_LINK.fullmatch(block.markdown or "")
    if last and lexicon.READ_MORE.fullmatch(last["text"].strip(" *")):
        yield replace(_line(last["rest"]), apart=block.apart, indented=block.indented)
        block = replace(_line(last["link"]), apart=False)
    yield block


def _line(markdown: str) -> Block:
    """Return one line of Markdown as a block, its text as a reader sees it; it may not begin a list or the like."""
    markdown = guard(markdown)
    text = " ".join(block.text for block in blocks_of_markdown(markdown))
    return Block(BlockKind.PARAGRAPH, text, markdown)
