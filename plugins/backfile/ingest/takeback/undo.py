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
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from backfile.amend import amend
from backfile.errors import IngestError
from backfile.ingest.changes.apply import Change, Plan
from backfile.ingest.changes.catalogue import Held, read_held, restamped
from backfile.ingest.changes.shelf import receipt_path
from backfile.ingest.takeback.holdings import Holdings, Receipt, file_name, item_paths, origins, picture_paths
from backfile.ingest.takeback.versions import Versions
from backfile.model import Revision
from backfile.pictures import pictures_of

_SHA = re.compile(r"[0-9a-f]{7,64}")


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing changes, and the raw files that go back to the user: their names, and where they lie."""

    plan: Plan
    returned: tuple[tuple[str, str], ...]


def chosen(named: Sequence[str], receipts: Mapping[str, Receipt]) -> list[str]:
    """Return the SHA-256 of the raw files whose import is meant: by default all of the last import.

    A raw file is named by its SHA-256 (its first seven digits will do), or its name, which means the
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
    kept = [
        f"{file_name(holdings.receipts[sha])} stays: an article still comes from it" for sha in shas if sha in needed
    ]
    returned = tuple((file_name(holdings.receipts[sha]), holdings.files[sha]) for sha in gone if sha in holdings.files)
    return Undoing(Plan(changes, (*work.notes, *kept)), returned)


@dataclass(slots=True)
class _Work:
    """What was decided so far: ``after`` holds the articles as they will be, by path, None for those that go."""

    holdings: Holdings
    undone: frozenset[str]
    after: dict[str, Held | None] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    versions: Versions = field(init=False)

    def __post_init__(self) -> None:
        self.versions = Versions(self.holdings)

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
            place = self.versions.place(held)
            if place not in (None, held.front.digest_item):
                self._amend(held, {"digest_item": place}, "gives it back its place in its digest")
            if not self.undone.isdisjoint(origins(held)):
                self.notes.append(f"{held.path} was changed by a later import: undo that first")
        elif held.edited:
            self.notes.append(f"{held.path} was edited since, and stays")
        else:
            before = list(self._before(held))
            version = next((found for each in before if (found := self.versions.restored(held, *each))), None)
            if version is not None:
                for picture in version.pictures:
                    if picture.path not in self.holdings.pictures:
                        self.changes[picture.path] = Change(picture.path, picture.data, "a picture of that version")
                self._put(held, version.text, f"restores the earlier version of “{held.front.title}”")
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
        own |= {path for sha in self.undone for path in picture_paths(self.holdings.receipts[sha])}
        return sorted((own - shown) & self.holdings.pictures)
