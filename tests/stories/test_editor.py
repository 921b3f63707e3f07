"""The editor's word: how it is read, how it acts, what of it is stale."""

from __future__ import annotations

from datetime import date

import pytest

from backfile.errors import ContentError
from backfile.model import Document
from backfile.stories import EditorWord, Grouping, Ledger, group, load_editor

FERRY = "The ferry Nordlys ran aground off Skagen with 140 people on board; tugs pulled it free at noon."
DOCUMENTS = (
    Document("2024/11/20/ferry-aground", "Ferry aground off Skagen", FERRY, date(2024, 11, 20), "A"),
    Document("2024/11/20/nordlys-freed", "Tugs free the ferry Nordlys off Skagen", FERRY[:70], date(2024, 11, 20), "B"),
    Document(
        "2024/11/22/dock",
        "Shipyard wins order",
        "A shipyard in Ulsteinvik will build two trawlers.",
        date(2024, 11, 22),
        "C",
    ),
)


def told(grouping: Grouping) -> set[tuple[str, ...]]:
    return {tuple(take.rsplit("/", 1)[-1] for take in story.takes) for story in grouping.stories}


def test_without_a_word_the_method_decides() -> None:
    assert told(group(DOCUMENTS)) == {("ferry-aground", "nordlys-freed"), ("dock",)}


@pytest.mark.parametrize(
    ("yaml_text", "expected"),
    [
        (
            "split: [[2024/11/20/ferry-aground, 2024/11/20/nordlys-freed]]",
            {("ferry-aground",), ("nordlys-freed",), ("dock",)},
        ),
        ("merge: [[2024/11/22/dock, 2024/11/20/ferry-aground]]", {("ferry-aground", "nordlys-freed", "dock")}),
        ("pins: {/2024/11/22/dock/: ferry-aground}", {("ferry-aground", "nordlys-freed", "dock")}),
    ],
)
def test_the_word_wins(yaml_text: str, expected: set[tuple[str, ...]]) -> None:
    grouping = group(DOCUMENTS, editor=load_editor(yaml_text))
    assert told(grouping) == expected
    assert grouping.findings == ()


def test_a_merge_is_a_reason() -> None:
    grouping = group(DOCUMENTS, editor=load_editor("merge: [[2024/11/22/dock, 2024/11/20/ferry-aground]]"))
    (story,) = grouping.stories
    assert [reason.kind for reason in story.joins[-1].reasons][-1] == "editor"


def test_a_title() -> None:
    grouping = group(DOCUMENTS, editor=EditorWord(titles={"ferry-aground": "The Nordlys"}))
    assert [story.title for story in grouping.stories] == ["The Nordlys", None]


@pytest.mark.parametrize(
    "yaml_text",
    [
        "merge: [[2024/11/20/ferry-aground, 2024/11/20/gone]]",
        "split: [[2024/11/20/ferry-aground, 2024/11/20/gone]]",
        "pins: {2024/11/20/gone: ferry-aground}",
        "pins: {2024/11/22/dock: no-such-story}",
        "titles: {no-such-story: Gone}",
    ],
)
def test_what_is_stale_is_a_finding(yaml_text: str) -> None:
    findings = group(DOCUMENTS, editor=load_editor(yaml_text)).findings
    assert [finding.code for finding in findings] == ["S204"]


@pytest.mark.parametrize(
    ("yaml_text", "code"),
    [
        ("merge: [", "S201"),
        ("- merge", "S202"),
        ("joins: []", "S202"),
        ("merge: [[only-one]]", "S202"),
        ("merge: {a: b}", "S202"),
        ("pins: [a]", "S202"),
        ("titles: {a: 3}", "S202"),
        ("merge: [[a, b]]\nsplit: [[b, a]]", "S203"),
    ],
)
def test_bad_words_say_what_is_wrong(yaml_text: str, code: str) -> None:
    with pytest.raises(ContentError) as error:
        load_editor(yaml_text)
    assert [finding.code for finding in error.value.findings] == [code]


def test_a_pin_may_name_a_story_by_its_id_in_the_ledger() -> None:
    ledger = Ledger({"old-name": "2024/11/20/nordlys-freed"})
    grouping = group(DOCUMENTS, editor=load_editor("pins: {2024/11/22/dock: old-name}"), ledger=ledger)
    assert [story.id for story in grouping.stories] == ["old-name"]
