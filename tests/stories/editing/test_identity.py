"""Story ids: stable as a story grows, merges and splits."""

from __future__ import annotations

from datetime import date

import pytest

from backfile.errors import ContentError
from backfile.model import Document, Story
from backfile.stories import Ledger, entries, load_ledger
from backfile.stories.editing.identity import lead, missing_founders, story_ids


def document(identity: str, text: str = "", day: int = 1) -> Document:
    return Document(identity, text=text, date=date(2025, 3, day))


A, B, C = document("2025/03/01/a"), document("2025/03/02/b", day=2), document("2025/03/03/c", day=3)


def test_a_new_story_is_called_after_its_earliest_member() -> None:
    assert story_ids([[A, B], [C]], Ledger()) == [("a", ()), ("c", ())]


def test_the_ledger_keeps_an_id_when_an_older_article_arrives() -> None:
    assert story_ids([[A, B]], Ledger({"b": B.id})) == [("b", ())]


def test_of_two_ids_the_one_first_in_the_ledger_stays_and_the_other_leads_to_it() -> None:
    assert story_ids([[A, B, C]], Ledger({"c": C.id, "a": A.id})) == [("c", ("a",))]


def test_after_a_split_each_id_goes_with_its_founder() -> None:
    assert story_ids([[A], [B, C]], Ledger({"c": C.id, "a": A.id})) == [("a", ("a",)), ("c", ())]


def test_the_address_of_a_story_that_has_one_text_left_leads_to_it() -> None:
    assert story_ids([[A]], Ledger({"the-bridge": A.id})) == [("the-bridge", ("the-bridge",))]


def test_a_retired_id_is_not_given_again_but_leads_on() -> None:
    assert story_ids([[A, B]], Ledger({"x": A.id}, frozenset(["x"]))) == [("a", ("x",))]


def test_equal_slugs_are_told_apart_by_date_and_stories_choose_before_single_articles() -> None:
    one, two, three = document("2025/03/01/talks"), document("2025/03/02/talks", day=2), document("2025/03/03/x", day=3)
    assert [story for story, _ in story_ids([[one], [two, three]], Ledger())] == ["talks-2025-03-01", "talks"]


def test_equal_slugs_on_one_day_are_numbered() -> None:
    twins = [document("x/talks"), document("y/talks"), document("z/talks")]
    assert [story for story, _ in story_ids([[twin] for twin in twins], Ledger())] == [
        "talks",
        "talks-2025-03-01",
        "talks-2025-03-01-2",
    ]


def test_an_id_of_the_ledger_is_never_given_to_another_story() -> None:
    assert story_ids([[A, B]], Ledger({"a": "2020/01/01/gone"})) == [("a-2025-03-01", ())]


def test_the_lead_is_the_longest_of_the_earliest() -> None:
    short, long, late = document("a", "x"), document("b", "xxx"), document("e", "x" * 99)
    assert lead([short, long, document("c"), late]) is long


def test_ledger_entries_round_trip() -> None:
    stories = [Story("a", (A.id, B.id), A.id), Story("c", (C.id,), C.id)]
    text = entries(stories, Ledger())
    assert load_ledger(text) == Ledger({"a": A.id}, heirs={"a": (B.id,)})
    assert entries(stories, load_ledger(text)) == ""


def test_a_ledger_without_heirs_is_read() -> None:
    assert load_ledger('{"story": "a", "article": "b"}\n') == Ledger({"a": "b"})


def test_an_id_whose_founding_article_is_gone_goes_with_the_next_that_stood_in_the_story() -> None:
    ledger = Ledger({"a": A.id}, heirs={"a": (B.id, C.id)})
    assert story_ids([[B], [C]], ledger) == [("a", ("a",)), ("c", ())]
    assert missing_founders(ledger, {C.id: C}) == []
    assert missing_founders(ledger, {}) == ["a"]


def test_a_retired_id_has_no_heirs() -> None:
    assert story_ids([[B]], Ledger({"a": A.id}, frozenset(["a"]), {"a": (B.id,)})) == [("b", ())]


@pytest.mark.parametrize(
    "line",
    [
        '{"story": "a", "article": "b", "also": "c"}',
        "{",
        "[]",
        '{"story": "a"}',
        '{"story": 1, "article": "b"}',
        "null",
    ],
)
def test_a_broken_line_is_named(line: str) -> None:
    with pytest.raises(ContentError, match=r"ledger.jsonl:2: .*S301"):
        load_ledger(f'{{"story": "a", "article": "b"}}\n{line}\n')
