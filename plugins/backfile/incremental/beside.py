"""Small work beside this process: what it finds is waited for when it is wanted.

Python's own pools take longer to begin than such work takes.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from typing import Any, TypeVar

Found = TypeVar("Found")


def beside(work: Callable[[], Found]) -> Callable[[], Found]:
    """Begin work in a forked process; return what returns its outcome: plain values, which ``marshal`` knows.

    That is to be asked once. Where processes cannot be forked, or the process dies, the work is done here, then.
    """
    if not hasattr(os, "fork"):
        return work
    end, start = os.pipe()
    process = os.fork()
    if not process:
        _tell(start, work)
    os.close(start)

    def outcome() -> Found:
        with open(end, "rb") as pipe:  # noqa: PTH123  # no path
            told = pipe.read()
        _, status = os.waitpid(process, 0)
        if status:
            return work()
        found: Found = marshal.loads(told)  # noqa: S302  # from our own process
        return found

    return outcome


def _tell(pipe: int, work: Callable[[], Any]) -> None:
    status = 1
    try:
        with open(pipe, "wb") as file:
            file.write(marshal.dumps(work()))
        status = 0
    finally:
        os._exit(status)
