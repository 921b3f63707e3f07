"""Runs a command and tells what it took: time on the clock, time of processors, memory of all its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
# How memory is counted: a page that several processes share counts once.
MEMORY = "sum of PSS over all processes, sampled" if PROC.exists() else "largest process, RSS"
_PAUSE = 0.05  # seconds between samples


class FailedError(Exception):
    """A command failed; the message has the end of what it said."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Wall and processor seconds; ``memory`` in MB, or nothing where that was not asked for."""

    wall: float
    cpu: float
    memory: float | None


def run(
    command: Sequence[str | Path], folder: Path, *, environment: Mapping[str, str] | None = None, memory: bool = False
) -> Taken:
    """Run a command in a folder, to its end. Looking at memory takes time: ``memory`` and times from different runs.

    Raises :class:`FailedError`.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=folder,
            # As for a user, compiled modules are kept.
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        sampler = Sampler(process.pid)
        if memory and PROC.exists():
            sampler.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)  # with all its children that it waited for
        except KeyboardInterrupt:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            sampler.done.set()
        wall = time.perf_counter() - start
        said.seek(0)
        text = said.read()
    if status:
        raise FailedError("\n".join([" ".join(map(str, command[:3])), *text.splitlines()[-12:]]))
    peak = sampler.peak / 1e6 if PROC.exists() else usage.ru_maxrss / 1024
    return Taken(wall, usage.ru_utime + usage.ru_stime, peak if memory else None)


class Sampler(threading.Thread):
    """Looks at the memory of all processes of a session, over and over; ``peak`` is the most so far, in bytes."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.done = threading.Event()
        self.peak = 0
        self._session = session

    def run(self) -> None:
        """Look until :attr:`done` is set."""
        while not self.done.wait(_PAUSE):
            self.peak = max(self.peak, sum(map(_memory, self._processes())))

    def _processes(self) -> list[Path]:
        return [path for path in PROC.iterdir() if path.name.isdecimal() and _session(path) == self._session]


def _session(process: Path) -> int:
    try:
        # After the name, which stands in brackets and may hold anything: state, parent, group, session.
        return int((process / "stat").read_bytes().rpartition(b")")[2].split()[3])
    except OSError:
        return 0  # it has ended meanwhile


def _memory(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_bytes().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(b"Pss:"))
