from __future__ import annotations

from datetime import date

import pytest

from backfile.ingest.lines.header import Header, read_names, read_source, take_header
from backfile.ingest.lines.layout import blocks_of
from backfile.model import Source

BODY = "The port opened on Friday after nine months of work, the council said in a statement to the newspapers."


def header(*lines: str, end: str = "") -> Header:
    return take_header(blocks_of("\n".join(lines) + f"\n\n{BODY}\n\n{BODY}\n\n{end}"))


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Title: The port", "title", "The port"),
        ("Тема: Порт", "title", "Порт"),
        ("By Mara Voss and Jon van der Arl", "authors", ("Mara Voss", "Jon van der Arl")),
        ("Автор: Олена Кіт", "authors", ("Олена Кіт",)),
        ("Авторы: Олег Кот, Анна Лис", "authors", ("Олег Кот", "Анна Лис")),
        ("Джерело: Острівний кур'єр", "source", Source("Острівний кур'єр")),
        ("Source: Quay (https://q.example/x)", "source", Source("Quay", "https://q.example")),
        ("https://q.example/port", "url", "https://q.example/port"),
        ("Посилання: https://q.example/port", "url", "https://q.example/port"),
        ("14 March 2025, 18:40", "date", date(2025, 3, 14)),
        ("Mara Voss | 14 March 2025", "date", date(2025, 3, 14)),
        ("By Mara Voss | 14 March 2025 | 3 min read", "date", date(2025, 3, 14)),
        ("Опубліковано: 04.03.2025", "date", date(2025, 3, 4)),
        ("Posted March 14, 2025 | Updated March 16, 2025", "date", date(2025, 3, 14)),
        ("By Mara Voss — Quay Courier, 14 March 2025", "date", date(2025, 3, 14)),
        ("By Mara Voss — Quay Courier, 14 March 2025", "authors", ("Mara Voss",)),
        ("By Mara Voss, 14 March 2025", "date", date(2025, 3, 14)),
        ("Підготувала Олена Кіт", "authors", ("Олена Кіт",)),
        ("Источник: «Вести гавани», 14.03.2025", "date", date(2025, 3, 14)),
        ("Источник: «Вести гавани», 14.03.2025", "source", Source("Вести гавани")),
        ("Олена Кіт, Петро Рись, «Вісті гавані», 14 березня 2025 року", "date", date(2025, 3, 14)),
    ],
)
def test_a_line_at_the_top(line: str, name: str, value: object) -> None:
    assert getattr(header("The port opens again", line).stated, name) == value


@pytest.mark.parametrize(
    "line",
    [
        "By 2030 the port will be full",
        "By Friday",
        "By Reuters",
        "Source: sources in the council said on Friday that nobody had asked them.",
        "Автор: Редакція",
        "Photo: Mara Voss",
        "Updated: 14 March 2025",
    ],
)
def test_a_line_that_states_nothing_stays(line: str) -> None:
    found = header("The port opens again", line)
    assert found.stated.authors == ()
    assert found.stated.source is None
    assert found.stated.date is None
    assert line in [block.text for block in found.rest]


def test_a_line_that_says_more_gives_its_values_and_stays() -> None:
    found = header("The port opens again", "By Mara Voss, Tarn correspondent")
    assert found.stated.authors == ("Mara Voss",)
    assert "By Mara Voss, Tarn correspondent" in [block.text for block in found.rest]


def test_lines_at_the_end() -> None:
    found = header("The port opens again", end="Автор: Олена Кіт\nДжерело: https://q.example/port")
    assert (found.stated.authors, found.stated.url) == (("Олена Кіт",), "https://q.example/port")
    assert found.stated.source == Source("q.example", "https://q.example")
    assert len(found.rest) == 3


def test_below_the_lines_at_the_end_one_may_stand_that_is_not_understood() -> None:
    found = header("The port opens again", end="Читати повністю: https://q.example/port\n14.03.2025\nВісник гавані")
    assert (found.stated.url, found.stated.date) == ("https://q.example/port", date(2025, 3, 14))
    assert found.rest[-1].text == "Вісник гавані"


def test_a_byline_with_a_day_below_it_may_stand_under_a_sentence() -> None:
    found = header(
        "PROFILE\n", "She counts the swifts\n", "She has done so for years.\n", "By Mara Voss\n14 March 2025"
    )
    assert (found.stated.authors, found.stated.date) == (("Mara Voss",), date(2025, 3, 14))
    assert [block.text for block in found.rest[:3]] == [
        "PROFILE",
        "She counts the swifts",
        "She has done so for years.",
    ]


def test_several_lone_dates_are_a_timeline() -> None:
    found = header("How it happened", "3 May 2019", end=f"9 May 2019\n\n{BODY}")
    assert found.stated.date is None


def test_several_addresses_belong_to_items() -> None:
    assert header("The port", "https://q.example/1", end="https://q.example/2").stated.url is None


def test_an_undecided_date_is_noted_and_stays() -> None:
    found = header("The port", "Published: 03/04/2025")
    assert found.stated.date is None
    assert "can be read with the day or with the month first" in found.notes[0]
    assert "Published: 03/04/2025" in [block.text for block in found.rest]


def test_names_and_outlets() -> None:
    assert read_names("Ann Lee, Staff Writer") == (("Ann Lee",), False)
    assert read_source("https://www.q.example/2025/x") == Source("q.example", "https://q.example")
