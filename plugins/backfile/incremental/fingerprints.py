"""The mark of a frozen record, by its values: the same for equal records, whatever they were made of.

Python's ``hash`` differs between runs. Records are unfolded into plain tuples; one that has
a mark is known by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from operator import attrgetter
from typing import Any

from backfile.marks import mark_of

_PLAIN = frozenset((str, int, float, bool, bytes, type(None)))


class Fingerprints:
    """Takes fingerprints; remembers how records of each class are unfolded."""

    def __init__(self) -> None:
        self._unfold: dict[type, Callable[[Any], Any]] = {}

    def of(self, value: Any) -> bytes:
        """Return the fingerprint of a record, or of any nest of records, tuples, dictionaries and plain values."""
        try:
            return mark_of(value)
        except ValueError:  # most facts are plain; these are not
            return mark_of(self._flat(value))

    def _flat(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is not tuple and kind is not list:
            if mark := getattr(value, "mark", None):
                return mark
            unfold = self._unfold.get(kind)
            if unfold is None:
                unfold = self._unfold[kind] = _unfolding(kind)
            value = unfold(value)
        # Most parts are plain, and there are millions: to ask here saves a call for each.
        return tuple([item if type(item) in _PLAIN else self._flat(item) for item in value])


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
