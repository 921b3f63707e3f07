from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.errors import ContentError
from backfile.model import Kind
from backfile.withdrawals import Withdrawal, load_withdrawals, written

FULL = Withdrawal(
    "2025/03/14/a",
    date(2025, 4, 2),
    "Запит видання.",
    kind=Kind.BRIEF,
    formerly=("2025/03/13/a",),
    heir="2025/03/14/b",
    words=12,
    sha256=("ab" * 32,),
    urls=("cd" * 6,),
    text=("ef" * 6, "01" * 6),
)
PLAIN = Withdrawal("2025/03/14/b", date(2025, 4, 2))


def test_what_is_written_is_read_again() -> None:
    assert load_withdrawals(written([PLAIN, FULL])) == (FULL, PLAIN)
    assert load_withdrawals("\n") == ()


def test_of_two_lines_for_one_text_the_later_holds() -> None:
    assert load_withdrawals(written([PLAIN]) + written([Withdrawal(PLAIN.id, date(2025, 4, 3))])) == (
        Withdrawal(PLAIN.id, date(2025, 4, 3)),
    )


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "null",
        '{"id": "2025/03/14/a"}',
        '{"id": "a", "day": "2025-04-02"}',
        '{"id": "2025/03/14/a", "day": 1}',
    ],
)
def test_a_broken_line_is_named(line: str) -> None:
    with pytest.raises(ContentError, match=r"withdrawn.jsonl:2: .*B146"):
        load_withdrawals(written([PLAIN]) + line)


WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda part: st.lists(part, max_size=3)
)


@given(
    st.dictionaries(st.sampled_from(["reason", "kind", "formerly", "heir", "words", "sha256", "urls", "text"]), WILD)
)
def test_a_line_is_read_as_it_says_or_named(values: dict[str, Any]) -> None:
    try:
        (found,) = load_withdrawals(json.dumps({"id": "2025/03/14/a", "day": "2025-04-02", **values}))
    except ContentError:
        return
    assert load_withdrawals(written([found])) == (found,)
