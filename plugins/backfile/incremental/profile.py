"""Where the time of a build goes: each process's own profile, all of them in one, and the account of stages.

Into a folder go ``build.prof`` (for :mod:`pstats`, snakeviz and their like), which sums up
``parent.prof`` and a ``worker-….prof`` for each worker, and ``account.json``.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pstats
import shutil
from collections.abc import Iterator, Sequence
from cProfile import Profile
from dataclasses import dataclass
from multiprocessing import util
from pathlib import Path

from backfile.incremental.account import Account

_SLOWEST = 10
# Who waits for workers or for a program takes nobody's time.
_NO_WAITING = r"^(?!.*('get' of '_queue|'acquire' of '_thread|posix\.waitpid))"


@contextlib.contextmanager
def profiled(folder: Path) -> Iterator[None]:
    """Write the profiles of what is done within the block, by this process and its workers, into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    running = _Running(folder, Profile())
    util.register_after_fork(running, _Running.begin_in_worker)
    running.profile.enable()
    try:
        yield
    finally:
        running.profile.disable()
        running.profile.dump_stats(folder / "parent.prof")
        everything = pstats.Stats(*map(str, sorted(folder.glob("*.prof"))))
        everything.dump_stats(folder / "build.prof")


def told(folder: Path, account: Account) -> Sequence[str]:
    """Write the account beside the profiles; return lines that say where all is, and the slowest functions."""
    (folder / "account.json").write_text(json.dumps(account.as_data(), indent=1) + "\n", encoding="utf-8")
    text = io.StringIO()
    stats = pstats.Stats(str(folder / "build.prof"), stream=text).strip_dirs().sort_stats("tottime")
    stats.print_stats(_NO_WAITING, _SLOWEST)
    table = text.getvalue().partition("   ncalls")[1:]
    return [f"The profile is in {folder}/build.prof; the slowest functions are:", *"".join(table).rstrip().splitlines()]


@dataclass(slots=True, weakref_slot=True)
class _Running:
    """What this process's profile is; a worker's own takes its place there, for workers may have workers."""

    folder: Path
    profile: Profile

    def begin_in_worker(self) -> None:
        self.profile.disable()
        self.profile = Profile()
        util.Finalize(None, self.profile.dump_stats, (self.folder / f"worker-{os.getpid()}.prof",), exitpriority=1)
        self.profile.enable()
