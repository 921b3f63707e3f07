"""The day a page was published, by its own account.

*Theory.* Statements are asked in the order of how seldom they lie: JSON-LD
``datePublished`` of the article, ``article:published_time`` and its kin, other metadata,
``<time>`` and itemprops in the page, a byline's text, the address, and only then
htmldate's search. Published goes before modified at each step. The day is the one that
the statement itself shows: no time zone is applied; where a statement is in UTC and another
one (with an offset, or shown to readers) names the neighbouring day, the local one is
taken, for readers saw that day. A moment in UTC that is midnight where pages of that
language are read means the day that begins: its author set no time. And where the data's
day is shown nowhere, while the page shows one and the same other day near its title (not
that of the last change), the shown one is taken: where it stands twice, or another
statement (the address, mostly) names it, or where it stands once between title and text and no more
than two weeks before, as a text shows that was set up anew.

*Flags.* A day after ``today`` or before 1990, and a day whose order of day and month had
to be assumed, are given but named as guessed. Day and month are told apart by a
second statement of the same day, by the page's language and region otherwise.

*Known failures.* Pages with no date but that of a comment or of another article.
Publishers that state the day of a relaunch. *Rejected.* ``dateModified`` alone counts
as nothing better than a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from lxml import html

from backfile.ingest.web.dates import read_date_string
from backfile.ingest.web.days import Said, statements
from backfile.ingest.web.head import Head
from backfile.ingest.web.page_map import PageMap
from backfile.ingest.web.search import search
from backfile.model import DateBasis

_FIRST = date(1990, 1, 1)
_UTC = re.compile(r"(?:Z|[+-]00:?00|GMT|UTC)\s*$")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d(?:\:\d\d)?)")
_WEST, _EAST = 12, 10  # hours of UTC: before the first the day before, from the second on the next may be local
_REPEATED = timedelta(days=14)  # after which a text set up anew is no longer the same news
_ZONES = {
    "Europe/Berlin": ("cs", "da", "de", "hr", "hu", "it", "nb", "nl", "no", "pl", "sk", "sl", "sr", "sv"),
    "Europe/Kyiv": ("bg", "el", "et", "fi", "lt", "lv", "ro", "uk"),
    "Europe/Moscow": ("ru",),
    "Asia/Tokyo": ("ja", "ko"),
}
# Where a page is read that is written in one of these languages, as far as a language tells.
_HOME = {language: zone for zone, languages in _ZONES.items() for language in languages}
_MONTH_FIRST = frozenset({"en-us", "en-ph", "en"})


@dataclass(frozen=True, slots=True)
class Published:
    """The day, where it was stated (a :class:`DateBasis`), and whether it is a guess, with the reason as a note."""

    day: date | None
    basis: DateBasis | None = None
    guessed: bool = False
    note: str | None = None


def find_published(page: PageMap, today: date | None) -> Published:
    """Return the page's day; ``today`` is only compared with."""
    day_first = _order(page.root, page.head)
    said = sorted(statements(page), key=lambda statement: not statement.sure)
    for statement in said:
        day = read_date_string(statement.text)
        if day is not None:
            local = _midnight(day, statement, page.head.lang) or _local(day, statement, said, day_first)
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
    found = search(page.root, page.url, today)
    if found is None:
        return Published(None)
    note = f"date: {found} is a date found on the page; nothing says that it is the page's own"
    return Published(found, DateBasis.TEXT, guessed=True, note=note)


def _order(root: html.HtmlElement, head: Head) -> bool:
    """Whether the page's readers write the day before the month: everywhere but in a few regions of English."""
    stated = (
        (root.get("lang") or head.first("og:locale", "content-language") or head.lang or "").lower().replace("_", "-")
    )
    return stated not in _MONTH_FIRST


def _midnight(day: date, statement: Said, language: str | None) -> date | None:
    """Return the day that begins at the moment of ``statement`` where its page is read: no time was set for it."""
    clock = _CLOCK.search(statement.text)
    if clock is None or clock[2] not in {"00", "00:00"} or language not in _HOME or not _UTC.search(statement.text):
        return None
    moment = datetime(day.year, day.month, day.day, int(clock[1]), tzinfo=UTC).astimezone(ZoneInfo(_HOME[language]))
    return moment.date() if moment.hour == 0 else None


def _local(day: date, statement: Said, said: Sequence[Said], day_first: bool) -> date:
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


def _shown(day: date, said: Sequence[Said], day_first: bool) -> date | None:
    """Return the one day that the page shows, when it is not ``day`` nor that of the last change."""
    shown = [item for item in said if item.shown and _day(item, day_first)]
    changed = {_day(item, day_first) for item in said if not item.sure}
    days = set(filter(None, (_day(item, day_first) for item in shown)))
    if len(days) != 1 or day in days or days & changed:
        return None
    other = next(iter(days))
    is_first = any(item.heads for item in shown) and timedelta(0) < day - other <= _REPEATED
    others = (item for item in said if item.sure and not item.shown and not _UTC.search(item.text))
    is_confirmed = any(_day(item, day_first) == other for item in others)
    return other if len(shown) > 1 or is_confirmed or is_first else None


def _day(statement: Said, day_first: bool) -> date | None:
    return read_date_string(statement.text) or read_date_string(statement.text, day_first=day_first)


def _flagged(day: date, statement: Said, today: date | None) -> Published:
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
