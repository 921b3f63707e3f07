"""A program that builds sites and is killed at it, over and over.

Reads lines of JSON, ``{"arguments": those of pelican, "below": folder, "worker": whether, "at":
number}``. For each it forks; the child builds the site, and dies by SIGKILL before it changes
a file below the folder for the time number ``at`` (or else a worker of its does so). Prints
the status that the build ended with. A program of its own, so that Pelican is imported once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Sequence

from pelican import main as pelican  # type: ignore[import-untyped]  # Pelican has no types

import backfile.site.alone  # noqa: F401 (imported before the fork, so that no child has to)
from backfile.incremental import build
from tests.publish.killed import changes_a_file


def build_and_die(arguments: Sequence[str], below: str, worker: bool, at: int) -> int:
    """Return the status of a build of which a process was given so many changes to live."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    changes, builder = 0, os.getpid()

    def die_in_time(event: str, about: tuple[object, ...]) -> None:
        nonlocal changes
        if changes_a_file(event, about) and str(about[0]).startswith(below) and worker == (os.getpid() != builder):
            changes += 1
            if changes > at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die_in_time)
    with tempfile.TemporaryFile("w") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
        try:
            pelican(list(arguments))
            status = 0
        except SystemExit as error:
            status = int(error.code or 0)
        finally:
            sys.stdout.flush()
    os._exit(status)


def main() -> None:
    build._FEW = 24  # a site as small as this one must have workers that can die
    build._BATCH = 36  # one for the process that dies, and one for its worker: each makes as many pages every time
    for line in sys.stdin:
        order = json.loads(line)
        print(build_and_die(order["arguments"], order["below"], order["worker"], order["at"]), flush=True)  # noqa: T201 (its answer)


if __name__ == "__main__":
    main()
