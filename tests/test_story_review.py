"""The questions that an editor is asked, in words and as data."""

from __future__ import annotations

import json
import re

import pytest

from backfile import story_review
from backfile.archive import Archive, Editorial, assemble
from backfile.stories import EditorWord
from tests.factory import article


@pytest.fixture
def archive() -> Archive:
    articles = [
        article(
            "Ferry aground",
            "The ferry Nordlys ran aground off Skagen. Tugs freed it.",
            outlet="The Quay",
            day="2025-03-01",
        ),
        article(
            "Divers at work",
            "Divers look at the hull of the Nordlys, which hit the ground at Skagen.",
            outlet=None,
            day="2025-03-03",
        ),
    ]
    return assemble(articles, Editorial(editor=EditorWord(titles={"gone": "Gone"})))


def test_a_question_in_words(archive: Archive) -> None:
    lines = list(story_review.lines(archive, story_review.doubtful(archive)))
    question, first, second, why, line, gap, how = lines
    assert question in (
        "1. One story of 2 texts, or two, of 1 and 1?",
        "1. Two stories, of 1 and 1, or one of 2 texts?",
    )
    assert first == "   1 March 2025, The Quay: Ferry aground"
    assert second == "   3 March 2025, outlet not known: Divers at work"
    assert why.startswith("   Both name Nordlys and Skagen · ")
    assert "Told 2 days apart" in why
    assert re.search(r"Chance that this is one event: \d+%$", why)
    assert (line, gap) == ("     - [2025/03/01/ferry-aground, 2025/03/03/divers-at-work]", "")
    assert "content/stories.yaml" in how


def test_a_question_as_data(archive: Archive) -> None:
    (found,) = json.loads(json.dumps(story_review.as_data(archive, story_review.doubtful(archive))))
    assert found["takes"] == [1, 1]
    assert found["articles"][0] == {
        "id": "2025/03/01/ferry-aground",
        "title": "Ferry aground",
        "date": "2025-03-01",
        "outlet": "The Quay",
    }
    assert found["line"] == "- [2025/03/01/ferry-aground, 2025/03/03/divers-at-work]"


def test_nothing_to_ask(archive: Archive) -> None:
    assert list(story_review.lines(archive, ())) == [
        "There is nothing that grouping is unsure of, or that you have not ruled."
    ]


def test_what_is_stale_is_said(archive: Archive) -> None:
    assert [finding.code for finding in story_review.stale(archive)] == ["S204"]
