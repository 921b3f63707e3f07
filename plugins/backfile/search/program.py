"""Runs the Pagefind program on pages, and leaves this process free while it works.

Work that needs the program is a generator. It pauses once, when the program has begun, and
then goes on to what came of it. So several programs work side by side, and beside whatever
this process does meanwhile, without a thread: threads would have to wait for each other at
each file that they read or write, and processes must not be forked beside them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sized
from pathlib import Path
from typing import TypeVar

from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]  # the wheel has no type marker

from backfile.errors import BackfileError

__all__ = ["FRAGMENTS", "SearchIndexError", "SideBySide", "at_once", "pagefind"]

FRAGMENTS = "fragment"

# Programs at a time: each takes up to a quarter of a gigabyte.
_MOST = 4

Found = TypeVar("Found")


class SearchIndexError(BackfileError):
    """The search index can't be built; the message says what failed and how to mend it."""


def pagefind(
    pages: Mapping[str, str], target: Path, work: Path, wanted: Iterable[str], known: Iterable[Path] = ()
) -> Generator[None, None, None]:
    """Have pages indexed, given by name, and what of it is ``wanted`` put into the folder ``target``.

    ``known`` are fragments of earlier runs that this one would write again: the program leaves alone what
    is there. ``work`` is a folder for what is needed meanwhile. No settings from the environment or from
    files where it is started are heeded.
    """
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [_program(), "--site", "site", "--output-path", "bundle", "--glob", "*.html"]
    command += ["--force-language", "en", "--silent"]
    with tempfile.TemporaryDirectory(dir=work, prefix="stage-") as made_folder:
        folder = Path(made_folder)
        _write(folder / "site", pages)
        _link(folder / "bundle" / FRAGMENTS, known)
        with (folder / "said").open("w+", encoding="utf-8", errors="replace") as said:
            with subprocess.Popen(command, cwd=folder, env=settings, stdout=said, stderr=said) as program:
                try:
                    yield
                    program.wait()
                finally:
                    program.kill()  # if it still works, nobody wants it now
            if program.returncode:
                said.seek(0)
                lines = [line.strip() for line in said if line.strip()]
                reason = lines[0] if lines else f"it ended with status {program.returncode}"
                raise SearchIndexError(f"search index: Pagefind failed on {target.name}: {reason}")
        target.mkdir(parents=True, exist_ok=True)
        for pattern in wanted:
            for made in (folder / "bundle").glob(pattern):
                shutil.move(made, target / made.name)


def _program() -> str:
    try:
        return str(get_executable())
    except FileNotFoundError as error:
        mend = "Install the package pagefind[extended], or build with SEARCH_INDEX=false."
        raise SearchIndexError(f"search index: the Pagefind program is missing. {mend}") from error


def _write(site: Path, pages: Mapping[str, str]) -> None:
    site.mkdir()
    for name, page in pages.items():
        with open(f"{site}/{name}.html", "w", encoding="utf-8") as file:  # noqa: PTH123  # paths take longer
            file.write(page)


def _link(folder: Path, files: Iterable[Path]) -> None:
    """Have files in a new folder, too. Where that can't be, they are missing there."""
    folder.mkdir(parents=True)
    with contextlib.suppress(OSError):
        for file in files:
            os.link(file, folder / file.name)


def at_once(work: Generator[None, None, Found]) -> Found:
    """Do work without a pause; return what came of it."""
    try:
        while True:
            next(work)
    except StopIteration as ended:
        found: Found = ended.value
        return found


class SideBySide:
    """Work on parts that pauses while a program is at it: as many programs at a time as there are cores."""

    def __init__(self, work: Callable[[str], Generator[None, None, None]], parts: Mapping[str, Sized]) -> None:
        """Take ``work`` to be done for the name of each part."""
        self._work = work
        # The largest come first, so that no core waits for one at the end.
        self._waiting = deque(sorted(parts, key=lambda name: -len(parts[name])))
        self._paused: deque[tuple[str, Generator[None, None, None]]] = deque()
        self._done: deque[str] = deque()
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._room = min(cores, _MOST)

    def begin(self) -> None:
        """Have programs at work from now on, beside what this process goes on to do."""
        while self._waiting and len(self._paused) < self._room:
            name = self._waiting.popleft()
            work = self._work(name)
            try:
                next(work)
            except StopIteration:
                self._done.append(name)  # it needed none
            else:
                self._paused.append((name, work))

    def __iter__(self) -> Iterator[str]:
        """Do all that is left, and yield the name of each part that is done."""
        self.begin()
        while self._paused:
            name, work = self._paused.popleft()
            at_once(work)
            self._done.append(name)
            self.begin()
            while self._done:
                yield self._done.popleft()
        yield from self._done

    def close(self) -> None:
        """Give up what is not done."""
        for _, work in self._paused:
            work.close()
