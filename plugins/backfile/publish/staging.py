"""A build writes beside ``output/``; what changed is then moved in, all of it or nothing.

While a site is built, ``output/`` stays as it was. :meth:`Stage.commit` compares bytes,
writes down in a journal what it is about to do, and then does it by renaming: unchanged
files keep their time stamp, so that hosts upload nothing for them. After a kill, whoever
comes next finds either no journal (nothing was touched: the stage is thrown away) or a
journal (the decision was made: the rest of it is done). Each step may be done twice.

All that this needs lies in one hidden folder beside the output (``.output.backfile`` for
``output``), on the same file system, since only there a rename is one step::

    lock       held by the process that builds or publishes
    made       JSON list of the files that the last build put into the output
    journal    JSON; exists only while a swap is under way
    stage-…    the site that is being built

A power cut is another matter than a kill: the journal is synced to disk, the pages are
not, and a page that was lost that way is put in again by the next build, which compares.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from backfile.errors import PublishError
from backfile.publish.lock import Lock
from backfile.publish.plan import plan


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit did: paths in the output that were written and removed, and how many stayed as they were.

    ``foreign`` are files in the output that Backfile did not make and has left alone.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    foreign: tuple[str, ...]


class Stage:
    """A private folder (``path``) in which a site is built, to take the place of ``output``."""

    def __init__(self, home: Home, lock: Lock, path: Path) -> None:
        """Take what :meth:`open` has prepared."""
        self.output = home.output
        self.path = path
        self._home = home
        self._lock = lock
        self._is_open = True

    @classmethod
    def open(cls, output: Path) -> Stage:
        """Return a fresh stage for ``output``, after setting right what a killed build left.

        Raises :class:`PublishError` when another process is at work there, or when
        ``output`` is no folder that Backfile made, and not empty either.
        """
        home = Home(output)
        lock = home.lock(f"Building {output}")
        try:
            home.settle()
            home.check()
            path = Path(tempfile.mkdtemp(prefix="stage-", dir=home.state))
        except BaseException:
            lock.release()
            raise
        return cls(home, lock, path)

    def commit(self) -> Changes:
        """Put the staged site in the place of the old one and end the stage; return what changed.

        Raises :class:`PublishError`, and leaves the output as it was, when the stage
        holds a link or a device, or a foreign file stands where a page has to go.
        """
        home = self._home
        try:
            staged, existing, made = files(self.path), files(self.output), home.made()
            odd = [path for path, mode in staged.items() if not stat.S_ISREG(mode)]
            if odd:
                raise PublishError(f"{odd[0]}: the built site holds a link, and links lead out of it. Copy the file.")
            changed = {
                path
                for path in staged
                if not (stat.S_ISREG(existing.get(path, 0)) and same(self.path / path, self.output / path))
            }
            todo = plan(staged, changed, existing, made)
            if todo.obstacles:
                raise PublishError(
                    f"{self.output / todo.obstacles[0]}: Backfile did not make this file, and the site now has one"
                    " in its place. Move it away, then build again."
                )
            home.decide(self.path, todo.steps, sorted(staged))
            home.settle()
        finally:
            self.abandon()
        return Changes(
            written=tuple(sorted(changed)),
            removed=tuple(sorted(path for step, path in todo.steps if step == "drop")),
            unchanged=len(staged) - len(changed),
            foreign=tuple(sorted(set(existing) - set(made))),
        )

    def abandon(self) -> None:
        """Throw the stage away and leave the output as it is; after :meth:`commit` this does nothing."""
        if not self._is_open:
            return
        self._is_open = False
        if not self._home.journal.exists():
            shutil.rmtree(self.path, ignore_errors=True)
        self._lock.release()

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abandon()


@contextlib.contextmanager
def held(output: Path, purpose: str) -> Iterator[None]:
    """Keep builds away from ``output`` within the block; what a killed build left is set right first.

    ``purpose`` says what for ("Publishing"). Raises :class:`PublishError` when another
    process is at work there.
    """
    home = Home(output)
    lock = home.lock(f"{purpose} {output}")
    try:
        home.settle()
        yield
    finally:
        lock.release()


def clear(output: Path) -> tuple[str, ...]:
    """Remove the site from ``output``, and the hidden folder beside it; return the foreign files that stay.

    Raises :class:`PublishError` as :meth:`Stage.open` does.
    """
    if not output.exists():
        return ()
    with Stage.open(output) as stage:
        foreign = stage.commit().foreign
    home = Home(output)
    if not foreign:
        home.output.rmdir()
    shutil.rmtree(home.state, ignore_errors=True)
    return foreign


def is_settled(output: Path) -> bool:
    """Tell whether no swap is under way in ``output``, nor was broken off there."""
    return not Home(output).journal.exists()


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

    def made(self) -> list[str]:
        """Return the files that the last build put into the output."""
        try:
            paths: list[str] = json.loads((self.state / "made").read_text(encoding="ascii"))
        except FileNotFoundError:
            return []
        return paths

    def decide(self, stage: Path, steps: tuple[tuple[str, str], ...], made: list[str]) -> None:
        """Write the journal: from here on there is no way but forward."""
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
            json.dump(value, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


def files(root: Path) -> dict[str, int]:
    """Return path → mode (as ``lstat`` has it) of all below ``root`` that is no folder; links are not followed."""
    found = {}
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(root / prefix) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{prefix}{entry.name}/")
                else:
                    found[prefix + entry.name] = entry.stat(follow_symlinks=False).st_mode
    return found


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
