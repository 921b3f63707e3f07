"""Where on a page its authors are named for readers: marked places, links to their own pages, bylines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from lxml import html

from backfile.ingest.web.body import Chosen
from backfile.ingest.web.names import person_name, pieces
from backfile.ingest.web.tree import Leaf, is_hidden, key_of, shown_text, unaccented

_MAX_MARKS = 8
_ABOVE, _BELOW = 4, 16  # leaves above and below the title among which a byline may stand
_EDGE = 3  # paragraphs at either end of the text that may be a byline
_NEAR = 4  # how many elements around the author's place may show that it is another text's
# Names of classes by which pages mark the author's place; whole words of the class, but for camel case.
_MARKED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:authors?|autor(?:in|en)?|auteurs?|autore|byline|by-line|vcard|h-card|p-author|username|submitted|writer|expert-name)(?:$|[\s_-])"
    r"|authorName|AuthorName|authorLink|[Aa]uthorList|article[Aa]uthor|postAuthor|\bByline",
)
_NAME_ITSELF = re.compile(
    r"(?:^|[\s_-])(?:vcard|fn|author-?name|author__name|p-author|byline-?name|username)(?:$|[\s_-])|authorName"
)
_OTHERS = re.compile(
    r"comment|zitat|quote|citation|related|teaser|widget|sidebar|recommend|promo|card-grid|bio\b"
    r"|licen[cs]e|caption|credit|copyright|photo"
)
_BYLINE = re.compile(
    r"(?:^|[·|•]\s*)\W*(?:(?:story|text|words|written|posted|published|reported|reviewed|review|erstellt|eingestellt|geschrieben|verfasst|veröffentlicht|fotos?|texte?|(?:blog\s?)?beitrag|publié|publicado|scritto|escrito)\s+(?:and\s+\w+\s+)?)?"
    r"(?:by|von|par|por|di|av|af|door|автор(?:ка)?\s*:|текст\s*:|autor(?:in)?\s*:|author\s*:|auteur\s*:|text\s*:|texte\s*:|redaktion\s*:|da)\s+(.{3,90})$"
    r"|^(?-i:By(?=[A-Z]))(.{3,60})$",
    re.IGNORECASE,
)
_MAX_BYLINE = 110  # characters
_BY_WORD = (
    r"(?:written by|posted by|published by|story by|words by|verfasst von|geschrieben von|gespeichert von"
    r"|(?:ein )?(?:artikel|beitrag) von|rédigé par|publié par|escrito por|publicado por|scritto da|geschreven door)"
    r"\s*:?|(?:автор(?:ка)?|текст|autor(?:in)?|author|auteur|texte?(?: (?:&|und|and|et) \w+)?|von|by|par|por"
    r"|redaktion)\s*:"
)
# A byline that says so in words or by a colon, and what follows the name.
_STATED = re.compile(
    rf"(?:^|[\s·|•]|\d)(?:{_BY_WORD})\s*(\S.{{1,60}}?)\s*"
    r"(?:$|[|·•\n]|\s(?:am|on|le|el|il|um|at|under|unter|in)\s|\s(?:quelle|source|datum|date|stand|foto|photo|bild)s?\s*:)",
    re.IGNORECASE,
)
# A paragraph that is a byline and nothing else, where the text begins or ends.
_SIGNED = re.compile(
    rf"(?:(?:by|von|par|por|di|av|af|door)\s|{_BY_WORD})\s*([^,;]{{3,60}}?)(?:,\s.{{0,60}})?", re.IGNORECASE
)
# The address of a person's own page on the site, with the person's name as its last part.
_OWN_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|in|es|as|i)?|auteurs?|staff|(?:news)?team|people|persons?|profiles?|profil|journalists?|journalisten"
    r"|redaktion|redakteure?|writers?|reporters?|contributors?|columnists?|periodistas?|korrespondenten?|by)"
    r"/(?:[\w-]+/)?([^/?#]+?)(?:-\d+)?/?(?:[?#].*)?$",
    re.IGNORECASE,
)


class Mark(Enum):
    """How surely a text is an author's name and nothing else."""

    NEAR = 1  # it stands where authors stand
    NAMED = 2  # the page says: this is the author
    ITSELF = 3  # the page says so of this one word


Said: TypeAlias = tuple[str, Mark]


def from_marks(root: html.HtmlElement) -> Iterator[Said]:
    """Names in places that are marked as the author's, the first such place of the page's main part."""
    for element in _marked(root):
        text = " ".join("".join(shown_text(element)).split())
        texts = [
            " ".join("".join(shown_text(part)).split())
            for part in element.iter("a", "span", "strong", "b", "em")
            if part is not element and len(part) == 0 and part.get("rel") != "tag"
        ]
        match = _BYLINE.search(text)
        for said in (texts, [match[1] or match[2]] if match else [], [text] if len(text) < 120 else []):
            own = element.get("rel") == "author" or bool(_NAME_ITSELF.search(element.get("class") or ""))
            if any(person_name(piece, single=own) for one in said for piece in pieces(one)):
                yield from ((one, Mark.NAMED if own else Mark.NEAR) for one in said)
                return
            if own and (pen := person_name(text, single=True, pen=True)):
                yield pen, Mark.ITSELF
                return


def _marked(root: html.HtmlElement) -> list[html.HtmlElement]:
    found = []
    for element in root.iter(
        "a", "span", "div", "p", "address", "strong", "li", "i", "em", "h3", "h4", "h5", "footer", "section", "b"
    ):
        if (
            element.get("rel") != "author"
            and element.get("itemprop") != "author"
            and not _MARKED_CLASS.search(element.get("class") or "")
        ):
            continue
        around = list(element.iterancestors())
        near = [element, *around[:_NEAR]]
        if any(outer.tag in {"aside", "nav", "figure"} or is_hidden(outer) for outer in (element, *around)) or any(
            _OTHERS.search((outer.get("class") or "").lower()) for outer in near if outer.tag != "body"
        ):
            continue
        found.append(element)
        if len(found) >= _MAX_MARKS:
            break
    return found


def _around(leaves: Sequence[Leaf], title: int | None) -> Sequence[Leaf]:
    """Return the leaves around the title, the ones below it first."""
    start = title if title is not None else 0
    return [*leaves[start : start + _BELOW], *leaves[max(0, start - _ABOVE) : start]]


def from_addresses(leaves: Sequence[Leaf], title: int | None) -> Iterator[Said]:
    """Names near the title that lead to a page of that name under "authors", "staff" or the like."""
    for leaf in _around(leaves, title):
        for part in leaf.parts:
            links = [] if isinstance(part, str) else [part] if part.tag == "a" else list(part.iter("a"))
            for link in links:
                name = " ".join("".join(shown_text(link)).split())
                own = _OWN_PAGE.search(link.get("href") or "")
                if own and key_of(unaccented(name)) == key_of(own[1]):
                    yield name, Mark.NEAR


def from_bylines(leaves: Sequence[Leaf], title: int | None, text: Chosen) -> Iterator[Said]:
    """Names in a line near the title that says who wrote it, or in a paragraph at either end of the text that does."""
    for leaf in _around(leaves, title):
        if len(leaf.text) >= _MAX_BYLINE:
            continue
        if match := _STATED.search(leaf.text):
            yield match[1], Mark.NAMED
            return
        if match := _BYLINE.search(leaf.text):
            yield match[1] or match[2], Mark.NEAR
            return
    order = sorted(text)
    for place in (*order[:_EDGE], *order[-_EDGE:]):
        leaf = leaves[place]
        if leaf.tag in {"p", "div"} and len(leaf.text) < _MAX_BYLINE and (match := _SIGNED.fullmatch(leaf.text)):
            yield match[1], Mark.NEAR
            return
