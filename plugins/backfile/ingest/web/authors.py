"""Who wrote it: people that the page itself names as its authors, and nobody else.

*Theory.* JSON-LD persons, then metadata, then marked-up places (``rel=author``, itemprop,
``class`` names), then a link to the author's own page, then a byline's words. The first
source that gives a plausible name wins;
a plausible name has the form of a person's: two to five words that begin with capitals, or
a script without capitals. Organisations, desks and roles, addresses, the outlet itself
and stand-ins for nobody ("Admin", "Staff", "Redaktion") are left out: an author who is
not known stays unknown. So does one whom the page names to machines only: data
that no reader sees mostly tell whose account posted the text (of 20 such names on 573
measured pages, one was the author; of those that readers see, nine in ten). A page that leaves its
text to a script shows nothing, so there the data are believed.

Where no person is named, a desk or an agency that a byline shows is taken ("Quay Staff",
"Agencia X"), and an account's name; a role alone ("Staff") and the outlet's own name are
not: the one says nothing, the other is said already.

*Known failures.* One-word pen names and news agencies are taken only where the page marks
them as its author. A one-person outlet's author who bears its name is left out, unless that
is an account's. A name alone in a line above the text, and a name beside a date, are not
taken: "New Delhi" looks the same.
*Rejected.* Names found in running text near the title; e-mail addresses turned into names;
outlets that only a page's data name as its author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import html

from backfile.ingest.links import host_of
from backfile.ingest.web.body import Chosen
from backfile.ingest.web.bylines import Mark, Said, from_addresses, from_bylines, from_marks, marked_places
from backfile.ingest.web.head import Head
from backfile.ingest.web.linked_data import Node, types_of
from backfile.ingest.web.names import person_name, pieces, shared_name
from backfile.ingest.web.nobody import NOBODY
from backfile.ingest.web.outlet import domain_names
from backfile.ingest.web.page_map import PageMap
from backfile.ingest.web.shown import is_hidden, key_of
from backfile.ingest.web.tree import Leaf

_MAX_AUTHORS = 12
_TEXTS = "/html/body//text()[not(parent::script or parent::style or parent::template or ancestor::noscript)]"
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


@dataclass(frozen=True, slots=True)
class Authors:
    """The names in the page's own order, and a note on one that was not believed."""

    names: tuple[str, ...]
    note: str | None = None


def find_authors(page: PageMap, sites: Sequence[str]) -> Authors:
    """Return the page's authors; ``sites`` are the outlet's names."""
    outlet = frozenset(filter(None, map(key_of, sites)))
    unseen: list[str] = []
    for source in _stated(page.head):
        names = _kept(source, outlet)
        seen = tuple(name for name in names if _is_seen(name, page.root, page.leaves)) if page.is_shown else names
        if seen:
            return Authors(_with_company(seen, page, outlet))
        unseen += names
    if names := _shown(page, outlet):
        return Authors(names)
    if not unseen:
        return Authors(())
    return Authors((), f"authors: {', '.join(dict.fromkeys(unseen))} in the page's data, shown to no reader: not taken")


def _with_company(names: tuple[str, ...], page: PageMap, outlet: frozenset[str]) -> tuple[str, ...]:
    """Return ``names``, or all in the line near the title that links each of them and more: data may have the first."""
    title = min(page.text, default=0) if page.title is None else page.title
    lines = (_kept(line, outlet) for line in from_addresses(page.leaves, title))
    return next((line for line in lines if len(line) > len(names) and set(names) <= set(line)), names)


def _stated(head: Head) -> tuple[Iterator[Said], Iterator[Said]]:
    """Return whom the page's data name, the surer source first."""
    scholarly = "citation_author" in head.metas  # its data also describes the works it cites
    return (_from_metas(head), _from_data(head)) if scholarly else (_from_data(head), _from_metas(head))


def _shown(page: PageMap, outlet: frozenset[str]) -> tuple[str, ...]:
    """Return whom the page names to its readers: the people of the surest place that has any, else who else signs."""
    text: Chosen = page.text if page.is_shown else frozenset()
    title = min(text, default=0) if page.title is None else page.title
    places = marked_places(page.root)
    addresses = [said for line in from_addresses(page.leaves, title) for said in line]
    bylines = list(from_bylines(page.leaves, title, text))
    for said in (list(from_marks(places)), addresses, *([each] for each in bylines)):
        if names := _kept(said, outlet):
            return names
    signed = [one for place in places for texts in place.texts[0 if place.own else 1 :][:2] for one in texts]
    signed += [one for one, _ in (*addresses, *bylines)]
    domain = frozenset(map(key_of, domain_names(host_of(page.url or page.head.canonical))))
    return tuple(islice((name for one in signed if (name := shared_name(one, outlet, domain))), 1))


def _is_seen(name: str, root: html.HtmlElement, leaves: Sequence[Leaf]) -> bool:
    """Tell whether readers see ``name``: in the page's text, or in what is no text (menus, buttons) and not hidden."""
    key = key_of(name)
    if any(key in leaf.key for leaf in leaves):
        return True
    texts = (text for text in root.xpath(_TEXTS) if key in key_of(str(text)))
    return any(not any(map(is_hidden, _around(text.getparent()))) for text in texts)


def _around(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield element
    yield from element.iterancestors()


def _kept(said: Iterable[Said], outlet: frozenset[str]) -> tuple[str, ...]:
    """Return the plausible names among what was said, each once; a name that is part of a fuller one goes."""
    found: dict[str, str] = {}
    for text, marked in said:
        for piece in pieces(text):
            name = person_name(piece, outlet, single=marked is not Mark.NEAR, pen=marked is Mark.ITSELF)
            if name:
                found.setdefault(key_of(name), name)
        if len(found) >= _MAX_AUTHORS:
            break
    names = list(found.values())
    return tuple(name for name in names if not any(_within(name, other) for other in names))


def _within(name: str, other: str) -> bool:
    return name != other and set(name.lower().split()) < set(other.lower().split())


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
        page = str(node.get("url") or "").rstrip("/").rsplit("/", 1)[-1]
        if NOBODY.fullmatch(page):  # whatever it is called, the account is nobody's
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
        if any(person_name(piece, single=True) for value in values for piece in pieces(value)):
            yield from ((value, Mark.NEAR if name == "author" else Mark.NAMED) for value in values)
            if name == "citation_author":
                return
