"""Decide what importing a document does to ``content/``, without doing it.

A raw file whose very bytes were imported before changes nothing, and a text that was taken
back (:mod:`backfile.ingest.changes.known`) is refused, forced or not. Else each item is looked
up among the articles that are there, in this order:

1. the same kind, title and text from the same outlet: it is there already (an outlet's
   "also read" box stands under many of its articles);
2. an earlier import of this text, as :mod:`backfile.ingest.changes.match` tells: it is updated,
   and keeps its date and slug, hence its address;
3. none: it is created, with a short hash in its slug if another article has that slug.

What an update replaces is never lost: the article lists its earlier versions, each with
the SHA-256 of a file in ``sources/``. An article that was edited by hand since its import is
refused, unless forced.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import backfile
from backfile import addresses, frontmatter
from backfile.errors import ContentError
from backfile.ingest.changes.catalogue import Card, Catalogue, Held, read_held, stamp, text_key
from backfile.ingest.changes.match import Matcher
from backfile.ingest.records import Item, Picture, RawDocument
from backfile.ingest.vocabulary.words import words
from backfile.model import DateBasis, Kind, Provenance, Revision
from backfile.pictures import without_addresses
from backfile.slugs import slugify, with_hash
from backfile.withdrawals import Withdrawal

IMPORTER = f"backfile {backfile.__version__}"
_LATER = "a later version of it was imported"


class Action(StrEnum):
    """What becomes of an item."""

    CREATE = "create"
    UPDATE = "update"
    SAME = "same"
    SUPERSEDE = "supersede"  # a brief whose full article has come
    REFUSE = "refuse"

    @property
    def writes(self) -> bool:
        """Whether a file is written."""
        return self in (Action.CREATE, Action.UPDATE, Action.SUPERSEDE)


@dataclass(frozen=True, slots=True)
class Intent:
    """One item's fate; for create and update, ``text`` is what the file at ``path`` (below ``content/``) will hold.

    ``pictures`` are the files that the text shows.
    ``kept`` is an earlier version of that file that no raw file has. ``settled`` is a refusal that
    stands, with nothing to mend: the text was taken back.
    """

    action: Action
    title: str
    kind: str
    path: str = ""
    text: str = ""
    reason: str = ""
    kept: str = ""
    settled: bool = False
    pictures: tuple[Picture, ...] = ()


def plan(
    items: Sequence[Item], raw: RawDocument, catalogue: Catalogue, *, today: date, force: bool = False
) -> tuple[Intent, ...]:
    """Return an intent for each item, in order, then for briefs that they tell in full; ``today`` dates the undated."""
    planner = Planner(raw, catalogue, today, force=force)
    if not force and raw.sha256 in catalogue.stored:
        later = [held for item in items if (held := planner.matcher.match(item))]
        if later:
            return tuple(_same(Card.of(held.path, held.front), _LATER) for held in later)
    intents = [planner.intend(item) for item in items]
    return (*intents, *planner.supersede(items, intents))


def imported_before(
    raw: RawDocument, catalogue: Catalogue, day: date | None, *, force: bool = False
) -> tuple[Intent, ...]:
    """Return what these very bytes became before, which needs no reading; empty when they are to be read.

    ``day`` is the editor's word on the date, in case it is another one now. Bytes of which
    nothing is left but texts that were taken back are never read, forced or not.
    """
    living = catalogue.of_import(raw.sha256)
    gone = tuple(
        Intent(Action.REFUSE, one.id, one.kind, reason=withdrawn_on(one), settled=True)
        for one in catalogue.known.of_file(raw.sha256)
    )
    if gone and not living:
        return gone
    if force or raw.sha256 not in catalogue.stored or not living:
        return ()
    return (*(_same(card, _before(card, raw.sha256, day)) for card in living), *gone)


def _before(card: Card, sha256: str, day: date | None) -> str:
    if sha256 in card.earlier and card.sha256 != sha256:
        return _LATER
    return f"imported before, with the date {card.day}" if day not in (None, card.day) else ""


def withdrawn_on(one: Withdrawal) -> str:
    """Return the reason of a refusal."""
    return f"withdrawn on {one.day}" + (f": {one.reason}" if one.reason else "")


class Planner:
    """Plans one document; remembers what its own items will take, so that they don't claim it twice."""

    def __init__(self, raw: RawDocument, catalogue: Catalogue, today: date, *, force: bool) -> None:
        self.raw = raw
        self.sha256 = raw.sha256
        self.catalogue = catalogue
        self.today = today
        self.force = force
        self.taken: set[str] = set()
        self.matcher = Matcher(raw, catalogue, today)
        self.by_text: dict[str, Intent] = {}
        self.ids: list[str] = []
        self.briefs: Counter[int] = Counter()  # decided so far, by the index of their digest

    def intend(self, item: Item) -> Intent:
        """Decide for one item; those before it in the document were decided."""
        if item.digest is not None:
            self.briefs[item.digest] += 1
        if gone := self.catalogue.known.same(item, self.sha256):
            held = self.matcher.match(item)
            if held is None or not self.catalogue.known.tells(held.body, gone):  # a digest that has lost it stays so
                self.ids.append(held.id if held else "")
                return Intent(Action.REFUSE, item.title, item.kind, reason=withdrawn_on(gone), settled=True)
            self.matcher.matched.discard(held.path)  # another print of it, which was left in the archive
        key = text_key(item.kind, item.title, item.markdown, item.source)
        copy = next(iter(self.catalogue.copies(item.kind, item.title, item.markdown, item.source)), None)
        if copy is not None and not (self.force and copy.sha256 == self.sha256):
            self.ids.append(copy.id)
            return self._moved(copy, item) or _same(copy)
        if key in self.by_text:
            first = self.by_text[key]
            self.ids.append("")
            return Intent(Action.SAME, item.title, item.kind, first.path, reason="stands twice in the document")
        match = self.matcher.match(item)
        if match is None and (near := self.matcher.near(item)):
            match, has_all = near
            if has_all:
                self.ids.append(match.id)
                return _same(Card.of(match.path, match.front), "next to the same text is there already")
        intent = self._create(item) if match is None else self._update(item, match)
        self.by_text[key] = intent
        return intent

    def find(self, item: Item, identity: str) -> None:
        """Take an item as decided: it is there, under this id ("": nowhere)."""
        if item.digest is not None:
            self.briefs[item.digest] += 1
        self.ids.append(identity)

    def supersede(self, items: Sequence[Item], intents: Sequence[Intent]) -> Iterator[Intent]:
        """Yield how briefs that were there are written anew, since an article among ``items`` tells them in full."""
        done: set[str] = set()
        for item, intent, identity in zip(items, intents, self.ids, strict=True):
            if item.kind is not Kind.ARTICLE or intent.action is Action.REFUSE or not identity:
                continue
            for held in self.matcher.briefs_of(item):
                if held.path in done or held.path in self.matcher.matched:
                    continue
                done.add(held.path)
                values = {**frontmatter.as_values(held.front), "full": identity}
                brief = replace(item, title=held.front.title, kind=held.front.kind, markdown=held.body)
                anew = self._written(Action.SUPERSEDE, brief, held.path, values, f"told in full by {identity}")
                yield replace(anew, text=frontmatter.dump(values, held.body)) if held.edited else anew

    def _moved(self, card: Card, item: Item) -> Intent | None:
        """Return how a brief is written that has another place in its digest now; None when it has not."""
        place = self._place(item)
        held = None if item.digest is None else self.catalogue.held(card)
        if item.digest is None or held is None or held.front.digest != self.ids[item.digest]:
            return None
        if held.edited or held.front.digest_item == place:
            return None
        values = {**frontmatter.as_values(held.front), "digest_item": place}
        moved = replace(item, title=held.front.title, markdown=held.body)
        return self._written(Action.UPDATE, moved, held.path, values, "has another place in its digest now")

    def _place(self, item: Item) -> int | None:
        """Return which brief of its digest the item is, from 1."""
        return None if item.digest is None else self.briefs[item.digest]

    def _update(self, item: Item, held: Held) -> Intent:
        self.ids.append(held.id)
        if held.edited and not self.force:
            reason = "edited by hand since its import; import with force to overwrite it"
            return Intent(Action.REFUSE, item.title, item.kind, held.path, reason=reason)
        front = held.front
        own = frontmatter.as_values(front)
        kept: dict[str, Any] = {
            name: own[name] for name in ("topics", "people", "places", "full", "formerly", "status") if name in own
        }
        values = self.values(item, front.moment or front.date, front.date_basis, held.slug)
        if not self.matcher.is_ours(held):  # another file may know less of it
            values |= {
                "source": item.source or front.source,
                "canonical": item.url or front.canonical,
                "authors": item.authors or front.authors,
            }
        revisions, lost = self._revisions(held, item)
        reason = "" if item.date in (None, front.date) else f"its date stays {front.date}, as its address depends on it"
        values = {**front.extra, **values, **kept, "revisions": revisions}
        return replace(self._written(Action.UPDATE, item, held.path, values, reason), kept=lost)

    def _revisions(self, held: Held, item: Item) -> tuple[tuple[Revision, ...], str]:
        """Return the earlier versions that an update leaves, and that text of one which no raw file has, or ""."""
        front, origin = held.front, held.front.provenance
        same = words(front.title) == words(item.title) and (
            words(without_addresses(held.body)) == words(without_addresses(item.markdown))
        )
        if same or (self.matcher.is_ours(held) and not held.edited):
            return front.revisions, ""
        sha256, lost = origin.sha256 if origin else None, ""
        if held.edited or sha256 not in self.catalogue.kept:
            lost = frontmatter.dump(frontmatter.as_values(front), held.body)
            sha256 = hashlib.sha256(lost.encode()).hexdigest()
        note = None if front.title == item.title else front.title
        seen = (origin.retrieved if origin else None) or front.date.isoformat()
        return (*front.revisions, Revision(seen, sha256, note)), lost

    def _create(self, item: Item) -> Intent:
        day = item.date or self.today
        slug = slugify(item.title, lang=item.lang)
        for candidate in (slug, with_hash(slug, f"{item.title}\n{item.markdown}")):
            path = f"articles/{day.year:04d}/{day.month:02d}/{candidate}.md"
            identity = addresses.article_id(day, candidate)
            if self.taken.isdisjoint((path, identity)) and path not in self.catalogue.paths:
                if identity in self.catalogue.ids:
                    continue
                self.taken |= {path, identity}
                self.ids.append(identity)
                values = self.values(item, day, item.date_basis or DateBasis.IMPORTED, candidate)
                quoted = self.catalogue.known.quoted(item)
                reason = f"has words of {quoted.id}, which was withdrawn on {quoted.day}" if quoted else ""
                return self._written(Action.CREATE, item, path, values, reason)
        self.ids.append("")
        return Intent(
            Action.REFUSE, item.title, item.kind, reason="an article with its address and text is there already"
        )

    def values(self, item: Item, day: date, basis: DateBasis, slug: str) -> dict[str, Any]:
        """Return the front matter of an item that was decided last, but for the mark by which edits show."""
        guessed = item.guessed if basis is not DateBasis.IMPORTED else ("date", *item.guessed)
        retrieved = self.raw.retrieved.isoformat(timespec="seconds") if self.raw.retrieved else None
        return {
            **item.extra,
            "title": item.title,
            "date": day,
            "date_basis": basis,
            "slug": slug,
            "lang": item.lang,
            "kind": item.kind,
            "source": item.source,
            "canonical": item.url,
            "authors": item.authors,
            "summary": item.summary,
            "digest": None if item.digest is None else self.ids[item.digest],
            "digest_item": self._place(item),
            "full": self.matcher.full_of(item) if item.kind is Kind.BRIEF else None,
            "provenance": Provenance(self.raw.name, self.sha256, retrieved, IMPORTER),
            "guessed": guessed,
        }

    def _written(self, action: Action, item: Item, path: str, values: dict[str, Any], reason: str) -> Intent:
        origin = replace(values["provenance"], written=None)
        marked = replace(origin, written=stamp(frontmatter.dump({**values, "provenance": origin}, item.markdown)))
        text = frontmatter.dump({**values, "provenance": marked}, item.markdown)
        try:
            read_held(text, path)
        except ContentError as error:
            return Intent(Action.REFUSE, item.title, item.kind, reason=str(error.findings[0]))
        return Intent(action, item.title, item.kind, path, text, reason, pictures=item.pictures)


def _same(card: Card, reason: str = "") -> Intent:
    return Intent(Action.SAME, card.title, card.kind, card.path, reason=reason or "imported before")
