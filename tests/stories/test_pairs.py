"""Invented pairs: what must be one story, what must not, and what is related."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from backfile.model import Document
from backfile.stories import group, related

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "fixtures/stories/pairs.yaml").read_text(encoding="utf-8")
)


def documents(case: dict[str, Any]) -> list[Document]:
    return [Document(f"{case['case']}/{at}", **{"title": "", **item}) for at, item in enumerate(case["items"])]


def dated(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_pair_alone(case: dict[str, Any]) -> None:
    grouping = group(documents(case))
    assert (len(grouping.stories) == 1) == case["story"]


@pytest.mark.parametrize("case", [case for case in CASES if "related" in case], ids=lambda case: case["case"])
def test_related(case: dict[str, Any]) -> None:
    both = documents(case)
    found = related(both, group(both))
    assert bool(found[both[0].id]) == case["related"]


def test_all_pairs_in_one_archive() -> None:
    grouping = group([document for case in CASES for document in documents(case)])
    found = {tuple(sorted(story.takes)) for story in grouping.stories if len(story.takes) > 1}
    expected = {tuple(sorted(document.id for document in documents(case))) for case in CASES if case["story"]}
    assert found == expected
