"""What a text says in its own words: without what stands in quotation marks and block quotes.

Two reports of one speech share its sentences and are no copies of each other. The marks
of many languages are known: « », “ ”, „ “, " ". A quotation that runs over several
paragraphs has its opening mark at the head of each and its closing mark at the end (the
usage of printers), so a mark at the head of a paragraph that is not closed quotes all of
it. Straight marks, which do not say whether they open or close, are paired in order, and
left alone in a paragraph that has an odd number of them.

Known failures: quotations in single marks, which apostrophes look like; those without
marks, after a dash or in italics.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

_SHAPED = re.compile(r"«[^»]*»|„[^“”]*[“”]|“[^”]*”|^\W*[«„“][^»”]*$")
_STRAIGHT = re.compile(r'"[^"]*"')
_BLOCK = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_MARKS = frozenset('«„“"')


def block_quotes(html: str) -> tuple[str, ...]:
    """Return the plain text of each block quote in sanitised HTML."""
    return tuple(unescape(_TAG.sub("", inner)) for inner in _BLOCK.findall(html)) if "<blockquote" in html else ()


def has_quotations(text: str, quotes: Sequence[str] = ()) -> bool:
    """Return whether there is anything to set aside."""
    return bool(quotes) or not _MARKS.isdisjoint(text) or "\n>" in text


def own_words(text: str, quotes: Sequence[str] = ()) -> str:
    """Return a plain text without its quotations; ``quotes`` are its block quotes, which bear no marks."""
    known = [_SPACE.sub(" ", quote) for quote in quotes]
    return "\n".join(
        _unquoted(paragraph)
        for paragraph in text.split("\n")
        if not paragraph.startswith(">") and not any(_SPACE.sub(" ", paragraph).strip() in quote for quote in known)
    )


def _unquoted(paragraph: str) -> str:
    """Return a paragraph without what stands in quotation marks."""
    if _MARKS.isdisjoint(paragraph):
        return paragraph
    paragraph = _SHAPED.sub(" ", paragraph)
    return paragraph if paragraph.count('"') % 2 else _STRAIGHT.sub(" ", paragraph)
