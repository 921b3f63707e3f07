"""Marks: short hashes of what something says, the same in every run, to tell whether it has changed.

Python's ``hash`` differs between runs, and ``pickle`` writes equal values differently when
their parts are shared differently. Here records are unfolded into plain tuples, and those
written by ``marshal`` in its second version, which has one form for each value.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

_SIZE = 16  # bytes
_PLAIN = frozenset((str, int, float, bool, bytes, type(None)))


def mark_of(*values: Any) -> bytes:
    """Return the mark of any nest of plain values, dates, tuples, dictionaries and frozen records.

    It is the same for equal values, whatever they were made of. A record that has a ``mark``
    is known by it. Raises ``TypeError`` for what can't be unfolded.
    """
    try:
        written = marshal.dumps(values, 2)
    except ValueError:  # most values are plain; these are not
        written = marshal.dumps(_flat(values), 2)
    return blake2b(written, digest_size=_SIZE).digest()


def _flat(value: Any) -> Any:
    kind: type = type(value)
    if kind in _PLAIN:
        return value
    if kind is not tuple and kind is not list:
        if mark := getattr(value, "mark", None):
            return mark
        value = _unfolding(kind)(value)
    # Most parts are plain, and there are millions: to ask here saves a call for each.
    return tuple([item if type(item) in _PLAIN else _flat(item) for item in value])


@cache
def _unfolding(kind: type) -> Callable[[Any], Any]:
    """Return what turns a value of a class into its name and its parts."""
    name = kind.__name__
    if is_dataclass(kind):
        return attrgetter("__class__.__name__", *(field.name for field in fields(kind)))
    if issubclass(kind, Enum):
        return lambda value: (name, value.value)
    if issubclass(kind, date):
        return lambda value: (name, value.isoformat())
    if issubclass(kind, dict):
        return lambda value: (name, *value.items())
    if issubclass(kind, frozenset):
        return lambda value: (name, *sorted(value))
    raise TypeError(f"{kind} has no mark")
