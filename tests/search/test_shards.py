from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.search.shards import is_article, shards

DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
PAGES = st.sets(st.tuples(DAYS, st.integers(0, 50)).map(lambda page: at(*page)), max_size=60)


def at(day: date, number: int = 0) -> str:
    return f"{day:%Y/%m/%d}/article-{number}/index.html"


def year(year: int, count: int) -> list[str]:
    """Return pages spread over a year."""
    return [at(date(year, 1, 1) + timedelta(days=i * 365 // count), i) for i in range(count)]


def sizes(pages: list[str], limit: int = 10) -> dict[str, int]:
    return {name: len(part) for name, part in shards(pages, limit).items()}


def test_a_year_is_a_shard_and_the_newest_comes_first() -> None:
    assert sizes([*year(2023, 10), *year(2025, 3), *year(2024, 1)]) == {"2025": 3, "2024": 1, "2023": 10}


@pytest.mark.parametrize(
    ("count", "names"),
    [
        (11, ["2025-h2", "2025-h1"]),
        (30, ["2025-q4", "2025-q3", "2025-q2", "2025-q1"]),
        (110, [f"2025-{month:02}" for month in range(12, 0, -1)]),
    ],
)
def test_a_large_year_is_cut(count: int, names: list[str]) -> None:
    assert list(sizes(year(2025, count))) == names


@pytest.mark.parametrize(
    ("each", "names"),
    [
        pytest.param(1, ["2025-03-h2", "2025-03-h1"], id="halves"),
        pytest.param(2, ["2025-03-q4", "2025-03-q3", "2025-03-q2", "2025-03-q1"], id="quarters"),
        pytest.param(4, [f"2025-03-{day:02}" for day in range(31, 0, -1)], id="days"),
    ],
)
def test_a_large_month_is_cut(each: int, names: list[str]) -> None:
    found = sizes([at(date(2025, 3, day), i) for day in range(1, 32) for i in range(each)], limit=16)
    assert list(found) == names


def test_a_large_day_is_cut_by_address() -> None:
    found = sizes([at(date(2025, 3, 2), i) for i in range(20)])
    assert len(found) > 2
    assert all(name.startswith("2025-03-02-") for name in found)
    assert sum(found.values()) == 20


@given(PAGES)
def test_every_page_is_in_one_shard(pages: set[str]) -> None:
    found = shards(pages, 5)
    assert sorted(page for part in found.values() for page in part) == sorted(pages)


@given(PAGES, DAYS)
def test_a_new_page_cuts_one_shard_at_most(pages: set[str], day: date) -> None:
    page = at(day, 99)
    before, after = shards(pages, 5), shards({*pages, page}, 5)
    changed = {name for name, part in before.items() if after.get(name) != part}
    assert len(changed) <= 1
    new = {name for name, part in after.items() if before.get(name) != part}
    assert page in {one for name in new for one in after[name]}
    assert {one for name in new for one in after[name]} - {page} == {one for name in changed for one in before[name]}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2025/03/14/slug/index.html", True),
        ("2025/03/14/index.html", False),
        ("2025/03/14/slug/picture.png", False),
        ("topics/a/b/c/index.html", False),
        ("2025/3/14/slug/index.html", False),
        ("2025/03/14/a/b/index.html", False),
    ],
)
def test_what_an_article_is(path: str, expected: bool) -> None:
    assert is_article(path) is expected
