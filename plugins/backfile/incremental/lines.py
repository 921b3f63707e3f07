"""Files of many lines (:class:`~backfile.pages.LinesPlan`): a line that was in the last build's file is not made again.

Of such a file the cache has the keys of its lines; the lines themselves stand in the output.
"""

from __future__ import annotations

import marshal
from dataclasses import dataclass

from backfile.incremental.cache import Cache
from backfile.incremental.site import Output
from backfile.pages import BETWEEN, LinesPlan


@dataclass(frozen=True, slots=True)
class MadeLines:
    """The keys of the lines of a file, and where in it they begin and end."""

    path: str
    start: int
    end: int
    keys: list[bytes]


class Lines:
    """The lines that stand in the output."""

    def __init__(self, output: Output, cache: Cache) -> None:
        self._output = output
        self._cache = cache

    def make(self, plan: LinesPlan) -> tuple[bytes, MadeLines]:
        """Return a file, and what is to be remembered of it."""
        lines = plan.made(self._known(plan.save_as))
        data = plan.whole(lines)
        return data, MadeLines(plan.save_as, len(plan.head), len(data) - len(plan.tail), list(lines))

    def remember(self, made: MadeLines, key: bytes) -> None:
        """Write down which lines there are in the file that is known by ``key``."""
        row = (key, made.start, made.end, made.keys)
        self._cache.put("note", [(_note(made.path), marshal.dumps(row))])

    def _known(self, path: str) -> dict[bytes, bytes]:
        """Return the lines of the file in the output by their keys; none where it is not the one written down."""
        row = self._cache.get("note", _note(path))
        if not row:
            return {}
        key, start, end, keys = marshal.loads(row)  # noqa: S302  # our own, by checksum
        if self._output.key(path) != key:
            return {}
        lines = (self._output.root / path).read_bytes()[start:end].split(BETWEEN)
        return dict(zip(keys, lines, strict=True)) if keys else {}


def _note(path: str) -> str:
    return f"lines {path}"
