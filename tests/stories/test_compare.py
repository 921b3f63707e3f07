"""How each take told it: points, sentences that stand alone, differences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backfile.sentences import split_sentences
from backfile.stories import compare

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "fixtures/stories/compare.yaml").read_text(encoding="utf-8")
)


def takes(case: dict[str, Any]) -> list[tuple[str, list[tuple[str, ...]]]]:
    return [
        (take, [split_sentences(paragraph) for paragraph in text.split("\n\n")]) for take, text in case["takes"].items()
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_points_and_only(case: dict[str, Any]) -> None:
    comparison = compare(takes(case))
    points = [[text for _, text in point.wordings] for point in comparison.points]
    assert [len(texts) for texts in points] == [len(starts) for starts in case["points"]]
    for texts, starts in zip(points, case["points"], strict=True):
        assert all(text.startswith(start) for text, start in zip(texts, starts, strict=True))
    alone = [said.text for told in comparison.takes for part in told.paragraphs for said in part if said.kind == "only"]
    assert len(alone) == len(case["only"])
    assert all(text.startswith(start) for text, start in zip(alone, case["only"], strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_differences(case: dict[str, Any]) -> None:
    found = {
        difference.what: [list(texts) for _, texts in difference.values]
        for difference in compare(takes(case)).differences
    }
    assert found == {what: case[what] for what in ("numbers", "names") if what in case}


def test_a_sentence_in_every_take_is_marked_all_and_in_two_of_three_some() -> None:
    told = compare(takes(CASES[-1])).takes
    assert [[said.kind for part in take.paragraphs for said in part] for take in told] == [
        ["all", "some"],
        ["all", "only"],
        ["all", "some"],
    ]


@given(st.lists(st.lists(st.lists(st.text(max_size=40), max_size=4), max_size=4), max_size=4))
def test_any_takes_keep_every_sentence_in_its_place(texts: list[list[list[str]]]) -> None:
    comparison = compare([(str(at), paragraphs) for at, paragraphs in enumerate(texts)])
    assert [[[said.text for said in part] for part in take.paragraphs] for take in comparison.takes] == texts
