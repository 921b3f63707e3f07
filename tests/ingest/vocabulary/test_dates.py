from __future__ import annotations

from datetime import date

import pytest

from backfile.ingest.vocabulary.dates import (
    Found,
    custom_in,
    date_of_dateline,
    date_of_name,
    date_of_title,
    date_on_line,
    find_dates,
    read_stated,
)

DAY = date(2025, 3, 14)


@pytest.mark.parametrize(
    "text",
    [
        "14 March 2025",
        "14th of March, 2025",
        "March 14, 2025",
        "Mar. 14th 2025",
        "14 березня 2025 року",
        "14 марта 2025 г.",
        "14-го марта 2025 года",
        "14. März 2025",
        "14 de marzo de 2025",
        "2025-03-14",
        "2025/03/14",
        "14.03.2025",
        "14/03/2025",
        "03/14/2025",
        "Friday, 14 March 2025",
        "п’ятниця, 14 березня 2025",
    ],
)
def test_a_full_date(text: str) -> None:
    assert [found.day for found in find_dates(text)] == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        "14 March",
        "March 2025",
        "14 березня",
        "on Friday",
        "14 March 25",
        "version 2.14.2025.1",
        "12025-03-14",
        "1/2",
        "",
    ],
)
def test_a_partial_date_is_none(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31 February 2025", "is no day of the calendar"),
        ("2025-13-01", "is no day of the calendar"),
        ("03/04/2025", "can be read with the day or with the month first"),
        ("03.04.2025", "can be read with the day or with the month first"),
        ("Thursday, 14 March 2025", "was no Thursday"),
        ("10–16 March 2025", "ends a range of days"),
        ("з 10 до 16 березня 2025", "ends a range of days"),
    ],
)
def test_a_doubtful_date_is_none_and_says_why(text: str, problem: str) -> None:
    (found,) = find_dates(text)
    assert found.day is None
    assert problem in (found.problem or "")


def test_dots_in_a_cyrillic_text_are_day_first() -> None:
    assert find_dates("Київ, 03.04.2025")[0].day == date(2025, 4, 3)


def test_figures_alone_take_the_script_of_their_document() -> None:
    line = date_on_line("10.03.2025", custom=".")
    assert line is not None
    assert line.found.day == date(2025, 3, 10)


@pytest.mark.parametrize(
    ("line", "alone", "labelled"),
    [
        ("Friday, 14 March 2025", True, False),
        ("March 14, 2025 at 6:30 PM EST", True, False),
        ("Published: 14.03.2025, 18:40", True, True),
        ("Опубліковано 14 березня 2025, 10:20", True, True),
        ("Kyiv, 14 March 2025", False, False),
        ("The Outlet | 14 March 2025", False, False),
    ],
)
def test_a_line_that_states_the_day(line: str, alone: bool, labelled: bool) -> None:
    found = date_on_line(line)
    assert found is not None
    assert (found.found.day, found.alone, found.labelled) == (DAY, alone, labelled)


@pytest.mark.parametrize(
    "line",
    [
        "On 14 March 2025 the court ruled.",
        "Updated: 14 March 2025",
        "The meeting of 14 March 2025 was long",
        "Council Meeting 14 March 2025 Agenda",
        "Minutes: 14 March 2025 and 15 March 2025",
    ],
)
def test_a_line_that_speaks_of_a_day(line: str) -> None:
    assert date_on_line(line) is None


@pytest.mark.parametrize(
    "text",
    [
        "KYIV, March 14, 2025 (Agency) — The port opened.",
        "КИЇВ, 14 березня 2025 року — Порт відкрили.",
        "КИЇВ, 14 березня 2025 року. Порт відкрили.",
        "LONDON (Agency), 14 March 2025 - The port opened.",
        "NEW YORK, N.Y., March 14, 2025 -- The port opened.",
        "WASHINGTON, Friday, March 14, 2025 — The port opened.",
        "Kyiv (14 March 2025) — The port opened.",
    ],
)
def test_a_dateline(text: str) -> None:
    found = date_of_dateline(text)
    assert found is not None
    assert found.day == DAY


@pytest.mark.parametrize(
    "text",
    [
        "14 March 2025 — the day on which everything changed.",
        "On 14 March 2025 - a Friday - it rained.",
        "The port of 14 March 2025 — an old one — is closed.",
        "У четвер 13 березня 2025 року — сказав він.",
        "KYIV — The port opened on 14 March 2025.",
    ],
)
def test_prose_is_no_dateline(text: str) -> None:
    assert date_of_dateline(text) is None


def test_the_title_of_a_digest_states_its_day_and_others_do_not() -> None:
    assert date_of_title("Morning brief: 14 March 2025") == Found(DAY, None, "Morning brief: ", "")
    assert date_of_title("Remembering 11 September 2001") is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2025-03-14-night-ferry.txt", DAY),
        ("20250314.txt", DAY),
        ("IMG_20250314T1020.txt", DAY),
        ("brief 14.03.2025.md", DAY),
        ("03-04-2025.txt", None),
        ("2025-02-30.txt", None),
    ],
)
def test_a_date_in_a_file_name(name: str, day: date | None) -> None:
    found = date_of_name(name)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "name", ["001_3c621fef12599da2.txt", "12025-03-14.txt", "notes.txt", "a1b2c3d4e5f620250314.txt"]
)
def test_a_file_name_without_a_date(name: str) -> None:
    assert date_of_name(name) is None


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-14",
        "2025-03-14T23:30:00-08:00",
        "2025-03-14T00:30:00+14:00",
        "Fri, 14 Mar 25 06:00 EST",
        "March 14, 2025",
        "14 mars 2025",
        "1741910400000",
    ],
)
def test_stated_dates(text: str) -> None:
    assert read_stated(text).day == DAY


@pytest.mark.parametrize(
    "text", ["", "null", "yesterday", "-1", "2025-02-30", "2025-03-14T24:00:00Z", "2025-03-14\x00", "<b>2025-03-14</b>"]
)
def test_stated_nonsense_is_no_date(text: str) -> None:
    assert read_stated(text).day is None
    assert read_stated(text).problem


@pytest.mark.parametrize(
    ("text", "custom"),
    [
        ("Le bac a quitté le quai mardi matin pour la première fois depuis deux hivers, le 04/03/2025.", "./-"),
        ("Пором вийшов 04.03.2025.", "."),
        ("The ferry left on 04/03/2025 and came back on 14/03/2025.", "/"),
        ("The ferry left on 04/03/2025 and came back on 03/14/2025.", ""),
        ("The ferry left on 04/03/2025.", ""),
    ],
)
def test_the_custom_of_a_text(text: str, custom: str) -> None:
    assert custom_in(text) == custom


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 4 mars 2025 à 18h40 - Mis à jour le 5 mars 2025",
        "Data publikacji: 4 marca 2025 r.",
        "Dienstag, 4. März 2025, 18:40 Uhr",
        "Tarn, 4 martie 2025",
        "04-Mar-2025 06:40PM",
        "Вісник Протоки (Тарн), № 27, 04.03.2025, с. 3",
    ],
)
def test_a_day_in_further_languages(line: str) -> None:
    found = date_on_line(line)
    assert found is not None
    assert found.found.day == date(2025, 3, 4)
