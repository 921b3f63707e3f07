"""Reads cases that stand as data: a title, the input and the expected output, parted by lines with a dot."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FIXTURES = Path(__file__).parent / "fixtures"


class Case(NamedTuple):
    title: str
    given: str
    expected: str


def read_cases(name: str) -> list[Case]:
    """Return the cases of a file below ``tests/fixtures``."""
    parts = (FIXTURES / name).read_text(encoding="utf-8").split("\n.\n")
    return [Case(title.strip(), given, expected) for title, given, expected in zip(*[iter(parts)] * 3, strict=False)]
