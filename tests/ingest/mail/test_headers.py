"""Headers as mail programs write them, and as nobody should."""

from __future__ import annotations

import email
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.ingest.mail.headers import bare_subject, day_of, decode_words, own_page, read_day, sender_of
from backfile.ingest.mail.links import clean_link, public_page

ANN = frozenset({"ann@home.example"})


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("=?utf-8?q?Caf=C3=A9?=", "Café"),
        ("=?utf-8?b?0J/QvtGA0YI=?= news", "Порт news"),
        ("=?utf-8?b?0J/QvtGA?= =?utf-8?b?0YI=?=", "Порт"),
        ("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        ("=?koi8-r?b?8M/S1A==?=", "Порт"),
        ("=?utf-8?b?!!!?= x", "=?utf-8?b?!!!?= x"),
        ("=?x-none?q?abc?=", "abc"),
        ("a\x00b", "a b"),
    ],
)
def test_encoded_words(text: str, decoded: str) -> None:
    assert decode_words(text) == decoded


@pytest.mark.parametrize(
    "subject", ["Re: Cranes", "FW: Fwd: Cranes", "RE[2]: Cranes", "[Fwd: Cranes]", "Пересл: Cranes"]
)
def test_signs_of_answers_and_forwards_are_no_part_of_a_subject(subject: str) -> None:
    assert bare_subject(subject) == "Cranes"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ('"The Harbour" <a@b.example>', "The Harbour"),
        ("=?utf-8?b?0J/QvtGA0YI=?= <a@b.example>", "Порт"),
        ("a@b.example", None),
        ('"a@b.example" <a@b.example>', None),
        ("", None),
    ],
)
def test_the_sender_s_name_is_the_source(value: str, name: str | None) -> None:
    source = sender_of(email.message_from_string(f"From: {value}\n\n"))
    assert (source.name if source else None) == name


@pytest.mark.parametrize("zone", ["-0800", "+1400", "GMT", "(CET)"])
def test_the_day_is_the_sender_s(zone: str) -> None:
    found = day_of(email.message_from_string(f"Date: Fri, 14 Mar 2025 23:30:00 {zone}\n\n"))
    assert found
    assert found.day == date(2025, 3, 14)


@given(st.text(max_size=60))
def test_any_date_is_read_or_is_none(text: str) -> None:
    assert read_day(f"Fri, 14 Mar 2025 {text}") is not None


@pytest.mark.parametrize("value", ["99999999999999999", "Fri, 14 Mar 2025 06:00 +99999999999999999"])
def test_wild_numbers_are_no_dates(value: str) -> None:
    assert read_day(value).day is None


@pytest.mark.parametrize(
    ("name", "value", "page"),
    [
        ("Archived-At", "<https://a.example/letters/7>", "https://a.example/letters/7"),
        ("List-Archive", "<https://a.example/list/>", None),
        ("List-Post", "<https://a.example/p/cranes-for-tarn>", "https://a.example/p/cranes-for-tarn"),
        ("List-Post", "<mailto:list@a.example>", None),
    ],
)
def test_a_message_s_own_page(name: str, value: str, page: str | None) -> None:
    assert own_page(email.message_from_string(f"{name}: {value}\n\n")) == page


@pytest.mark.parametrize(
    ("href", "clean"),
    [
        ("https://a.example/x?id=1", "https://a.example/x?id=1"),
        ("https://a.example/x?id=1&e=ann%40home.example", "https://a.example/x?id=1"),
        ("https://a.example/ann@home.example/x", None),
        ("https://click.b.example/?url=https%3A%2F%2Fa.example%2Fx", "https://a.example/x"),
        (
            "https://b.example/share?u=https%3A%2F%2Fa.example%2Fx",
            "https://b.example/share?u=https%3A%2F%2Fa.example%2Fx",
        ),
        ("https://click.b.example/?url=javascript:alert(1)", "https://click.b.example/?url=javascript:alert(1)"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_links_lead_where_they_lead_and_name_nobody(href: str, clean: str | None) -> None:
    assert clean_link(href, ANN) == clean


def test_a_public_page_is_nobody_s_copy() -> None:
    assert public_page("https://list.example/view?id=7&e=abc") == "https://list.example/view?id=7"
