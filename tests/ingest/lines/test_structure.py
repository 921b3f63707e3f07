from __future__ import annotations

import pytest

from backfile.ingest import RawDocument, examine
from backfile.ingest.lines.layout import blocks_of
from backfile.ingest.lines.structure import is_title, settle
from backfile.ingest.markdown.compose import markdown_of
from tests.cases import Case, read_cases

PARAGRAPH = "The port opened on Friday after nine months of work, the council said in a statement."


@pytest.mark.parametrize("case", read_cases("ingest/structure.txt"), ids=lambda case: case.title)
def test_lines_become_structure(case: Case) -> None:
    assert markdown_of(settle(blocks_of(case.given))) == case.expected + "\n"


@pytest.mark.parametrize(
    "line",
    [
        "Port opens again",
        "Why did the port close?",
        "Grozny calling: “The port is ours!”",
        "5 killed in the port",
        "Порт знову відкрили",
        "Council meets in the U.S.",
        "PORT OPENS",
    ],
)
def test_a_title(line: str) -> None:
    assert is_title(blocks_of(f"{line}\n\n{PARAGRAPH}"), 0)


def test_a_title_above_a_line_that_no_label_explains() -> None:
    assert is_title(blocks_of(f"The port opens again\nThe Quay\n\n{PARAGRAPH}"), 0)


@pytest.mark.parametrize(
    "line",
    [
        PARAGRAPH,
        "Dear readers,",
        "In this letter:",
        "- Port opens again",
        "https://q.example/port",
        "Friday, 14 March 2025",
        "Photo: the port",
        "port opens",
        "Word " * 70,
    ],
)
def test_no_title(line: str) -> None:
    assert not is_title(blocks_of(f"{line}\n\n{PARAGRAPH}"), 0)


def test_bold_lines_of_markdown_are_headings_when_there_are_several() -> None:
    told = "The ferry left the pier at seven and came back at nine, with nobody on board but the crew of the day."
    text = f"{told}\n\n**The morning**\n\n{told}\n\n**The *long* evening**\n\n{told}\n"
    markdown = examine(RawDocument(f"---\ntitle: x\n---\n{text}".encode(), "x.md")).items[0].markdown
    assert [line for line in markdown.split("\n") if line.startswith("#")] == [
        "### The morning",
        "### The *long* evening",
    ]


def test_a_bold_line_alone_and_bold_questions_stay_as_they_are() -> None:
    told = "The ferry left the pier at seven and came back at nine, with nobody on board but the crew of the day."
    for text in (f"{told}\n\n**The morning**\n\n{told}\n", f"**Who came?**\n\n{told}\n\n**Who left?**\n\n{told}\n"):
        markdown = examine(RawDocument(f"---\ntitle: x\n---\n{text}".encode(), "x.md")).items[0].markdown
        assert "#" not in markdown
