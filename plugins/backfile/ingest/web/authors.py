"""Who wrote it: people that the page itself names as its authors, and nobody else.

*Theory.* JSON-LD persons, then metadata, then marked-up places (``rel=author``, itemprop,
``class`` names), then a byline's words. The first source that gives a plausible name wins;
a plausible name has the form of a person's: two to five words that begin with capitals, or
a script without capitals. Organisations, desks and roles, addresses, the outlet itself
and stand-ins for nobody ("Admin", "Staff", "Redaktion") are left out: an author who is
not known stays unknown.

*Known failures.* One-word pen names and news agencies are taken only where the page marks
them as its author. A one-person outlet's author who bears its name is left out. *Rejected.*
Names found in running text near the title; e-mail addresses turned into names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, TypeAlias

from lxml import html

from backfile.ingest.web.dates import DATE_IN_TEXT
from backfile.ingest.web.head import Head, clean
from backfile.ingest.web.linked_data import Node, types_of
from backfile.ingest.web.nobody import AGENCY, NOBODY, ORGANISATION, PREFIX, ROLE, SPLIT
from backfile.ingest.web.tree import Leaf, key_of, shown_text

_MAX_AUTHORS = 12
_MAX_NAME = 60
_MAX_MARKS = 8
_NEAR = 4  # how many elements around the author's place may show that it is another text's
_PEN_NAME = re.compile(r"[^\W\d_](?=\w*[^\W\d_])[\w.'’-]{1,29}")
_METAS = (
    "citation_author",
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "article:author_name",
    "og:article:author",
    "authors",
    "creator",
    "cxenseparse:author",
    "twitter:data1",
)
# Names of classes by which pages mark the author's place; whole words of the class, but for camel case.
_MARKED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:authors?|autor(?:in|en)?|auteurs?|autore|byline|by-line|vcard|h-card|p-author|username|submitted|writer|expert-name)(?:$|[\s_-])"
    r"|authorName|AuthorName|authorLink|[Aa]uthorList|article[Aa]uthor|postAuthor|\bByline",
)
_NAME_ITSELF = re.compile(
    r"(?:^|[\s_-])(?:vcard|fn|author-?name|author__name|p-author|byline-?name)(?:$|[\s_-])|authorName"
)
_OTHERS = re.compile(r"comment|zitat|quote|citation|related|teaser|widget|sidebar|recommend|promo|card-grid|bio\b")
_BYLINE = re.compile(
    r"(?:^|[·|•]\s*)\W*(?:(?:story|text|words|written|posted|published|reported|reviewed|review|erstellt|eingestellt|geschrieben|verfasst|veröffentlicht|fotos?|texte?|(?:blog\s?)?beitrag|publié|publicado|scritto|escrito)\s+(?:and\s+\w+\s+)?)?"
    r"(?:by|von|par|por|di|av|af|door|автор(?:ка)?\s*:|текст\s*:|autor(?:in)?\s*:|author\s*:|auteur\s*:|text\s*:|texte\s*:|redaktion\s*:|da)\s+(.{3,90})$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[^\W\d_][\w.'’ʼ´`-]*|(?:de|da|di|du|del|della|dos|das|van|von|der|den|zu|la|le|el|al|bin|ibn|y|e)\b)(?:\s+[^\W_][\w.'’ʼ´`-]*\.?){0,5}"
)
_TURNED = re.compile(r"([^\W\d_]{2,}), ([^\W\d_]{2,}(?: [^\W\d_]\.?)?)")  # "Family, First"
_TRAILING = re.compile(r"(?:\s(?:le|el|on|am|at|um|à|de|von))+$", re.IGNORECASE)
_SMALL = frozenset(
    [
        "de",
        "da",
        "di",
        "du",
        "del",
        "della",
        "dos",
        "das",
        "van",
        "von",
        "der",
        "den",
        "zu",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "y",
        "e",
        "ter",
        "ten",
        "af",
        "av",
        "und",
    ]
)


class Mark(Enum):
    """How surely a text is an author's name and nothing else."""

    NEAR = 1  # it stands where authors stand
    NAMED = 2  # the page says: this is the author
    ITSELF = 3  # the page says so of this one word


Said: TypeAlias = tuple[str, Mark]


def find_authors(
    root: html.HtmlElement, head: Head, leaves: Sequence[Leaf], title: int | None, sites: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of the page's authors in its own order. ``sites`` are the outlet's names."""
    outlet = frozenset(filter(None, map(key_of, sites)))
    scholarly = "citation_author" in head.metas  # its data also describes the works it cites
    first = (_from_metas(head), _from_data(head)) if scholarly else (_from_data(head), _from_metas(head))
    for source in (*first, _from_marks(root), _from_bylines(leaves, title)):
        names = _kept(source, outlet)
        if names:
            return names
    return ()


def _kept(said: Iterator[Said], outlet: frozenset[str]) -> tuple[str, ...]:
    """Return the plausible names among what was said, each once; a name that is part of a fuller one goes."""
    found: dict[str, str] = {}
    for text, marked in said:
        for piece in _pieces(text):
            name = person_name(piece, outlet, single=marked is not Mark.NEAR, pen=marked is Mark.ITSELF)
            if name:
                found.setdefault(key_of(name), name)
        if len(found) >= _MAX_AUTHORS:
            break
    names = list(found.values())
    return tuple(name for name in names if not any(_within(name, other) for other in names))


def _pieces(text: str) -> list[str]:
    """Return what may be names in ``text``: split at commas and "and", without days and addresses."""
    text = clean(text)
    if "://" in text or text.startswith("www."):
        return []
    turned = _TURNED.fullmatch(text)
    return [f"{turned[2]} {turned[1]}"] if turned else SPLIT.split(DATE_IN_TEXT.sub(" ", text))


def _within(name: str, other: str) -> bool:
    return name != other and set(name.lower().split()) < set(other.lower().split())


def person_name(
    text: str, outlet: frozenset[str] = frozenset(), *, single: bool = False, pen: bool = False
) -> str | None:
    """Return ``text`` as an author's name, or None when it is none.

    ``single`` says that the page marks this very text as its author: then a pen name of
    one word will do, and a news agency's (``dpa``, ``Associated Press``). ``pen`` allows it to
    begin with a small letter, as login names do.
    """
    name = " ".join(text.split()).strip(" ,;:|/·•–—-\u200b")
    name = PREFIX.sub("", name)
    name = _TRAILING.sub("", ROLE.sub("", name)).strip(" ,;:|/·•–—-()")
    if not 1 < len(name) <= _MAX_NAME or re.search(
        r"[@<>{}=*#!?\"\\]|https?:|www\.|\.(?:com|org|net|de|at|ch|eu|[a-z]{2})$", name
    ):
        return None
    key = key_of(name)
    if NOBODY.fullmatch(name) or key in outlet:
        return None
    if single and AGENCY.fullmatch(name):
        return name
    words = name.split()
    if ORGANISATION.search(name) or any(len(site) > 4 and site in key and len(words) < 3 for site in outlet):
        return None
    if len(words) == 1:
        return name if single and _PEN_NAME.fullmatch(name) and (pen or not name[0].islower()) else None
    if re.search(r"\d", name) or not _NAME.fullmatch(name) or len(words) > 5:
        return None
    large = [word for word in words if word.lower() not in _SMALL]
    return None if not large or any(word[0].islower() for word in large) else name


def _from_data(head: Head) -> Iterator[Said]:
    for node in head.articles[:1]:
        for key in ("author", "creator"):
            yield from _people(node.get(key), head, 0)


def _people(value: Any, head: Head, depth: int) -> Iterator[Said]:
    if isinstance(value, list):
        for item in value[:_MAX_AUTHORS]:
            yield from _people(item, head, depth)
    elif isinstance(value, str):
        yield value, Mark.NAMED
    elif isinstance(value, Mapping):
        node: Node = value
        kinds = types_of(node)
        if "Person" not in kinds and any(
            "Organi" in kind or "Corporation" in kind or "Brand" in kind for kind in kinds
        ):
            return
        name = node.get("name")
        if not name and depth == 0 and isinstance(node.get("@id"), str):
            yield from _people(head.ids.get(node["@id"], {}), head, 1)
        elif isinstance(name, list):
            yield from ((text, Mark.NAMED) for text in name[:_MAX_AUTHORS] if isinstance(text, str))
        elif isinstance(name, str):
            yield name, Mark.NAMED


def _from_metas(head: Head) -> Iterator[Said]:
    for name in _METAS:
        values = head.all(name)
        if name == "twitter:data1" and not re.search(
            r"by|von|author|autor|auteur", head.first("twitter:label1"), re.IGNORECASE
        ):
            continue
        if any(person_name(piece, single=True) for value in values for piece in _pieces(value)):
            yield from ((value, Mark.NEAR if name == "author" else Mark.NAMED) for value in values)
            if name == "citation_author":
                return


def _from_marks(root: html.HtmlElement) -> Iterator[Said]:
    """Names in places that are marked as the author's, the first such place of the page's main part."""
    for element in _marked(root):
        text = " ".join("".join(shown_text(element)).split())
        texts = [
            " ".join("".join(shown_text(part)).split())
            for part in element.iter("a", "span", "strong", "b", "em")
            if part is not element and len(part) == 0
        ]
        match = _BYLINE.search(text)
        for said in (texts, [match[1]] if match else [], [text] if len(text) < 120 else []):
            own = element.get("rel") == "author" or bool(_NAME_ITSELF.search(element.get("class") or ""))
            if any(person_name(piece, single=own) for one in said for piece in _pieces(one)):
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
        if any(outer.tag in {"aside", "nav"} for outer in around) or any(
            _OTHERS.search((outer.get("class") or "").lower()) for outer in near if outer.tag != "body"
        ):
            continue
        found.append(element)
        if len(found) >= _MAX_MARKS:
            break
    return found


def _from_bylines(leaves: Sequence[Leaf], title: int | None) -> Iterator[Said]:
    start = title if title is not None else 0
    for leaf in leaves[start : start + 12]:
        if len(leaf.text) < 110 and (match := _BYLINE.search(leaf.text)):
            yield match[1], Mark.NEAR
            return
