"""Python's programs in fresh processes that find imported what each of them would first have to import.

``python -m NAME`` spends most of a small job's time on importing. Here a server, which multiprocessing
keeps for as long as the tests run, imports once and is forked for each run; what a run does stays in its
own process. Where nothing can be forked (Windows), a run begins as any other process. Tests for which it
matters how Python itself starts (its environment, a terminal) run it themselves, as do those of the README.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

_CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()
_CONTEXT = multiprocessing.get_context("forkserver") if _CAN_FORK else multiprocessing.get_context("spawn")
_CONTEXT.set_forkserver_preload(
    [
        "backfile.check",
        "backfile.ingest.again",
        "backfile.intake",
        "backfile.publish.upload",
        "backfile.search",
        "backfile.site.alone",
        "backfile.story_review",
        "backfile.takeback",
        "invoke.program",
        "pelican",
        "rich.console",
    ]
)


def run(module: str, arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run ``python -m MODULE ARGUMENTS`` in a folder; return its status and what it said."""
    with tempfile.TemporaryDirectory() as place:
        said = [Path(place, name) for name in ("out", "err")]
        given = (module, list(arguments), str(folder), dict(os.environ), [str(path) for path in said])
        process = _CONTEXT.Process(target=_run, args=given)
        process.start()
        process.join()
        out, err = (path.read_text(encoding="utf-8") for path in said)
    assert process.exitcode is not None
    return subprocess.CompletedProcess([module, *arguments], process.exitcode, out, err)


def _run(module: str, arguments: list[str], folder: str, environment: dict[str, str], said: list[str]) -> None:
    for number, path in enumerate(said, start=1):
        file = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path[0:0] = [folder]
    sys.argv[1:] = arguments
    runpy.run_module(module, run_name="__main__", alter_sys=True)
