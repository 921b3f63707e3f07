from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date

import pytest

from backfile.marks import mark_of
from backfile.model import Kind
from backfile.pages.records import Teaser


@dataclass(frozen=True)
class One:
    name: str
    parts: tuple[object, ...] = ()


TEASER = Teaser("a/", "A", date(2025, 3, 14), "given", "article", "en", None, None)


@dataclass(frozen=True)
class Other:
    name: str
    parts: tuple[object, ...] = ()


def test_equal_records_have_one_mark_however_their_parts_are_shared() -> None:
    part = One("a", (date(2025, 3, 14),))
    shared = One("b", (part, part))
    apart = One("b", (One("a", (date(2025, 3, 14),)), One("a", (date(2025, 3, 14),))))
    assert mark_of(shared) == mark_of(apart)


@pytest.mark.parametrize(
    "value",
    [
        One("b"),
        Other("a"),
        One("a", ("",)),
        One("a", (None,)),
        One("a", ((),)),
        One("a", (0,)),
        One("a", (False,)),
        One("a", (Kind.BRIEF,)),
        One("a", ("brief",)),
        One("a", (date(2025, 3, 14),)),
        One("a", ("2025-03-14",)),
        One("a", ({"a": 1},)),
        One("a", (frozenset("a"),)),
    ],
    ids=repr,
)
def test_another_value_has_another_mark(value: object) -> None:
    assert mark_of(value) != mark_of(One("a"))


def test_a_record_with_a_mark_is_known_by_it() -> None:
    one, same, other = replace(TEASER, mark=b"1"), replace(TEASER, title="B", mark=b"1"), replace(TEASER, mark=b"2")
    assert mark_of(one) == mark_of(same) != mark_of(other)


def test_what_cannot_be_unfolded_is_an_error() -> None:
    with pytest.raises(TypeError, match="has no mark"):
        mark_of(One("a", (object(),)))


def test_it_is_the_same_in_every_run() -> None:
    program = "from backfile.marks import mark_of; print(mark_of(frozenset('abcdefgh')).hex())"
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
