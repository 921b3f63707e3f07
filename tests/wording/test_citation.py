"""Citations: in a line, and for programs that keep references."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.wording import Reference

KEPT = "https://archive.example/2025/03/14/ships/"
WHOLE = Reference(
    "Ships & {grain}: 50% of $1",
    "2025/03/14/ships_leave",
    "Harbour Archive",
    lang="en",
    authors=("Ada Holm", "Piet and Sons"),
    outlet="The Ledger",
    published=date(2025, 3, 14),
    url="https://ledger.example/?a=1&b={2}",
    fetched="2025-03-16T10:12:00Z",
    permalink=KEPT,
)
BARE = Reference("T", "t", "A")
STORY = Reference("Ships leave", "stories/ships/", "Harbour Archive", lang="en", about="3 articles", permalink=KEPT)


def test_everything_known() -> None:
    assert replace(WHOLE, title="Ships leave", url="https://ledger.example/1").citation("en") == (
        "Ada Holm and Piet and Sons. “Ships leave”. The Ledger, 14 March 2025, https://ledger.example/1 "
        f"(Harbour Archive, {KEPT}, fetched 16 March 2025)."
    )


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", "“T”. Undated (A)."), ("uk", "«T». Без дати (A)."), ("ru", "«T». Без даты (A).")]
)
def test_nothing_is_made_up(lang: str, expected: str) -> None:
    assert BARE.citation(lang) == expected


def test_what_grows_is_cited_by_what_it_holds() -> None:
    assert STORY.citation("en") == f"“Ships leave”. 3 articles (Harbour Archive, {KEPT})."


def test_bibtex_with_everything_known() -> None:
    assert WHOLE.bibtex() == (
        "@misc{2025-03-14-ships-leave,\n"
        "  author = {Ada Holm and {Piet and Sons}},\n"
        "  title = {{Ships \\& \\{grain\\}: 50\\% of \\$1}},\n"
        "  howpublished = {The Ledger},\n"
        "  year = {2025},\n"
        "  month = mar,\n"
        "  date = {2025-03-14},\n"
        "  url = {https://ledger.example/?a=1&b=%7B2%7D},\n"
        "  urldate = {2025-03-16},\n"
        f"  note = {{Harbour Archive, {KEPT}}},\n"
        "}"
    )


def test_bibtex_leaves_out_what_is_not_known() -> None:
    assert BARE.bibtex() == "@misc{t,\n  title = {{T}},\n  note = {A},\n}"


def test_ris_with_everything_known() -> None:
    assert WHOLE.ris().split("\r\n") == [
        "TY  - NEWS",
        "TI  - Ships & {grain}: 50% of $1",
        "AU  - Ada Holm",
        "AU  - Piet and Sons",
        "T2  - The Ledger",
        "PY  - 2025",
        "DA  - 2025/03/14",
        "LA  - en",
        "UR  - https://ledger.example/?a=1&b={2}",
        "Y2  - 2025/03/16",
        f"N1  - Harbour Archive, {KEPT}",
        "ID  - 2025-03-14-ships-leave",
        "ER  - ",
        "",
    ]


def test_csl_with_everything_known() -> None:
    assert json.loads(WHOLE.csl()) == [
        {
            "id": "2025-03-14-ships-leave",
            "type": "article-newspaper",
            "title": "Ships & {grain}: 50% of $1",
            "author": [{"literal": "Ada Holm"}, {"literal": "Piet and Sons"}],
            "container-title": "The Ledger",
            "issued": {"date-parts": [[2025, 3, 14]]},
            "accessed": {"date-parts": [[2025, 3, 16]]},
            "URL": "https://ledger.example/?a=1&b={2}",
            "language": "en",
            "archive": "Harbour Archive",
            "archive_location": KEPT,
        }
    ]


def test_files_hold_what_they_are_called() -> None:
    (_, ris, as_ris), (_, csl, as_csl) = replace(WHOLE, title="Кораблі, “#1”").files
    assert (ris, csl) == ("2025-03-14-ships-leave.ris", "2025-03-14-ships-leave.json")
    assert "Кораблі, “#1”" in unquote(as_ris.partition(",")[2])
    assert json.loads(unquote(as_csl.partition(",")[2]))[0]["title"] == "Кораблі, “#1”"


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_whatever_a_title_holds_the_braces_of_bibtex_match(title: str, outlet: str, authors: list[str]) -> None:
    reference = Reference(title, "t", "A", authors=authors, outlet=outlet, url=title)
    entry = re.sub(r"\\[{}]", "", reference.bibtex())
    depth = 0
    for sign in entry:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in reference.ris().split("\r\n")[:-1])
