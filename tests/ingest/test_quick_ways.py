"""What is looked at before a slower judge is asked says what that one would say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backfile.ingest import lexicon
from backfile.ingest import markdown as reader

_WORDS = st.text(st.sampled_from("aZé漢1 .,;:!?()'\"-–#+=>~|*_`[]<&\\$%^{}/@"), min_size=1, max_size=40)


@given(st.from_regex(lexicon.FOOTER))
def test_line_of_a_footer_has_a_sign_of_it(line):
    assert any(sign in line.casefold() for sign in lexicon.IN_FOOTERS)


@given(_WORDS)
def test_plain_line_is_what_the_parser_makes_of_it(line):
    if reader._PLAIN.fullmatch(line):
        assert reader.blocks_of_markdown(line) == reader.blocks_of_markdown(f"{line}\n")
