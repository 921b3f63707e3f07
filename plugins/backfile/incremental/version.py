"""Which code a cache belongs to."""

from __future__ import annotations

import sys
import sysconfig
from hashlib import blake2b
from pathlib import Path

import backfile


def version() -> bytes:
    """Return a hash of Backfile's own code and data, of Python's version and of those of all packages beside it."""
    told = blake2b(sys.version.encode(), digest_size=16)
    root = Path(backfile.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".yaml", ".npz"}:
            told.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    # The names of these folders state the packages' versions.
    for folder in sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
        told.update("\0".join(sorted(path.name for path in Path(folder).glob("*.dist-info"))).encode())
    return told.digest()
