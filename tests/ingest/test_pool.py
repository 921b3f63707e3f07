"""Many documents at once: the same outcome on one process and on two, whatever one of them does, and after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from backfile.errors import IngestError
from backfile.ingest import pool
from backfile.ingest.records import Given, RawDocument
from backfile.ingest.run import import_paths
from tests.building import files_of

DAY, NOW = date(2025, 3, 14), datetime(2025, 3, 20, 9, 30, tzinfo=UTC)
PLACES = ["harbour", "market", "bridge", "station", "lighthouse", "school", "mill", "chapel"]
IMPORT = """
import sys
from pathlib import Path
from tests.ingest.test_pool import run
if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), processes=2)
"""


def write_texts(folder: Path, count: int) -> Path:
    """Write texts of which some are digests, some copies, some versions of others, and some no texts at all."""
    folder.mkdir()
    for number in range(count):
        place = PLACES[number % len(PLACES)]
        text = (
            f"The {place} of Ostby opens again\n\nThe {place} opened on day {number} after repairs by {number} men.\n"
        )
        if number % 7 == 0:
            text = f"Evening list {number}\n\nThe {place} is shut\nThe {place} was shut on day {number}.\n\n"
            text += f"Snow in the hills\nSnow fell on the hills above the {place} on Monday.\n"
        (folder / f"{number:03}.txt").write_text("" if number % 11 == 0 else text, encoding="utf-8")
    return folder


def run(raw: Path, content: Path, processes: int) -> list[str]:
    report = import_paths([raw], content, today=DAY, now=NOW, date=DAY, processes=processes)
    return list(report.lines())


def test_two_processes_do_what_one_does(tmp_path: Path) -> None:
    raw = write_texts(tmp_path / "raw", 40)
    one, two = tmp_path / "one", tmp_path / "two"
    assert run(raw, one, 1) == run(raw, two, 2)
    assert files_of(one) == files_of(two)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a kill that nothing hears of is POSIX's")
def test_an_import_that_was_killed_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    raw = write_texts(tmp_path / "raw", 60)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    run(raw, whole, 1)
    script = tmp_path / "killed.py"
    script.write_text(IMPORT, encoding="utf-8")
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'plugins'}"}
    command = [sys.executable, str(script), str(raw), str(cut)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and len(list(cut.rglob("*.json"))) < 10:
            time.sleep(0.005)
        process.kill()
    assert len(list(cut.rglob("*.json"))) < len(list(whole.rglob("*.json")))
    left = cut / "articles/2025/03/.import-left"
    left.write_text("half", encoding="utf-8")
    run(raw, cut, 1)
    assert files_of(cut) == files_of(whole)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no alarms")
def test_a_document_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "SECONDS", 0.05)
    monkeypatch.setattr(pool, "examine", lambda *_: time.sleep(5))
    outcome = pool.examine_one(RawDocument(b"x", "slow.txt"), Given())
    assert isinstance(outcome, IngestError)
    assert str(outcome).startswith("slow.txt: takes longer than")


def test_a_document_too_deep_for_its_reader_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def examine(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(pool, "examine", examine)
    assert "too much to read" in str(pool.examine_one(RawDocument(b"x", "deep.txt"), Given()))
