"""What an import says that it did, or would do."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from rich.console import Console

from tests.ingest.importing import actions
from tests.ingest.run.content import put, run
from tests.ingest.short_texts import DIGEST, PORT


def test_a_dry_run_plans_and_writes_nothing(raw: Path, content: Path) -> None:
    report = run(content, put(raw, "port.txt", PORT), dry=True)
    assert actions(report) == ["create"]
    assert not content.exists()
    assert "would create article" in "\n".join(report.lines())


def test_a_report_for_people_and_for_machines(raw: Path, content: Path) -> None:
    put(raw, "evening.txt", DIGEST.replace("Drought", "1. Drought").replace("Snow", "2. Snow"))
    put(raw, "z.txt", "")
    report = run(content, raw)
    lines = list(report.lines())
    assert lines[0].startswith("evening.txt: 3 created; ")
    assert "  dropped: 4 characters, marks of digest items" in lines
    assert "  guessed: lang" in lines
    assert lines[-1] == "2 files: 3 created, 1 file refused"
    data = json.loads(json.dumps(report.as_data()))
    assert data["files"][0]["dropped"] == {"marks of digest items": 4}
    assert [item["action"] for item in data["files"][0]["items"]] == ["create"] * 3


def test_a_day_that_nobody_states_is_said_to_be_a_guess(raw: Path, content: Path) -> None:
    port = put(raw, "port.txt", PORT)
    assert "  guessed: date, lang" in list(run(content, port, day=None).lines())
    again = put(raw, "port.txt", PORT + "Another line.\n")  # an update keeps the day that there is
    assert "  guessed: lang" in list(run(content, again, day=None).lines())


@pytest.mark.parametrize("terminal", [True, False])
def test_a_report_is_shown_whole(raw: Path, content: Path, terminal: bool) -> None:
    put(raw, "port.txt", PORT.replace("Port", "[bold]Port"))
    put(raw, "z.txt", "")
    with Path(os.devnull).open("w") as nowhere:
        console = Console(file=nowhere, force_terminal=terminal, record=True, width=160)
        run(content, raw).show(console)
    shown = console.export_text()
    assert "[bold]Port opens again" in shown
    assert "refused z.txt: is empty" in shown
