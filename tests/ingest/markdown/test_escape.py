from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.ingest.markdown.escape import escape_heading, escape_line
from backfile.reading.markdown import render

SIGNS = """* _ ` [ ] ( ) < > # 1. 2) - + ~~ ~ &amp; & \\ ! ^ [^1] [^1]: | : <b> </b> <!-- --- === ``` a_b __ ** ://
www.a.b a@b.c $ { } = word Слово “ ' http://a.b/c_d*e https://x.y/(z)"""
lines = st.lists(st.sampled_from([*SIGNS.split(), " ", "\t", "\u00a0"]), max_size=14).map("".join)


def spaced(text: str) -> str:
    return " ".join(text.split())


@given(lines)
def test_a_line_renders_to_itself(text: str) -> None:
    assert spaced(render(escape_line(text)).text) == spaced(text)


@given(lines)
def test_a_heading_renders_to_itself(text: str) -> None:
    assert spaced(render(escape_heading(text, 2)).text) == spaced(text)


@given(st.text(max_size=60).filter(lambda text: not re.search(r"[\x00\r\n\ud800-\udfff]", text)))
def test_any_text_renders_to_itself(text: str) -> None:
    assert spaced(render(escape_line(text)).text) == spaced(text)


@given(lines)
def test_nothing_looks_like_a_tag(text: str) -> None:
    assert not re.search(r"<[A-Za-z/!?]", escape_line(text))


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("5 * 3 < 20 & more [sic] snake_case C#", "5 * 3 < 20 & more [sic] snake_case C#"),
        ("1984. A year", "1984\\. A year"),
        ("- he said", "\\- he said"),
        ("#1 issue", "#1 issue"),
        ("# one", "\\# one"),
        ("see https://q.example/a_b.", "see [https://q.example/a_b](https://q.example/a_b)."),
    ],
)
def test_backslashes_only_where_they_are_needed(text: str, markdown: str) -> None:
    assert escape_line(text) == markdown
