"""Whole pages, as data: each ``.html`` beside what is to come of it (JSON, a line of dashes, Markdown)."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from backfile.errors import IngestError
from backfile.ingest.web.choose import ask
from backfile.ingest.web.page import read_page
from backfile.ingest.web.parse import MAX_CHARACTERS, MAX_TAGS, parse
from backfile.ingest.web.rows import read_row
from backfile.reading.markdown import render
from tests.cases import FIXTURES

PAGES = sorted((FIXTURES / "ingest" / "web").glob("*.html"))
PROSE = "The ferry left the pier at seven and came back at nine, with nobody on board but the crew. " * 4


def row_of(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    found = re.search(r"<!-- url: (\S+) -->", text)
    assert found
    return {"id": path.stem, "html": text, "url": found[1]}


def page_with(inner: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article><p>{PROSE}</p>{inner}<p>{PROSE}</p></article></body></html>"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_becomes_its_article(path: Path) -> None:
    stated, _, markdown = path.with_suffix(".expected.md").read_text(encoding="utf-8").partition("\n---\n")
    found = read_row(row_of(path))
    assert {name: found[name] for name in json.loads(stated)} == json.loads(stated)
    assert found["markdown"] == markdown


def test_the_contract_has_all_its_fields() -> None:
    found = read_row(row_of(PAGES[0]))
    assert " ".join(found) == (
        "id items title date date_basis authors source url lang summary kind markdown guessed digest"
    )


def test_a_day_after_today_is_a_guess() -> None:
    page = read_page(page_with("", '<meta name="date" content="2031-05-01">'), today=date(2025, 3, 14))
    assert page.date == date(2031, 5, 1)
    assert "date" in page.guessed
    assert any("future" in note for note in page.notes)


def test_a_day_on_which_a_page_was_changed_is_a_guess() -> None:
    page = read_page(page_with("", '<meta property="article:modified_time" content="2021-05-01T10:00:00Z">'))
    assert (page.date, "date" in page.guessed) == (date(2021, 5, 1), True)


def test_an_agency_that_a_page_names_as_its_author_is_its_author() -> None:
    data = '{"@type": "NewsArticle", "description": "x", "author": {"@type": "Person", "name": "xpa"}}'
    head = f'<script type="application/ld+json">{data}</script>'
    assert read_page(page_with("<p>(xpa)</p>", head)).authors == ("xpa",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("%PDF-1.7 and no page", "no HTML"),
        ("x" * (MAX_CHARACTERS + 1), "limit"),
        ("<a href=x>" * (MAX_TAGS + 1), "limit"),
        ("<div>" * 1000 + "x", "deep|no text"),
        ("<html><body><div id=root></div></body></html>", "no text"),
    ],
    ids=["empty", "no page", "long", "tags", "deep", "shell"],
)
def test_what_cannot_be_read_is_refused(text: str, reason: str) -> None:
    with pytest.raises(IngestError, match=reason):
        read_page(text)


def test_a_row_that_is_refused_says_why() -> None:
    assert read_row({"id": "7", "html": ""}) == {"id": "7", "error": "the page is empty"}


def test_json_nested_without_end_says_nothing() -> None:
    bomb = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    assert read_page(page_with("", bomb)).title == ""


HOSTILE = [
    '<img src=x onerror="alert(1)">',
    "<svg><script>alert(1)</script></svg>",
    '<a href="javascript:alert(1)">a link that acts</a>',
    '<a href="https://good.example@evil.example/">a host in disguise</a>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<p>[a](javascript:alert(1)) and ![b](x" onerror="c)</p>',
    "<pre>``` </pre><p>&lt;iframe src=x&gt;</p>",
]


@pytest.mark.parametrize("inner", HOSTILE)
def test_nothing_acts(inner: str) -> None:
    shown = render(read_page(page_with(inner), url="https://example.org/a").markdown).html
    assert not re.search(r"<(?:script|iframe|img|svg)|<[^>]*\son\w+=|href=\"javascript|evil\.example", shown)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Zs", "Zl", "Zp"]),
        min_size=1,
        max_size=60,
    )
)
def test_any_word_comes_back_as_it_was(word: str) -> None:
    escaped = word.replace("&", "&amp;").replace("<", "&lt;")
    text = render(
        read_page(page_with(f"<p>Here is {escaped} in a sentence that goes on long enough.</p>")).markdown
    ).text
    said = unicodedata.normalize("NFC", f"Here is {word} in a sentence")
    assert "".join(said.split()) in "".join(text.split())


def test_a_label_and_a_headline_of_the_same_site_lead_elsewhere() -> None:
    link = "<a href='/b'>Ferry sails with nobody aboard</a>"
    lead = f"<p><b>FUNDA OLUNYE UDABA |</b> {link}</p>"
    own = f"<p>If you have not read it yet, take a look at this now: {link}</p>"
    found = read_page(page_with(lead + own), url="https://q.example/a")
    assert "FUNDA" not in found.markdown
    assert "this now: [Ferry sails" in found.markdown


def test_headlines_of_the_same_site_at_the_end_are_no_part_of_the_text() -> None:
    links = "<h3>Harbour</h3><ul><li><a href='/b'>Ferry sails with nobody aboard</a></li></ul>"
    page = f"<html><body><article><p>{PROSE}</p><p>{PROSE}</p>{links}</article></body></html>"
    assert "nobody aboard" not in read_page(page, url="https://q.example/a").markdown


def test_the_oracle_leaves_the_page_as_it_is() -> None:
    root = parse(page_with("<aside>Ferries</aside><form><p>Search</p></form>", "<style>p {}</style>"))
    before = html.tostring(root)
    ask(root)
    assert html.tostring(root) == before
