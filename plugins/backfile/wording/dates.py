"""Days, months and spans of time as a reader says them; never a clock, never the machine's locale."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date

from backfile.wording.catalogue import locale, t


def day(when: date, lang: str) -> str:
    """Return ``14 March 2025``."""
    return _format(when, "d MMMM y", lang)


def long_day(when: date, lang: str) -> str:
    """Return ``Friday, 14 March 2025``, as it stands in a heading."""
    return capital(_format(when, "EEEE, d MMMM y", lang))


def short_day(when: date, lang: str) -> str:
    """Return ``14 March``, for where the year is plain."""
    return _format(when, "d MMMM", lang)


def weekday(when: date, lang: str) -> str:
    """Return ``Fri``."""
    return _format(when, "EEE", lang)


def month(when: date, lang: str) -> str:
    """Return ``March 2025``, as it stands in a heading (nominative where the language declines)."""
    return capital(_format(when, "LLLL y", lang))


def day_range(first: date, last: date, lang: str) -> str:
    """Return ``14 March 2025``, ``14–16 March 2025``, ``28 February – 2 March 2025`` or two whole dates."""
    if first == last:
        return day(first, lang)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, lang)}"
    start = short_day(first, lang) if first.year == last.year else day(first, lang)
    return f"{start} – {day(last, lang)}"


def span(start: date, kind: str, lang: str) -> str:
    """Name the day, week, month or year (``kind``) that begins with ``start``."""
    match kind:
        case "day":
            return day(start, lang)
        case "week":
            return t("week_of", lang, day=day(start, lang))
        case "month":
            return month(start, lang)
        case "year":
            return str(start.year)
    raise ValueError(f"no span of time is called {kind!r}; day, week, month and year are")


def tick(start: date, kind: str, lang: str) -> str:
    """Return what fits under a bar of that span: ``14``, ``M``, ``24``; nothing for a week."""
    match kind:
        case "day":
            return str(start.day)
        case "month":
            return _format(start, "LLLLL", lang)
        case "year":
            return f"{start:%y}"
    return ""


def fetched(moment: str, lang: str) -> str:
    """Return the day of an ISO moment (``2025-03-16T10:12:00Z``) in words; what is no such moment, as it stands."""
    when = moment_day(moment)
    return day(when, lang) if when else moment


def moment_day(moment: str) -> date | None:
    """Return the day of an ISO moment; None for what is no such moment."""
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _format(when: date, pattern: str, lang: str) -> str:
    return format_date(when, pattern, locale=locale(lang))


def capital(text: str) -> str:
    """Return a text that begins with a capital, as a sentence does."""
    return text[:1].upper() + text[1:]
