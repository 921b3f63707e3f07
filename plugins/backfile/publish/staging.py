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
import shutil
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from backfile.errors import PublishError
from backfile.publish.home import Home, around, files, same
from backfile.publish.lock import Lock
from backfile.publish.plan import plan


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit did: paths in the output that were written and removed, and how many stayed as they were."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


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

    def commit(self, kept: Collection[str] = ()) -> Changes:
        """Put the staged site in the place of the old one and end the stage; return what changed.

        ``kept`` are files of the output that belong to the new site as they are.

        Raises :class:`PublishError`, and leaves the output as it was, when the stage
        holds a link or a device, or a foreign file stands where a page has to go.
        """
        home = self._home
        try:
            staged, made = files(self.path), home.made()
            odd = [path for path, is_file in staged.items() if not is_file]
            if odd:
                raise PublishError(f"{odd[0]}: the built site holds a link, and links lead out of it. Copy the file.")
            paths = staged.keys() | set(kept)
            # Where much is kept, to look at all of it would take longer than the rest of this.
            existing = around(self.output, staged.keys() | (made - paths)) if kept else files(self.output)
            existing |= dict.fromkeys(paths - staged.keys() - made, True)
            changed = {
                path for path in staged if not (existing.get(path) and same(self.path / path, self.output / path))
            }
            todo = plan(paths, changed, existing, made)
            if todo.obstacles:
                raise PublishError(
                    f"{self.output / todo.obstacles[0]}: Backfile did not make this file, and the site now has one"
                    " in its place. Move it away, then build again."
                )
            home.decide(self.path, todo.steps, sorted(paths) if paths != made else None)
            home.settle()
        finally:
            self.abandon()
        return Changes(
            written=tuple(sorted(changed)),
            removed=tuple(sorted(path for step, path in todo.steps if step == "drop")),
            unchanged=len(paths) - len(changed),
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
        stage.commit()
    home = Home(output)
    foreign = tuple(sorted(files(home.output)))
    if not foreign:
        home.output.rmdir()
    shutil.rmtree(home.state, ignore_errors=True)
    return foreign


def is_settled(output: Path) -> bool:
    """Tell whether no swap is under way in ``output``, nor was broken off there."""
    return not Home(output).journal.exists()
