"""How long Backfile and other generators take for the same articles, and what they take.

Usage: .venv/bin/python -m benchmarks.compare [FOLDER] [--jsonl FILE] [--articles N] [--runs R]

The texts are those of Markdown files with front matter below FOLDER, of rows ``{title, date,
source, topics, components, text}`` in FILE (which may be compressed by xz), or generated ones.
Hugo (with and without related pages) makes what it does by default, a feed of each topic and a
sitemap among it. Hugo, pared down, stock Pelican (with and without similar-posts) and Eleventy
make article pages, an index and lists of topics of 50 a page, and one feed. Backfile makes all
that it does, search apart. The programs for them are installed by pip and npm into ``--tools``
(``.cache/benchmarks``) at the first run; those that can't be had are named.

All take turns, ``--runs`` times over, since a machine has better and worse minutes: a ratio
is the median of those within each turn. Memory is measured in a turn of its own, the last.
Ctrl-C ends early, and prints what is known by then.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.archive import Archive
from benchmarks.measure import Taken, run
from benchmarks.results import BARE, BOTH, PAGEFIND, SEARCH, START, Results, tables
from benchmarks.rivals import Rival, pagefind, rivals, tools
from benchmarks.texts import Written, from_folder, from_rows, generated
from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]  # the wheel has no type marker
from rich.console import Console

from backfile import __version__

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--jsonl", type=Path)
    parser.add_argument("--articles", type=int, help="at most so many; 2,000 are generated without FOLDER and --jsonl")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tools", type=Path, default=ROOT / ".cache/benchmarks")
    given = parser.parse_args()
    if given.jsonl:
        texts, what = from_rows(given.jsonl, given.articles), given.jsonl.name
    elif given.folder:
        texts, what = from_folder(given.folder, given.articles), given.folder.name
    else:
        texts, what = generated(given.articles or 2_000), "generated texts"
    given.tools.mkdir(parents=True, exist_ok=True)
    found = tools(given.tools.resolve())
    results = Results()
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(KeyboardInterrupt):
        _measure(results, texts, rivals(found, texts, Path(folder)), Path(folder), given.runs)
    console = Console(width=200, highlight=False, markup=False)
    size = sum(len(text.body) for text in texts) // len(texts)
    console.print(f"{len(texts):,} articles ({what}), {size:,} characters each; {given.runs} runs. {_machine()}")
    for line in tables(results):
        console.print(line)
    for line in found.missing:
        console.print(f"Not measured: {line}.")


def _measure(results: Results, texts: Sequence[Written], others: Sequence[Rival], folder: Path, runs: int) -> None:
    """Fill in the results, turn by turn."""
    archives = [Archive(texts, folder / f"backfile-{search}", search=search) for search in (False, True)]
    for turn in range(runs + 1):
        memory = turn == runs  # looked at last, and not timed
        taken: dict[str, Taken] = {}
        for rival in others:
            rival.clear()
            taken[rival.name] = run(rival.command, rival.folder, environment=rival.environment, memory=memory)
            results.files[rival.name] = _files(rival.output)
            if rival.name == "Hugo":
                index = pagefind(Path(get_executable()), rival)
                taken[PAGEFIND] = run(index.command, index.folder, memory=memory)
                results.files[PAGEFIND] = _files(index.output)
                taken[BOTH] = _sum(taken["Hugo"], taken[PAGEFIND])
        for archive in archives:
            for work, each in archive.works(memory=memory):
                taken[f"{archive.name}, {work}"] = each
                results.files[f"{archive.name}, {work}"] = _files(archive.output)
        taken[BARE] = run([sys.executable, "-m", "pelican", "--version"], folder, memory=memory)
        taken[START] = archives[0].start(memory=memory)
        taken[SEARCH] = archives[0].index(memory=memory)
        results.files[SEARCH] = _files(archives[0].output / "pagefind")
        for name, each in taken.items():
            if memory and each.memory is not None:
                results.memory[name] = each.memory
            elif not memory:
                results.taken[name].append(each)
        Console(stderr=True).print(f"turn {turn + 1} of {runs + 1} is done")


def _sum(one: Taken, two: Taken) -> Taken:
    """Return what two works took, one after the other."""
    peaks = [each.memory for each in (one, two) if each.memory is not None]
    return Taken(one.wall + two.wall, one.cpu + two.cpu, max(peaks, default=None))


def _machine() -> str:
    """Return a line on where and when this was measured."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    day = datetime.now(UTC).date()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    where = f"{platform.system()} {platform.machine()}, {cores} cores{load}"
    return f"{day}, {where}, Python {platform.python_version()}, Backfile {__version__}."


def _files(folder: Path) -> int:
    return sum(len(names) for _, _, names in os.walk(folder))


if __name__ == "__main__":
    main()
