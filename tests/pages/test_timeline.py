from __future__ import annotations

from datetime import date, timedelta

from backfile.pages.timeline import day_bars, month_bars, span_bars

FRIDAY = date(2025, 3, 14)


def test_days_end_with_the_last_and_link_only_where_there_is_something() -> None:
    bars = day_bars([FRIDAY, FRIDAY, date(2025, 3, 12)], FRIDAY, 3)
    assert [(bar.start.day, bar.count, bar.height, bar.address) for bar in bars] == [
        (12, 1, 0.5, "2025/03/12/"),
        (13, 0, 0.0, None),
        (14, 2, 1.0, "2025/03/14/"),
    ]


def test_a_year_has_twelve_months() -> None:
    bars = month_bars([FRIDAY, date(2025, 12, 31)], 2025)
    assert [bar.count for bar in bars] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert bars[11].address == "2025/12/"


def test_weeks_begin_on_monday_and_link_to_their_newest_day() -> None:
    bars = span_bars([date(2025, 3, 10), FRIDAY, date(2025, 3, 24)], lambda day: f"#{day}")
    assert [(bar.start, bar.span, bar.count, bar.address) for bar in bars] == [
        (date(2025, 3, 10), "week", 2, "#2025-03-14"),
        (date(2025, 3, 17), "week", 0, None),
        (date(2025, 3, 24), "week", 1, "#2025-03-24"),
    ]


def test_one_week_is_no_time_line() -> None:
    assert span_bars([FRIDAY, FRIDAY], str) == ()
    assert span_bars([], str) == ()


def test_longer_spans_where_weeks_would_be_too_many() -> None:
    half_a_year = timedelta(weeks=26)
    assert {bar.span for bar in span_bars([FRIDAY, FRIDAY + half_a_year - timedelta(weeks=1)], str)} == {"week"}
    assert {bar.span for bar in span_bars([FRIDAY, FRIDAY + half_a_year], str)} == {"month"}
    years = span_bars([FRIDAY, FRIDAY.replace(year=2045)], str)
    assert (years[0].span, len(years)) == ("year", 21)
