"""The life of an archive: edited and built again and again, and held against builds from nothing."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from backfile.check.same import differences
from backfile.publish.staging import held, is_settled
from tests.building import ROOT, arguments, build, files_of
from tests.incremental.edits import EDITS, project

SITES = ("", "https://coast.example", "https://coast.example/archive")


class Life:
    """An archive in ``home``, its ``settings``, and the chance that rules what happens to them."""

    def __init__(self, folder: Path, chance: Random, *, search: bool = False) -> None:
        self.folder = folder
        self.home = project(folder / "project")
        self.content, self.output = self.home / "content", self.home / "output"
        self.settings: dict[str, Any] = {
            "THEME": str(self.home / "theme"),
            "SITENAME": "Archive",
            "SITEURL": "",
            "DEFAULT_LANG": "en",
            "SEARCH_INDEX": search,
        }
        self._chance = chance
        self._number = 0

    def edit(self) -> Sequence[str]:
        """Make a few edits, and sometimes another setting; return what was done."""
        done = [self._chance.choice(EDITS) for _ in range(self._chance.randrange(1, 6))]
        for edit in done:
            edit(self.home, self._chance)
        return [*(edit.__name__ for edit in done), *self._set()]

    def _set(self) -> Sequence[str]:
        if self._chance.randrange(4):
            return []
        self._number += 1
        name, value = self._chance.choice(
            [
                ("SITENAME", f"Archive {self._number}"),
                ("SITEURL", self._chance.choice(SITES)),
                ("DEFAULT_LANG", self._chance.choice(["en", "uk", "ru"])),
            ]
        )
        self.settings[name] = value
        return [f"{name}={self.settings[name]!r}"]

    def build(self) -> None:
        """Build, going on from the last build."""
        build(self.content, self.output, **self.settings)

    def left(self) -> tuple[bool, dict[str, bytes]]:
        """Return what a killed build left: whether that is a whole site, and the files once it is."""
        was_settled = is_settled(self.output)
        before = files_of(self.output)
        with held(self.output, "Looking at"):
            after = files_of(self.output)
        return not was_settled or before == after, after

    def stale(self) -> tuple[str, ...]:
        """Return the files of the output that are not those of a build from nothing."""
        clean = self.folder / "clean"
        build(self.content, clean / "output", **self.settings)
        found = differences(self.output, clean / "output")
        shutil.rmtree(clean)
        return found


def live(folder: Path, chance: Random, builds: int, *, search: bool = False) -> None:
    """Edit an archive and build it, again and again; compare each output with that of a clean build."""
    life = Life(folder, chance, search=search)
    for turn in range(builds):
        done = life.edit()
        life.build()
        stale = life.stale()
        assert not stale, f"build {turn} after {', '.join(done)}: {', '.join(stale)}"


@contextlib.contextmanager
def killing() -> Iterator[Callable[[Life, bool, int], int]]:
    """Yield what builds a life's site and kills it, or a worker, before the change of files number ``at``.

    It returns the status that the build ended with.
    """
    command = [sys.executable, "-m", "tests.incremental.killed"]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        orders, answers = program.stdin, program.stdout
        assert orders
        assert answers

        def build_and_die(life: Life, worker: bool, at: int) -> int:
            given = arguments(life.content, life.output, **life.settings)
            order = {"arguments": given, "below": str(life.home), "worker": worker, "at": at}
            orders.write(json.dumps(order) + "\n")
            orders.flush()
            return int(answers.readline())

        yield build_and_die
