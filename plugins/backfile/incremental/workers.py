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
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from backfile.errors import BackfileError

Item = TypeVar("Item")
Found = TypeVar("Found")

# Many enough that handing over costs nothing, few enough that all workers end together.
_BATCH = 64
_PLACE = 4  # bytes by which a batch is known
_MOST = 1 << 12  # batches: a pipe takes the places of so many at once
_LARGE = 1 << 22  # bytes of a block that is large: to give back smaller ones at once takes time
_TRIM_FROM, _LARGE_FROM = -1, -3  # what glibc's malloc.h calls M_TRIM_THRESHOLD and M_MMAP_THRESHOLD


class WorkerError(BackfileError):
    """A worker died; the message says what to look for."""


def on_all_cores(
    work: Callable[[Item], Found],
    items: Sequence[Item],
    *,
    few: int = 2 * _BATCH,
    batch: int = _BATCH,
    beside: bool = False,
    here: bool = False,
) -> Iterator[Found]:
    """Yield ``work(item)`` for each item, in their order; at ``few`` items or fewer in this process.

    A worker takes ``batch`` items at a time: in turn with the others, or, ``beside``, those that
    stand beside its last ones, which copies less of the memory around them, while what is found waits for its turn.
    Where this process works as well (``here``), there is one worker less, and one copy less of what they touch.

    An error in a worker is raised here. Raises :class:`WorkerError` when one dies.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(items) <= few or cores == 1 or not _can_fork():
        yield from map(work, items)
        return
    batch = max(batch, -(-len(items) // _MOST))
    count = -(-len(items) // batch)
    places = range(count)
    shares = [
        places[at * count // cores : (at + 1) * count // cores] if beside else places[at::cores] for at in range(cores)
    ]
    yield from _forked(work, items, shares, batch, here=here)


def apart(work: Callable[[], Found]) -> Found:
    """Return ``work()``, done in a process of its own, with all the memory that it takes; it may have workers itself.

    Raises as :func:`on_all_cores` does.
    """
    if not _can_fork():
        return work()

    def here(_: None) -> Found:
        Thread(target=_end_with_parent, daemon=True).start()
        return work()

    (found,) = _forked(here, [None], [range(1)], 1, may_fork=True)
    return found


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


def _end_with_parent() -> None:
    """Wait until this process's parent has ended, and end: its work may take long, and nobody wants it now."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _forked(
    work: Callable[[Item], Found],
    items: Sequence[Item],
    shares: list[range],
    batch: int,
    *,
    here: bool = False,
    may_fork: bool = False,
) -> Iterator[Found]:
    """Yield ``work(item)`` for each item; ``shares`` are the places of the batches that each worker begins with.

    The first of them is this process's own, if it works ``here``.
    """
    context = multiprocessing.get_context("fork")
    was_frozen = gc.get_freeze_count()
    gc.freeze()  # the collector would else touch, and so copy, all memory that is shared with the workers
    give_back()
    pipes: list[Connection] = []
    workers = []
    queues = [_queue(share) for share in shares]
    batches = [_batches(work, items, [*queues[number:], *queues[:number]], batch) for number in range(len(shares))]
    own = batches.pop(0) if here else iter(())
    for share in batches:
        end, start = context.Pipe(duplex=False)
        worker = context.Process(target=_worker, args=(share, start, [*pipes, end]), daemon=not may_fork)
        worker.start()
        start.close()
        pipes.append(end)
        workers.append(worker)
    heard: SimpleQueue[Any] = SimpleQueue()
    listeners = [Thread(target=_listen, args=(pipe, heard), daemon=True) for pipe in pipes]
    for listener in listeners:
        listener.start()
    try:
        yield from _in_order(heard, own, sum(map(len, shares)))
    except BaseException:
        for worker in workers:
            worker.terminate()
        raise
    finally:
        for queue in queues:
            os.close(queue)
        for worker in workers:
            worker.join()
        for listener in listeners:
            listener.join()
        for pipe in pipes:
            pipe.close()
        if not was_frozen:  # else it is a parent's memory, which this process shares
            gc.unfreeze()


def _queue(places: Sequence[int]) -> int:
    """Return the end of a pipe from which workers may take places, each but once."""
    end, start = os.pipe()
    os.write(start, b"".join(place.to_bytes(_PLACE, "big") for place in places))
    os.close(start)
    return end


def _in_order(heard: SimpleQueue[Any], own: Iterator[tuple[int, list[Any]]], count: int) -> Iterator[Any]:
    """Yield what workers find, batch after batch; while there is nothing to hear, do a batch of one's own."""
    found: dict[int, list[Any]] = {}
    for place in range(count):
        while place not in found:
            told = next(own, None) if heard.empty() else None
            told = told or heard.get()
            if isinstance(told, BaseException):
                raise told
            found[told[0]] = told[1]
        yield from found.pop(place)


def _listen(pipe: Connection, heard: SimpleQueue[Any]) -> None:
    """Hand on what a worker finds, an error included, until it has done its work."""
    try:
        while told := pipe.recv():
            heard.put(told)
    except (EOFError, OSError) as error:
        hint = "The system may have ended it for want of memory; close other programs and build again."
        died = WorkerError(f"A worker of the build died. {hint}")
        died.__cause__ = error
        heard.put(died)


def give_back() -> None:
    """Give freed memory back to the system where glibc can, and large blocks as soon as they are free from now on.

    Workers would else copy what is used again, and large arrays leave holes in which no larger one finds room.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim") and hasattr(library, "mallopt"):
        library.mallopt(_LARGE_FROM, _LARGE)
        library.mallopt(_TRIM_FROM, 4 * _LARGE)
        library.malloc_trim(0)


def _batches(
    work: Callable[[Item], Found], items: Sequence[Item], queues: Sequence[int], size: int
) -> Iterator[tuple[int, list[Found]]]:
    """Yield batches' places and what was found in each: batches of one's own, then what is left of others'."""
    for queue in queues:
        while place := os.read(queue, _PLACE):
            at = int.from_bytes(place, "big")
            yield at, [work(item) for item in items[at * size : (at + 1) * size]]


def _worker(batches: Iterator[tuple[int, list[Found]]], pipe: Connection, others: list[Connection]) -> None:
    for other in others:
        other.close()
    try:
        for found in batches:
            pipe.send(found)
        pipe.send(None)
    except BrokenPipeError:
        return  # the parent has given up, and says why
    except Exception as error:  # whatever it is, the parent raises it
        pipe.send(error)
