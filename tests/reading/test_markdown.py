from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from backfile.reading import render
from backfile.reading.markdown import PLAIN_ADDRESS
from tests.cases import Case, read_cases

CASES = read_cases("markdown/cases.md")


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_html(case: Case) -> None:
    assert render(case.given).html.strip() == case.expected


def test_text_has_a_blank_line_between_blocks_and_no_marks() -> None:
    text = render("## Head\n\nOne *two*\nthree `four` [five](https://a.example/).\n\n- six\n- seven\n").text
    assert text == "Head\n\nOne two three four five.\n\nsix\n\nseven"


def test_running_text_is_without_headings_tables_code_and_notes() -> None:
    body = "## Head\n\nOne[^1].\n\n|a|\n|-|\n|b|\n\n- two\n\n> three\n\n    four\n\n[^1]: Five.\n"
    assert render(body).paragraphs == ("One.", "two", "three")


def test_a_picture_is_no_running_text_but_its_words_can_be_found() -> None:
    rendered = render("![The bridge](bridge.jpg)\n*On Monday.*\n\nIt opened.\n")
    assert rendered.text == "The bridge On Monday.\n\nIt opened."
    assert rendered.paragraphs == ("It opened.",)


@given(st.from_regex(PLAIN_ADDRESS, fullmatch=True))
def test_plain_addresses_are_those_that_markdown_it_leaves_alone(address: str) -> None:
    assert normalizeLink(address) == address


ACTIVE = {"script", "iframe", "object", "embed", "form", "style", "base", "meta", "link"}


@given(st.text(alphabet=st.sampled_from("<>/\"'`=()[]!*_#&; \n\tabcjavscriptonerl:imgsx")))
def test_no_text_renders_to_something_that_acts(text: str) -> None:
    html = render(f"{text}<img src=x onerror=a()><script>b()</script>[l](javascript:c())").html
    for element in BeautifulSoup(html, "html.parser").find_all(True):
        assert element.name not in ACTIVE
        assert not [name for name in element.attrs if name.startswith("on") or name == "style"]
        assert not str(element.get("href", "")).startswith("javascript:")
