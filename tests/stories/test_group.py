"""Grouping as a whole: order, odd input, and what every outcome must satisfy."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.model import Document
from backfile.stories import group, grouping, related
from backfile.stories.affairs import relating
from backfile.stories.copies import duplicates, independence
from backfile.stories.events import evidence, slices
from backfile.stories.traits import looks

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "fixtures/stories/pairs.yaml").read_text(encoding="utf-8")
)
DOCUMENTS = [
    Document(f"{case['case']}/{at}", **{"title": "", **item}) for case in CASES for at, item in enumerate(case["items"])
]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_articles_does_not_matter(seed: int) -> None:
    shuffled = random.Random(seed).sample(DOCUMENTS, len(DOCUMENTS))  # noqa: S311 -- test data, no secret
    assert group(shuffled).stories == group(DOCUMENTS).stories
    assert related(shuffled, group(shuffled)) == related(DOCUMENTS, group(DOCUMENTS))


def test_the_spread_of_work_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small parts, done in another order, of which the outcomes come through a pipe."""
    for module, part in (
        (slices, "SLICE"),
        (evidence, "CHUNK"),
        (evidence, "MANY"),
        (grouping, "STORIES"),
        (relating, "TEXTS"),
    ):
        monkeypatch.setattr(module, part, 7)
    monkeypatch.setattr(looks, "TOGETHER", 16)
    monkeypatch.setattr(independence, "TOGETHER", 1)
    monkeypatch.setattr(duplicates, "MANY", 1)

    def spread(work: Callable[[Any], Any], items: Sequence[Any], **_: bool) -> list[Any]:
        return [pickle.loads(found) for found in reversed([pickle.dumps(work(item)) for item in reversed(items)])]  # noqa: S301 -- made here

    copied = [replace(document, id=f"{document.id}/copy", source="Copier") for document in DOCUMENTS[::3]]
    documents = [*DOCUMENTS, *copied]
    one = group(documents, spread=spread)
    assert related(documents, one, spread=spread) == (links := related(documents, group(documents)))
    assert (one.stories, one.duplicates) == (group(documents).stories, group(documents).duplicates)
    assert len(links) == len(documents)


words = st.sampled_from(
    [
        "Kyiv",
        "Oslo",
        "storm",
        "ferry",
        "the",
        "of",
        "NATO",
        "12",
        "fire",
        "Єрмак",
        "вибух",
        "中文",
        "🌊",
        "bank,",
        "fell.",
        "Said",
    ]
)
documents = st.lists(
    st.builds(
        Document,
        id=st.uuids().map(str),
        title=st.lists(words, max_size=6).map(" ".join) | st.text(max_size=20),
        text=st.lists(words, max_size=40).map(" ".join) | st.text(max_size=60),
        date=st.none() | st.dates(date(2024, 1, 1), date(2025, 12, 31)),
        source=st.none() | st.sampled_from(["A", "B"]),
        lang=st.none() | st.sampled_from(["en", "uk", "zh", "xx"]),
    ),
    max_size=12,
    unique_by=lambda document: document.id,
)


@settings(max_examples=60, deadline=None)
@given(documents)
def test_every_article_is_in_exactly_one_story(found: list[Document]) -> None:
    grouping = group(found)
    takes = [take for story in grouping.stories for take in story.takes]
    assert sorted(takes) == sorted(document.id for document in found)
    assert len({story.id for story in grouping.stories}) == len(grouping.stories)
    for story in grouping.stories:
        assert story.lead in story.takes
        assert len(story.joins) == len(story.takes) - 1
        assert all(join.reasons for join in story.joins)
    links = related(found, grouping)
    home = {take: story.id for story in grouping.stories for take in story.takes}
    for document in found:
        assert all(home[link.article] != home[document.id] and link.reasons for link in links[document.id])


def test_a_text_of_five_megabytes_costs_no_more_than_its_first_page() -> None:
    huge = Document("huge", "Ferry aground", "The ferry Nordlys ran aground off Skagen. " * 120_000)
    assert [len(story.takes) for story in group([huge, Document("none")]).stories] == [1, 1]


def test_articles_without_anything_stand_alone() -> None:
    grouping = group([Document(str(at)) for at in range(40)])
    assert len(grouping.stories) == 40


def test_a_late_older_article_lands_where_it_belongs() -> None:
    pair = [document for document in DOCUMENTS if document.id.startswith("two desks on one interview")]
    early = Document("late-comer", pair[0].title, pair[0].text[:200], date(2025, 2, 2), "Third desk")
    (story,) = group([*pair, early]).stories
    assert story.takes[0] == "late-comer"


@pytest.mark.parametrize("gone", range(0, len(DOCUMENTS), 7))
def test_an_article_touches_only_what_it_is_like(gone: int) -> None:
    """What an article is not compared with is judged the same with and without it."""
    with_it = group(DOCUMENTS)
    without = group(DOCUMENTS[:gone] + DOCUMENTS[gone + 1 :])
    order = [document.id for document in with_it.order]
    edges = zip(with_it.graph.later.tolist(), with_it.graph.earlier.tolist(), strict=True)
    near = {DOCUMENTS[gone].id} | {
        order[at] for pair in edges if order.index(DOCUMENTS[gone].id) in pair for at in pair
    }
    told = {story.takes for story in with_it.stories if not near & set(story.takes)}
    assert told <= {story.takes for story in without.stories}


def test_texts_in_one_unseen_script_cost_no_more_than_others() -> None:
    """A script without spaces: every sentence is one token, met once."""
    chance = random.Random(1)  # noqa: S311 -- test data, no secret
    texts = ["".join(chr(chance.randrange(0xAC00, 0xAC80)) for _ in range(3000)) for _ in range(40)]
    found = group([Document(f"{at}", text, text, date(2025, 3, 1)) for at, text in enumerate(texts)])
    assert len(found.stories) == 40


def test_texts_without_date_and_outlet_are_told_apart() -> None:
    undated = [replace(document, date=None, source=None) for document in DOCUMENTS]
    found = group(undated)
    assert 1 < len(found.stories) <= len(undated)
