"""The three-way choice, field by field: what the importer wrote then, what it writes now, what stands in the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from backfile.frontmatter import FrontMatter
from backfile.ingest.changes.catalogue import Held
from backfile.ingest.changes.wrote import BODY, compared, hashes
from backfile.model import DateBasis

# What an editor may have said when importing: where no receipt tells, it is held for the editor's word.
_SAID = ("source", "lang")


@dataclass(frozen=True, slots=True)
class Base:
    """What the importer wrote then: a hash of each field, and which fields it guessed."""

    wrote: Mapping[str, str]
    guessed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One field that is read differently now; ``kept`` says why the file's word stays, "" where it goes."""

    field: str
    was: Any
    now: Any
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of an article: ``changes`` to its front matter, its new ``body`` (None: it stays), and the rows."""

    changes: Mapping[str, Any]
    body: str | None
    rows: tuple[Row, ...]


BY_HAND = "edited by hand"
PERHAPS_BY_HAND = "perhaps edited by hand"
STATED = "stated when it was imported, it seems"


def merge(
    held: Held, front: FrontMatter, body: str, base: Base | None, *, is_dated: bool, is_told: bool, force: bool
) -> Merged:
    """Return what becomes of ``held``, of which the importer would write ``front`` and ``body`` now.

    Without ``base`` nothing is known of what it wrote then. ``is_dated`` says that the new
    reading found a day, ``is_told`` that it knows what the editor had said. With ``force``
    the importer's word goes before a hand's.
    """
    was, now = compared(held.front, held.body), compared(front, body)
    then, new = base.wrote if base else {}, hashes(now)
    by_hand = set() if force else _by_hand(held, hashes(was), base, now)
    if BODY in by_hand:
        by_hand.add("kind")  # a text is a digest when its items were taken out of it
    rows = []
    for name, value in now.items():
        if was.get(name) == value or (not was.get(name) and not value):
            continue
        if name in by_hand:
            if base is None or new.get(name) != then.get(name):
                rows.append(Row(name, was.get(name), value, BY_HAND if base else PERHAPS_BY_HAND))
        elif name in _SAID and not (is_told or force) and was[name] and name not in held.front.guessed:
            by_hand.add(name)
            rows.append(Row(name, was[name], value, STATED))
        else:
            rows.append(Row(name, was.get(name), value))
    taken = {row.field for row in rows if not row.kept}
    changes = _changes(taken, front)
    guessed = _guessed(held, front, by_hand, is_dated=is_dated)
    if set(guessed) != set(held.front.guessed) and (base or force):
        changes["guessed"] = guessed
        rows.append(Row("guessed", held.front.guessed, guessed))
    return Merged(changes, body if BODY in taken else None, tuple(rows))


def _by_hand(held: Held, was: Mapping[str, str], base: Base | None, now: Mapping[str, Any]) -> set[str]:
    """Return the fields that a hand changed, or answered for: no guess any more, or one now."""
    if base is None:
        return {*now, *was}
    changed = {name for name in {*was, *base.wrote} if was.get(name) != base.wrote.get(name)}
    return changed | (set(base.guessed) ^ set(held.front.guessed))


def _changes(taken: set[str], front: FrontMatter) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name in sorted(taken - {BODY}):
        changes[name] = front.extra[name] if name in front.extra else getattr(front, name)
    if "date" in taken:
        changes |= {"date": front.moment or front.date, "date_basis": front.date_basis}
    return changes


def _guessed(held: Held, front: FrontMatter, by_hand: Collection[str], *, is_dated: bool) -> tuple[str, ...]:
    """Return which fields are guesses: the new reading's, but where a hand decided; a day that is lost is one."""
    lost = () if is_dated or held.front.date_basis is DateBasis.GIVEN else ("date",)
    names = dict.fromkeys((*lost, *front.guessed, *held.front.guessed))
    return tuple(
        name
        for name in names
        if (name in held.front.guessed if name in by_hand else name in front.guessed or name in lost)
    )
