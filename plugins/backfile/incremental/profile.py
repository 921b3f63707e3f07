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
from functools import partial
from multiprocessing import util
from pathlib import Path

from backfile.incremental.account import Account

_SLOWEST = 10


@contextlib.contextmanager
def profiled(folder: Path) -> Iterator[None]:
    """Write the profiles of what is done within the block, by this process and its workers, into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    profile = Profile()
    util.register_after_fork(profile, partial(_begin_in_worker, folder))
    profile.enable()
    try:
        yield
    finally:
        profile.disable()
        profile.dump_stats(folder / "parent.prof")
        everything = pstats.Stats(*map(str, sorted(folder.glob("*.prof"))))
        everything.dump_stats(folder / "build.prof")


def told(folder: Path, account: Account) -> Sequence[str]:
    """Write the account beside the profiles; return lines that say where all is, and the slowest functions."""
    (folder / "account.json").write_text(json.dumps(account.as_data(), indent=1) + "\n", encoding="utf-8")
    text = io.StringIO()
    pstats.Stats(str(folder / "build.prof"), stream=text).strip_dirs().sort_stats("tottime").print_stats(_SLOWEST)
    table = text.getvalue().partition("   ncalls")[1:]
    return [f"The profile is in {folder}/build.prof; the slowest functions are:", *"".join(table).rstrip().splitlines()]


def _begin_in_worker(folder: Path, inherited: Profile) -> None:
    inherited.disable()
    own = Profile()
    util.Finalize(None, own.dump_stats, (folder / f"worker-{os.getpid()}.prof",), exitpriority=1)
    own.enable()
