"""A hash of a frozen record, by its values: the same for equal records, whatever they were made of.

Python's ``hash`` differs between runs, and ``pickle`` writes equal records differently
when their parts are shared differently. Records are unfolded into plain tuples and written
by ``marshal`` in its second version, which has one form for each value.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import blake2b
from operator import attrgetter
from typing import Any

_SIZE = 16
_PLAIN = frozenset((str, int, float, bool, bytes, type(None)))


class Fingerprints:
    """Takes fingerprints; remembers those of records of the classes in ``shared``, which stand in many others.

    The records must live as long as this does.
    """

    def __init__(self, *shared: type) -> None:
        self._shared = frozenset(shared)
        self._known: dict[int, bytes] = {}
        self._unfold: dict[type, Callable[[Any], Any]] = {}

    def of(self, value: Any) -> bytes:
        """Return the fingerprint of a record, or of any nest of records, tuples, dictionaries and plain values."""
        return blake2b(marshal.dumps(self._flat(value), 2), digest_size=_SIZE).digest()

    def _flat(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is tuple or kind is list:
            return tuple([item if type(item) in _PLAIN else self._flat(item) for item in value])
        if kind in self._shared:
            known = self._known.get(id(value))
            if known is None:
                known = self._known[id(value)] = self.of(self._parts(kind, value))
            return known
        return self._parts(kind, value)

    def _parts(self, kind: type, value: Any) -> Any:
        unfold = self._unfold.get(kind)
        if unfold is None:
            unfold = self._unfold[kind] = _unfolding(kind)
        # Most parts are plain, and there are millions: to ask here saves a call for each.
        return tuple([item if type(item) in _PLAIN else self._flat(item) for item in unfold(value)])


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
    raise TypeError(f"{kind} has no fingerprint")
