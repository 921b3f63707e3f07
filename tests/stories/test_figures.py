"""Numbers are found with the word behind them, wherever white space stands."""

from __future__ import annotations

import pytest

from backfile.stories.figures import numbers

CASES = {
    "Three men and 3 boys": {"3": ("Three", "men")},
    "He paid $1,076 (in 2 parts), not 1076.": {"1076": ("1,076", "in"), "2": ("2", "part")},
    "12 – years, then 3.5% more": {"12": ("12", "year"), "3.5": ("3.5", "more")},
    "a five-year term of 3,5": {"5": ("five", "year"), "3.5": ("3,5", "")},
    "П’ять років і 7 місяців": {"5": ("П’ять", "рок"), "7": ("7", "місяц")},
    "from 10 12 to nobody": {"10": ("10", ""), "12": ("12", "to")},
    "nothing of the kind": {},
    "": {},
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_numbers_have_their_value_and_the_word_behind_them(text: str, expected: dict[str, tuple[str, str]]) -> None:
    assert numbers(text) == expected
