from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from backfile.ingest.markdown.untag import untag

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
SIGNS = """<b> </b> <i/> </a> <br/> <div> </div> <!-- --> <![CDATA[ ]]> <? ?> < >
` ``` > | - *"""
texts = st.sampled_from([*SIGNS.split(), "<a href='https://q.example/'>", " ", "\n", "\n\n", "word", "    "])
pieces = st.lists(texts, max_size=16).map("".join)


def tags(markdown: str) -> list[str]:
    found = [token.content for token in PARSER.parse(markdown) if token.type == "html_block"]
    inline = [child for token in PARSER.parse(markdown) for child in token.children or ()]
    return found + [child.content for child in inline if child.type == "html_inline"]


@given(pieces)
def test_no_tag_is_left(markdown: str) -> None:
    assert tags(untag(markdown)) == []


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a <b>bold</b> <em>word</em>", "a **bold** *word*"),
        ("a <a href='https://q.example/x'>link</a>", "a [link](https://q.example/x)"),
        ("a <a href='javascript:x()'>link</a>", "a link"),
        ("one<br>two<!-- three -->", "one two"),
        ("`<b>` and 1 < 2 > 0", "`<b>` and 1 < 2 > 0"),
        ("<<b>script>x", "<**script>x"),
        ("    <b>code</b>\n", "    <b>code</b>\n"),
        ("<script>alert(1)</script>\n\ntext", "\n\n\n\ntext"),
    ],
)
def test_what_tags_become(markdown: str, expected: str) -> None:
    assert untag(markdown) == expected


def test_a_block_becomes_its_text() -> None:
    assert untag("<div><p>One * two</p><p>three</p></div>").split() == ["One", "*", "two", "three"]
