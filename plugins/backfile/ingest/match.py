"""Tells which article in ``content/`` an item is another version of.

1. An article made of the same bytes (an import that was cut short, or one again), of an
   earlier file of the same name, or from the same address, with half of its word triples
   (less with the same title).
2. An article of the same day and the same outlet with next to the same text; where no
   outlet is known, only when one text has all of the other (else they may be two outlets'
   prints of one report).

A brief and a full article are one telling when they have one address, or one headline and
half of the brief's word triples; then the brief points to the article.

Rejected: any article with a like title, whatever file it came from (outlets copy titles).
"""

from __future__ import annotations

from datetime import date

from backfile.ingest.catalogue import Catalogue, Held, title_key
from backfile.ingest.likeness import contained, likeness, resemblance, same_address, triples
from backfile.ingest.records import STANDARD_INPUT, Item, RawDocument
from backfile.model import Kind

# A corrected article keeps most of its sentences; the next day's issue of a digest keeps next to none.
_SAME_TEXT = 0.5
_SAME_TITLE = 0.3
# Texts that share so much are one text with another frame, or a corrected one (two prints of an agency's
# report share as much, but have two outlets).
_NEAR = 0.8
_WHOLE = 0.98


class Matcher:
    """Matches the items of one document; an article is matched by one of them at most."""

    def __init__(self, raw: RawDocument, catalogue: Catalogue, today: date) -> None:
        self.name = raw.name
        self.sha256 = raw.sha256
        self.catalogue = catalogue
        self.today = today
        self.matched: set[str] = set()

    def is_ours(self, held: Held) -> bool:
        """Tell whether an article was made of these very bytes."""
        return held.front.provenance is not None and held.front.provenance.sha256 == self.sha256

    def match(self, item: Item) -> Held | None:
        """Return the article that an earlier import made of this item."""
        same_bytes = self.catalogue.by_sha.get(self.sha256, ())
        same_name = self.catalogue.by_name.get(self.name, ()) if self.name != STANDARD_INPUT else ()
        same_url = self.catalogue.by_url.get(same_address(item.url), ()) if item.url else ()
        best: tuple[float, Held] | None = None
        for held in (*same_bytes, *same_url, *same_name):
            if held.front.kind != item.kind or held.path in self.matched:
                continue
            if held in same_url and _has_another_outlet(held, item):
                continue  # a print that names where the text stood first
            if held not in same_url and not self.is_ours(held) and item.date not in (None, held.front.date):
                continue  # another day's issue under the same file name
            score = likeness(held.body, item.markdown) + (held.front.title == item.title) * _SAME_TITLE
            if score >= _SAME_TEXT and (best is None or score > best[0]):
                best = score, held
        if best is not None:
            self.matched.add(best[1].path)
        return best[1] if best else None

    def near(self, item: Item) -> tuple[Held, bool] | None:
        """Return the article that has next to the same text, and whether it has all of it."""
        own = triples(item.markdown)
        for held in self.catalogue.like(item.markdown):
            is_outlet_known = bool(held.front.source and item.source)
            if (
                held.front.kind != item.kind
                or held.path in self.matched
                or held.front.date != (item.date or self.today)
            ):
                continue
            if bool(held.front.source) != bool(item.source) or _has_another_outlet(held, item):
                continue
            its = triples(held.body)
            if resemblance(own, its) < _NEAR or not (is_outlet_known or contained(own, its) >= _WHOLE):
                continue
            self.matched.add(held.path)
            return held, len(own & its) >= _WHOLE * len(own)
        return None

    def briefs_of(self, item: Item) -> list[Held]:
        """Return the briefs that an article tells in full, and that don't say so yet."""
        return [held for held in self._tellings(item, Kind.BRIEF) if held.front.full is None]

    def full_of(self, item: Item) -> str | None:
        """Return the id of the article that tells a brief in full."""
        return next((held.id for held in self._tellings(item, Kind.ARTICLE)), None)

    def _tellings(self, item: Item, kind: Kind) -> list[Held]:
        """Return the articles of a kind at the item's address, or with its headline and the text of the shorter one."""
        at_address = self.catalogue.by_url.get(same_address(item.url), ()) if item.url else ()
        titled = self.catalogue.by_title.get(title_key(item.title), ())
        named = [held for held in titled if likeness(held.body, item.markdown) >= _SAME_TEXT]
        found = {held.path: held for held in (*at_address, *named)}
        return [held for held in found.values() if held.front.kind is kind and not _has_another_outlet(held, item)]


def _has_another_outlet(held: Held, item: Item) -> bool:
    source = held.front.source
    return bool(source and item.source and source.name.casefold() != item.source.name.casefold())
