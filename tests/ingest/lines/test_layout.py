from __future__ import annotations

from backfile.ingest.lines.layout import blocks_of
from backfile.ingest.records import BlockKind

LONG = "The keeper of the light retired on Sunday, and a machine does his work; nobody counts the birds. "


def texts(text: str) -> list[str]:
    return [block.text for block in blocks_of(text)]


def test_wrapped_lines_are_joined_and_headlines_are_not() -> None:
    text = (
        "Keeper retires\nThe keeper of the light retired on Sunday, and a machine does\n"
        "his work now; it is checked once a year by an engineer from the\nport."
    )
    assert texts(text) == [
        "Keeper retires",
        "The keeper of the light retired on Sunday, and a machine does his work now; it is checked once a year by an "
        "engineer from the port.",
    ]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    assert texts(f"{LONG * 2}\n{LONG * 2}") == [(LONG * 2).strip()] * 2


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    text = (
        "A machine does the work of the keeper now, and it is a well-\n"
        "known one; an engineer looks after it, when the weather lets\nhim."
    )
    assert "a well-known one" in texts(text)[0]


def test_short_lines_in_small_letters_are_not_joined() -> None:
    assert texts("apples\npears\nplums") == ["apples", "pears", "plums"]


def test_an_address_is_never_joined() -> None:
    assert len(texts("The university hospital opened a ward on Wednesday, with twelve beds.\nhttps://q.example/x")) == 2


def test_marks_are_told_from_text() -> None:
    blocks = blocks_of(
        "1. one\n2) two\n(3) three\n№ 4 four\n5\ufe0f\u20e3 five\n• six\n🔹 seven\n1984 was a year\n5 killed"
    )
    assert [(b.mark.number if b.mark else None, b.text) for b in blocks[:7]] == [
        (1, "one"),
        (2, "two"),
        (3, "three"),
        (4, "four"),
        (5, "five"),
        (None, "six"),
        (None, "seven"),
    ]
    assert [block.mark for block in blocks[7:]] == [None, None]


def test_a_number_alone_belongs_to_the_line_below() -> None:
    (block,) = blocks_of("2.\nThe headline")
    assert block.mark is not None
    assert (block.mark.number, block.text) == (2, "The headline")


def test_rules_are_rules() -> None:
    assert {block.kind for block in blocks_of("---\n\n* * *\n\n___\n\n=====")} == {BlockKind.RULE}


def test_blank_lines_and_indents_are_remembered() -> None:
    blocks = blocks_of("a\nb\n\n  c")
    assert [(block.apart, block.indented) for block in blocks] == [(True, False), (False, False), (True, True)]
