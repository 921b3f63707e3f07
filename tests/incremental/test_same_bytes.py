"""After any edits, a build that goes on from the last one leaves the bytes of a build from nothing."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.incremental.lives import Life, live

# Builds of a life, each after some edits. `benchmarks/same.py` lives longer ones.
BUILDS = 4


@pytest.mark.parametrize("search", [False, True], ids=["pages", "and the search index"])
def test_after_any_edits_the_output_is_that_of_a_clean_build(search: bool, tmp_path: Path) -> None:
    live(tmp_path, Random(search), BUILDS, search=search)  # noqa: S311  # repeatable, not secret


def test_texts_that_do_not_say_their_language_have_that_of_the_site(tmp_path: Path) -> None:
    life = Life(tmp_path, Random(1))  # noqa: S311  # repeatable, not secret
    life.build()
    life.settings["DEFAULT_LANG"] = "uk"
    life.build()
    assert life.stale() == ()
