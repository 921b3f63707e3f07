"""Where on a page its authors are named for readers: marked places, links to their own pages, bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice, pairwise
from typing import TypeAlias

from lxml import html

from backfile.ingest.web.body import Chosen
from backfile.ingest.web.dates import DATE_IN_TEXT
from backfile.ingest.web.names import person_name, pieces
from backfile.ingest.web.shown import is_hidden, key_of, shown_line, unaccented
from backfile.ingest.web.tree import Leaf

_MAX_MARKS = 8
_MAX_PLACE = 120  # characters
_ABOVE, _BELOW = 4, 16  # leaves above and below the title among which a byline may stand
_EDGE = 3  # paragraphs at either end of the text that may be a byline
_AFTER = 8  # leaves below the text in which a byline may say so in words
_MAX_SIGNATURE = 60
_NEAR = 4  # how many elements around the author's place may show that it is another text's
# Names of classes by which pages mark the author's place; whole words of the class, but for camel case.
_MARKED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:authors?|autor(?:in|en)?|auteurs?|autore|byline|by-line|(?:posted|written|published)-by|vcard|h-card|p-author|username|submitted|writer|expert-name)(?:$|[\s_-])"
    r"|(?:^|\s)by(?:$|\s)|authorName|AuthorName|authorLink|[Aa]uthorList|article[Aa]uthor|postAuthor|\bByline",
)
_NAME_ITSELF = re.compile(
    r"(?:^|[\s_-])(?:vcard|fn|author-?name|author__name|p-author|byline-?name|username)(?:$|[\s_-])|authorName"
)
# Names by which pages mark places that are another text's or a picture's; a "promoted" text is a text, and page
# builders call everything a widget of theirs.
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:comment\w*|zitate?|(?:block|pull)?quotes?|citations?|related\w*|teasers?|sidebar\w*|recommend\w*"
    r"|promo(?:s|tions?)?|card-grid|bio|licen[cs]es?|(?:img|wp)?captions?|(?:photo)?credits?|copyrights?|photos?)"
    r"(?=$|[\s_-])|(?:^|\s)widget(?=$|[\s_])"
)
_BYLINE = re.compile(
    r"(?:^|[·|•]\s*)\W*(?:(?:story|text|words|written|posted|published|reported|reviewed|review|erstellt|eingestellt|geschrieben|verfasst|veröffentlicht|fotos?|texte?|(?:blog\s?)?beitrag|publié|publicado|scritto|escrito)\s+(?:and\s+\w+\s+)?)?"
    r"(?:by|von|par|por|di|av|af|door|автор(?:ка)?\s*:|текст\s*:|autor(?:in)?\s*:|author\s*:|auteur\s*:|text\s*:|texte\s*:|redaktion\s*:|da)\s+(.{3,90})$"
    r"|^(?-i:By(?=[A-Z]))(.{3,60})$",
    re.IGNORECASE,
)
_MAX_BYLINE = 110  # characters
_BY_WORD = (
    r"(?:interview(?:ed)? by|written by|posted by|published by|story by|words by|verfasst von|geschrieben von"
    r"|gespeichert von"
    r"|(?:ein )?(?:artikel|beitrag) von|rédigé par|publié par|escrito por|publicado por|scritto da|geschreven door)"
    r"|підготува(?:в|ла|ли)|записа(?:в|ла|ли)|розмовля(?:в|ла|ли)|спілкува(?:вся|лася|лись)|подготови(?:л|ла|ли)|записал[аи]?"
    r"|беседова(?:л|ла|ли)"
    r"\s*:?|(?:автор(?:ка)?|текст|autor(?:in)?|author|auteur|texte?(?: (?:&|und|and|et) \w+)?|von|by|par|por"
    r"|redaktion)\s*:"
)
# A byline that says so in words or by a colon, and what follows the name.
_STATED = re.compile(
    rf"(?:^|[\s·|•]|\d)(?:{_BY_WORD})\s*(\S.{{1,60}}?)\s*"
    r"(?:$|[|·•\n]|\s(?:am|on|le|el|il|um|at|under|unter|in)\s|\s(?:quelle|source|datum|date|stand|foto|photo|bild|фото|світлини|джерело|источник|дата|текст)s?\s*:)",
    re.IGNORECASE,
)
# A label that stands for itself, with the name in the next place.
_ONLY_BY = re.compile(rf"\W*(?:{_BY_WORD}|by|von|par|por|di|door|autor(?:in)?|author|auteur)\W*", re.IGNORECASE)
# A paragraph that is a byline and nothing else, where the text begins or ends.
_SIGNED = re.compile(
    rf"(?:(?:by|von|par|por|di|av|af|door)\s|{_BY_WORD})\s*([^,;]{{3,60}}?)(?:,\s.{{0,60}})?", re.IGNORECASE
)
# The address of a person's own page on the site, with the person's name as its last part.
_OWN_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|in|es|as|i)?|auteurs?|avtory?|staff|(?:news)?team|people|persons?|profiles?|profil|journalists?|journalisten"
    r"|redaktion|redakteure?|writers?|reporters?|contributors?|columnists?|periodistas?|korrespondenten?|by)"
    r"/(?:[\w-]+/)?([^/?#]+?)(?:-\d+)?/?(?:[?#].*)?$",
    re.IGNORECASE,
)


# Of these pages, those that only authors have: the name in their address may be in other letters, or a number.
_AUTHORS = re.compile(r"/(?:authors?|autor(?:en|in|es|as|i)?|auteurs?|avtory?|columnists?)/", re.IGNORECASE)
_PLACE = re.compile(r",\s+[^\W\d_a-zа-яіїєґё][^\d.,;:!?]{2,30}")  # as a name that signs is followed by


class Mark(Enum):
    """How surely a text is an author's name and nothing else."""

    NEAR = 1  # it stands where authors stand
    NAMED = 2  # the page says: this is the author
    ITSELF = 3  # the page says so of this one word


Said: TypeAlias = tuple[str, Mark]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is marked as the author's: its texts, the likeliest to be a name first, and whether it is a name."""

    texts: tuple[tuple[str, ...], ...]
    own: bool


def from_marks(places: Sequence[Place]) -> Iterator[Said]:
    """Names in places that are marked as the author's: the first that has any."""
    for place in places:
        for said in place.texts:
            if any(person_name(piece, single=place.own) for one in said for piece in pieces(one)):
                yield from ((one, Mark.NAMED if place.own else Mark.NEAR) for one in said)
                return
            if place.own and (pen := person_name(" ".join(place.texts[-1]), single=True, pen=True)):
                yield pen, Mark.ITSELF
                return


def marked_places(root: html.HtmlElement) -> list[Place]:
    """Return the places that are marked as the author's, in the page's order."""
    return [_place(element) for element in _marked(root)]


def _place(element: html.HtmlElement) -> Place:
    text = shown_line(element)
    texts = [
        shown_line(part)
        for part in element.iter("a", "span", "strong", "b", "em")
        if part is not element and len(part) == 0 and part.get("rel") != "tag"
    ]
    if not texts:  # a name above what its bearer does
        blocks = (shown_line(part) for part in element.iter("div", "p") if part is not element and len(part) == 0)
        texts = list(islice(filter(None, blocks), 1))
    match = _BYLINE.search(text)
    is_mixed = any(link.get("rel") == "tag" for link in element.iter("a"))  # with what the text is about
    named = element.get("rel") == "author" or bool(_NAME_ITSELF.search(element.get("class") or ""))
    whole = (text,) if len(text) < _MAX_PLACE and not is_mixed else ()
    return Place((tuple(texts), (match[1] or match[2],) if match else (), whole), named and not is_mixed)


def _marked(root: html.HtmlElement) -> list[html.HtmlElement]:
    found = []
    told: dict[str, bool] = {"": False}  # most elements are called as others are
    for element in root.iter(
        "a", "span", "div", "p", "address", "strong", "li", "i", "em", "h3", "h4", "h5", "footer", "section", "b"
    ):
        name = element.get("class") or ""
        if name not in told:
            told[name] = _MARKED_CLASS.search(name) is not None
        if not told[name] and element.get("rel") != "author" and element.get("itemprop") != "author":
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


def _around(leaves: Sequence[Leaf], start: int) -> Sequence[Leaf]:
    """Return the leaves around the title, the ones below it first."""
    return [*leaves[start : start + _BELOW], *leaves[max(0, start - _ABOVE) : start]]


def from_addresses(leaves: Sequence[Leaf], title: int) -> Iterator[list[Said]]:
    """Yield for each line near the title the names in it that lead to their bearers' own pages.

    That is a page under "authors", or one of that name under "staff" or the like.
    """
    for leaf in _around(leaves, title):
        names: dict[str, str] = {}
        is_line = len(leaf.text) < _MAX_BYLINE and all(box.tag != "blockquote" for box in leaf.box.above())
        for link in (link for part in leaf.parts if not isinstance(part, str) for link in part.iter("a")):
            href, name = link.get("href") or "", shown_line(link)
            own = _OWN_PAGE.search(href)
            is_author = own is not None and is_line and _AUTHORS.search(own.group()) is not None
            if own and (is_author or key_of(unaccented(name)) == key_of(own[1])):
                names.setdefault(href, name)  # what else leads there is no other's name
        if names:
            yield [(name, Mark.NEAR) for name in names.values()]


def from_bylines(leaves: Sequence[Leaf], title: int, text: Chosen) -> Iterator[Said]:
    """Yield what may be a byline, the likeliest first: only one of them is.

    Lines near the title that say who wrote it, paragraphs at either end of the text that do,
    lines below it that say so in words, a name that signs it.
    """
    for line in _lines(_around(leaves, title)):
        if match := _STATED.search(line):
            yield match[1], Mark.NAMED
        elif match := _BYLINE.search(line):
            yield match[1] or match[2], Mark.NEAR
    order = sorted(text)
    for place in (*order[:_EDGE], *order[-_EDGE:]):
        leaf = leaves[place]
        if leaf.tag in {"p", "div"} and len(leaf.text) < _MAX_BYLINE and (match := _SIGNED.fullmatch(leaf.text)):
            yield match[1], Mark.NEAR
    last = [leaves[place] for place in order[-_EDGE:]]
    below = leaves[order[-1] + 1 : order[-1] + 1 + _AFTER] if order else ()
    for leaf in below:
        if len(leaf.text) < _MAX_BYLINE and (match := _STATED.search(leaf.text)):
            yield match[1], Mark.NAMED
    for label, leaf in (*pairwise(_around(leaves, title)), *pairwise(last), *pairwise(below)):
        if _ONLY_BY.fullmatch(label.text) and len(leaf.text) < _MAX_BYLINE:
            yield leaf.text, Mark.NEAR
    for place in order[:_EDGE]:  # one name alone may be a place: "New Delhi"
        if len(pieces(leaves[place].text)) > 1 and _is_signature(leaves[place]):
            yield leaves[place].text, Mark.NEAR
    for place in reversed(order[-2:] if len(order) > _EDGE else order[-1:]):  # below it may stand who took the picture
        if _is_signature(leaves[place]):
            yield leaves[place].text, Mark.NEAR


def _lines(leaves: Iterable[Leaf]) -> Iterator[str]:
    """Yield the short lines of short leaves: whole, as the page breaks them, and without a day in their midst."""
    for leaf in leaves:
        if len(leaf.text) < _MAX_BYLINE:
            yield leaf.text
        if len(leaf.text) < _MAX_BYLINE * 2 and len(lines := leaf.lines) > 1:
            yield from (line for line in lines if len(line) < _MAX_BYLINE)
        if len(leaf.text) < _MAX_BYLINE and (undated := DATE_IN_TEXT.sub(" ", leaf.text)) != leaf.text:
            yield " ".join(undated.split())


def _is_signature(leaf: Leaf) -> bool:
    """Tell whether ``leaf`` is nothing but names, all of which the page sets apart by its type, and perhaps a place."""
    parts = [part for part in leaf.parts if not isinstance(part, str) or part.strip()]
    if len(parts) == 2 and isinstance(parts[1], str) and _PLACE.fullmatch(parts[1].strip()):
        del parts[1]
    if leaf.tag not in {"p", "div"} or len(leaf.text) > _MAX_SIGNATURE or len(parts) != 1 or isinstance(parts[0], str):
        return False
    is_apart = parts[0].tag in {"em", "i", "b", "strong"} and not leaf.text.endswith((".", ":", "?", "!"))
    return is_apart and all(map(person_name, pieces(shown_line(parts[0]))))
