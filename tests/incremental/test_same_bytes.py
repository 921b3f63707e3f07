"""After any edits, a build that goes on from the last one leaves the bytes of a build from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.building import build, files_of
from tests.incremental.edits import EDITS, project

# Each number is an archive's life: so many builds, each after some edits. `benchmarks/same.py` lives longer ones.
LIVES = range(2)
BUILDS = 4


@pytest.mark.parametrize("number", LIVES)
def test_after_any_edits_the_output_is_that_of_a_clean_build(number: int, tmp_path: Path) -> None:
    live(tmp_path, Random(number), BUILDS)  # noqa: S311  # repeatable, not secret


def live(folder: Path, chance: Random, builds: int) -> None:
    """Edit an archive and build it, again and again; compare each output with that of a clean build."""
    home = project(folder / "project")
    name = "Archive"
    for turn in range(builds):
        done = [chance.choice(EDITS) for _ in range(chance.randrange(1, 6))]
        for edit in done:
            edit(home, chance)
        if not chance.randrange(6):
            name = f"Archive {turn}"
        settings: dict[str, Any] = {"THEME": str(home / "theme"), "SITENAME": name, "SEARCH_INDEX": False}
        build(home / "content", home / "output", **settings)
        clean = build(home / "content", folder / "clean/output", **settings)
        told = f"build {turn} after {', '.join(edit.__name__ for edit in done)}"
        assert files_of(home / "output") == files_of(clean), told
        shutil.rmtree(folder / "clean")
