"""From logical lines to structure: which line is the title, which are headings, lists and paragraphs.

A title is a short line at the top that doesn't end like a sentence. A section heading
is such a line standing alone, with a paragraph after it, or in Markdown a paragraph all in
bold, when there are several of them. A list is at least two lines
in a row with bullets, or with numbers that go up by one. All other lines are paragraphs.

Known failures: a pull quotation without quotation marks that stands alone looks like a
heading; a subtitle longer than a heading may be is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from backfile.ingest.lines.header import read_names
from backfile.ingest.records import Block, BlockKind
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.dates import date_on_line, is_change
from backfile.ingest.vocabulary.words import begins_high, ends_sentence, ends_with_full_stop, url_alone, words

_MAX_TITLE = 300
_MAX_HEADING = 90
_MAX_HEADING_WORDS = 12
# A line right below the title with more words than this is a subtitle, not the first section's heading.
_MAX_FIRST_HEADING_WORDS = 6
_MIN_PARAGRAPH = 80
_SIGNED = 2  # blocks below the title, or below a subtitle, that may be a name
# "iPhone", "code.gov": names that begin small.
_BRAND = re.compile(r"[a-z]+(?:[A-Z]|\.[a-z])\w+")
_BOLD = re.compile(r"\*\*((?:(?!\*\*|\n).)+)\*\*")
_DASHES = ("-", "–", "—")


def is_title(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether the block at ``index`` is the title of what follows it."""
    block = blocks[index]
    if block.kind is BlockKind.HEADING:
        return True
    text = block.text
    if block.kind not in (BlockKind.LINE, BlockKind.PARAGRAPH) or block.mark or index + 1 >= len(blocks):
        return False
    if len(text) > _MAX_TITLE or text.endswith((",", ";", ":")) or ends_with_full_stop(text):
        return False
    if not begins_high(text) and not _BRAND.match(text):
        return False
    if url_alone(text) or date_on_line(text) or is_change(text):
        return False
    if lexicon.CREDIT.match(text) or lexicon.SPEAKER.match(text):
        return False
    below = [b for b in blocks[index + 1 : index + 5] if not date_on_line(b.text)]
    if not below:
        return False
    if below[0].apart or len(below[0].text) > len(text) or ends_sentence(below[0].text):
        return True
    # A subtitle, a byline or an outlet's name, which no label gives away, may stand between the title and a paragraph.
    spaced = any(b.apart for b in below)
    return any((b.apart or not spaced) and len(b.text) >= max(_MIN_PARAGRAPH, len(text) + 1) for b in below[1:])


def settle(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return ``blocks`` with every ``LINE`` decided; those below a title, without it."""
    spaced = _is_spaced(blocks)
    in_list = _list_items(blocks)
    bold = _bold_headings(blocks)
    settled: list[Block] = []
    for index, block in enumerate(blocks):
        if index in bold:
            settled.append(replace(block, kind=BlockKind.HEADING, markdown=bold[index], level=3))
        elif block.kind is not BlockKind.LINE:
            settled.append(block)
        elif index in in_list:
            settled.append(replace(block, kind=BlockKind.ITEM))
        elif block.mark is None and _is_heading(blocks, index, spaced=spaced):
            settled.append(replace(block, kind=BlockKind.HEADING))
        else:
            text = f"{block.mark.sign} {block.text}" if block.mark else block.text
            settled.append(replace(block, kind=BlockKind.PARAGRAPH, text=text, mark=None))
    return tuple(settled)


def _bold_headings(blocks: Sequence[Block]) -> dict[int, str]:
    """Return the places of paragraphs that are headings by being all in bold, with what stands between the signs.

    One alone may be emphasis; and where the text has headings, bold lines are something else.
    """
    found = {}
    for index, (block, after) in enumerate(pairwise(blocks)):
        if block.kind is BlockKind.HEADING:
            return {}
        match = _BOLD.fullmatch((block.markdown or "").strip()) if block.kind is BlockKind.PARAGRAPH else None
        text = block.text
        if match is None or not begins_high(text) or text[-1:] in ".,;:!?…" or len(text) > _MAX_HEADING:
            continue
        if after.kind is BlockKind.PARAGRAPH and after.apart and len(after.text) >= _MIN_PARAGRAPH:
            found[index] = match[1]
    return found if len(found) > 1 else {}


def _is_spaced(blocks: Sequence[Block]) -> bool:
    """Tell whether blank lines divide the paragraphs: then a heading needs them too."""
    long = [block.apart for block in blocks[1:] if len(block.text) >= _MIN_PARAGRAPH]
    return sum(long) * 2 >= len(long)


def _is_heading(blocks: Sequence[Block], index: int, *, spaced: bool) -> bool:
    block = blocks[index]
    text, count = block.text, len(words(block.text))
    if len(text) > _MAX_HEADING or not 1 <= count <= (_MAX_HEADING_WORDS if index else _MAX_FIRST_HEADING_WORDS):
        return False
    if not begins_high(text) or text[0] in "([" or text[-1] in ".,;:!…" or block.indented or index + 1 >= len(blocks):
        return False
    if (text[0] in '"“«„' and text[-1] in '"”»“') or lexicon.CREDIT.match(text) or lexicon.SPEAKER.match(text):
        return False
    if url_alone(text) or date_on_line(text):
        return False
    if index < _SIGNED and count > 1 and read_names(text) == ((text,), True):
        return False  # below the title, a name alone says who, and opens no section
    after = blocks[index + 1]
    if spaced and not (block.apart and after.apart):
        return False
    return _is_paragraph(after, longer_than=len(text))


def _is_paragraph(block: Block, longer_than: int) -> bool:
    if block.kind is BlockKind.LINE and block.mark is None:
        long = len(block.text) >= _MIN_PARAGRAPH
        return block.text.endswith(":") or (len(block.text) > longer_than and (long or ends_sentence(block.text)))
    return block.kind in (BlockKind.LINE, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.VERBATIM)


def _list_items(blocks: Sequence[Block]) -> set[int]:
    """Return the indexes of lines that are items of lists."""
    found: set[int] = set()
    run: list[int] = []
    for index, block in enumerate(blocks):
        if run and not _goes_on(blocks, run, index):
            found.update(_list_of(blocks, run))
            run = []
        if block.kind is BlockKind.LINE and block.mark is not None:
            run.append(index)
    return found.union(_list_of(blocks, run))


def _goes_on(blocks: Sequence[Block], run: Sequence[int], index: int) -> bool:
    """Tell whether the block at ``index`` is the next item of the list ``run``, or text set in below its last item."""
    block, last = blocks[index], blocks[run[-1]].mark
    if block.kind is not BlockKind.LINE or last is None:
        return False
    if block.mark is None:
        return block.indented and not block.apart
    if last.number is None or block.mark.number is None:
        return last.sign == block.mark.sign
    return block.mark.number == last.number + 1


def _list_of(blocks: Sequence[Block], run: Sequence[int]) -> Sequence[int]:
    """Return ``run`` when it is a list: two items or more, and no dialogue, whose lines begin with dashes too."""
    signs = [mark.sign for index in run if (mark := blocks[index].mark)]
    if len(run) < 2:
        return ()
    if signs[0] in _DASHES and any(blocks[index].text.endswith("?") for index in run):
        return ()
    return run
