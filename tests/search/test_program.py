"""Work that pauses while a program is at it goes on side by side."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

from backfile.search.program import SideBySide, at_once


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done, on two cores."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    return []


def side_by_side(told: list[str], parts: dict[str, str]) -> SideBySide:
    """Return work on parts, which needs no program where a part is in capitals."""

    def work(name: str) -> Generator[None, None, None]:
        told.append(f"begin {name}")
        try:
            if not parts[name].isupper():
                yield
                told.append(f"end {name}")
        finally:
            told.append(f"leave {name}")

    return SideBySide(work, parts)


def test_the_largest_come_first_and_the_next_as_soon_as_one_is_done(told: list[str]) -> None:
    work = side_by_side(told, {"small": "a", "large": "aaa", "middle": "aa"})
    assert list(work) == ["large", "middle", "small"]
    assert [each for each in told if not each.startswith("leave")] == [
        "begin large",
        "begin middle",
        "end large",
        "begin small",
        "end middle",
        "end small",
    ]


def test_what_needs_no_program_takes_no_room(told: list[str]) -> None:
    work = side_by_side(told, {"one": "AAA", "two": "AA", "three": "a", "four": "a"})
    work.begin()
    assert [each for each in told if each.startswith("begin")] == [
        "begin one",
        "begin two",
        "begin three",
        "begin four",
    ]
    assert sorted(work) == ["four", "one", "three", "two"]


def test_what_was_begun_is_left_when_it_is_given_up(told: list[str]) -> None:
    work = side_by_side(told, {"one": "a", "two": "a", "three": "a"})
    work.begin()
    work.close()
    assert told == ["begin one", "begin two", "leave one", "leave two"]


def test_work_that_is_done_at_once_returns_what_came_of_it() -> None:
    def work() -> Generator[None, None, str]:
        yield
        return "found"

    assert at_once(work()) == "found"
