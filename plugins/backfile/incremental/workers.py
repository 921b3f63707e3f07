"""Work on all cores: forked workers see all that their parent has in memory, and send back what they found.

Where processes cannot be forked (Windows), or there is little to do, the work is done
here, with the same outcome. Work that takes much memory and leaves little is done in a
process :func:`apart`, whoever comes next then has nothing to copy.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, TypeVar

from backfile.errors import BackfileError

Item = TypeVar("Item")
Found = TypeVar("Found")

# Many enough that handing over costs nothing, few enough that all workers end together.
_BATCH = 64


class WorkerError(BackfileError):
    """A worker died; the message says what to look for."""


def on_all_cores(
    work: Callable[[Item], Found], items: Sequence[Item], *, few: int = 2 * _BATCH, batch: int = _BATCH
) -> Iterator[Found]:
    """Yield ``work(item)`` for each item, in their order; at ``few`` items or fewer in this process.

    A worker takes ``batch`` items at a time.

    An error in a worker is raised here. Raises :class:`WorkerError` when one dies.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) <= few or cores == 1 or not _can_fork():
        yield from map(work, items)
    else:
        yield from _forked(work, items, cores, batch)


def apart(work: Callable[[], Found]) -> Found:
    """Return ``work()``, done in a process of its own, with all the memory that it takes; it may have workers itself.

    Raises as :func:`on_all_cores` does.
    """
    if not _can_fork():
        return work()

    def here(_: None) -> Found:
        Thread(target=_end_with_parent, daemon=True).start()
        return work()

    (found,) = _forked(here, [None], 1, 1, may_fork=True)
    return found


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


def _end_with_parent() -> None:
    """Wait until this process's parent has ended, and end: its work may take long, and nobody wants it now."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _forked(
    work: Callable[[Item], Found], items: Sequence[Item], number_of: int, batch: int, *, may_fork: bool = False
) -> Iterator[Found]:
    context = multiprocessing.get_context("fork")
    was_frozen = gc.get_freeze_count()
    gc.collect()
    gc.freeze()  # the collector would else touch, and so copy, all memory that is shared with the workers
    give_back()
    pipes: list[Connection] = []
    workers = []
    for number in range(number_of):
        here, there = context.Pipe(duplex=False)
        given = (work, items, number, number_of, batch, there, [*pipes, here])
        worker = context.Process(target=_worker, args=given, daemon=not may_fork)
        worker.start()
        there.close()
        pipes.append(here)
        workers.append(worker)
    try:
        for low in range(0, len(items), batch):
            yield from _receive(pipes[low // batch % number_of])
    except BaseException:
        for worker in workers:
            worker.terminate()
        raise
    finally:
        for pipe in pipes:
            pipe.close()
        for worker in workers:
            worker.join()
        if not was_frozen:  # else it is a parent's memory, which this process shares
            gc.unfreeze()


def give_back() -> None:
    """Give freed memory back to the system where glibc can; workers would else copy it as it is used again."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def _receive(pipe: Connection) -> list[Any]:
    try:
        found = pipe.recv()
    except EOFError as error:
        hint = "The system may have ended it for want of memory; close other programs and build again."
        raise WorkerError(f"A worker of the build died. {hint}") from error
    if isinstance(found, BaseException):
        raise found
    return list(found)


def _worker(
    work: Callable[[Item], Found],
    items: Sequence[Item],
    number: int,
    cores: int,
    size: int,
    pipe: Connection,
    others: list[Connection],
) -> None:
    for other in others:
        other.close()
    try:
        for low in range(number * size, len(items), cores * size):
            pipe.send([work(item) for item in items[low : low + size]])
    except BrokenPipeError:
        return  # the parent has given up, and says why
    except Exception as error:  # whatever it is, the parent raises it
        pipe.send(error)
