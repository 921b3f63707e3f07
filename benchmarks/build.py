"""How long builds take, and how much memory, as the archive grows.

Usage: .venv/bin/python -m benchmarks.build [N …] [--search] [--jsonl FILE]     (default 100 1000 10000)

Of each archive, of so many generated texts or the first so many of FILE: a build from
nothing, one with nothing to do, one after an edit and one after an addition. The last two
columns hold the time per article of the first, and the time of the edit, against those of
the smallest archive: the first may grow as N log N at most, the second should hardly grow.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.archive import Archive
from benchmarks.measure import MEMORY
from benchmarks.results import ADDED, COLD, EDITED, SAME
from benchmarks.texts import from_rows, generated
from rich.console import Console
from rich.table import Table


def main() -> None:
    """Build archives of the sizes that were asked for, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("numbers", type=int, nargs="*", default=[100, 1_000, 10_000])
    parser.add_argument("--search", action="store_true", help="with the search index")
    parser.add_argument("--jsonl", type=Path)
    given = parser.parse_args()
    table = Table("articles", COLD, SAME, EDITED, ADDED, "peak MB", "time per article", "time of an edit")
    smallest = None
    for number in given.numbers:
        texts = from_rows(given.jsonl, number) if given.jsonl else generated(number)
        with tempfile.TemporaryDirectory() as folder:
            archive = Archive(texts, Path(folder), search=given.search)
            taken = dict(archive.works(memory=True))
        each, edit = taken[COLD].wall / len(texts), taken[EDITED].wall
        smallest = smallest or (each, edit)
        peak = max(work.memory or 0 for work in taken.values())
        seconds = (f"{taken[work].wall:.2f} s" for work in (COLD, SAME, EDITED, ADDED))
        ratios = (f"{each / smallest[0]:.2f}×", f"{edit / smallest[1]:.2f}×")
        table.add_row(f"{len(texts):,}", *seconds, f"{peak:,.0f}", *ratios)
    console = Console(width=120)
    console.print(table)
    console.print(f"Memory: {MEMORY}; looking at it takes some of the time.")


if __name__ == "__main__":
    main()
