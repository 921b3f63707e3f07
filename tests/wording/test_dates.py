"""Days and spans of time in three languages."""

from __future__ import annotations

from datetime import date

import pytest

from backfile.wording import day, day_range, fetched, long_day, month, short_day, span, tick, weekday

FRIDAY = date(2025, 3, 14)
LANGUAGES = ("en", "uk", "ru")


@pytest.mark.parametrize(
    ("say", "english", "ukrainian", "russian"),
    [
        (day, "14 March 2025", "14 березня 2025", "14 марта 2025"),
        (long_day, "Friday, 14 March 2025", "Пʼятниця, 14 березня 2025", "Пятница, 14 марта 2025"),
        (short_day, "14 March", "14 березня", "14 марта"),
        (weekday, "Fri", "пт", "пт"),
        (month, "March 2025", "Березень 2025", "Март 2025"),
    ],
)
def test_a_day(say: object, english: str, ukrainian: str, russian: str) -> None:
    assert callable(say)
    assert [say(FRIDAY, lang) for lang in LANGUAGES] == [english, ukrainian, russian]


@pytest.mark.parametrize(
    ("last", "english", "ukrainian"),
    [
        (FRIDAY, "14 March 2025", "14 березня 2025"),
        (date(2025, 3, 16), "14–16 March 2025", "14–16 березня 2025"),
        (date(2025, 4, 2), "14 March – 2 April 2025", "14 березня – 2 квітня 2025"),
        (date(2026, 1, 2), "14 March 2025 – 2 January 2026", "14 березня 2025 – 2 січня 2026"),
    ],
)
def test_a_range_says_no_more_than_it_must(last: date, english: str, ukrainian: str) -> None:
    assert [day_range(FRIDAY, last, lang) for lang in ("en", "uk")] == [english, ukrainian]


@pytest.mark.parametrize(
    ("kind", "name", "under_its_bar"),
    [
        ("day", "14 March 2025", "14"),
        ("week", "Week of 14 March 2025", ""),
        ("month", "March 2025", "M"),
        ("year", "2025", "25"),
    ],
)
def test_a_span_of_time(kind: str, name: str, under_its_bar: str) -> None:
    assert (span(FRIDAY, kind, "en"), tick(FRIDAY, kind, "en")) == (name, under_its_bar)


def test_an_unknown_span_is_an_error() -> None:
    with pytest.raises(ValueError, match="decade"):
        span(FRIDAY, "decade", "en")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2025-03-16T23:59:59Z", "16 March 2025"),
        ("2025-03-16", "16 March 2025"),
        ("last week", "last week"),
        ("2025-13-40", "2025-13-40"),
        ("", ""),
    ],
)
def test_what_is_no_moment_stands_as_it_is(moment: str, expected: str) -> None:
    assert fetched(moment, "en") == expected


def test_a_year_of_one_digit_is_still_a_day() -> None:
    assert day(date(1, 1, 1), "en") == "1 January 1"
