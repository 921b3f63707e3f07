"""A saved page that is an issue of a digest, and no article: its items are all of it, wherever they stand.

What tells an article on a web page is its running text; short texts in boxes of their own,
each below its headline, are what other pages have beside an article. So where a page's
title calls it an issue, it is read once more as a letter is, whole but for its menus; if that gives
more items, each set off as a digest's are, it is the better reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backfile.errors import IngestError
from backfile.ingest.itemised import calls_itself_issue, split_items
from backfile.ingest.records import Block, BlockKind, Embedded, Find

_MENU = re.compile(r"<(?:nav|aside|form|footer)\b", re.IGNORECASE)
_MENUS = re.compile(r"<(nav|aside|form|footer)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_MAX_MENUS = 100  # each that is not closed is looked for to the end of the page
_MAX_SOURCE = 400_000  # characters; pages of news sites are far longer than issues of a digest


@dataclass(frozen=True, slots=True)
class Issue:
    """The blocks of an issue without its title, its footer and its menus, and the pictures in them."""

    blocks: tuple[Block, ...]
    pictures: Mapping[str, Embedded]


def read_issue(
    source: str, name: str, title: str | None, blocks: Sequence[Block], base: str | None, find: Find | None
) -> Issue | None:
    """Return the page ``source`` as an issue, when that has more items than ``blocks``, its article.

    ``name`` and ``base`` are the page's file name and address, ``find`` gives the pictures
    that came with it. None when it is no issue, or no better so.
    """
    if not title or not calls_itself_issue(title):
        return None
    if len(source) > _MAX_SOURCE or len(_MENU.findall(source)) > _MAX_MENUS:
        return None
    # Libraries that plain text has no use for.
    from backfile.ingest.hypertext import read_fragment
    from backfile.ingest.mail.furniture import tidy

    try:
        whole = read_fragment(_MENUS.sub(" ", source), name, base=base, layout=True, find=find)
    except IngestError:
        return None
    found = [block for block in tidy(whole.blocks, frozenset()).blocks if not _repeats(block, title)]
    better = len(split_items(found, title, page=True).briefs) > len(split_items(blocks, title, page=True).briefs)
    return Issue(tuple(found), whole.pictures) if better else None


def _repeats(block: Block, title: str) -> bool:
    return block.kind is BlockKind.HEADING and block.text.casefold() == title.casefold()
