"""What grouping is least sure of: found, ranked, and silent once the editor has answered."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from backfile.model import Document
from backfile.stories import EditorWord, Grouping, group, load_editor
from backfile.stories.doubts import Doubt, doubts

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "fixtures/stories/pairs.yaml").read_text(encoding="utf-8")
)
DOCUMENTS = [
    Document(f"2025/03/14/c{number}-{at}", **{"title": "", **item})
    for number, case in enumerate(CASES)
    for at, item in enumerate(case["items"])
]


@pytest.fixture(scope="module")
def grouping() -> Grouping:
    return group(DOCUMENTS, explain=False)


@pytest.fixture(scope="module")
def found(grouping: Grouping) -> tuple[Doubt, ...]:
    return doubts(grouping)


def test_joins_and_near_misses_are_found(grouping: Grouping, found: tuple[Doubt, ...]) -> None:
    home = {take: story.id for story in grouping.stories for take in story.takes}
    assert {doubt.joined for doubt in found} == {True, False}
    for doubt in found:
        assert (home[doubt.articles[0]] == home[doubt.articles[1]]) == doubt.joined
        assert {home[article] for article in doubt.articles} == set(doubt.stories)
        assert doubt.reasons
        assert 0 < doubt.nearness <= 1


def test_each_two_sides_are_named_once_and_what_matters_most_comes_first(found: tuple[Doubt, ...]) -> None:
    assert len({doubt.stories for doubt in found}) == len(found)
    assert [doubt.weight for doubt in found] == sorted((doubt.weight for doubt in found), reverse=True)


def test_so_many_and_no_more(grouping: Grouping, found: tuple[Doubt, ...]) -> None:
    assert doubts(grouping, 2) == found[:2]


@pytest.mark.parametrize("joined", [True, False])
@pytest.mark.parametrize("part", ["merge", "split"])
def test_an_answer_takes_it_off_the_list(found: tuple[Doubt, ...], joined: bool, part: str) -> None:
    doubt = next(each for each in found if each.joined is joined)
    again = group(DOCUMENTS, editor=load_editor(f"{part}:\n{doubt.line}\n"), explain=False)
    home = {take: story.id for story in again.stories for take in story.takes}
    assert (home[doubt.articles[0]] == home[doubt.articles[1]]) == (part == "merge")
    assert doubt.articles not in {each.articles for each in doubts(again)}


def test_a_pin_is_an_answer_too() -> None:
    ferry = "The ferry Nordlys ran aground off Skagen."
    divers = "Divers look at the hull of the Nordlys, which hit the ground"
    pair = [
        Document("2025/03/01/a", "Ferry aground", f"{ferry} Tugs freed it.", date(2025, 3, 1), "A"),
        Document("2025/03/03/b", "Divers at work", f"{divers} at Skagen.", date(2025, 3, 3), "B"),
    ]
    assert len(doubts(group(pair, explain=False))) == 1
    pinned = group(pair, editor=EditorWord(pins={pair[1].id: "a"}), explain=False)
    assert doubts(pinned) == ()


def test_larger_stories_come_first() -> None:
    def near_miss(event: str, prints: int) -> list[Document]:
        return [
            Document(f"2025/03/{day:02}/{event[:3]}-{at}", event, f"{event}{more}", date(2025, 3, day), f"O{at}")
            for day, more in ((2, ". Nobody was hurt."), (6, " at dusk. Rain fell."))
            for at in range(prints)
        ]

    documents = near_miss("Drones strike the port of Izmail", 1) + near_miss("Pirates board a tanker off Lagos", 4)
    assert [(doubt.articles[0][-5:], doubt.takes) for doubt in doubts(group(documents, explain=False))] == [
        ("Pir-0", (4, 4)),
        ("Dro-0", (1, 1)),
    ]


def test_nothing_is_doubtful_in_nothing() -> None:
    assert doubts(group([], explain=False)) == ()
    assert doubts(group([Document("a", text="A goat."), Document("b", text="A bank.")], explain=False)) == ()
