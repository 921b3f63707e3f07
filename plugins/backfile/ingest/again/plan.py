"""Decide what a new reading of one kept raw file changes, without changing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backfile import frontmatter
from backfile.frontmatter import FrontMatter
from backfile.ingest.again.kept import Kept
from backfile.ingest.again.matching import matched
from backfile.ingest.again.merge import Base, Row, merge
from backfile.ingest.again.written import fingerprint, is_what_was_written, written
from backfile.ingest.changes.catalogue import Catalogue, Held, read_held, title_key
from backfile.ingest.changes.plan import Action, Intent, Planner
from backfile.ingest.changes.shelf import Place, Shelf
from backfile.ingest.changes.wrote import BODY, compared, hashes, of_reading
from backfile.ingest.records import Item, Picture, RawDocument, Reading, Receipt


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one article: ``text`` is what its file at ``place`` will hold, "" where it stays as it is.

    ``title`` is the headline as the importer reads it. ``held`` is None for a text that was not
    found before; ``gone`` says that one is no longer found, and kept. ``before`` is a hash of
    its file as planned, ``wrote`` what the receipt will remember. ``pictures`` are those that
    the new reading shows.
    """

    title: str
    kind: str
    place: Place
    held: Held | None = None
    text: str = ""
    before: str = ""
    rows: tuple[Row, ...] = ()
    gone: bool = False
    wrote: Mapping[str, Any] | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Reread:
    """One kept file: the receipt of its new reading, and what that changes, in the order of the items.

    ``read`` is how it was read, ``notes`` are sentences for the editor.
    """

    kept: Kept
    receipt: Receipt
    read: Mapping[str, str]
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether any file is written."""
        return any(change.text for change in self.changes)

    @property
    def tells(self) -> bool:
        """Whether there is anything that an editor should see."""
        return bool(self.notes) or any(change.rows or change.gone or change.text for change in self.changes)


def plan_again(
    kept: Kept, raw: RawDocument, reading: Reading, catalogue: Catalogue, shelf: Shelf, *, force: bool = False
) -> Reread:
    """Return what a new reading changes; places that it takes are taken in ``catalogue`` and ``shelf``, too.

    ``force`` puts the importer's word before a hand's.
    """
    planner = _Again(kept, raw, catalogue, shelf, force=force)
    articles = matched(reading.items, kept.articles, planner.titles)
    changes = [planner.decide(item, held) for item, held in zip(reading.items, articles, strict=True)]
    found = {held.path for held in articles if held}
    gone = (_gone(held, planner.receipts) for held in kept.articles if held.path not in found)
    return Reread(
        kept,
        reading.receipt,
        of_reading(raw, kept.given),
        (*(change for change in changes if change), *gone),
        tuple(planner.notes),
    )


class _Again:
    """Plans one kept file; the planner of imports makes what is new."""

    def __init__(self, kept: Kept, raw: RawDocument, catalogue: Catalogue, shelf: Shelf, *, force: bool) -> None:
        self.kept = kept
        self.catalogue = catalogue
        self.shelf = shelf
        self.force = force
        self.planner = Planner(raw, catalogue, kept.main.front.date, force=False)
        self.receipts = {str(item.get("path")): item for item in kept.receipt.get("items", ())}
        self.titles = {path: str(item.get("title", "")) for path, item in self.receipts.items()}
        self.notes: list[str] = []
        self.by_hand: set[int] = set()  # which items' texts stay as a hand wrote them

    def decide(self, item: Item, held: Held | None) -> Change | None:
        """Decide for one item; those before it in the document were decided. None when nothing is to be said."""
        return self._new(item) if held is None else self._read(item, held)

    def _read(self, item: Item, held: Held) -> Change:
        front = held.front
        now, body = self._written(item, held)
        merged = merge(
            held, now, body, self._base(held, now, body), is_dated=item.date is not None, is_told=self.kept.is_told,
            force=self.force,
        )  # fmt: skip
        if any(row.field == BODY and row.kept for row in merged.rows):
            self.by_hand.add(len(self.planner.ids) - 1)
        place = self.shelf.place(held, merged.changes.get("date", front.date), held.slug)
        if place.id != held.id:
            self._take(place)
            self.planner.ids[-1] = place.id
        changes = bool(merged.changes) or merged.body is not None
        before = self.shelf.text(held) if changes else ""
        return Change(
            title=item.title,
            kind=item.kind,
            place=place,
            held=held,
            text=written(held, before, merged, place, now.digest) if changes else "",
            before=fingerprint(before),
            rows=merged.rows,
            wrote={"guessed": list(now.guessed), "wrote": hashes(compared(now, body))},
            pictures=item.pictures,
        )

    def _written(self, item: Item, held: Held) -> tuple[FrontMatter, str]:
        """Return what the importer would write of an item, at the address of an article."""
        front = held.front
        self.planner.find(item, held.id)
        day, basis = (item.date, item.date_basis) if item.date else (front.moment or front.date, front.date_basis)
        values = self.planner.values(item, day, basis or front.date_basis, held.slug)
        return frontmatter.parse(frontmatter.dump(values, item.markdown), held.path)

    def _base(self, held: Held, now: FrontMatter, body: str) -> Base | None:
        """Return what the importer wrote then; None when that is not known."""
        if not held.edited:
            return Base(hashes(compared(held.front, held.body)), held.front.guessed)
        remembered = self.receipts.get(held.path, {})
        wrote, guessed = remembered.get("wrote"), remembered.get("guessed")
        if isinstance(wrote, dict) and isinstance(guessed, list):
            return Base(wrote, tuple(map(str, guessed)))
        return Base(hashes(compared(now, body)), now.guessed) if is_what_was_written(held, now, body) else None

    def _new(self, item: Item) -> Change | None:
        """Return the article that is made of an item which was not found before; None when it is not to be made."""
        if reason := self._reason_against(item):
            self.notes.append(f"“{item.title}” is found, but {reason}")
            self.planner.find(item, "")
            return None
        intent = self.planner.intend(item)
        if intent.action is not Action.CREATE:
            if intent.action is Action.REFUSE:
                self.notes.append(f"“{item.title}” is not taken in: {intent.reason}")
            return None
        held = read_held(intent.text, intent.path)
        place = Place(held.id, held.path)
        self._take(place)
        wrote = {"guessed": list(held.front.guessed), "wrote": hashes(compared(held.front, held.body))}
        return Change(item.title, item.kind, place, text=intent.text, wrote=wrote, pictures=item.pictures)

    def _take(self, place: Place) -> None:
        """Have a place taken, for this file and those that are planned after it."""
        self.shelf.reserve(place)
        self.catalogue.ids.add(place.id)
        self.catalogue.paths.add(place.path.lower())

    def _reason_against(self, item: Item) -> str:
        """Return why a hand's work forbids to make an article of an item; "" when it does not."""
        if item.digest in self.by_hand:
            return "the text that it stood in was edited by hand: it stays there"
        title = title_key(item.title)
        removed = next(
            (
                path
                for path, made in self.receipts.items()
                if path not in self.shelf.held
                and made.get("kind") == item.kind
                and title_key(str(made.get("title", ""))) == title
            ),
            None,
        )
        return f"{removed} was removed since: it stays so" if removed else ""


def intents_of(reread: Reread) -> tuple[list[Intent], dict[str, Mapping[str, Any]]]:
    """Return what a receipt is made of: where each item stands, and what the importer wrote of it.

    What the receipt names besides stays: texts that stand elsewhere, and those that a hand removed.
    """
    intents, wrote = [], {}
    for change in reread.changes:
        intents.append(Intent(Action.SAME, change.title, change.kind, change.place.path))
        wrote[change.place.path] = change.wrote or {}
    named = {change.held.path for change in reread.changes if change.held}
    for item in reread.kept.receipt.get("items", ()):
        if (path := str(item.get("path", ""))) and path not in named and path not in wrote:
            intents.append(Intent(Action.SAME, str(item.get("title", "")), str(item.get("kind", "")), path))
            wrote[path] = _remembered(item)
    return intents, wrote


def _gone(held: Held, receipts: Mapping[str, Mapping[str, Any]]) -> Change:
    known = receipts.get(held.path, {})
    place = Place(held.id, held.path)
    title = str(known.get("title", held.front.title))
    return Change(title, held.front.kind, place, held, gone=True, wrote=_remembered(known))


def _remembered(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a receipt's entry remembers of what was written."""
    return {name: item[name] for name in ("guessed", "wrote") if name in item}
