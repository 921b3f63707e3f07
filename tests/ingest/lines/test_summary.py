from __future__ import annotations

import pytest

from backfile.ingest.lines.layout import blocks_of
from backfile.ingest.lines.structure import settle
from backfile.ingest.lines.summary import made_summary, made_title, sentences_of, title_of_digest


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("The port opened.", "The port opened"),
        ("He said: “The port opened.”", "He said: “The port opened”"),
        ("Did the port open?", "Did the port open?"),
        (
            "The regulator has fined the grid company two million crowns for the blackout, "
            "which left thousands without power.",
            "The regulator has fined the grid company two million crowns for the blackout",
        ),
    ],
)
def test_a_sentence_as_a_title(sentence: str, title: str) -> None:
    assert made_title(sentence) == title


def test_a_title_without_clauses_is_cut_at_a_word_and_says_so() -> None:
    assert made_title("word " * 40) == "word " * 20 + "word…"


def test_a_title_is_not_cut_inside_a_quotation() -> None:
    sentence = "The mayor of the little town said “we are sorry, very sorry, and we shall pay” to the guests, "
    assert made_title(sentence + "all " * 30) == sentence.rstrip(", ")


def test_abbreviations_end_no_sentence() -> None:
    text = "Mr. Voss of the U.S. embassy paid $13.1 million. It rained."
    assert sentences_of(settle(blocks_of(text)), "en")[0] == "Mr. Voss of the U.S. embassy paid $13.1 million."


def test_headings_lists_and_datelines_are_no_sentences() -> None:
    text = "KYIV, March 14, 2025 (Agency) — The port opened.\n\nWhat next\n\nIt will close.\n\n- one\n- two"
    assert sentences_of(settle(blocks_of(text)), "en") == ("The port opened.", "It will close.")


def test_a_summary_is_a_sentence_or_two_short_ones() -> None:
    first, second = (
        "The port opened.",
        "The council had promised that for eleven years, and nobody believed it any more.",
    )
    assert made_summary((first, second), but_first=False) == f"{first} {second}"
    assert made_summary((first, second), but_first=True) == second
    assert made_summary((second, first), but_first=False) == second
    assert made_summary((), but_first=False) is None


def test_a_digest_is_named_after_as_many_items_as_fit() -> None:
    assert title_of_digest(["a" * 50, "b" * 50, "c" * 9]) == "a" * 50 + "; " + "b" * 50
