"""What the code imports is what the requirements name."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def imported(folder: str) -> set[str]:
    """Return the top-level names that the Python files below ``folder`` import."""
    found = set()
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found


def listed(*files: str) -> set[str]:
    """Return the distributions that requirement files name, their names normalised."""
    lines = [line for file in files for line in (ROOT / file).read_text(encoding="utf-8").splitlines()]
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if not line.startswith(("#", "-", " ")))
    return {normal(name[0]) for name in names if name}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize(
    ("folder", "files"),
    [("plugins", ["requirements.in"]), ("tests", ["requirements.in", "requirements-dev.in"])],
)
def test_every_import_is_a_requirement_of_its_own(folder: str, files: list[str]) -> None:
    homes = packages_distributions()
    ours = {"backfile", "tests", "tasks", "tools", "benchmarks", *sys.stdlib_module_names}
    missing = {
        name
        for name in imported(folder) - ours
        if not listed(*files) & {normal(home).removesuffix("-bin-extended") for home in homes.get(name, [name])}
    }
    assert missing == set()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_the_locks_name_no_host_and_hash_every_file(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^[a-z].*[^\\]$", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("names", "lock"), [("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")]
)
def test_every_requirement_is_pinned(names: str, lock: str) -> None:
    assert listed(names) <= listed(lock)


def test_both_locks_agree() -> None:
    """What a test runs on is what a user runs on."""
    runtime, tests = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))
        for file in ("requirements.txt", "requirements-dev.txt")
    )
    assert runtime <= tests
