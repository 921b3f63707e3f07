"""Citations: in a line, and for BibTeX."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.wording import bibtex, citation

FRIDAY = date(2025, 3, 14)
KEPT = "https://archive.example/2025/03/14/ships/"


def test_everything_known() -> None:
    line = citation(
        "Ships leave",
        "en",
        archive="Harbour Archive",
        authors=("Ada Holm", "Piet Vries"),
        outlet="The Ledger",
        published=FRIDAY,
        url="https://ledger.example/1",
        permalink=KEPT,
    )
    assert line == (
        "Ada Holm and Piet Vries. “Ships leave”. The Ledger, 14 March 2025, https://ledger.example/1 "
        f"(Harbour Archive, {KEPT})."
    )


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", "“T”. undated (A)."), ("uk", "«T». без дати (A)."), ("ru", "«T». без даты (A).")]
)
def test_nothing_is_made_up(lang: str, expected: str) -> None:
    assert citation("T", lang, archive="A") == expected


def test_bibtex_with_everything_known() -> None:
    entry = bibtex(
        "Ships & {grain}: 50% of $1",
        "2025/03/14/ships_leave",
        archive="Harbour Archive",
        authors=("Ada Holm", "Piet and Sons"),
        outlet="The Ledger",
        published=FRIDAY,
        url="https://ledger.example/?a=1&b={2}",
        permalink=KEPT,
    )
    assert entry == (
        "@misc{2025-03-14-ships-leave,\n"
        "  author = {Ada Holm and {Piet and Sons}},\n"
        "  title = {{Ships \\& \\{grain\\}: 50\\% of \\$1}},\n"
        "  howpublished = {The Ledger},\n"
        "  year = {2025},\n"
        "  month = {3},\n"
        "  day = {14},\n"
        "  url = {https://ledger.example/?a=1&b=%7B2%7D},\n"
        f"  note = {{Harbour Archive, {KEPT}}},\n"
        "}"
    )


def test_bibtex_leaves_out_what_is_not_known() -> None:
    assert bibtex("T", "t", archive="A") == "@misc{t,\n  title = {{T}},\n  note = {A},\n}"


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_whatever_a_title_holds_the_braces_of_bibtex_match(title: str, outlet: str, authors: list[str]) -> None:
    entry = re.sub(r"\\[{}]", "", bibtex(title, "t", archive="A", authors=authors, outlet=outlet, url=title))
    depth = 0
    for sign in entry:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
