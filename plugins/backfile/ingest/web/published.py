"""The day a page was published, by its own account.

*Theory.* Statements are asked in the order of how seldom they lie: JSON-LD
``datePublished`` of the article, ``article:published_time`` and its kin, other metadata,
``<time>`` and itemprops in the page, a byline's text, the address, and only then
htmldate's search. Published goes before modified at each step. The day is the one that
the statement itself shows: no time zone is applied; where a statement is in UTC and another
one (with an offset, or shown to readers) names the neighbouring day, the local one is
taken, for readers saw that day. And where the data's day is shown nowhere, while the page
shows one and the same other day near its title (not that of the last change), the shown
one is taken.

*Flags.* A day after ``today`` or before 1990, and a day whose order of day and month had
to be assumed, are given but named as guessed. Day and month are told apart by a
second statement of the same day, by the page's language and region otherwise.

*Known failures.* Pages with no date but that of a comment or of another article.
Publishers that state the day of a relaunch. *Rejected.* ``dateModified`` alone counts
as nothing better than a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lxml import html

from backfile.ingest.web.body import Chosen
from backfile.ingest.web.dates import DATE_IN_TEXT, read_date_string
from backfile.ingest.web.head import Head
from backfile.ingest.web.linked_data import Node, strings
from backfile.ingest.web.search import search
from backfile.ingest.web.tree import Leaf
from backfile.model import DateBasis

_FIRST = date(1990, 1, 1)
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
_UTC = re.compile(r"(?:Z|[+-]00:?00|GMT|UTC)\s*$")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d(?:\:\d\d)?)")
_WEST, _EAST = 12, 10  # hours of UTC: before the first the day before, from the second on the next may be local
_LABEL = re.compile(
    r"(?:published|posted|first published|veröffentlicht|erschienen|publié|publicado|pubblicato|publicerad|publisert"
    r"|gepubliceerd|opublikowano|опубликовано|опубліковано)(?: am| on| le| el| il| op| den)?\s*:?\s*",
    re.IGNORECASE,
)
_DATELINE = re.compile(rf"({DATE_IN_TEXT.pattern})\s*[–—:]\s")  # "29.11.2022 – The text"
_TIMES = './/time | .//*[@itemprop="datePublished" or @itemprop="dateCreated"] | .//abbr[contains(@class, "published")]'
_BYLINE_NAME = re.compile(r"date|time|publi|byline|posted|meta|dateline|author|info|datum|zeit|fecha", re.IGNORECASE)
_NEAR = 30  # leaves above and below the title that are looked at
_SHORT = 160
_STARTS = 4  # paragraphs of the text that may begin with a dateline
_MONTH_FIRST = frozenset({"en-us", "en-ph", "en"})


@dataclass(frozen=True, slots=True)
class Published:
    """The day, where it was stated (a :class:`DateBasis`), and whether it is a guess, with the reason as a note."""

    day: date | None
    basis: DateBasis | None = None
    guessed: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    text: str
    basis: DateBasis
    sure: bool = True  # False: the statement may mean another day (modified, or of something else)
    shown: bool = False  # to readers


def find_published(
    root: html.HtmlElement,
    head: Head,
    leaves: Sequence[Leaf],
    title: int | None,
    text: Chosen,
    url: str | None,
    today: date | None,
) -> Published:
    """Return the page's day.

    ``title`` is the title's place among ``leaves``, ``text`` are those of the page's text;
    ``today`` is only compared with.
    """
    day_first = _order(root, head)
    said = list(_statements(root, head, leaves, title, text, url))
    for statement in said:
        day = read_date_string(statement.text)
        if day is not None:
            local = _local(day, statement, said, day_first)
            return _flagged(_shown(local, said, day_first) or local, statement, today)
        day = read_date_string(statement.text, day_first=day_first)
        if day is not None:
            others = [other for other in (read_date_string(item.text) for item in said) if other is not None]
            swapped = read_date_string(statement.text, day_first=not day_first)
            if swapped in others:
                return _flagged(swapped, statement, today)
            if day in others:
                return _flagged(day, statement, today)
            order = "day/month" if day_first else "month/day"
            return Published(
                day,
                statement.basis,
                guessed=True,
                note=f"date: {statement.text!r} was read as {order}, by the page's language",
            )
    found = search(root, url, today)
    if found is None:
        return Published(None)
    note = f"date: {found} is a date found on the page; nothing says that it is the page's own"
    return Published(found, DateBasis.TEXT, guessed=True, note=note)


def _statements(
    root: html.HtmlElement,
    head: Head,
    leaves: Sequence[Leaf],
    title: int | None,
    text: Chosen,
    url: str | None,
) -> Iterator[_Said]:
    meta = DateBasis.METADATA
    for key in ("datePublished", "dateCreated", "uploadDate"):
        for node in head.articles:
            yield from (_Said(text, meta) for text in _of(node, key))
    yield from (_Said(text, meta) for text in head.all(*_PUBLISHED))
    yield from (_Said(text, meta, shown=True) for text in _times(root))
    if url and (match := _IN_URL.search(url)):
        parts = {name[0]: text for name, text in match.groupdict().items() if text}
        yield _Said(f"{parts['y']}-{parts['m']}-{parts['d']}", meta)
    starts = (_DATELINE.match(leaves[place].text) for place in sorted(text)[:_STARTS])
    yield from (_Said(match[1], DateBasis.TEXT) for match in starts if match)
    yield from (_Said(text, DateBasis.TEXT, shown=True) for text in _bylines(leaves, title))
    for node in head.articles:
        yield from (_Said(text, meta, sure=False) for text in _of(node, "dateModified"))
    yield from (_Said(text, meta, sure=False) for text in head.all(*_MODIFIED))


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
        name = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        name += " published" if element.get("pubdate") is not None else ""
        if "modif" in name or "updat" in name:
            continue
        (marked if "publi" in name or "created" in name or "entry-date" in name else plain).append(text.strip())
    yield from marked[:3]
    yield from plain[:3]


def _bylines(leaves: Sequence[Leaf], title: int | None) -> Iterator[str]:
    """Dates in short lines near the title, or whose place is called after a date."""
    for leaf in leaves:
        if (label := _LABEL.search(leaf.text)) and (match := DATE_IN_TEXT.match(leaf.text, label.end())):
            yield match.group()
    start = title if title is not None else 0
    window = sorted(
        range(max(0, start - _NEAR // 3), min(len(leaves), start + _NEAR)), key=lambda place: abs(place - start - 1)
    )
    for place in window:
        leaf = leaves[place]
        if len(leaf.text) > _SHORT or (leaf.tag in {"h1", "h2", "h3"} and place != start):
            continue
        rest = len(DATE_IN_TEXT.sub("", leaf.text))
        if rest < 60 or _BYLINE_NAME.search(leaf.box.hint):
            yield from (text for text in DATE_IN_TEXT.findall(leaf.text)[:2] if not re.search(r"\D1[89]\d\d$", text))


def _order(root: html.HtmlElement, head: Head) -> bool:
    """Whether the page's readers write the day before the month: everywhere but in a few regions of English."""
    stated = (
        (root.get("lang") or head.first("og:locale", "content-language") or head.lang or "").lower().replace("_", "-")
    )
    return stated not in _MONTH_FIRST


def _local(day: date, statement: _Said, said: Sequence[_Said], day_first: bool) -> date:
    """Return the neighbouring day, when ``statement`` is a moment in UTC and another one shows that readers saw it.

    The other one is the same moment with an offset, or a day without a time (in the
    address, or shown) on that side of midnight to which the clock time allows it to lie.
    """
    clock = _CLOCK.search(statement.text)
    if clock is None or not _UTC.search(statement.text):
        return day
    if clock[1].zfill(2) + clock[2] in {"0000", "0000:00"}:  # a day without a time, written as a moment
        return day
    hour = int(clock[1])
    near: list[date] = []
    for other in said:
        local = read_date_string(other.text) or read_date_string(other.text, day_first=day_first)
        if local is None or not other.sure or _UTC.search(other.text):
            continue
        theirs = _CLOCK.search(other.text)
        if theirs is not None and theirs[2] != clock[2]:
            continue
        moved = (local - day).days
        if moved == 0 or (moved == -1 and hour < _WEST) or (moved == 1 and hour >= _EAST):
            near.append(local)
    return day if day in near or not near else near[0]


def _shown(day: date, said: Sequence[_Said], day_first: bool) -> date | None:
    """Return the one day that the page shows, when it is not ``day`` nor that of the last change."""
    shown = [_day(item, day_first) for item in said if item.shown]
    changed = {_day(item, day_first) for item in said if not item.sure}
    days = set(filter(None, shown))
    if len(shown) < 2 or len(days) != 1 or day in days or days & changed:
        return None
    return next(iter(days))


def _day(statement: _Said, day_first: bool) -> date | None:
    return read_date_string(statement.text) or read_date_string(statement.text, day_first=day_first)


def _flagged(day: date, statement: _Said, today: date | None) -> Published:
    if today is not None and day > today + timedelta(days=1):
        return Published(day, statement.basis, guessed=True, note=f"date: {day} lies in the future")
    if day < _FIRST:
        return Published(day, statement.basis, guessed=True, note=f"date: {day} is older than the web")
    if not statement.sure:
        return Published(
            day,
            statement.basis,
            guessed=True,
            note=f"date: {day} is when the page was changed; it states no day of publication",
        )
    return Published(day, statement.basis)
