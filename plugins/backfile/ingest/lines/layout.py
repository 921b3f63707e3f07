"""From the lines of a plain text to its logical lines: hard-wrapped paragraphs joined, all others left alone.

Theory: in text wrapped at a width, a line is broken only where the next word did not
fit. So a break is a wrap when the line, a space and the next line's first word are
longer than the width; any shorter line was ended on purpose (a headline, a list, a
verse). The width is that of the longest line which is certainly wrapped: one whose next
line begins with a small letter. Without two of those, the text is not wrapped.

Known failure: a headline that happens to fill the width, with its text right below, is
joined to it. Rejected: joining all lines between blank lines, as Markdown does (it glues
headlines to sentences); a fixed width of 72 or 80.
"""

from __future__ import annotations

import re
from itertools import pairwise

from backfile.ingest.records import Block, BlockKind, Mark
from backfile.ingest.vocabulary.words import ends_sentence, url_alone

# Wider lines are paragraphs, however they end.
_MAX_WIDTH = 130
# A short line before a small letter is verse or a list, not a wrap.
_MIN_WIDTH = 40

_BULLET = re.compile(r"(--|[-*+•·●▪■◆◇►▶‣→✔✅🔹🔸🔺⚡❗📌🔴🟢🔵]\ufe0f?)[ \t\xa0]+(?=\S)")
_NUMBER = re.compile(r"((?:№|#)?\s?[(\[]?(\d{1,3})[.)\]:/]{1,2}|(?:№|#)\s?(\d{1,3}))[ \t\xa0]+(?=\S)")
_DAY = re.compile(r"\d{1,2}\. \d{1,2}\. \d{4}\b")  # as Czech and Finnish texts write it
_KEYCAP = re.compile("(([0-9])\ufe0f?\u20e3)[ \t\xa0]*(?=\\S)")
# Other signs before a text that is set in below its first line.
_HANGING = re.compile(r"\(?[^\W\d_]\)\s|[^\w\s\"'“”„«»‘’()\[\]]{1,3}\s")
_NUMBER_ALONE = re.compile(r"(?:№|#)?\s?[(\[]?(\d{1,3})[.)\]]")
_RULE = re.compile(r"([-–—*_=~#•·.])(?:[ \t]*\1){2,}|--")


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the logical lines of ``text`` as blocks of kind ``LINE`` (or ``RULE``)."""
    lines = [line.rstrip() for line in text.split("\n")]
    width = wrap_width(lines)
    blocks: list[Block] = []
    apart = True
    for before, line in pairwise(["", *lines]):
        if not line:
            apart = True
            continue
        if not apart and blocks[-1].kind is BlockKind.LINE and continues(before, line, width):
            blocks[-1] = _joined(blocks[-1], line)
        else:
            blocks.append(_block(line, apart=apart))
        apart = False
    return tuple(_numbers_alone(blocks))


def wrap_width(lines: list[str]) -> int | None:
    """Return the width at which ``lines`` are wrapped, or None when they are not."""
    certain = [
        len(line) for line, after in pairwise(lines) if _MIN_WIDTH <= len(line) <= _MAX_WIDTH and _begins_small(after)
    ]
    return max(certain) if len(certain) >= 2 else None


def continues(before: str, line: str, width: int | None) -> bool:
    """Tell whether ``line`` goes on the sentence that ``before`` left at the end of its room."""
    if len(before) > _MAX_WIDTH or _mark(line.lstrip()) is not None or url_alone(line) is not None:
        return False
    if _RULE.fullmatch(line.strip()):
        return False
    if _indent(line) > _indent(before) and _mark(before.lstrip()) is None and not _HANGING.match(before.lstrip()):
        return False  # a new paragraph, set in
    if len(before) >= _MIN_WIDTH and _begins_small(line) and (width is None or not ends_sentence(before)):
        return True
    if width is None:
        return False
    return len(before) + 1 + len(line.split(None, 1)[0]) > width


def _joined(block: Block, line: str) -> Block:
    line = line.strip()
    # A hyphen at the end of a line may belong to the word: it stays, and no space is put after it.
    hyphenated = block.text.endswith("-") and block.text[-2:-1].isalpha() and line[:1].islower()
    text = f"{block.text}{'' if hyphenated else ' '}{line}"
    return Block(block.kind, text, apart=block.apart, indented=block.indented, mark=block.mark)


def _block(line: str, *, apart: bool) -> Block:
    text = line.strip()
    if _RULE.fullmatch(text):
        return Block(BlockKind.RULE, text, apart=apart)
    found = _mark(text)
    if found is None:
        return Block(BlockKind.LINE, text, apart=apart, indented=_indent(line) > 0)
    mark, rest = found
    return Block(BlockKind.LINE, rest, apart=apart, indented=_indent(line) > 0, mark=mark)


def _mark(text: str) -> tuple[Mark, str] | None:
    """Take a bullet or a number off the start of ``text``."""
    for pattern in (_NUMBER, _KEYCAP):
        match = pattern.match(text)
        if match and not _DAY.match(text):
            number = next(group for group in match.groups()[1:] if group)
            return Mark(match[1], int(number)), text[match.end() :]
    match = _BULLET.match(text)
    return (Mark(match[1]), text[match.end() :]) if match else None


def _numbers_alone(blocks: list[Block]) -> list[Block]:
    """Put a number that has a line to itself before the line below it."""
    result: list[Block] = []
    waiting: Block | None = None
    for block in blocks:
        if waiting is not None:
            match = _NUMBER_ALONE.fullmatch(waiting.text)
            if match and block.mark is None and block.kind is BlockKind.LINE:
                mark = Mark(waiting.text, int(match[1]))
                block = Block(block.kind, block.text, apart=waiting.apart, indented=block.indented, mark=mark)
            else:
                result.append(waiting)
            waiting = None
        if block.kind is BlockKind.LINE and block.mark is None and _NUMBER_ALONE.fullmatch(block.text):
            waiting = block
        else:
            result.append(block)
    return result if waiting is None else [*result, waiting]


def _begins_small(line: str) -> bool:
    return line.lstrip(" \t\"'“«„(")[:1].islower() and url_alone(line) is None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
