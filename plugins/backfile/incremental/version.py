"""Which code a cache belongs to."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import backfile

_OWN = (".py", ".yaml", ".npz")


def version() -> bytes:
    """Return a hash of Backfile's own code and data, of Python's version and of those of all packages beside it."""
    told = blake2b(sys.version.encode(), digest_size=16)
    root = Path(backfile.__file__).parent
    for path in sorted(_files(os.fspath(root), "")):
        told.update(path.encode() + b"\0" + Path(root, path).read_bytes())
    # The names of these folders state the packages' versions.
    for folder in sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
        told.update("\0".join(sorted(path.name for path in Path(folder).glob("*.dist-info"))).encode())
    return told.digest()


def _files(root: str, prefix: str) -> Iterator[str]:
    """Yield the paths of code and data; to make a path object of each takes as long as to read it."""
    with os.scandir(f"{root}/{prefix}") as entries:
        for entry in entries:
            if entry.name.endswith(_OWN):
                yield f"{prefix}{entry.name}"
            elif entry.is_dir():
                yield from _files(root, f"{prefix}{entry.name}/")
