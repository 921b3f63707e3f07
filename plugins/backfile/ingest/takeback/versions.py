"""Earlier versions of an article, had back: from the copy that was kept, or by reading a raw file again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from backfile import frontmatter
from backfile.errors import ContentError, IngestError
from backfile.ingest.again.kept import read_kept
from backfile.ingest.changes.catalogue import Held, restamped, text_key
from backfile.ingest.changes.likeness import likeness
from backfile.ingest.pool import examine_one
from backfile.ingest.records import Item, Picture
from backfile.ingest.takeback.holdings import Holdings, file_name, origins
from backfile.model import Kind, Provenance, Revision

_SAME_TITLE = 0.3
_SAME_TEXT = 0.3
_UNMARKED = "0" * 16  # where the mark of an import will stand


@dataclass(frozen=True, slots=True)
class Version:
    """An article's file as it was, and the pictures that it shows."""

    text: str
    pictures: tuple[Picture, ...] = ()


@dataclass(slots=True)
class Versions:
    """Has earlier versions back; reads each raw file but once."""

    holdings: Holdings
    readings: dict[str, tuple[Item, ...]] = field(default_factory=dict)

    def restored(self, held: Held, revision: Revision, earlier: tuple[Revision, ...]) -> Version | None:
        """Return an article as a revision had it, with those ``earlier`` than it; None when it can't be had."""
        sha256 = revision.sha256 or ""
        path = self.holdings.files.get(sha256)
        if path is None:
            return None
        if sha256 not in self.holdings.receipts:  # no raw file, but the article's own
            text = self.holdings.read(path).decode("utf-8", "replace")
            return Version(text) if _is_article(text) else None
        items = self._items(sha256, held)
        item = _closest(items, held, revision.title or held.front.title)
        if item is None:
            return None
        return Version(self._written(held, item, _place(items, item), revision, earlier), item.pictures)

    def place(self, held: Held) -> int | None:
        """Return which brief of its digest an article is in the raw file that it was made of; None if that is unknown.

        A brief that was edited has the place that its editor gave it.
        """
        sha256 = origins(held)[-1] if origins(held) else ""
        is_kept = sha256 in self.holdings.files and sha256 in self.holdings.receipts
        if held.front.kind is not Kind.BRIEF or held.edited or not held.front.digest_item or not is_kept:
            return None
        items = self._items(sha256, held)
        key = text_key(held.front.kind, held.front.title, held.body, held.front.source)
        same = (item for item in items if text_key(item.kind, item.title, item.markdown, item.source) == key)
        return next((_place(items, item) for item in same), None)

    def _items(self, sha256: str, held: Held) -> tuple[Item, ...]:
        """Read a raw file again, as its receipt says that it was read; empty when that can't be."""
        if sha256 not in self.readings:
            file = self.holdings.content / self.holdings.files[sha256]
            kept = read_kept(file, self.holdings.content, [held], self.holdings.pictures_of_outlets)
            try:
                reading = examine_one(kept.document(), kept.given)
            except IngestError as error:
                reading = error
            self.readings[sha256] = () if isinstance(reading, IngestError) else reading.items
        return self.readings[sha256]

    def _written(
        self, held: Held, item: Item, place: int | None, revision: Revision, earlier: tuple[Revision, ...]
    ) -> str:
        front, receipt = held.front, self.holdings.receipts[revision.sha256 or ""]
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
            "provenance": Provenance(
                file_name(receipt), revision.sha256, revision.seen, receipt.get("importer"), _UNMARKED
            ),
            "revisions": earlier,
            # The day is the article's own, as its address is.
            "guessed": [
                *(name for name in front.guessed if name == "date"),
                *(name for name in item.guessed if name != "date"),
            ],
        }
        return restamped(frontmatter.dump(values, item.markdown))


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
