"""What the editor says of a document next to what it says itself; and what its server said of it."""

from __future__ import annotations

from datetime import date

import pytest

from backfile.errors import IngestError
from backfile.ingest.pipeline import examine
from backfile.ingest.records import Fetched, Given, RawDocument

DAY = date(2025, 3, 14)
RU = "Порт открыт снова\n\nСовет города в пятницу одобрил бюджет порта, в котором есть деньги на краны.\n"
PAGE = """<!doctype html><html lang="en"><head><title>Port opens</title>{head}</head><body><article><h1>Port opens</h1>
<p>The port opened on Friday after nine months of work, and the council has paid for all of it, said its clerk.</p>
<p>Ships may enter at any hour from now on, but for those that carry more grain than the quay can bear.</p>
</article></body></html>"""


def fetched(data: bytes, charset: str | None = None, *, noarchive: bool = False) -> RawDocument:
    url = "https://port.example/opens"
    return RawDocument(data, url, url=url, fetched=Fetched(url, charset=charset, noarchive=noarchive))


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        ("Port opens\n\n12 March 2025\n\nThe port opened on Friday.\n", "a.txt", "the text says 2025-03-12"),
        ("---\ntitle: Port opens\ndate: 2025-03-12\n---\n\nThe port opened.\n", "a.md", "its metadata says 2025-03-12"),
        ("Port opens\n\nThe port opened on Friday.\n", "2025-03-12.txt", "the name of the file says 2025-03-12"),
        ("Port opens\n\n14 March 2025\n\nThe port opened on Friday.\n", "a.txt", None),
        ("Port opens\n\nThe port opened on Friday.\n", "a.txt", None),
    ],
)
def test_a_given_date_that_is_not_the_document_s_own_is_noted(text: str, name: str, note: str | None) -> None:
    found = examine(RawDocument(text.encode(), name), Given(date=DAY))
    assert found.items[0].date == DAY
    assert list(found.receipt.notes) == ([f"date: given 2025-03-14; {note}"] if note else [])


def test_what_is_given_is_no_guess() -> None:
    page = fetched(PAGE.format(head='<meta name="last-modified" content="2025-03-12">').encode())
    assert set(examine(page).items[0].guessed) == {"date", "source"}
    assert examine(page, Given(DAY, "The Port Herald")).items[0].guessed == ()


@pytest.mark.parametrize(
    ("head", "is_noted"),
    [
        ("", True),
        ('<link rel="canonical" href="/opens?page=1">', False),
        ('<link rel="canonical" href="https://elsewhere.example/">', True),
    ],
)
def test_where_a_page_s_address_comes_from(head: str, is_noted: bool) -> None:
    found = examine(fetched(PAGE.format(head=head).encode()))
    assert any(note.startswith("canonical: ") for note in found.receipt.notes) == is_noted
    assert found.items[0].url == ("https://port.example/opens" if is_noted else "https://port.example/opens?page=1")


def test_a_text_from_the_web_has_the_address_it_came_from() -> None:
    found = examine(fetched(RU.encode()))
    assert found.items[0].url == "https://port.example/opens"
    assert any(note.startswith("canonical: ") for note in found.receipt.notes)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://port.example/notes/2025-03-12-port.txt", date(2025, 3, 12)),
        ("https://port.example/2025-03-12/port?id=20250313#2025-03-14", None),
    ],
)
def test_of_an_address_the_last_part_may_tell_the_day(url: str, day: date | None) -> None:
    text = b"Port opens\n\nThe port opened on Friday.\n"
    assert examine(RawDocument(text, url, url=url, fetched=Fetched(url))).items[0].date == day


def test_a_page_that_asks_not_to_be_kept_is_noted() -> None:
    assert any("noarchive" in note for note in examine(fetched(RU.encode(), noarchive=True)).receipt.notes)


@pytest.mark.parametrize("template", ["{}", "---\ntitle: x\n---\n\n{}", "<!doctype html><title>x</title><p>{}"])
@pytest.mark.parametrize(
    ("text", "encoding", "charset"),
    [
        ("总理在北京宣布了新的经济计划，记者会将在周五举行。", "gbk", "gb2312"),
        ("Káva v přístavu stojí o třetinu víc než loni, říkají kavárníci.", "iso8859-2", "iso-8859-2"),
        ("Совет города в пятницу одобрил бюджет порта.", "cp1251", "iso-8859-1"),
        ("Совет города в пятницу одобрил бюджет порта.", "utf-8", "windows-1251"),
        ("Совет города в пятницу одобрил бюджет порта.", "koi8-r", "utf8mb4"),
    ],
)
def test_the_encoding_that_a_server_names_counts(template: str, text: str, encoding: str, charset: str) -> None:
    raw = fetched(template.format(text).encode(encoding), charset)
    assert text.rstrip(".。") in examine(raw).items[0].markdown.replace("\\", "")


def test_bytes_that_are_no_text_are_none_whatever_a_server_says() -> None:
    for data in (b"\x89PNG\r\n" * 20, b"\x01\x02abc" * 99, b"  "):
        with pytest.raises(IngestError, match=r"is (an image|binary|empty)"):
            examine(fetched(data, "iso-8859-1"))
