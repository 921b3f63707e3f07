from __future__ import annotations

import pytest

from backfile.ingest.issue_page import is_text_throughout, read_issue
from backfile.ingest.itemised.apart import addressed, cohesion, leaning, own_names, protagonist, runs_on

STORIES = ("Trams return to Hallin on Monday.", "Rye costs more than wheat.", "A kiln burned the museum's roof.")
SECTIONS = ("The ferry sailed late.", "Nobody had told the ferry's crew.", "The ferry waits for a new anchor.")


def test_stories_share_fewer_words_than_the_sections_of_an_article() -> None:
    assert cohesion(STORIES) == 0
    assert cohesion(SECTIONS) > 0.3


def test_one_name_runs_through_the_parts_of_one_text() -> None:
    told = ("In Tarn she met Ada Holm.", "The bank of Ada Holm failed.", "Nobody in Osk knew Holm.")
    assert protagonist(told) == 1
    assert own_names(told) == pytest.approx(2 / 3)
    assert protagonist(STORIES) < 0.5


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("She came as a cashier.", True),
        ("Of the mill she said nothing.", True),
        ("However, nobody came.", True),
        ("Ida Storm sold her boat.", False),
        ("The mill is sold, and its owner says that she is glad.", False),
    ],
)
def test_a_text_leans_on_another_where_nobody_is_named_before_she(text: str, leans: bool) -> None:
    assert leaning([text]) == leans


def test_what_is_quoted_speaks_to_nobody_here() -> None:
    assert addressed(["You cut the bread."]) == 1
    assert addressed(["“You cut the bread,” said the baker."]) == 0


def test_a_page_whose_title_tells_a_story_is_no_issue() -> None:
    page = "<html><body><h1>Bread rises</h1><p>Bakers in Tarn ask for more.</p></body></html>"
    assert read_issue(page, "x.html", "Bread rises", (), None, None) is None


def test_neighbours_that_share_words_are_parts_of_one_item() -> None:
    parts = ("The ferry board sold the anchor.", "No other ferry had such an anchor.")
    assert runs_on([*parts, *STORIES])
    assert not runs_on(STORIES)


def test_a_page_of_text_alone_is_a_sheet_and_one_of_links_or_programs_is_none() -> None:
    assert is_text_throughout("<html><body><p>Bakers in Tarn ask for more.</p></body></html>")
    assert not is_text_throughout("<p>Bread</p><a href='/'>Home of all the bakers in Tarn</a>")
    assert not is_text_throughout("<p>Bakers in Tarn ask for more.</p>" + "<script src='x.js'></script>" * 4)
