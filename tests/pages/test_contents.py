from __future__ import annotations

import pytest

from backfile.pages.contents import FEWEST_WORDS, contents
from backfile.pages.records import Heading
from backfile.reading import render

LONG = "word " * FEWEST_WORDS


def titles(markdown: str) -> list[str]:
    return [heading.title for heading in contents(render(markdown).html)]


def test_a_long_text_has_its_headings_as_a_reader_sees_them() -> None:
    found = contents(render(f"## Tea & *milk*\n\n## Чай[^1]\n\n## `a < b`\n\n{LONG}\n\n[^1]: A note.").html)
    assert found == (Heading("Tea & milk", "s-tea-milk"), Heading("Чай", "s-чай"), Heading("a < b", "s-a-b"))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        pytest.param("## A\n\n### B\n\n## C\n\n## D\n\n", ["A", "C", "D"], id="the highest, if they are enough"),
        pytest.param("## A\n\n### B\n\n## C\n\n### D\n\n", ["A", "B", "C", "D"], id="else the second as well"),
        pytest.param("## A\n\n## B\n\n", [], id="two are too few"),
        pytest.param("<h2>A</h2>\n<h2>B</h2>\n<h2>C</h2>\n\n", [], id="raw ones have no place to lead to"),
    ],
)
def test_which_headings_are_listed(markdown: str, expected: list[str]) -> None:
    assert titles(markdown + LONG) == expected


def test_a_short_text_has_none() -> None:
    assert titles("## A\n\n## B\n\n## C\n\nfew words") == []
