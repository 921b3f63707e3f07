"""Decide what importing a document does to ``content/``, without doing it.

A raw file whose very bytes were imported before changes nothing. Else each item is looked
up among the articles that are there, in this order:

1. the same kind, title and text from the same outlet: it is there already (an outlet's
   "also read" box stands under many of its articles);
2. an article made of the same bytes (an import that was cut short, or ``force``), or of
   an earlier file of the same name, with the same title or half of its word triples:
   it is updated, and keeps its date and slug, hence its address;
3. none: it is created, with a short hash in its slug if another article has that slug.

An article that was edited by hand since its import is refused, unless forced. Rejected:
to update any article with a like title, whatever file it came from (outlets copy titles).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import backfile
from backfile import addresses, frontmatter
from backfile.errors import ContentError
from backfile.ingest.catalogue import Catalogue, Held, likeness, read_held, stamp, text_key
from backfile.ingest.records import Item, RawDocument
from backfile.model import DateBasis, Provenance
from backfile.slugs import slugify, with_hash

IMPORTER = f"backfile {backfile.__version__}"
# A corrected article keeps most of its sentences; the next day's issue of a digest keeps next to none.
_SAME_TEXT = 0.5
_SAME_TITLE = 0.3


class Action(StrEnum):
    """What becomes of an item."""

    CREATE = "create"
    UPDATE = "update"
    SAME = "same"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Intent:
    """One item's fate; for create and update, ``text`` is what the file at ``path`` (below ``content/``) will hold."""

    action: Action
    title: str
    kind: str
    path: str = ""
    text: str = ""
    reason: str = ""


def plan(
    items: Sequence[Item], raw: RawDocument, catalogue: Catalogue, *, today: date, force: bool = False
) -> tuple[Intent, ...]:
    """Return an intent for each item, in order; ``today`` dates what nobody dates."""
    planner = _Planner(raw, catalogue, today, force=force)
    if not force and raw.sha256 in catalogue.stored:
        later = [held for item in items if (held := planner.match(item))]
        if later:
            return tuple(_same(held, "a later version of it was imported") for held in later)
    return tuple(map(planner.intend, items))


def imported_before(raw: RawDocument, catalogue: Catalogue, day: date | None) -> tuple[Intent, ...]:
    """Return what these very bytes became before, which needs no reading; empty when they are new.

    ``day`` is the editor's word on the date, in case it is another one now.
    """
    if raw.sha256 not in catalogue.stored:
        return ()
    return tuple(
        _same(held, f"imported before, with the date {held.front.date}" if day not in (None, held.front.date) else "")
        for held in catalogue.by_sha.get(raw.sha256, ())
    )


class _Planner:
    """Plans one document; remembers what its own items will take, so that they don't claim it twice."""

    def __init__(self, raw: RawDocument, catalogue: Catalogue, today: date, *, force: bool) -> None:
        self.raw = raw
        self.sha256 = raw.sha256
        self.catalogue = catalogue
        self.today = today
        self.force = force
        self.taken: set[str] = set()
        self.matched: set[str] = set()
        self.by_text: dict[str, Intent] = {}
        self.ids: list[str] = []
        self.briefs: Counter[int] = Counter()  # decided so far, by the index of their digest

    def intend(self, item: Item) -> Intent:
        """Decide for one item; those before it in the document were decided."""
        if item.digest is not None:
            self.briefs[item.digest] += 1
        key = text_key(item.kind, item.title, item.markdown, item.source)
        held = self.catalogue.by_text.get(key)
        if held is not None and not (self.force and self._is_ours(held)):
            self.ids.append(held.id)
            return self._moved(held, item) or _same(held)
        if key in self.by_text:
            first = self.by_text[key]
            self.ids.append("")
            return Intent(Action.SAME, item.title, item.kind, first.path, reason="stands twice in the document")
        match = self.match(item)
        intent = self._create(item) if match is None else self._update(item, match)
        self.by_text[key] = intent
        return intent

    def _moved(self, held: Held, item: Item) -> Intent | None:
        """Return how a brief is written that has another place in its digest now; None when it has not."""
        place = self._place(item)
        if item.digest is None or held.front.digest != self.ids[item.digest]:
            return None
        if held.edited or held.front.digest_item == place:
            return None
        values = {**frontmatter.as_values(held.front), "digest_item": place}
        moved = replace(item, title=held.front.title, markdown=held.body)
        return self._written(Action.UPDATE, moved, held.path, values, "has another place in its digest now")

    def _place(self, item: Item) -> int | None:
        """Return which brief of its digest the item is, from 1."""
        return None if item.digest is None else self.briefs[item.digest]

    def _is_ours(self, held: Held) -> bool:
        return held.front.provenance is not None and held.front.provenance.sha256 == self.sha256

    def match(self, item: Item) -> Held | None:
        """Return the article that an earlier import made of this item."""
        same_bytes = self.catalogue.by_sha.get(self.sha256, ())
        same_name = self.catalogue.by_name.get(self.raw.name, ())
        best: tuple[float, Held] | None = None
        for held in (*same_bytes, *same_name):
            if held.front.kind != item.kind or held.path in self.matched:
                continue
            if not self._is_ours(held) and item.date not in (None, held.front.date):
                continue  # another day's issue under the same file name
            score = likeness(held.body, item.markdown) + (held.front.title == item.title) * _SAME_TITLE
            if score >= _SAME_TEXT and (best is None or score > best[0]):
                best = score, held
        if best is not None:
            self.matched.add(best[1].path)
        return best[1] if best else None

    def _update(self, item: Item, held: Held) -> Intent:
        self.ids.append(held.id)
        if held.edited and not self.force:
            reason = "edited by hand since its import; import with force to overwrite it"
            return Intent(Action.REFUSE, item.title, item.kind, held.path, reason=reason)
        front = held.front
        own = frontmatter.as_values(front)
        kept: dict[str, Any] = {name: own[name] for name in ("topics", "people", "places", "status") if name in own}
        values = self._values(item, front.moment or front.date, front.date_basis, held.slug)
        reason = "" if item.date in (None, front.date) else f"its date stays {front.date}, as its address depends on it"
        return self._written(Action.UPDATE, item, held.path, {**front.extra, **values, **kept}, reason)

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
                values = self._values(item, day, item.date_basis or DateBasis.IMPORTED, candidate)
                return self._written(Action.CREATE, item, path, values, "")
        self.ids.append("")
        return Intent(
            Action.REFUSE, item.title, item.kind, reason="an article with its address and text is there already"
        )

    def _values(self, item: Item, day: date, basis: DateBasis, slug: str) -> dict[str, Any]:
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
            "provenance": Provenance(self.raw.name, self.sha256, retrieved, IMPORTER),
            "guessed": guessed,
        }

    def _written(self, action: Action, item: Item, path: str, values: dict[str, Any], reason: str) -> Intent:
        unmarked = frontmatter.dump(values, item.markdown)
        marked = replace(values["provenance"], written=stamp(unmarked))
        text = frontmatter.dump({**values, "provenance": marked}, item.markdown)
        try:
            read_held(text, path)
        except ContentError as error:
            return Intent(Action.REFUSE, item.title, item.kind, reason=str(error.findings[0]))
        return Intent(action, item.title, item.kind, path, text, reason)


def _same(held: Held, reason: str = "") -> Intent:
    return Intent(Action.SAME, held.front.title, held.front.kind, held.path, reason=reason or "imported before")
