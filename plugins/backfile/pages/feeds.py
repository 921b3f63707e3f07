"""Atom feeds (RFC 4287): all articles, and one for each topic."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import starmap

from backfile import addresses
from backfile.model import Article
from backfile.pages.entries import Catalogue
from backfile.pages.plans import FilePlan, Section
from backfile.pages.records import Site
from backfile.reading import resolved

MOST_ENTRIES = 50

_ATOM = "http://www.w3.org/2005/Atom"
# Characters that XML 1.0 cannot hold at all.
_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def feed_sections(catalogue: Catalogue, site: Site) -> Iterator[Section]:
    """Yield the feeds; a topic without articles has none."""
    articles = catalogue.archive.articles
    facts = (
        articles.column("mark"),
        [*map(str, articles.column("rights"))],
        [catalogue.led(links) for links in articles.column("body.links") if links],
    )
    yield Section("feeds", (catalogue.face, site.name, site.url, site.lang, *facts), partial(_feeds, catalogue, site))


def _feeds(catalogue: Catalogue, site: Site) -> Iterator[FilePlan]:
    archive = catalogue.archive
    newest = [*archive.articles][::-1]  # ids begin with their day
    if any(archive.articles.column("moment")):
        when = zip(*map(archive.articles.column, ("moment", "date")), strict=True)
        updated = dict(zip(archive.articles, starmap(_updated, when), strict=True))
        newest.sort(key=lambda id_: (updated[id_], id_), reverse=True)
    yield _plan(catalogue, site, site.name, addresses.ALL_FEED, addresses.FRONT, newest[:MOST_ENTRIES])
    by_topic: defaultdict[str, list[str]] = defaultdict(list)
    for id_ in newest:
        for slug in archive.topics_of[id_]:
            if len(by_topic[slug]) < MOST_ENTRIES:
                by_topic[slug].append(id_)
    for topic in archive.topics:
        if own := by_topic[topic.slug]:
            address = addresses.topic_feed(topic.slug)
            title = f"{topic.title} · {site.name}"
            yield _plan(catalogue, site, title, address, addresses.topic(topic.slug), own)


def _plan(catalogue: Catalogue, site: Site, title: str, address: str, page: str, ids: Sequence[str]) -> FilePlan:
    articles = catalogue.archive.articles
    places = [*map(articles.places.__getitem__, ids)]
    marks, bodies, links = map(articles.column, ("mark", "body.hash", "body.links"))
    listed = [*map(catalogue.marks.__getitem__, ids)]
    shown = [(marks[place], bodies[place], catalogue.led(links[place])) for place in places]

    def make() -> bytes:
        return atom(site, title, address, page, [*map(articles.at, places)], catalogue.files)

    return FilePlan(address, (site.url, site.lang, title, address, page, listed, shown), make)


def atom(
    site: Site, title: str, address: str, page: str, articles: Sequence[Article], files: Mapping[str, str] | None = None
) -> bytes:
    """Return a feed of the newest articles, in UTF-8. ``files`` has the addresses of linked files.

    Ids are derived from addresses and not from the host, so a feed's readers see nothing
    twice when an archive moves. Without a public address, links are relative (RFC 4287, 2).
    """
    base = f"{site.url}/" if site.url else "../" * address.count("/")
    newest = sorted(articles, key=lambda article: (_said(article), article.id), reverse=True)[:MOST_ENTRIES]
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": site.lang})
    _text(feed, "title", title)
    _text(feed, "id", _urn(address))
    _text(feed, "updated", _said(newest[0]) if newest else "1970-01-01T00:00:00Z")
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": base + address})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": (base + page) or "./"})
    for article in newest:
        _entry(feed, base, article, files or {})
    ET.indent(feed, " ")
    xml: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _entry(feed: ET.Element, base: str, article: Article, files: Mapping[str, str]) -> None:
    entry = ET.SubElement(feed, "entry", {"xml:lang": article.lang})
    address = addresses.of_id(article.id)
    _text(entry, "title", article.title)
    _text(entry, "id", _urn(address))
    _text(entry, "updated", _said(article))
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": base + address})
    # An entry needs an author (RFC 4287, 4.1.2); a text without one is its outlet's, or nobody's that we know.
    for name in article.authors or ([article.source.name] if article.source else ["—"]):
        _text(ET.SubElement(entry, "author"), "name", name)
    if article.summary:
        _text(entry, "summary", article.summary)
    content = ET.SubElement(entry, "content", {"type": "html", "xml:base": base + address})
    body = resolved(article.body.html, article.path, files, "../" * address.count("/"))
    content.text = body.translate(_NOT_XML)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text.translate(_NOT_XML)


def _urn(address: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"backfile:{address}").urn


def _said(article: Article) -> str:
    return _updated(article.moment, article.date)


def _updated(moment: datetime | None, day: date) -> str:
    if moment is None:
        return f"{day.isoformat()}T00:00:00Z"
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
