"""Cutting text into sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backfile.sentences import split_sentences

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "fixtures/stories/sentences.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_sentences(case: dict[str, Any]) -> None:
    assert list(split_sentences(case["text"], case.get("lang"))) == case["sentences"]


@given(st.text(alphabet=st.sampled_from("Ab. !?…“”\n1"), max_size=80))
def test_nothing_is_lost(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())
