"""How long a whole build takes, and how much memory, as the archive grows.

Usage: .venv/bin/python -m benchmarks.build [N …]     (default 100 1000 10000)

Each build is a process of its own, from empty, with stories, topics, all pages, and the
search index apart. The last column is the time per article against that of the smallest
archive: no step may grow faster than N log N, so it must stay small.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.generate import write_archive
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent


def main(numbers: list[int]) -> None:
    """Build archives of these sizes and print a table."""
    table = Table("articles", "build s", "with search s", "articles/s", "peak MB", "time per article, smallest = 1")
    smallest = None
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            content = Path(folder, "content")
            write_archive(content, number)
            seconds, megabytes = _build(content, Path(folder, "plain"), search=False)
            searchable, _ = _build(content, Path(folder, "searchable"), search=True)
        smallest = smallest or seconds / number
        ratio = seconds / number / smallest
        row = (f"{seconds:.1f}", f"{searchable:.1f}", f"{number / seconds:.0f}", f"{megabytes:.0f}", f"{ratio:.2f}")
        table.add_row(str(number), *row)
    Console().print(table)


def _build(content: Path, output: Path, *, search: bool) -> tuple[float, float]:
    """Return wall seconds and the peak memory in MB of one build in a process of its own."""
    command = [sys.executable, "-m", "pelican", str(content), "-o", str(output), "-s", str(ROOT / "pelicanconf.py")]
    command += ["-q", "-e", f"SEARCH_INDEX={str(search).lower()}"]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("The build failed.")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]] or [100, 1_000, 10_000])
