"""Records as bytes for the cache, in a form that is quickly read again.

A frozen record with slots pickles its state in Python, field by field, and sets it the same
way. Written as a call of its class with all fields, it is read by C and by ``__init__``, in
a third of the time. Many records of one class are read in a third of that again when they are
kept field by field, each for all of them (:func:`filled`).
"""

from __future__ import annotations

import io
import pickle
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import repeat
from operator import attrgetter
from typing import Any, TypeVar

Record = TypeVar("Record")


class RecordPickler(pickle.Pickler):
    """Pickles frozen records, and all that pickle knows."""

    def reducer_override(self, value: Any) -> Any:
        """Return a record as its class and its fields; leave other values to pickle."""
        kind = type(value)
        if not is_dataclass(kind):
            return NotImplemented
        return kind, _fields_of(kind)(value)


def dumps(value: object) -> bytes:
    """Return what ``pickle.loads`` turns into the value again."""
    file = io.BytesIO()
    RecordPickler(file, protocol=5).dump(value)
    return file.getvalue()


def filled(kind: type[Record], count: int, fields: Mapping[str, Iterable[Any]]) -> list[Record]:
    """Return so many records of a class with slots; ``fields`` are, for each slot by its name, those of all of them.

    They are not frozen before they are whole: ``__init__`` would set the same slots one by one.
    """
    made = list(map(kind.__new__, repeat(kind, count)))
    for name, values in fields.items():
        deque(map(getattr(kind, name).__set__, made, values), maxlen=0)
    return made


@cache
def _fields_of(kind: type) -> Any:
    """Return what returns the fields of a record as a tuple, in the order in which its class takes them."""
    names = [field.name for field in fields(kind) if field.init]
    return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
