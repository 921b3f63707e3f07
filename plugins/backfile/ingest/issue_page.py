"""A saved page that is an issue of a digest, and no article: its items are all of it, wherever they stand.

What tells an article on a web page is its running text; short texts in boxes of their own,
each below its headline, are what other pages have beside an article. So where a page's
title calls it an issue, it is read once more as a letter is, whole but for its menus; if that gives
more items, each set off as a digest's are, it is the better reading.

So is a page that is a text from end to end: a letter, a chat or a sheet that somebody saved. It has
no programs, loads nothing from elsewhere and has few links, while the pages of news sites have dozens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from backfile.errors import IngestError
from backfile.ingest.itemised import calls_itself_issue, split_items
from backfile.ingest.itemised.taken import Split
from backfile.ingest.lines.pasted import without_page_lines
from backfile.ingest.records import Block, BlockKind, Embedded, Find

_MENU = re.compile(r"<(?:nav|aside|form|footer|style)\b", re.IGNORECASE)
_MENUS = re.compile(r"<(nav|aside|form|footer)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_MAX_MENUS = 100  # each that is not closed is looked for to the end of the page
_PART = re.compile(r"<(?:script|link)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style|nav|aside|form|footer)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MAX_PARTS = 3
_MAX_LINKED = 0.35  # of the letters that a page shows
_MAX_SOURCE = 400_000  # characters; pages of news sites are far longer than issues of a digest


@dataclass(frozen=True, slots=True)
class Issue:
    """The blocks of an issue without its title, its footer and its menus, and the pictures in them."""

    blocks: tuple[Block, ...]
    pictures: Mapping[str, Embedded]


def read_issue(
    source: str, name: str, title: str | None, blocks: tuple[Block, ...], base: str | None, find: Find | None
) -> Issue | None:
    """Return the page ``source`` as an issue, when that has more items than ``blocks``, its article, or more headlines.

    ``name`` and ``base`` are the page's file name and address, ``find`` gives the pictures
    that came with it. None when it is no issue, or no better so.
    """
    is_sheet = is_text_throughout(source)
    if not is_sheet and (not (title and calls_itself_issue(title)) or _is_long(source)):
        return None
    # Libraries that plain text has no use for.
    from backfile.ingest.hypertext import read_fragment
    from backfile.ingest.mail.furniture import tidy

    try:
        whole = read_fragment(_MENUS.sub(" ", source), name, base=base, layout=True, find=find)
    except IngestError:
        return None
    shown, _ = without_page_lines(tidy(whole.blocks, frozenset()).blocks)
    found = tuple(block for block in shown if not _repeats(block, title))
    split = split_items(found, title, page=not is_sheet, headless=True)
    if not split.briefs or _worth(split) <= _worth(split_items(blocks, title, page=not is_sheet, headless=True)):
        return None
    return Issue(found, whole.pictures)


def _worth(split: Split) -> tuple[bool, int, int]:
    """Return whether there are briefs in a form that is known, how many, and how many have a headline of their own."""
    briefs = split.briefs
    return bool(briefs) and not split.judged, len(briefs), sum(not brief.made for brief in briefs)


def is_text_throughout(source: str) -> bool:
    """Tell whether the page ``source`` has next to nothing but its text: no programs, few links."""
    if _has_more(_PART, source, _MAX_PARTS) or _is_long(source):
        return False
    shown = _HIDDEN.sub(" ", source)
    linked = sum(map(_letters, _LINK.findall(shown)))
    return linked <= _MAX_LINKED * _letters(shown)


def _is_long(source: str) -> bool:
    """Tell whether a page is too long, or has too many menus, to be looked at closely."""
    return len(source) > _MAX_SOURCE or _has_more(_MENU, source, _MAX_MENUS)


def _has_more(pattern: re.Pattern[str], source: str, most: int) -> bool:
    return next(islice(pattern.finditer(source), most, None), None) is not None


def _letters(markup: str) -> int:
    return len("".join(_TAG.sub(" ", markup).split()))


def _repeats(block: Block, title: str | None) -> bool:
    return title is not None and block.kind is BlockKind.HEADING and block.text.casefold() == title.casefold()
