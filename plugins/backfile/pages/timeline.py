"""Time lines: counts of stories by day, week or month as bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from backfile import addresses
from backfile.pages.records import Bar

# Weeks bear no names, so they must stand in one row to be read (two on a phone); months stand in rows of a year.
# More bars than these can't be told apart; the next longer span serves then.
MOST_WEEKS = 26
MOST_MONTHS = 120


def day_bars(days: Iterable[date], last: date, number: int) -> tuple[Bar, ...]:
    """Return the ``number`` days up to and with ``last``, each a link to its day page."""
    counts = Counter(days)
    span = [last - timedelta(days=back) for back in range(number - 1, -1, -1)]
    return _bars([(day, counts[day], addresses.of_day(day)) for day in span], "day")


def month_bars(days: Iterable[date], *years: int) -> tuple[Bar, ...]:
    """Return the twelve months of each of these years, each a link to its month page."""
    counts = Counter((day.year, day.month) for day in days)
    months = [(year, month) for year in years for month in range(1, 13)]
    return _bars([(date(*month, 1), counts[month], addresses.of_month(*month)) for month in months], "month")


def span_bars(days: Iterable[date], link: Callable[[date], str]) -> tuple[Bar, ...]:
    """Return bars from the first day to the last: by week, or by month or year where that would be too many.

    ``link`` gives the address for the newest day in a bar. None for fewer than two different weeks.
    """
    ordered = sorted(days)
    if not ordered:
        return ()
    span, start, starts = _span(ordered[0], ordered[-1])
    if len(starts) == 1:
        return ()
    newest = {start(day): day for day in ordered}
    counts = Counter(map(start, ordered))
    return _bars([(s, counts[s], link(newest[s]) if s in newest else "") for s in starts], span)


def _span(first: date, last: date) -> tuple[str, Callable[[date], date], list[date]]:
    """Return the shortest span that needs few enough bars: its name, its rounding, and the bars' starts."""
    for span, start, days, most in (("week", _monday, 7, MOST_WEEKS), ("month", _first, 31, MOST_MONTHS)):
        if (last - first).days <= days * most and len(starts := _starts(start(first), last, start, days)) <= most:
            return span, start, starts
    return "year", _january, _starts(_january(first), last, _january, 366)


def _bars(counted: list[tuple[date, int, str]], span: str) -> tuple[Bar, ...]:
    most = max((count for _, count, _ in counted), default=0) or 1
    return tuple(
        Bar(start, span, count, round(count / most, 3), address if count else None) for start, count, address in counted
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first(day: date) -> date:
    return day.replace(day=1)


def _january(day: date) -> date:
    return day.replace(month=1, day=1)


def _starts(first: date, last: date, start: Callable[[date], date], most: int) -> list[date]:
    """Return the starts of all spans from ``first`` to ``last``; ``start`` rounds a day down to its span.

    Spans have up to ``most`` days: so many after the start of one is a day of the next.
    """
    found = []
    while first <= last:
        found.append(first)
        first = start(first + timedelta(days=most))
    return found
