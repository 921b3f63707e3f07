"""Examines many documents at once, on all cores, and gives what they became in the order they came in.

Examining is pure, so where it happens makes no difference. No more documents than a few
for each core are held at a time. A document that takes too long, or that makes its reader
fail, is refused; the others go on.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from types import FrameType

from backfile.errors import IngestError
from backfile.ingest.pipeline import examine
from backfile.ingest.records import Given, RawDocument, Reading

SECONDS = 60  # for one document; a long text takes well under one
# Documents that wait for each process: enough that none is ever idle.
_WAITING = 4

Outcome = Reading | IngestError | None
_Pending = tuple[RawDocument | IngestError, Future[Reading | IngestError] | None]


def examine_all(
    raws: Iterable[RawDocument | IngestError], given: Given, is_known: Callable[[RawDocument], bool], processes: int
) -> Iterator[tuple[RawDocument | IngestError, Outcome]]:
    """Yield each document with its reading, or why there is none; a known one with None.

    An error in place of a document is passed on. With one process all is done in this one.
    """
    if processes == 1:
        for raw in raws:
            yield raw, None if isinstance(raw, IngestError) or is_known(raw) else examine_one(raw, given)
        return
    pool = _pool(processes)
    waiting: deque[_Pending] = deque()
    try:
        for raw in raws:
            if isinstance(raw, IngestError) or is_known(raw):
                waiting.append((raw, None))
            else:
                try:
                    future = pool.submit(examine_one, raw, given)
                except BrokenProcessPool:
                    pool.shutdown()
                    pool = _pool(processes)
                    future = pool.submit(examine_one, raw, given)
                waiting.append((raw, future))
            if len(waiting) > processes * _WAITING:
                yield _finished(waiting.popleft(), given)
        while waiting:
            yield _finished(waiting.popleft(), given)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def examine_one(raw: RawDocument, given: Given) -> Reading | IngestError:
    """Return the reading of a document, or why it is refused."""
    try:
        with _time_limit(raw.name):
            return examine(raw, given)
    except IngestError as error:
        return error
    except (RecursionError, MemoryError) as error:
        return IngestError(f"{raw.name}: is too much to read ({type(error).__name__}); split it into several files")


def _finished(pending: _Pending, given: Given) -> tuple[RawDocument | IngestError, Outcome]:
    raw, future = pending
    if future is None or isinstance(raw, IngestError):
        return raw, None
    try:
        return raw, future.result()
    except BrokenProcessPool:  # a process died, and took with it what waited for the others
        return raw, _alone(raw, given)


def _alone(raw: RawDocument, given: Given) -> Reading | IngestError:
    """Examine one document in a process of its own, to learn whether it was the one."""
    with _pool(1) as pool:
        try:
            return pool.submit(examine_one, raw, given).result()
        except BrokenProcessPool:
            return IngestError(f"{raw.name}: makes its reader fail; it was left out")


def _pool(processes: int) -> ProcessPoolExecutor:
    # Processes start alike on every system, and inherit no thread of the progress bar.
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_ignore_interrupts)


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _time_limit(name: str) -> Iterator[None]:
    """Raise ``IngestError`` after :data:`SECONDS`, where the system has alarms (not on Windows)."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def refuse(_number: int, _frame: FrameType | None) -> None:
        raise IngestError(f"{name}: takes longer than {SECONDS} seconds to read; split it into several files")

    before = signal.signal(signal.SIGALRM, refuse)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
