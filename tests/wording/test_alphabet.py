"""The order of names."""

from __future__ import annotations

import pytest

from backfile.wording import alphabetical


@pytest.mark.parametrize(
    "expected",
    [
        ["Balta", "Coast Times", "The Ledger", "Zurich"],
        ["éclair", "Eden", "ether"],
        ["Вісник", "Галич", "Ґанок", "Євпаторія", "Житомир", "Ізмаїл", "Їжакевич", "Йосипенко", "Яремче"],
        ["Ельск", "Ёлкино", "Житомир", "Йошкар-Ола", "Энгельс", "Юрьев"],
        ["Delta Wire", "Вісник"],
    ],
)
def test_names_stand_where_a_reader_looks_for_them(expected: list[str]) -> None:
    assert sorted(expected, key=alphabetical) == expected
