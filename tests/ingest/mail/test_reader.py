"""Messages, and what is read out of them (beside each, as JSON)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.errors import IngestError
from backfile.ingest.itemised.digest import split_digest
from backfile.ingest.mail.reader import read_mail
from backfile.ingest.records import Content, RawDocument
from tests.ingest.readings import check_golden, content_as_data, outcome

MESSAGES = Path(__file__).parent / "messages"


def read(name: str) -> Content:
    return read_mail(RawDocument((MESSAGES / name).read_bytes(), name))


def read_text(text: str) -> Content:
    return read_mail(RawDocument(text.encode(), "x.eml"))


@pytest.mark.parametrize("path", sorted(MESSAGES.glob("*.eml")), ids=lambda path: path.stem)
def test_a_message_becomes_what_stands_beside_it(path: Path) -> None:
    check_golden(content_as_data(read(path.name)), path.with_suffix(".json"))


@pytest.mark.parametrize("path", sorted(MESSAGES.glob("*.eml")), ids=lambda path: path.stem)
def test_more_is_never_dropped_than_came_in(path: Path) -> None:
    content = read(path.name)
    assert sum(count for _, count in content.dropped) < content.characters


def test_the_items_of_a_newsletter_can_be_told_apart() -> None:
    briefs = split_digest(read("newsletter.eml").blocks).briefs
    assert [brief.title for brief in briefs] == [
        "Tarn council approves a new harbour budget",
        "Ferry workers call off their strike in Lund",
        "Storm closes three mountain roads near Vik",
    ]


def test_nothing_names_the_recipient() -> None:
    content = read("newsletter.eml")
    assert "ann@home.example" not in repr(content)


def test_an_empty_message_is_refused() -> None:
    with pytest.raises(IngestError, match=r"x\.eml: is empty"):
        read_text(" \n")


def test_a_message_without_text_is_refused() -> None:
    with pytest.raises(IngestError, match="no text"):
        read_text("From: a@b.example\nContent-Type: image/png\n\nx")


def test_deep_nesting_is_refused() -> None:
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(500))
    with pytest.raises(IngestError, match="more than 100"):
        read_text(nested)


def test_ten_thousand_parts_are_read() -> None:
    part = "--b\nContent-Type: text/plain\n\nThe harbour has a new crane.\n"
    content = read_text("Content-Type: multipart/mixed; boundary=b\n\n" + part * 10_000 + "--b--")
    assert len(content.blocks) == 10_000


def test_the_richer_alternative_is_read_wherever_it_stands() -> None:
    parts = [("text/html", "<h2>Cranes</h2><p>Tarn gets two cranes.</p>"), ("text/x-amp-html", "<p>amp</p>")]
    body = "".join(f"--b\nContent-Type: {kind}\n\n{text}\n" for kind, text in [*parts, ("text/plain", "plain")])
    content = read_text(f"Content-Type: multipart/alternative; boundary=b\n\n{body}--b--")
    assert [block.text for block in content.blocks] == ["Cranes", "Tarn gets two cranes."]


def test_news_about_unsubscribing_stays() -> None:
    body = "A court in Tarn ruled on Friday that readers may unsubscribe from any paper by telephone.\n\n" * 3
    content = read_text(f"Subject: Court\n\n{body}")
    assert len(content.blocks) == 3


def test_attachments_are_listed_and_their_names_are_only_names() -> None:
    (listed,) = read("attached.eml").enclosures
    assert (listed.name, listed.media_type, listed.kept) == ("cranes.pdf", "application/pdf", None)
    assert (listed.size, listed.sha256[:8]) == (6, "21af8e71")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    head = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset="
    assert outcome(read_mail, RawDocument(head + data, "x.eml")).startswith("x.eml")
