"""Builds again whenever a file changes, and shows the site meanwhile: ``invoke livereload``.

Two processes: one watches and serves, the other builds. The builder keeps Pelican, its
settings and all that it has read in memory (:class:`~backfile.incremental.memory.Memory`),
and forks its workers undisturbed by the server's threads. When the settings or the code
have changed, it is ended and another one is begun; the server goes on.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import multiprocessing
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from backfile.errors import BackfileError, ContentError, PublishError
from backfile.publish.live import Builds, Trouble, live_server

_STEP = 10  # milliseconds without a change after which a build begins: editors write a file in several steps
_MOST = 200  # milliseconds after which it begins anyway
_QUIET = 250  # milliseconds without a change after which watching says so


@dataclass(frozen=True, slots=True)
class Work:
    """What is built: settings by file, and those that override them. ``code`` are the paths that need a new builder."""

    settings: Path
    override: Mapping[str, Any]
    watched: tuple[Path, ...]
    code: tuple[Path, ...]


def live(work: Work, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Build, serve, and build again at each change until the user stops it; ``announce`` is given lines.

    Raises :class:`~backfile.errors.PublishError` when the port is taken.
    """
    from watchfiles import watch

    builds = Builds()
    try:
        server = live_server(Path(work.override["OUTPUT_PATH"]), host, port, builds)
    except OSError as error:
        raise PublishError(f"{host}:{port} can't be listened on ({error.strerror}). Set another port.") from error
    with server, Builder(work) as builder, contextlib.suppress(KeyboardInterrupt):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        is_shown = False
        # It yields before the first change, too: what is saved while the first build works is not missed.
        for changed in watch(
            *work.watched, *work.code, step=_STEP, debounce=_MOST, rust_timeout=_QUIET, yield_on_timeout=True
        ):
            if any(Path(path).is_relative_to(code) for _, path in changed for code in work.code):
                builder.restart()
            if changed or not is_shown:
                _build(builder, builds, announce)
            if not is_shown:
                announce(f"The site is at http://{host}:{server.server_port}/ (stop with Ctrl-C).")
                announce("Search finds what was there at the start; `invoke build` brings it up to date.")
                is_shown = True


def _build(builder: Builder, builds: Builds, announce: Callable[[str], None]) -> None:
    troubles = builder.build()
    for trouble in troubles:
        announce(str(trouble))
    if troubles:
        announce("The last good site stays up until this is mended.")
    builds.show(troubles)


class Builder:
    """A process that builds when it is asked to."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __enter__(self) -> Builder:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self.process = context.Process(target=_serve_builds, args=(self._work, there))
        self.process.start()
        there.close()
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.close()
        self.process.terminate()
        self.process.join()

    def restart(self) -> None:
        """Begin anew, with the code and the settings as they are now."""
        self.__exit__()
        self.__enter__()

    def build(self) -> tuple[Trouble, ...]:
        """Build; return what stopped the build."""
        try:
            self._pipe.send(None)
            return tuple(self._pipe.recv())
        except (EOFError, OSError):
            self.restart()
            return (Trouble("", "the process that builds has died.", "Save a file to have it try again."),)


def _serve_builds(work: Work, pipe: Connection) -> None:
    """Build each time that a word comes through the pipe, and send back what went wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process is told, and ends this one
    pelican: Any = None
    with contextlib.suppress(EOFError, OSError):  # the other process is gone
        while True:
            pipe.recv()
            try:
                pelican = pelican or _pelican(work)
                pelican.run()
            except Exception as error:  # whatever it is, the page and the terminal say it
                pipe.send(tuple(_troubles(error, work)))
            else:
                pipe.send(())
            gc.collect()
            gc.freeze()  # what stays in memory is not looked through again, least of all within a build


def _pelican(work: Work) -> Any:
    from pelican import log  # type: ignore[import-untyped]  # Pelican has no types
    from pelican.settings import read_settings  # type: ignore[import-untyped]  # Pelican has no types

    log.init(level=logging.WARNING, fatal="errors", name="pelican")
    settings = read_settings(str(work.settings), override=dict(work.override))
    pelican = settings["PELICAN_CLASS"](settings)
    pelican.memory.lasts = True
    return pelican


def _troubles(error: Exception, work: Work) -> Iterable[Trouble]:
    """Return what to say of an error: each finding of a broken file, or the place where it came from."""
    if isinstance(error, ContentError):
        for finding in error.findings:
            where = f"{finding.file}:{finding.line}" if finding.line else finding.file
            what = f"{finding.field}: {finding.message}" if finding.field else finding.message
            yield Trouble(where, what, finding.hint)
    elif isinstance(error, BackfileError):
        yield Trouble("", str(error))
    elif isinstance(error, SyntaxError | TemplateSyntaxError):
        file = error.filename or ""
        yield Trouble(f"{file}:{error.lineno}", error.msg if isinstance(error, SyntaxError) else str(error.message))
    else:
        ours = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if any(Path(frame.filename).is_relative_to(path) for path in (*work.watched, *work.code))
        ]
        where = f"{ours[-1].filename}:{ours[-1].lineno}" if ours else ""
        yield Trouble(where, f"{type(error).__name__}: {error}")
