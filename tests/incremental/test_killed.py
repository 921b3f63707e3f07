"""A build that is killed leaves a whole site, and the next one is right."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.building import files_of
from tests.incremental.lives import Life, killing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing there can be killed as here")

# Which process dies, the builder or its worker, and how many changes of files it lives to make. The builder makes
# about 85 before it puts the new site in place: two for each page, of which it makes 36 itself.
MOMENTS = ((False, 0), (False, 60), (True, 0), (True, 20), (False, 100), (False, 150))
PATIENCE = 3  # seconds

# A process that dies amid work for its workers; these answer with more than a pipe holds.
ORPHANS = """
import os, signal
from backfile.incremental.workers import on_all_cores
for number, _ in enumerate(on_all_cores(lambda item: bytes(20_000), range(2_000), few=1)):
    if number == 100:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_site_is_whole_after_each_kill_and_the_next_build_is_right(tmp_path: Path) -> None:
    life = Life(tmp_path, Random(1))  # noqa: S311  # repeatable, not secret
    life.build()
    whole = [files_of(life.output)]
    base = life.home / "theme/templates/base.html"
    source = base.read_text(encoding="utf-8")
    with killing() as build_and_die:
        for number, (worker, at) in enumerate(MOMENTS):
            base.write_text(source.replace("</body>", f"<p>Edit {number}</p></body>"), encoding="utf-8")
            assert build_and_die(life, worker, at) != 0
            was_whole, left = life.left()
            assert was_whole
            assert left == whole[-1] or edits_in(left) == {str(number)}
            whole.append(left)
    assert len({str(edits_in(site)) for site in whole}) > 2
    assert life.stale() == ()  # the last kill came late: whoever comes next finishes what that build had decided
    life.build()
    assert files_of(life.output) == whole[-1]


def edits_in(site: dict[str, bytes]) -> set[str]:
    """Return which edits the pages of a site show; all but redirects have what they are made from in common."""
    pages = (data.decode() for path, data in site.items() if path.endswith(".html"))
    shown = (re.search("<p>Edit (.)</p>", page) for page in pages if 'http-equiv="refresh"' not in page)
    return {match.group(1) if match else "" for match in shown}


def test_workers_that_are_left_alone_end_by_themselves() -> None:
    program = subprocess.Popen([sys.executable, "-c", ORPHANS], start_new_session=True)
    assert program.wait() == -signal.SIGKILL
    try:
        end = time.monotonic() + PATIENCE
        while is_alive(program.pid) and time.monotonic() < end:
            time.sleep(0.05)
        assert not is_alive(program.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)


def is_alive(group: int) -> bool:
    """Tell whether a process of a group is still there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
