"""What is looked at before a slower judge is asked says what that one would say."""

from __future__ import annotations

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from backfile.ingest.markdown import reader as reader
from backfile.ingest.pictures import lift
from backfile.ingest.records import Block
from backfile.ingest.vocabulary import lexicon

_SIGNS = st.text(st.sampled_from("aZé漢12 .,;:!?()'\"-–#+=>~|*_`[]<&\\$%^{}/@\n"), max_size=30)
_PARTS = st.lists(
    st.sampled_from(
        ["A plain line.", "1. One", "- two", "  set in", "> said", "```", "[a]: http://b.example", "[a] is", ""]
    )
    | _SIGNS,
    max_size=6,
)


@given(st.from_regex(lexicon.FOOTER))
def test_line_of_a_footer_has_a_sign_of_it(line: str) -> None:
    assert any(sign in line.casefold() for sign in lexicon.IN_FOOTERS)


@given(_PARTS, st.sampled_from(["\n", "\n\n", "\n\n\n"]))
def test_plain_paragraphs_are_what_the_parser_makes_of_them(parts: list[str], between: str) -> None:
    source = between.join(parts)
    assert reader.blocks_of_markdown(source) == _by_the_parser(source)


def _by_the_parser(source: str) -> tuple[Block, ...]:
    """Read all with markdown-it as it is."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    with patch.object(reader, "_PLAIN", re.compile(r"(?!)")), patch.object(reader, "_parser", lambda: parser):
        return reader.blocks_of_markdown(source)


@given(
    st.lists(st.sampled_from(["src", "data-src", " ", "=", '"', "'", "data:image/png;base64,QQ==", ">", "SRC", "x"]))
)
def test_pictures_in_a_page_are_those_that_one_pattern_finds(pieces: list[str]) -> None:
    page = "".join(pieces)
    assert lift._replaced(page, lambda match: f"<{match[0]}>") == lift._IN_HTML.sub(lambda match: f"<{match[0]}>", page)
