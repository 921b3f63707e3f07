"""The report of an import on a terminal: safe whatever a file is called, readable however many there are."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from backfile.ingest.changes.plan import Action, Intent
from backfile.ingest.records import Receipt
from backfile.ingest.report.receipt import Entry, Report
from backfile.ingest.run import import_paths
from backfile.visible import visible

WILD = "Port\x1b[2J\x07 opens\u202egain\x9b31m\u2066"
NOW = datetime(2025, 3, 20, 9, 30, tzinfo=UTC)


def on_a_terminal(report: Report) -> str:
    file = io.StringIO()
    report.show(Console(file=file, force_terminal=True, color_system=None, width=200))
    return file.getvalue()


def entry(number: int, **receipt: object) -> Entry:
    refused = "refused" in receipt
    intents = () if refused else (Intent(Action.CREATE, f"Title {number}", "article", f"articles/{number}.md"),)
    values = {"file": f"{number}.txt", "sha256": "a", "encoding": "utf-8", **receipt}
    return Entry(Receipt(**values), intents)  # type: ignore[arg-type]  # a test's own keywords


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc", r"a\nb\tc"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\u202etxt.exe", r"\u202etxt.exe"),
        ("caf\u0301e \U0001f469\u200d\U0001f33e «Порт»", "caf\u0301e \U0001f469\u200d\U0001f33e «Порт»"),
        ("\udc80.txt", r"\udc80.txt"),
    ],
)
def test_what_acts_on_a_terminal_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_any_text_is_one_line_that_can_be_encoded(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    shown.encode()


@pytest.mark.parametrize("count", [1, 30], ids=["tables", "overview"])
def test_no_name_title_or_note_drives_the_terminal(count: int) -> None:
    wild = Entry(
        Receipt(WILD, "a", "utf-8", notes=(WILD,), guessed=("lang",)),
        (Intent(Action.REFUSE, WILD, "article", WILD, reason=WILD),),
    )
    report = Report((wild, Entry(Receipt(WILD, "a", refused=WILD))) * count, (WILD,))
    for shown in (on_a_terminal(report), "\n".join(report.lines())):
        assert not set(WILD) & set(shown) & set("\x1b\x07\u202e\x9b\u2066")


def test_of_many_files_only_what_needs_attention_is_listed() -> None:
    entries = [entry(number, guessed=("lang",)) for number in range(5000)]
    entries += [entry(number, refused=f"{number}.txt: is empty; put the text into it") for number in range(5000, 5100)]
    shown = on_a_terminal(Report(tuple(entries)))
    assert len(shown.splitlines()) < 60
    assert "5,000" in shown
    assert "refused 5000.txt: is empty" in shown
    assert "and 60 more" in shown
    assert "guessed: lang of 5,000" in shown
    assert shown.rstrip().endswith("5100 files: 5000 created, 100 files refused")


def test_a_file_whose_name_is_no_text_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "raw" / "port\udcff\n.txt"
    path.parent.mkdir()
    try:
        path.write_text("Port opens again\n\nThe port opened on Friday after nine months of work.\n")
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    report = import_paths([path.parent], tmp_path / "content", today=date(2025, 3, 20), now=NOW)
    assert [intent.action for each in report.entries for intent in each.intents] == ["create"]
    (receipt,) = (tmp_path / "content" / "imports").rglob("*.json")
    assert json.loads(receipt.read_text(encoding="utf-8"))["file"] == "port\ufffd\n.txt"
    assert all(len(line.splitlines()) == 1 for line in report.lines())
