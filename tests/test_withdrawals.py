from __future__ import annotations

from datetime import date

import pytest

from backfile.errors import ContentError
from backfile.withdrawals import Withdrawal, load_withdrawals, written

FULL = Withdrawal(
    "2025/03/14/a",
    date(2025, 4, 2),
    "Запит видання.",
    kind="brief",
    formerly=("2025/03/13/a",),
    heir="2025/03/14/b",
    words=12,
    sha256=("ab",),
    urls=("cd",),
    text=("ef", "01"),
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
