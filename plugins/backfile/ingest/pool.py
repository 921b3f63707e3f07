"""Examines many documents at once, on all cores, and gives what they became in the order they came in.

Examining is pure, so where it happens makes no difference. No more documents than a few
for each core, and no more bytes than fit, are held at a time. A document that takes too long,
or that makes its reader fail, is refused; the others go on.

Each document has :data:`SECONDS`. In its process an alarm ends it, where the system has alarms
(not on Windows) and a library comes back to Python in time. Where other processes read, and where there
are no alarms, the one that waits for a document ends the process that reads it, a little later.
Few small files are read in this process, where there is the alarm alone. Other processes are copies of this
one where that is safe, and there at once; elsewhere to start one takes half a second of processor time, fifty
times that of such a file.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_all_start_methods, get_context, parent_process
from types import FrameType

from backfile.errors import IngestError
from backfile.ingest.pipeline import examine
from backfile.ingest.records import Given, RawDocument, Reading

SECONDS = 60  # for one document; a long text takes well under one
# By so much longer than the alarm waits who ends processes.
_GRACE = 10
# From so many files on, or bytes in one, other processes save more time than they take to start.
_MANY = 200
_MANY_FOR_COPIES = 40
_LARGE = 1024 * 1024
# Documents that wait for each process, and their bytes in all: enough that none is ever idle.
_WAITING = 4
_WAITING_BYTES = 64 * 1024 * 1024
_COLLECTING = 50_000  # new objects after which garbage is looked for: a tenth of the time of reading pages is saved
# What a library may raise on bytes that its authors did not think of.
_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip

Outcome = Reading | IngestError | None
Examined = Generator[tuple[RawDocument | IngestError, Outcome], None, None]


def examine_all(
    raws: Iterable[RawDocument | IngestError], given: Given, is_known: Callable[[RawDocument], bool], processes: int
) -> Examined:
    """Yield each document with its reading, or why there is none; a known one with None.

    An error in place of a document is passed on. With one process all is done in this one, if
    the system has alarms; others begin at once, before this function returns. When who iterates
    stops, they are ended at once.
    """
    if processes == 1 and _has_alarms():
        return _examined_here(raws, given, is_known)
    return _examined_by(_Crew(processes, given), raws, is_known)


def _examined_here(
    raws: Iterable[RawDocument | IngestError], given: Given, is_known: Callable[[RawDocument], bool]
) -> Examined:
    with _rarely_collecting():
        for raw in raws:
            yield raw, None if isinstance(raw, IngestError) or is_known(raw) else examine_one(raw, given)


def _examined_by(
    crew: _Crew, raws: Iterable[RawDocument | IngestError], is_known: Callable[[RawDocument], bool]
) -> Examined:
    is_done = False
    waiting: deque[tuple[RawDocument | IngestError, Future[Reading | IngestError] | None]] = deque()
    weight = 0

    def finished() -> tuple[RawDocument | IngestError, Outcome]:
        raw, future = waiting.popleft()
        return raw, None if future is None or isinstance(raw, IngestError) else crew.outcome(raw, future)

    try:
        for raw in raws:
            waiting.append((raw, None if isinstance(raw, IngestError) or is_known(raw) else crew.submit(raw)))
            weight += _weight(raw)
            while len(waiting) > crew.processes * _WAITING or weight > _WAITING_BYTES:
                weight -= _weight(waiting[0][0])
                yield finished()
        while waiting:
            yield finished()
        is_done = True
    finally:
        crew.end(at_once=not is_done)


def processes_for(sizes: Collection[int]) -> int:
    """Return how many processes should read files of so many bytes: one, which is this one, or one a core."""
    many = _MANY_FOR_COPIES if _can_copy() else _MANY
    is_worth_it = len(sizes) >= many or any(size >= _LARGE for size in sizes)
    return max(2, os.cpu_count() or 1) if is_worth_it else 1


def examine_one(raw: RawDocument, given: Given) -> Reading | IngestError:
    """Return the reading of a document, or why it is refused."""
    try:
        with time_limit(raw.name), _rarely_collecting():
            return examine(raw, given)
    except IngestError as error:
        return error
    except (RecursionError, MemoryError) as error:
        return IngestError(f"{raw.name}: is too much to read ({type(error).__name__}); split it into several files")
    except _FAULTS as error:
        return IngestError(f"{raw.name}: makes its reader fail ({type(error).__name__}: {error}); it was left out")


class _Crew:
    """The processes that read; new ones when they died or had to be ended."""

    def __init__(self, processes: int, given: Given) -> None:
        self.processes = processes
        self.given = given
        self.pool = _pool(processes)
        self.pool.submit(_ready)  # copies of this process are all made now, while it does nothing else

    def submit(self, raw: RawDocument) -> Future[Reading | IngestError]:
        try:
            return self.pool.submit(examine_one, raw, self.given)
        except BrokenProcessPool:
            self.pool.shutdown()
            self.pool = _pool(self.processes)
            return self.pool.submit(examine_one, raw, self.given)

    def outcome(self, raw: RawDocument, future: Future[Reading | IngestError]) -> Reading | IngestError:
        """Wait for the outcome of the document that was submitted first of those that wait: it is being read."""
        try:
            return future.result(SECONDS + _GRACE)
        except TimeoutError:
            _kill()
            return _too_long(raw.name)
        except BrokenProcessPool:  # a process died, and took with it what waited for the others
            return _alone(raw, self.given)

    def end(self, *, at_once: bool) -> None:
        if at_once:
            _kill()
        self.pool.shutdown(wait=True, cancel_futures=True)


def _alone(raw: RawDocument, given: Given) -> Reading | IngestError:
    """Examine one document in a process of its own, to learn whether it was the one."""
    with _pool(1) as pool:
        try:
            return pool.submit(examine_one, raw, given).result(SECONDS + _GRACE)
        except TimeoutError:
            _kill()
            return _too_long(raw.name)
        except BrokenProcessPool:
            return IngestError(f"{raw.name}: makes its reader fail; it was left out")


def _pool(processes: int) -> ProcessPoolExecutor:
    """Return processes that read; they begin with the first task."""
    return ProcessPoolExecutor(processes, get_context("fork" if _can_copy() else "spawn"), initializer=_begin)


def _can_copy() -> bool:
    """Tell whether this process may be copied: it has no other thread, whose locks would be held in the copy for good.

    Nor may it on macOS, whose own libraries do not bear it.
    """
    return threading.active_count() == 1 and "fork" in get_all_start_methods() and sys.platform != "darwin"


def _ready() -> None:
    """Do nothing: the first task has processes begin."""


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one; and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what was there before is no garbage: to look at it would copy it
    gc.set_threshold(_COLLECTING, *gc.get_threshold()[1:])
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _kill() -> None:
    for child in active_children():
        child.kill()


def _weight(raw: RawDocument | IngestError) -> int:
    return 0 if isinstance(raw, IngestError) else len(raw.data)


def _has_alarms() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def time_limit(name: str) -> Iterator[None]:
    """Raise ``IngestError`` after :data:`SECONDS`, where the system has alarms."""
    if not _has_alarms():
        yield
        return

    def refuse(_number: int, _frame: FrameType | None) -> None:
        raise _too_long(name)

    before = signal.signal(signal.SIGALRM, refuse)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """Look for garbage less often: what a document is read into stays until it is read, a hundred thousand objects."""
    usual = gc.get_threshold()
    gc.set_threshold(_COLLECTING, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _too_long(name: str) -> IngestError:
    return IngestError(f"{name}: takes longer than {SECONDS} seconds to read; split it into several files")
