"""Whether builds that go on from the last one leave the bytes of a build from nothing, over many archives' lives.

Usage: .venv/bin/python -m benchmarks.same [--lives N] [--builds M] [--first SEED] [--search] [--kill]

A life is an archive that is edited at random and built, again and again; each output is
held against that of a clean build (``tests/incremental`` has the edits, and a short run).
With ``--kill``, builds are killed on the way, in one of three ways: the process alone, it
and its workers, or a worker, before some change of a file or at some moment. After each
kill the site must be whole, the last one or the new one, and no worker may be left. Ends
with status 1 when something was found; each line tells the seed that brings it back.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from rich.console import Console
from tests.building import ROOT, arguments, files_of
from tests.incremental.lives import Life, killing

PATIENCE = 20.0  # seconds that workers may take to see that they are alone

KillAt = Callable[[Life, bool, int], int]


def main() -> None:
    """Live so many lives, and print what went wrong in each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lives", type=int, default=20)
    parser.add_argument("--builds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first life")
    parser.add_argument("--search", action="store_true", help="with the search index")
    parser.add_argument("--kill", action="store_true", help="kill builds on the way")
    given = parser.parse_args()
    console = Console(soft_wrap=True, highlight=False)
    failures = 0
    with killing() as kill_at:
        for seed in range(given.first, given.first + given.lives):
            start = time.perf_counter()
            found = list(_live(seed, given.builds, given.search, kill_at if given.kill else None))
            failures += len(found)
            for line in found:
                console.print(f"life {seed}: {line}")
            if not found:
                console.print(f"life {seed}: {given.builds} builds in {time.perf_counter() - start:.0f} s, all right")
    sys.exit(1 if failures else 0)


def _live(seed: int, builds: int, search: bool, kill_at: KillAt | None) -> Iterator[str]:
    """Yield what goes wrong in a life; it ends at its first stale output, since one draws others after it."""
    chance = Random(seed)  # noqa: S311  # repeatable, not secret
    with tempfile.TemporaryDirectory() as folder:
        life = Life(Path(folder), chance, search=search)
        for turn in range(builds):
            done = life.edit()
            told = f"build {turn} after {', '.join(done)}"
            try:
                left = list(_kill(life, chance, kill_at)) if kill_at and turn else []
                life.build()
                stale = life.stale()
            except AssertionError as error:
                yield f"{told}: the build failed: {error}"
                return
            new = files_of(life.output)
            for how, fault, before, site in left:
                if fault or site not in (before, new):
                    yield f"{told}, {how}: {fault or 'the site is neither the old one nor the new one'}"
            if stale:
                how = "".join(f", {how}" for how, *_ in left)
                yield f"{told}{how}: {len(stale)} stale: {', '.join(stale[:8])}"
                return


def _kill(life: Life, chance: Random, kill_at: KillAt) -> Iterator[tuple[str, str, dict[str, bytes], dict[str, bytes]]]:
    """Kill a few builds; yield for each how, what was wrong at once, the site before, and the site that was left."""
    for _ in range(chance.randrange(1, 4)):
        before = files_of(life.output)
        if chance.randrange(2):
            worker, at = chance.random() < 0.25, int(2 ** (chance.random() * 9))
            how, fault = f"{'a worker' if worker else 'the build'} killed at change {at}", ""
            kill_at(life, worker, at)
        else:
            all_of_them, seconds = bool(chance.randrange(2)), chance.random() * 3
            how = f"{'all processes' if all_of_them else 'the build'} killed after {seconds:.2f} s"
            fault = _kill_after(arguments(life.content, life.output, **life.settings), seconds, all_of_them)
        was_whole, site = life.left()
        yield how, fault or ("" if was_whole else "a mixture was left and nobody told"), before, site


def _kill_after(given: Sequence[str], seconds: float, all_of_them: bool) -> str:
    """Run a build and kill it after so many seconds; return what is wrong with its workers' end."""
    build = subprocess.Popen(
        [sys.executable, "-m", "backfile.site", *given],
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with contextlib.suppress(subprocess.TimeoutExpired):
        build.wait(seconds)
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if all_of_them else os.kill)(build.pid, signal.SIGKILL)
    build.wait()
    end = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            os.killpg(build.pid, 0)
            time.sleep(0.05)
        os.killpg(build.pid, signal.SIGKILL)
    except ProcessLookupError:
        return ""
    return f"workers were still there {PATIENCE:.0f} s later"


if __name__ == "__main__":
    main()
