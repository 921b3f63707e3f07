"""A lock that one process holds on one file, and that its death releases.

Made of the operating system's own record locks, so there is no stale lock to judge: what
a dead process held is free. Locks of the other kind (``flock``, which the filelock
package uses) are inherited by forked workers, and those of a killed build would go on
holding it. The price: a process never keeps itself out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from backfile.errors import PublishError

if sys.platform == "win32":
    import msvcrt

    # Windows locks bytes against reading too: one far behind the holder's id keeps that readable.
    BYTE = 1 << 30

    def _try(descriptor: int) -> None:
        os.lseek(descriptor, BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _try(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """A lock that is held from making the object until :meth:`release`."""

    def __init__(self, path: Path, purpose: str) -> None:
        """Take the lock on ``path``, a file that is made where it is missing and never removed.

        ``purpose`` says what for, to whoever finds it taken. Raises :class:`PublishError`
        when another process holds it.
        """
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _try(self._descriptor)
        except OSError as error:
            holder = os.read(self._descriptor, 200).decode("utf-8", "replace").strip() or "another process"
            os.close(self._descriptor)
            raise PublishError(f"{purpose}: {holder} is at work there. Wait until it is done, or stop it.") from error
        os.truncate(self._descriptor, 0)
        os.write(self._descriptor, f"process {os.getpid()}\n".encode())

    def release(self) -> None:
        """Let others take it. The file stays, since removing it could part two who wait for it."""
        os.truncate(self._descriptor, 0)
        os.close(self._descriptor)
