"""How long an import of many mixed files takes, how much memory, and whether a killed one ends the same.

Usage: .venv/bin/python -m benchmarks.import_scale [--kill TIMES] [--processes P] [N …]     (default 1000 10000)

The files are invented (:mod:`benchmarks.mixed`). Each import is a process of its own. Memory is
that of all its processes together, looked at ten times a second (Linux only). ``--kill`` stops
another import of the same files TIMES times at random with SIGKILL, lets it go on, and compares
what is in ``content/`` byte by byte.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from benchmarks.mixed import write_mixed
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
_IMPORT = """
import json, sys
from datetime import UTC, date, datetime
from pathlib import Path
from backfile.ingest.run import import_paths
if __name__ == "__main__":
    raw, content, report, processes = sys.argv[1:]
    now = datetime(2025, 3, 20, 9, 30, tzinfo=UTC)
    done = import_paths([Path(raw)], Path(content), today=now.date(), now=now, processes=int(processes))
    Path(report).write_text(json.dumps(done.as_data()), encoding="utf-8")
"""
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Run:
    """What one import took: seconds, CPU seconds, and the peak in MB of all its processes and of the first."""

    wall: float
    cpu: float
    peak: float
    own: float


def main() -> None:
    """Import as many files as asked for, and print a table for each number."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.import_scale")
    parser.add_argument("numbers", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--kill", type=int, default=0, metavar="TIMES")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path, help="where files and archives stay; a temporary folder if none")
    options = parser.parse_args()
    for number in options.numbers:
        with tempfile.TemporaryDirectory() as temporary:
            folder = (options.folder or Path(temporary)) / str(number)
            raw = folder / "raw"
            if not raw.exists():
                write_mixed(raw, number)
            _measure(folder, raw, number, options.processes, options.kill)


def _measure(folder: Path, raw: Path, number: int, processes: int, kills: int) -> None:
    console = Console()
    report = folder / "report.json"
    first = _import(raw, folder / "content", report, processes)
    _show(console, number, first, json.loads(report.read_text(encoding="utf-8")))
    left = _contents(folder / "content")
    again = _import(raw, folder / "content", report, processes)
    differing = _differences(left, _contents(folder / "content"))
    took = f"{again.wall:.1f} s, CPU {again.cpu:.1f} s, peak {again.peak:.0f} MB"
    console.print(f"The same again: {took}; {len(differing)} files differ", *differing[:10])
    if kills:
        chance = random.Random()  # noqa: S311  # another moment each time is the point
        for _ in range(kills):
            _import(raw, folder / "cut", report, processes, kill_after=chance.uniform(0.1, 0.9) * first.wall / kills)
        _import(raw, folder / "cut", report, processes)
        differing = _differences(left, _contents(folder / "cut"))
        console.print(f"Killed {kills} times: {len(differing)} files differ", *differing[:10])


def _import(raw: Path, content: Path, report: Path, processes: int, kill_after: float | None = None) -> Run:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    script = content.with_name("import.py")
    script.write_text(_IMPORT, encoding="utf-8")
    # A process that is killed leaves semaphores, and its tracker says so.
    command = [sys.executable, "-W", "ignore", *map(str, (script, raw, content, report, processes))]
    process = subprocess.Popen(command, cwd=ROOT)
    peak = own = 0.0
    while process.poll() is None:
        family = [_resident(pid) for pid in _family(process.pid)]
        peak, own = max(peak, sum(family)), max(own, family[0])
        if kill_after is not None and time.perf_counter() - start > kill_after:
            process.kill()
        time.sleep(0.1)
    if process.returncode and kill_after is None:
        sys.exit("The import failed.")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(time.perf_counter() - start, cpu, peak / _MEGABYTE, own / _MEGABYTE)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        kids = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return
    for kid in kids.split():
        yield from _family(int(kid))


def _resident(pid: int) -> int:
    """Return how many bytes of a process are in memory."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def _show(console: Console, number: int, run: Run, report: dict[str, Any]) -> None:
    documents = len(report["files"])
    console.print(
        f"[bold]{number:,} files, {documents:,} documents[/]: {run.wall:.1f} s, CPU {run.cpu:.1f} s "
        f"({run.cpu / run.wall:.2f} cores), {documents / run.wall:.1f} documents/s, "
        f"{documents / run.cpu:.1f} a CPU second, peak {run.peak:.0f} MB (parent {run.own:.0f} MB)"
    )
    rows: dict[str, Counter[str]] = {}
    for each in report["files"]:
        counts = rows.setdefault(PurePath(each["file"]).suffix, Counter())
        counts["documents"] += 1
        counts["refused"] += each["refused"] is not None
        counts.update(item["action"] for item in each["items"])
    names = ("create", "update", "same", "supersede", "refused")
    table = Table("documents named", "number", "share", *names)
    for ending, counts in sorted(rows.items()):
        share = counts["documents"] / documents
        table.add_row(ending, str(counts["documents"]), f"{share:.1%}", *(str(counts[name]) for name in names))
    console.print(table)


def _contents(folder: Path) -> dict[str, str]:
    """Return a hash of each file in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return the names of files that are not the same in two folders."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


if __name__ == "__main__":
    main()
