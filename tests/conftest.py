from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Folders and files whose tests take longest: a site is built for nearly each, or a browser opens it.
SLOW = ("browser", "test_tasks.py", "incremental", "test_readme.py", "site")

# A busy machine is no failure; and a run that fails shall fail again when it is repeated.
settings.register_profile("backfile", deadline=None, derandomize=True)
settings.load_profile("backfile")

# Hundreds of tests start processes: modules compiled by one are not compiled again by the next.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have what takes long come first, lest one process is still at it when the others have ended."""
    items.sort(key=lambda item: SLOW.index(name) if (name := part_of(item.path)) in SLOW else len(SLOW))


def part_of(path: Path) -> str:
    """Return the folder or file of ``tests/`` that a test stands in."""
    return path.relative_to(Path(__file__).parent).parts[0]
