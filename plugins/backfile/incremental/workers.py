"""Work on all cores: forked workers see all that their parent has in memory, and send back what they found.

Where processes cannot be forked (Windows), or there is little to do, the work is done
here, with the same outcome.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
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
    if len(items) <= few or cores == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    context = multiprocessing.get_context("fork")
    gc.collect()
    gc.freeze()  # the collector would else touch, and so copy, all memory that is shared with the workers
    _give_back()
    pipes: list[Connection] = []
    workers = []
    for number in range(cores):
        here, there = context.Pipe(duplex=False)
        given = (work, items, number, cores, batch, there, [*pipes, here])
        worker = context.Process(target=_worker, args=given, daemon=True)
        worker.start()
        there.close()
        pipes.append(here)
        workers.append(worker)
    try:
        for low in range(0, len(items), batch):
            yield from _receive(pipes[low // batch % cores])
    except BaseException:
        for worker in workers:
            worker.terminate()
        raise
    finally:
        for pipe in pipes:
            pipe.close()
        for worker in workers:
            worker.join()
        gc.unfreeze()


def _give_back() -> None:
    """Give freed memory back to the system where glibc can: workers would else copy it as it is used again."""
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
