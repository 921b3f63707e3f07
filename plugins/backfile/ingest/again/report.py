"""What reading again changes, for people before it is done, and as data for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from backfile.ingest.again.merge import Row
from backfile.ingest.again.plan import Change, Reread
from backfile.ingest.changes.wrote import BODY

_LINES = 12  # of a text's differences that are shown
_WIDTH = 100  # characters of a line that are shown
_SHORT = 160  # characters of two values that stand on one line
_BEFORE = 30  # of these before the difference


@dataclass(frozen=True, slots=True)
class Report:
    """The kept files of which there is anything to tell, those that can't be read, and how many were read.

    ``unkept`` counts articles whose raw file is not kept.
    """

    rereads: tuple[Reread, ...] = ()
    refused: tuple[str, ...] = ()
    files: int = 0
    unkept: int = 0

    @property
    def changes(self) -> int:
        """How many articles would be written."""
        return sum(bool(change.text) for reread in self.rereads for change in reread.changes)

    def as_data(self) -> dict[str, Any]:
        """Return the report as JSON can hold it; texts in full."""
        files = [
            {
                "file": reread.kept.name,
                "sha256": reread.kept.file.stem,
                "articles": [_data(change) for change in reread.changes if change.rows or change.gone or change.text],
                "notes": list(reread.notes),
            }
            for reread in self.rereads
        ]
        return {"files": files, "refused": list(self.refused), "read": self.files, "unkept": self.unkept}

    def lines(self) -> Iterator[str]:
        """Yield the report as lines."""
        for reread in self.rereads:
            for change in reread.changes:
                yield from _lines(change)
            yield from (f"{reread.kept.name}: {note}" for note in reread.notes)
        yield from (f"refused {reason}" for reason in self.refused)
        yield self.total()

    def total(self) -> str:
        """Return the last line."""
        kept = sum(bool(row.kept) for reread in self.rereads for change in reread.changes for row in change.rows)
        gone = sum(change.gone for reread in self.rereads for change in reread.changes)
        new = sum(change.held is None for reread in self.rereads for change in reread.changes)
        parts = [f"{_count(self.files, 'kept file')} read again", f"{_count(self.changes - new, 'article')} to change"]
        parts += [f"{new} new"] if new else []
        parts += [f"{_count(kept, 'field')} left as edited"] if kept else []
        parts += [f"{gone} no longer found, and kept"] if gone else []
        parts += [f"{_count(len(self.refused), 'file')} refused"] if self.refused else []
        parts += [f"{_count(self.unkept, 'article')} without a kept file"] if self.unkept else []
        return ", ".join(parts)


def differences(was: str, now: str) -> list[str]:
    """Return how two texts differ, line by line, each cut to where it differs: ``- was``, ``+ now``."""
    old, new = ([line for line in text.split("\n") if line.strip()] for text in (was, now))
    found = []
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for at in range(max(end - start, last - first)):
            one = old[start + at] if start + at < end else ""
            other = new[first + at] if first + at < last else ""
            begin = max(0, _same_start(one, other) - _BEFORE) if one and other else 0
            found += [f"{sign} {_cut(line, begin)}" for sign, line in (("-", one), ("+", other)) if line]
    left = len(found) - _LINES
    return found if left <= 0 else [*found[:_LINES], f"… and {left} more lines"]


def _same_start(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(line: str, begin: int) -> str:
    cut = line[begin : begin + _WIDTH]
    return f"{'…' if begin else ''}{cut}{'…' if begin + _WIDTH < len(line) else ''}"


def _lines(change: Change) -> Iterator[str]:
    if change.gone:
        yield f"{change.place.path}: is no longer found in its file; it stays as it is"
        return
    if change.held is None:
        yield f"{change.place.path}: is new: {change.kind} “{change.title}”"
        return
    if change.rows:
        yield f"{change.held.path}: “{change.held.front.title}”"
    for row in change.rows:
        yield from _row_lines(row)
    if change.place.id != change.held.id:
        yield f"  /{change.held.id}/ will lead to /{change.place.id}/"


def _row_lines(row: Row) -> Iterator[str]:
    was, now = shown(row.field, row.was), shown(row.field, row.now)
    if row.field != BODY and len(was) + len(now) <= _SHORT:
        yield (
            f"  {row.field}: {was} stays ({row.kept}); read now: {now}" if row.kept else f"  {row.field}: {was} → {now}"
        )
        return
    name = "text" if row.field == BODY else row.field
    yield f"  {name} stays ({row.kept}); read now:" if row.kept else f"  {name}:"
    yield from (f"    {line}" for line in differences(was, now))


def _data(change: Change) -> dict[str, Any]:
    fields = [{"field": row.field, "was": row.was, "now": row.now, "kept": row.kept or None} for row in change.rows]
    return {
        "file": change.held.path if change.held else change.place.path,
        "id": change.place.id,
        "action": "gone" if change.gone else "create" if change.held is None else "update" if change.text else "keep",
        "moved_from": change.held.id if change.held and change.held.id != change.place.id else None,
        "fields": fields,
    }


def shown(name: str, value: Any) -> str:
    """Return a field's value as people read it."""
    if name == "date":
        day, basis = value
        return f"{day} ({basis})"
    if isinstance(value, (tuple, list)):
        value = (" " if name == "source" else "; ").join(str(part) for part in value if part)
    return str(value) if value not in (None, "") else "(none)"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
