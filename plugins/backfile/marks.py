"""Marks: short hashes of what something says, the same in every run, to tell whether it has changed."""

from __future__ import annotations

import marshal
from hashlib import blake2b
from typing import Any

_SIZE = 16  # bytes


def mark_of(*values: Any) -> bytes:
    """Return the mark of plain values (text, bytes, numbers, None) and of tuples of such.

    ``marshal`` in its second version has one form for each value; later ones write equal
    values differently when their parts are shared differently, as ``pickle`` does.
    """
    return blake2b(marshal.dumps(values, 2), digest_size=_SIZE).digest()
