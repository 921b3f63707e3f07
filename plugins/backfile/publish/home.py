"""The hidden folder beside an output folder, and the small steps of a swap: each may be done twice.

:mod:`backfile.publish.staging` tells how they make a whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from backfile.errors import PublishError
from backfile.publish.lock import Lock
from backfile.publish.plan import folders


class Home:
    """The hidden folder beside an output folder, and what is kept there."""

    def __init__(self, output: Path) -> None:
        """Take the output folder, which need not exist; where it is a link, its target is meant."""
        self.output = output.resolve()
        if not self.output.name:
            raise PublishError(f"{output}: this is no folder to build a site into. Name one inside it.")
        self.state = self.output.parent / f".{self.output.name}.backfile"
        self.journal = self.state / "journal"

    def lock(self, purpose: str) -> Lock:
        """Make the hidden folder and take its lock."""
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            return Lock(self.state / "lock", purpose)
        except OSError as error:
            raise PublishError(
                f"{self.state}: {error.strerror}. The folder beside the site must be writable."
            ) from error

    def check(self) -> None:
        """Make the output folder, or refuse one that can't be, or must not be, built into."""
        try:
            self.output.mkdir(exist_ok=True)
            is_empty = not any(self.output.iterdir())
        except OSError as error:
            raise PublishError(f"{self.output}: {error.strerror}. Name a folder to build the site into.") from error
        if not is_empty and not (self.state / "made").exists():
            raise PublishError(
                f"{self.output}: this folder holds files that Backfile did not make, and a build would mix with them."
                " Name another folder, or remove this one."
            )
        if self.output.stat().st_dev != self.state.stat().st_dev:
            raise PublishError(
                f"{self.output}: this folder is a disk of its own, where a new site can't be put in place in one step."
                " Name a folder inside it."
            )

    def made(self) -> set[str]:
        """Return the files that the last build put into the output."""
        try:
            return set(json.loads((self.state / "made").read_text(encoding="ascii")))
        except FileNotFoundError:
            return set()

    def decide(self, stage: Path, steps: tuple[tuple[str, str], ...], made: list[str] | None) -> None:
        """Write the journal: from here on there is no way but forward. ``made`` is None when that stays as it is."""
        self._write(self.journal, {"stage": stage.name, "steps": steps, "made": made})

    def settle(self) -> None:
        """Do what is left of a swap that was decided, and remove stages that nobody works in.

        The caller holds the lock.
        """
        if self.journal.exists():
            decision = json.loads(self.journal.read_text(encoding="ascii"))
            try:
                self._swap(self.state / decision["stage"], decision["steps"])
            except OSError as error:
                raise PublishError(f"{error.filename}: {error.strerror}. The next build will finish this.") from error
            if decision["made"] is not None:
                self._write(self.state / "made", decision["made"])
            self.journal.unlink()
        for stage in self.state.glob("stage-*"):
            shutil.rmtree(stage, ignore_errors=True)

    def _swap(self, stage: Path, steps: list[tuple[str, str]]) -> None:
        """Carry out the steps, as far as that has not been done.

        Where the first put was done, so were the drops before it, and those must not be
        done again: what they made room for may go by their name.
        """
        first = next((number for number, (step, _) in enumerate(steps) if step == "put"), None)
        is_begun = first is not None and not (stage / steps[first][1]).exists()
        for step, path in steps[first:] if is_begun else steps:
            if step == "put":
                put(stage / path, self.output / path)
            else:
                drop(self.output / path, self.output)

    def _write(self, path: Path, value: object) -> None:
        """Write a file so that it is there whole or not at all."""
        draft = path.with_suffix(".draft")
        with draft.open("w", encoding="ascii") as file:
            file.write(json.dumps(value))  # at once: piece by piece takes ten times as long
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


def files(root: Path) -> dict[str, bool]:
    """Return all below ``root`` that is no folder, by path, and whether it is a file; links are not followed."""
    found: dict[str, bool] = {}
    waiting = [""]
    while waiting:
        waiting += _look(root, waiting.pop(), found)
    return found


def around(root: Path, paths: Collection[str]) -> dict[str, bool]:
    """Return of :func:`files` what lies in the folders that lead to any of ``paths``, or in place of one."""
    places = {f"{path}/" for path in paths}
    leading = {"", *(f"{folder}/" for path in paths for folder in folders(path))}
    found: dict[str, bool] = {}
    waiting = [("", False)]
    while waiting:
        prefix, is_place = waiting.pop()
        below = [(folder, is_place or folder in places) for folder in _look(root, prefix, found)]
        waiting += [each for each in below if each[1] or each[0] in leading]
    return found


def _look(root: Path, prefix: str, found: dict[str, bool]) -> list[str]:
    """Add what lies in a folder to ``found``; return the folders in it."""
    inner = []
    # A path object for each folder would take longer than to look into it.
    with os.scandir(f"{os.fspath(root)}/{prefix}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                inner.append(f"{prefix}{entry.name}/")
            else:
                found[prefix + entry.name] = entry.is_file(follow_symlinks=False)
    return inner


def same(one: Path, other: Path) -> bool:
    """Tell whether two files hold the same bytes."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while block := left.read(1 << 20):
            if block != right.read(1 << 20):
                return False
    return True


def put(source: Path, target: Path) -> None:
    """Move ``source`` to ``target``, if that has not been done yet."""
    if not source.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        for folder, _, _ in os.walk(target, topdown=False):
            Path(folder).rmdir()
    source.replace(target)


def drop(target: Path, output: Path) -> None:
    """Remove ``target``, and the folders that this leaves empty, if that has not been done yet."""
    if not target.is_dir() or target.is_symlink():  # else it is gone, and a folder in its place already
        target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == output:
            return
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:  # it is not empty
            return
