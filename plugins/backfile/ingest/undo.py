"""Plan how an import is undone, without doing it: ``content/`` is to be as it was before.

Of each article that the raw files were made into:

1. it was edited since: it stays, and what it came from stays, too;
2. it has an earlier version that no raw file to be undone holds: that is restored, from the copy
   that was kept in ``sources/``, else by reading its raw file again, as its receipt says that
   it was read; date and address stay, as they did when it was updated;
3. another raw file's import ended at it: it is made of that one;
4. none of these: it goes.

Briefs that it told in full no longer point to it. Raw files and receipts that nothing needs
any more go; the raw files are handed back to the user.

Not undone: what a later import has made of the articles. That import is to be undone first, or with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from backfile import frontmatter
from backfile.amend import amend
from backfile.errors import ContentError, IngestError
from backfile.ingest.apply import Change, Plan
from backfile.ingest.catalogue import Held, read_held, restamped, text_key
from backfile.ingest.holdings import Holdings, Receipt, item_paths, origins
from backfile.ingest.likeness import likeness
from backfile.ingest.pool import examine_one
from backfile.ingest.records import Given, Item, RawDocument
from backfile.ingest.shelf import receipt_path
from backfile.model import Kind, Provenance, Revision
from backfile.pictures import pictures_of

_SHA = re.compile(r"[0-9a-f]{7,64}")
_SAME_TITLE = 0.3
_SAME_TEXT = 0.3
_UNMARKED = "0" * 16  # where the mark of an import will stand


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing changes, and the raw files that go back to the user: their names, and where they lie."""

    plan: Plan
    returned: tuple[tuple[str, str], ...]


def chosen(named: Sequence[str], receipts: Mapping[str, Receipt]) -> list[str]:
    """Return the SHA-256 of the raw files whose import is meant: by default all of the last import.

    A raw file is named by its SHA-256 (its first digits will do), or its name, which means the
    last that was called so. Raises ``IngestError`` when there is none.
    """
    when = {sha: str(receipt.get("retrieved") or "") for sha, receipt in receipts.items()}
    if not receipts:
        raise IngestError("There is no import to undo: content/imports holds no receipt.")
    if not named:
        last = max(when.values())
        return [sha for sha, moment in when.items() if moment == last]
    found = []
    for word in named:
        name = PurePath(word).name
        stem = PurePath(word).stem
        matches = [sha for sha in receipts if _SHA.fullmatch(stem) and sha.startswith(stem)]
        matches = matches or [sha for sha, receipt in receipts.items() if receipt.get("file") in (word, name)]
        if not matches:
            raise IngestError(
                f"{word}: is no raw file that was imported. Name its file or its SHA-256, as content/imports has it."
            )
        found.append(max(matches, key=lambda sha: (when[sha], sha)))
    return list(dict.fromkeys(found))


def plan_undoing(shas: Sequence[str], holdings: Holdings) -> Undoing:
    """Return what undoing the imports of these raw files changes."""
    work = _Work(holdings, frozenset(shas))
    for held in work.concerned():
        work.decide(held)
    work.forget_full_texts()
    needed = work.needed()
    gone = [sha for sha in shas if sha not in needed]
    files = [holdings.files[sha] for sha in gone if sha in holdings.files]
    changes = (
        # What goes is found again by a run after one that was cut short, what pointed to it would not be.
        *sorted(work.changes.values(), key=lambda change: change.data is None),
        *(Change(path, None, "a picture of its own") for path in work.pictures()),
        *(Change(path, None, "a raw file") for path in files),
        *(Change(path, None, "an earlier version that stands in its place again") for path in work.copies(needed)),
        *(Change(receipt_path(sha), None, "a receipt") for sha in gone),
    )
    kept = [f"{_name(holdings.receipts[sha])} stays: an article still comes from it" for sha in shas if sha in needed]
    returned = tuple((_name(holdings.receipts[sha]), holdings.files[sha]) for sha in gone if sha in holdings.files)
    return Undoing(Plan(changes, (*work.notes, *kept)), returned)


@dataclass(slots=True)
class _Work:
    """What was decided so far: ``after`` holds the articles as they will be, by path, None for those that go."""

    holdings: Holdings
    undone: frozenset[str]
    after: dict[str, Held | None] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    readings: dict[str, tuple[Item, ...]] = field(default_factory=dict)

    def concerned(self) -> list[Held]:
        """Return the articles that the undone files were made into, or ended at."""
        named = {path for sha in self.undone for path in item_paths(self.holdings.receipts[sha])}
        return [
            held
            for held in self.holdings.articles
            if held.path in named or not self.undone.isdisjoint(origins(held)[-1:])
        ]

    def decide(self, held: Held) -> None:
        """Decide what becomes of one article."""
        if origins(held)[-1:] == () or origins(held)[-1] not in self.undone:
            self._place(held)
            if not self.undone.isdisjoint(origins(held)):
                self.notes.append(f"{held.path} was changed by a later import: undo that first")
        elif held.edited:
            self.notes.append(f"{held.path} was edited since, and stays")
        else:
            before = list(self._before(held))
            text = next((found for each in before if (found := self._restored(held, each)) is not None), None)
            if text is not None:
                self._put(held, text, f"restores the earlier version of “{held.front.title}”")
            elif before:
                self.notes.append(f"{held.path} stays: its earlier version can't be had")
            else:
                self.after[held.path] = None
                self.changes[held.path] = Change(held.path, None, f"{held.front.kind} “{held.front.title}”")

    def _before(self, held: Held) -> Iterator[tuple[Revision, tuple[Revision, ...]]]:
        """Yield the versions that an article may go back to, the newest first, each with those before it."""
        revisions = held.front.revisions
        for at in range(len(revisions) - 1, -1, -1):
            if revisions[at].sha256 not in self.undone:
                yield revisions[at], revisions[:at]
        others = [sha for sha in self.holdings.naming(held.path) if sha not in self.undone]
        for sha in sorted(others, key=lambda sha: str(self.holdings.receipts[sha].get("retrieved")), reverse=True):
            if sha not in {old.sha256 for old in revisions}:
                yield Revision(self.holdings.receipts[sha].get("retrieved"), sha), revisions

    def _restored(self, held: Held, version: tuple[Revision, tuple[Revision, ...]]) -> str | None:
        """Return the file of an article as an earlier version had it; None when that can't be had."""
        revision, earlier = version
        sha256 = revision.sha256 or ""
        path = self.holdings.files.get(sha256)
        if path is None:
            return None
        if sha256 not in self.holdings.receipts:  # no raw file, but the article's own
            text = self.holdings.read(path).decode("utf-8", "replace")
            return text if _is_article(text) else None
        items = self._read(sha256)
        item = _closest(items, held, revision.title or held.front.title)
        return None if item is None else self._written(held, item, _place(items, item), revision, earlier)

    def _read(self, sha256: str) -> tuple[Item, ...]:
        """Read a raw file again, as its receipt says that it was read."""
        if sha256 not in self.readings:
            receipt = self.holdings.receipts[sha256]
            how: Mapping[str, str] = receipt.get("read") or {}
            raw = RawDocument(
                self.holdings.read(self.holdings.files[sha256]),
                _name(receipt),
                media_type=how.get("media_type"),
                retrieved=_moment(receipt.get("retrieved")),
                url=how.get("url"),
            )
            day = how.get("date")
            given = Given(date.fromisoformat(day) if day else None, how.get("source"), how.get("lang"))
            reading = examine_one(raw, given)
            self.readings[sha256] = () if isinstance(reading, IngestError) else reading.items
        return self.readings[sha256]

    def _written(
        self, held: Held, item: Item, place: int | None, revision: Revision, earlier: tuple[Revision, ...]
    ) -> str:
        front = held.front
        sha256 = revision.sha256 or ""
        receipt = self.holdings.receipts[sha256]
        own: dict[str, Any] = frontmatter.as_values(replace(front, extra={}))
        values = {
            **item.extra,
            **own,
            "title": item.title,
            "lang": item.lang,
            "source": item.source or front.source,
            "canonical": item.url or front.canonical,
            "authors": item.authors or front.authors,
            "summary": item.summary,
            "digest_item": place,
            "provenance": Provenance(_name(receipt), sha256, revision.seen, receipt.get("importer"), _UNMARKED),
            "revisions": earlier,
            "guessed": [name for name in front.guessed if name == "date"]
            + [name for name in item.guessed if name != "date"],
        }
        return restamped(frontmatter.dump(values, item.markdown))

    def _place(self, held: Held) -> None:
        """Give a brief the place in its digest that it had before an undone import moved it."""
        came_from = origins(held)[-1:]
        if held.front.kind is not Kind.BRIEF or held.edited or not came_from or not held.front.digest_item:
            return
        if came_from[0] not in self.holdings.files or came_from[0] not in self.holdings.receipts:
            return
        items = self._read(came_from[0])
        key = text_key(held.front.kind, held.front.title, held.body, held.front.source)
        for item in items:
            place = _place(items, item)
            if text_key(item.kind, item.title, item.markdown, item.source) == key and place != held.front.digest_item:
                self._amend(held, {"digest_item": place}, "gives it back its place in its digest")

    def forget_full_texts(self) -> None:
        """Have briefs no longer point to articles that go."""
        gone = {held.id for held in self.holdings.articles if held.path in self.after and not self.after[held.path]}
        for held in self.holdings.articles:
            if held.front.full in gone and self.after.get(held.path, held) is not None:
                self._amend(self.after.get(held.path) or held, {"full": None}, "is told in full by nothing any more")
            elif held.front.digest in gone and held.path not in self.after:
                self.notes.append(f"{held.path} stays, though its digest goes")

    def _amend(self, held: Held, changes: Mapping[str, Any], what: str) -> None:
        change = self.changes.get(held.path)
        data = change.data if change and change.data is not None else self.holdings.read(held.path)
        text = amend(data.decode("utf-8"), changes, held.path)
        self._put(held, text if held.edited else restamped(text), what)

    def _put(self, held: Held, text: str, what: str) -> None:
        self.after[held.path] = read_held(text, held.path)
        self.changes[held.path] = Change(held.path, text.encode("utf-8"), what)

    def _remaining(self) -> list[Held]:
        found = (self.after.get(held.path, held) for held in self.holdings.articles)
        return [held for held in found if held is not None]

    def needed(self) -> Collection[str]:
        """Return the SHA-256 of all raw files and versions that articles still name."""
        return {sha for held in self._remaining() for sha in origins(held)}

    def copies(self, needed: Collection[str]) -> list[str]:
        """Return the kept versions that nothing names any more."""
        concerned = self.concerned()
        named = {sha for held in concerned for sha in origins(held)}
        # One that stands in its place again already, where a run was cut short.
        named |= {hashlib.sha256(self.holdings.read(held.path)).hexdigest() for held in concerned}
        own = named - set(needed) - self.undone - self.holdings.receipts.keys()
        return sorted(self.holdings.files[sha] for sha in own if sha in self.holdings.files)

    def pictures(self) -> list[str]:
        """Return the kept pictures that no article shows any more."""
        shown = {path for held in self._remaining() for path in pictures_of(held.body)}
        own = {path for held in self.holdings.articles if held.path in self.after for path in pictures_of(held.body)}
        return sorted((own - shown) & self.holdings.pictures)


def _closest(items: Sequence[Item], held: Held, title: str) -> Item | None:
    """Return the item that is a version of an article; None when none is."""
    scored = [
        (likeness(held.body, item.markdown) + (item.title == title) * _SAME_TITLE, -at, item)
        for at, item in enumerate(items)
        if item.kind == held.front.kind
    ]
    best = max(scored, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] >= _SAME_TEXT else None


def _place(items: Sequence[Item], item: Item) -> int | None:
    """Return which brief of its digest an item is, from 1."""
    briefs = [other for other in items if other.digest is not None and other.digest == item.digest]
    return briefs.index(item) + 1 if item.digest is not None else None


def _is_article(text: str) -> bool:
    try:
        frontmatter.parse(text, "")
    except ContentError:
        return False
    return True


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _name(receipt: Receipt) -> str:
    return str(receipt.get("file") or "raw file")
