"""What on a page says when it was published: every such statement, in the order of how seldom each kind lies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import html

from backfile.ingest.web.body import Chosen, is_prose
from backfile.ingest.web.dates import DATE_IN_TEXT
from backfile.ingest.web.linked_data import Node, strings
from backfile.ingest.web.page_map import PageMap
from backfile.ingest.web.tree import Leaf
from backfile.model import DateBasis

_PUBLISHED = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time",
    "datepublished", "publishdate", "publish_date", "publish-date", "pubdate", "published_time", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date.created",
    "citation_publication_date", "citation_date", "date_published", "article.published", "rnews:datepublished",
    "dc.date", "dcterms.date", "date", "creation_date", "datecreated", "originalpublicationdate",
    "cxenseparse:recs:publishtime", "bt:pubdate", "timestamp", "release_date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dateupdate",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
    "date_modified",
)
_IN_URL = re.compile(
    r"/(?P<y>(?:19|20)\d{2})(?P<s>[/-]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|[a-z]|$)"
    r"|/(?P<y2>(?:19|20)\d{2})/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})/|[/-](?P<d3>\d{2})-(?P<m3>\d{2})-(?P<y3>20\d{2})(?=[/-])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:published|posted|first published|veröffentlicht|erschienen|publié|publicado|pubblicato|publicerad|publisert"
    r"|gepubliceerd|opublikowano|опубликовано|опубліковано)(?: am| on| le| el| il| op| den)?\s*:?\s*"
    r"|(?<!\w)(?:date|datum|fecha|дата)\s*:\s*",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"last (?:updated|modified|edited|changed)|zuletzt|aktualisiert|mis à jour|modifiée? le|actualizado|aggiornato"
    r"|bijgewerkt|обновлено|оновлено",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?<!\w)(?:updated|modified)(?!\w)", re.IGNORECASE
)  # a text that was never updated may say so, too
_YEAR = re.compile(r"\d{4}")  # without which there is no date
_DATELINE = re.compile(rf"({DATE_IN_TEXT.pattern})\s*(?:[–—:]|\s-)\s")  # "29.11.2022 – The text"
_TIMES = (  # each kind by itself: to ask all of each element takes twice as long
    "descendant::time"
    ' | descendant::*[@itemprop][@itemprop="datePublished" or @itemprop="dateCreated"]'
    ' | descendant::abbr[contains(@class, "published")]'
    ' | descendant::*[@content][not(self::meta) and (contains(@property, "date") or contains(@property, ":created"))]'
)
_BYLINE_NAME = re.compile(r"date|time|publi|byline|posted|meta|dateline|author|info|datum|zeit|fecha", re.IGNORECASE)
_NEAR = 30  # leaves above and below the title that are looked at
_SHORT = 160
_BESIDE = 60  # characters that may stand beside a day in a byline
_WEEKDAY = 12  # and in a heading, which is then no headline
_OLD = re.compile(r"(?<!\d)1(?:8\d|9[0-8])\d(?!\d)")
_STARTS = 4  # blocks at the start of the text that may open with a dateline


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: its text, where it stood, and what speaks for it."""

    text: str
    basis: DateBasis
    sure: bool = True  # False: the statement may mean another day (modified, or of something else)
    shown: bool = False  # to readers
    heads: bool = False  # shown between the title and the text


def statements(page: PageMap) -> Iterator[Said]:
    """Yield what the page says, published before changed."""
    meta, head = DateBasis.METADATA, page.head
    for key in ("datePublished", "dateCreated", "uploadDate"):
        for node in head.articles:
            yield from (Said(text, meta) for text in _of(node, key))
    yield from (Said(text, meta) for text in head.all(*_PUBLISHED))
    yield from (Said(text, meta, shown=True) for text in _times(page.root))
    if (url := page.url or head.canonical) and (match := _IN_URL.search(url)):
        parts = {name[0]: text for name, text in match.groupdict().items() if text}
        yield Said(f"{parts['y']}-{parts['m']}-{parts['d']}", meta)
    starts = (_DATELINE.match(page.leaves[place].text) for place in sorted(page.text)[:_STARTS])
    yield from (Said(match[1], DateBasis.TEXT) for match in starts if match)
    yield from _bylines(page.leaves, page.title, page.text)
    for node in head.articles:
        yield from (Said(text, meta, sure=False) for text in _of(node, "dateModified"))
    yield from (Said(text, meta, sure=False) for text in head.all(*_MODIFIED))


def _of(node: Node, key: str) -> Iterator[str]:
    for text in strings(node.get(key)):
        if text.strip():
            yield text.strip()


def _times(root: html.HtmlElement) -> Iterator[str]:
    """Yield the days in ``time`` elements and itemprops: those called published, then the first others."""
    marked: list[str] = []
    plain: list[str] = []
    for element in root.xpath(_TIMES):
        text = element.get("datetime") or element.get("content") or element.get("title") or "".join(element.itertext())
        if any(outer.tag in {"aside", "footer", "nav"} for outer in element.iterancestors()):
            continue
        named = (element.get(name) or "" for name in ("itemprop", "property", "class"))
        name = " ".join(named).lower()
        name += " published" if element.get("pubdate") is not None else ""
        if "modif" in name or "updat" in name:
            continue
        (marked if "publi" in name or "created" in name or "entry-date" in name else plain).append(text.strip())
    yield from marked[:3]
    yield from plain[:3]


def _bylines(leaves: Sequence[Leaf], title: int | None, text: Chosen) -> Iterator[Said]:
    """Yield days that a word before them dates, then those in short lines near the title or in places named for it."""
    dated = [place for place, leaf in enumerate(leaves) if _YEAR.search(leaf.text)]
    for leaf in (leaves[place] for place in dated):
        if (label := _LABEL.search(leaf.text)) and (match := DATE_IN_TEXT.match(leaf.text, label.end())):
            yield Said(match.group(), DateBasis.TEXT, shown=True)
    start = min(text, default=0) if title is None else title
    first = next((place for place in sorted(text) if place > start and is_prose(leaves[place])), start)
    near = range(start - _NEAR // 3, start + _NEAR)
    updated: list[Said] = []
    for place in sorted((place for place in dated if place in near), key=lambda place: abs(place - start - 1)):
        leaf = leaves[place]
        rest = len(DATE_IN_TEXT.sub("", leaf.text))
        if len(leaf.text) > _SHORT or (leaf.tag in {"h1", "h2", "h3"} and place != start and rest > _WEEKDAY):
            continue
        if rest < _BESIDE or _BYLINE_NAME.search(leaf.box.hint):
            for said, is_update in _days_of(leaf, heads=title is not None and start - 2 < place < first):
                if is_update:
                    updated.append(said)
                else:
                    yield said
    yield from updated


def _days_of(leaf: Leaf, *, heads: bool) -> Iterator[tuple[Said, bool]]:
    """Yield the first two days in a line, and whether they are called updates; none that is older than the web."""
    before = 0
    for found in islice(DATE_IN_TEXT.finditer(leaf.text), 2):
        is_change = _CHANGED.search(leaf.text, before, found.start()) is not None
        is_update = _UPDATED.search(leaf.text, before, found.start()) is not None
        before = found.end()
        if not _OLD.search(found.group()):
            yield Said(found.group(), DateBasis.TEXT, sure=not is_change, shown=not is_change, heads=heads), is_update
