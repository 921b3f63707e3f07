"""How a change is shown: short enough to be read, long enough to be judged."""

from __future__ import annotations

import pytest

from backfile.ingest.again.report import differences, shown

LONG = "The council met on Friday and talked for nine hours about the harbour and its cranes, "


@pytest.mark.parametrize(
    ("was", "now", "lines"),
    [
        ("One.\n\nTwo.\n", "One.\n\nTwo.\n", []),
        ("One.\n\nTwo.\n", "One.\n\nThree.\n", ["- Two.", "+ Three."]),
        ("One.\n", "One.\n\nДва.\n", ["+ Два."]),
        ("One.\n\nTwo.\n", "Two.\n", ["- One."]),
        (
            f"{LONG}old.",
            f"{LONG}new.",
            ["- …t the harbour and its cranes, old.", "+ …t the harbour and its cranes, new."],
        ),
        (f"a{LONG}{LONG}", f"b{LONG}", [f"- a{(LONG + LONG)[:99]}…", f"+ b{LONG}"]),
        ("\n".join("abcdefghijklmnop"), "", [*(f"- {letter}" for letter in "abcdefghijkl"), "… and 4 more lines"]),
    ],
)
def test_differences(was: str, now: str, lines: list[str]) -> None:
    assert differences(was, now) == lines


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("date", ("2025-03-14", "imported"), "2025-03-14 (imported)"),
        ("source", ("The Quay", None), "The Quay"),
        ("source", ("Набережна", "https://quay.example"), "Набережна https://quay.example"),
        ("authors", ("Ann Lee", "Bo Ek"), "Ann Lee; Bo Ek"),
        ("authors", (), "(none)"),
        ("lang", None, "(none)"),
    ],
)
def test_values(field: str, value: object, text: str) -> None:
    assert shown(field, value) == text
