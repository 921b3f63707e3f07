"""Many documents at once: the same outcome on one process and on two, whatever one of them does, and after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import Future
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from backfile.errors import IngestError, StoppedError
from backfile.ingest import pool
from backfile.ingest.records import Given, RawDocument, Reading
from backfile.ingest.run import import_paths
from tests.building import files_of

DAY, NOW = date(2025, 3, 14), datetime(2025, 3, 20, 9, 30, tzinfo=UTC)
PLACES = ["harbour", "market", "bridge", "station", "lighthouse", "school", "mill", "chapel"]
WAITS = """
import sys, time
from backfile.ingest import pool
if __name__ == "__main__":
    with pool._pool(1) as one:
        print(one.submit(abs, -1).result(), flush=True)
        time.sleep(60)
"""
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
        while process.poll() is None and len(list(cut.glob("imports/*/*.json"))) < 10:
            time.sleep(0.02)
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


def test_a_reader_that_fails_on_a_document_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def examine(*_: object) -> None:
        raise KeyError("column")

    monkeypatch.setattr(pool, "examine", examine)
    assert "fail (KeyError: 'column')" in str(pool.examine_one(RawDocument(b"x", "odd.txt"), Given()))


def test_a_document_that_no_alarm_reaches_is_given_up_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    crew = pool._Crew(1, Given())
    try:
        stuck = crew.pool.submit(time.sleep, 60)
        with monkeypatch.context() as impatient:
            impatient.setattr(pool, "SECONDS", 0.1)
            impatient.setattr(pool, "_GRACE", 0.1)
            outcome = crew.outcome(RawDocument(b"x", "stuck.txt"), stuck)  # type: ignore[arg-type]  # never done
        assert str(outcome).startswith("stuck.txt: takes longer than")
        good = RawDocument(b"Port opens again. The port opened on Friday.", "good.txt")
        assert isinstance(crew.outcome(good, crew.submit(good)), Reading)
    finally:
        crew.end(at_once=True)


@pytest.mark.parametrize(
    ("sizes", "copies", "apart"),
    [
        ([1_000] * 199, False, False),
        ([1_000] * 200, False, True),
        ([1_000] * 39, True, False),
        ([1_000] * 40, True, True),
        ([2_000_000], False, True),
        ([], True, False),
    ],
)
def test_many_files_and_large_ones_are_read_by_other_processes(
    monkeypatch: pytest.MonkeyPatch, sizes: list[int], copies: bool, apart: bool
) -> None:
    monkeypatch.setattr(pool, "_can_copy", lambda: copies)
    assert (pool.processes_for(sizes) > 1) == apart


def test_a_process_with_another_thread_is_not_copied() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert not pool._can_copy()
    finally:
        done.set()
        other.join()


def test_where_there_are_no_alarms_even_one_document_is_read_by_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Crew:
        def __init__(self, processes: int, _given: Given) -> None:
            self.processes = processes
            asked.append(processes)

        def submit(self, _raw: RawDocument) -> Future[Reading]:
            return Future()

        def outcome(self, _raw: RawDocument, _future: Future[Reading]) -> IngestError:
            return IngestError("read elsewhere")

        def end(self, *, at_once: bool) -> None:
            asked.append(at_once)

    monkeypatch.setattr(pool, "_has_alarms", lambda: False)
    monkeypatch.setattr(pool, "_Crew", Crew)
    ((_, outcome),) = pool.examine_all([RawDocument(b"x", "a.txt")], Given(), lambda _: False, 1)
    assert (str(outcome), asked) == ("read elsewhere", [1, False])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a kill that nothing hears of is POSIX's")
def test_the_processes_that_read_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    script = tmp_path / "waits.py"
    script.write_text(WAITS, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        process.kill()
        process.communicate(timeout=20)  # all who could write to it are gone


def test_ctrl_c_says_how_far_the_import_came_and_the_next_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = write_texts(tmp_path / "raw", 12)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    run(raw, whole, 1)
    with monkeypatch.context() as interrupted:
        interrupted.setattr("backfile.ingest.changes.apply.tempfile.mkstemp", _interrupting(20))
        with pytest.raises(StoppedError, match=r"^Stopped; \d of 12 files are in\. Start the same command again"):
            run(raw, cut, 1)
    assert 0 < len(files_of(cut)) < len(files_of(whole))
    run(raw, cut, 1)
    assert files_of(cut) == files_of(whole)


def _interrupting(after: int) -> Any:
    """Return what makes temporary files until Ctrl-C is pressed."""
    calls = iter(range(after))
    make = tempfile.mkstemp

    def mkstemp(*given: Any, **named: Any) -> Any:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return make(*given, **named)

    return mkstemp
