from __future__ import annotations

from datetime import date

import pytest

from backfile.ingest.changes.future import flag_future
from backfile.ingest.pipeline import examine
from backfile.ingest.records import Given, RawDocument

TODAY = date(2025, 3, 14)
DIGEST = """Evening digest

{day}

Drought closes two canals to barges
Two canals in the lowlands were closed to barges because of the drought.

Snow halts the mountain railway
Heavy snow halted the mountain railway on Thursday night.
"""


@pytest.mark.parametrize(
    ("day", "is_noted", "is_doubted"),
    [("14 March 2025", False, False), ("15 March 2025", True, False), ("16 March 2025", True, True)],
    ids=["today", "tomorrow, as it may be where the outlet is", "later"],
)
def test_a_date_that_has_not_come_yet(day: str, is_noted: bool, is_doubted: bool) -> None:
    found = flag_future(examine(RawDocument(DIGEST.format(day=day).encode(), "a.txt")), TODAY)
    assert [item.kind for item in found.items] == ["digest", "brief", "brief"]
    assert {"date" in item.guessed for item in found.items} == {is_doubted}
    assert ("date" in found.receipt.guessed) == is_doubted
    assert any(note.endswith("lies in the future") for note in found.receipt.notes) == is_noted


def test_a_date_that_the_editor_gives_is_no_guess() -> None:
    raw = RawDocument(DIGEST.format(day="").encode(), "a.txt")
    found = flag_future(examine(raw, Given(date=date(2031, 1, 1))), TODAY)
    assert "date" not in found.items[0].guessed
    assert found.receipt.notes[-1] == "date: 2031-01-01 lies in the future"


@pytest.mark.parametrize(
    "raw",
    [
        RawDocument(DIGEST.format(day="30 February 2025").encode(), "a.txt"),
        RawDocument(b"---\ntitle: Port opens\ndate: 2025-02-30\n---\n\nThe port opened on Friday.\n", "a.md"),
        RawDocument(b"Port opens\n\nThe port opened on Friday.\n", "2025-02-30.txt"),
    ],
    ids=["text", "metadata", "name"],
)
def test_a_day_that_does_not_exist_is_no_date_and_noted(raw: RawDocument) -> None:
    found = examine(raw)
    assert found.items[0].date is None
    assert any(note.startswith("date: ") for note in found.receipt.notes)
