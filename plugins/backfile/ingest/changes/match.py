"""Tells which article in ``content/`` an item is another version of.

1. An article made of the same bytes (an import that was cut short, or one again), of an
   earlier file of the same name, or from the same address, with half of its word triples
   (less with the same title).
2. An article of the same day and the same outlet with next to the same text; where no
   outlet is known, only when one text has all of the other (else they may be two outlets'
   prints of one report).

A brief and a full article are one telling when they have one address, or one headline and
half of the brief's word triples; then the brief points to the article.

Of many articles that an item may be a version of (ten thousand pages called index.html, an outlet
that gives its front page as every digest's address) the likeliest 40 are compared: much like
it by their sketches, then of the same headline, then of the nearest day. Known failure: among more than
40, a version with another headline and with much new text is not found.

Rejected: any article with a like title, whatever file it came from (outlets copy titles).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from backfile.ingest.changes.catalogue import Card, Catalogue, Held, title_key
from backfile.ingest.changes.likeness import Triples, contained, resemblance, same_address, triples
from backfile.ingest.records import STANDARD_INPUT, Item, RawDocument
from backfile.model import Kind

# A corrected article keeps most of its sentences; the next day's issue of a digest keeps next to none.
_SAME_TEXT = 0.5
_SAME_TITLE = 0.3
# Texts that share so much are one text with another frame, or a corrected one (two prints of an agency's
# report share as much, but have two outlets).
_NEAR = 0.8
_WHOLE = 0.98
# So many articles of one file name, address or headline are compared with an item, and no more.
_MANY = 40


class Matcher:
    """Matches the items of one document; an article is matched by one of them at most."""

    def __init__(self, raw: RawDocument, catalogue: Catalogue, today: date) -> None:
        self.name = raw.name
        self.sha256 = raw.sha256
        self.catalogue = catalogue
        self.today = today
        self.matched: set[str] = set()
        self._last: tuple[Item, Triples] | None = None

    def is_ours(self, held: Held) -> bool:
        """Tell whether an article was made of these very bytes."""
        return held.front.provenance is not None and held.front.provenance.sha256 == self.sha256

    def match(self, item: Item) -> Held | None:
        """Return the article that an earlier import made of this item."""
        best: tuple[float, Held] | None = None
        for card in self._few(self._earlier(item), item):
            held = self.catalogue.held(card)
            if held is None:
                continue
            score = contained(triples(held.body), self._triples(item)) + (card.title == item.title) * _SAME_TITLE
            if score >= _SAME_TEXT and (best is None or score > best[0]):
                best = score, held
            if score == 1 + _SAME_TITLE:
                break
        if best is not None:
            self.matched.add(best[1].path)
        return best[1] if best else None

    def near(self, item: Item) -> tuple[Held, bool] | None:
        """Return the article that has next to the same text, and whether it has all of it."""
        own = self._triples(item)
        for card in self.catalogue.alike(own, item.date or self.today):
            if card.kind != item.kind or card.path in self.matched:
                continue
            if bool(card.outlet) != bool(item.source) or _has_another_outlet(card, item):
                continue
            held = self.catalogue.held(card)
            its = triples(held.body) if held else frozenset()
            if held is None or resemblance(own, its) < _NEAR or not (card.outlet or contained(own, its) >= _WHOLE):
                continue
            self.matched.add(held.path)
            return held, len(own & its) >= _WHOLE * len(own)
        return None

    def briefs_of(self, item: Item) -> list[Held]:
        """Return the briefs that an article tells in full, and that don't say so yet."""
        return list(self._tellings(item, Kind.BRIEF))

    def full_of(self, item: Item) -> str | None:
        """Return the id of the article that tells a brief in full."""
        return next((held.id for held in self._tellings(item, Kind.ARTICLE)), None)

    def _earlier(self, item: Item) -> Iterator[Card]:
        """Yield the cards of articles that an earlier file may have made of the item."""
        address = same_address(item.url) if item.url else None
        found = (
            *self.catalogue.by_sha.get(self.sha256, ()),
            *self.catalogue.by_url.get(address or "", ()),
            *(self.catalogue.by_name.get(self.name, ()) if self.name != STANDARD_INPUT else ()),
        )
        for card in {card.path: card for card in found}.values():
            if card.kind != item.kind or card.path in self.matched:
                continue
            if address and card.url == address:
                if _has_another_outlet(card, item):
                    continue  # a print that names where the text stood first
            elif card.sha256 != self.sha256 and item.date not in (None, card.day):
                continue  # another day's issue under the same file name
            yield card

    def _tellings(self, item: Item, kind: Kind) -> Iterator[Held]:
        """Yield the articles of a kind at the item's address, or with its headline and the text of the shorter one.

        Of briefs only those that no article tells in full yet.
        """
        address = same_address(item.url) if item.url else None
        found = (*self.catalogue.by_url.get(address or "", ()), *self.catalogue.by_title.get(title_key(item.title), ()))
        cards = {card.path: card for card in found if card.kind is kind and not _has_another_outlet(card, item)}
        for card in self._few((card for card in cards.values() if kind is not Kind.BRIEF or card.full is None), item):
            held = self.catalogue.held(card)
            if held is None:
                continue
            if (address and card.url == address) or contained(triples(held.body), self._triples(item)) >= _SAME_TEXT:
                yield held

    def _few(self, cards: Iterable[Card], item: Item) -> list[Card]:
        """Return cards in an order that their articles' texts are to be compared in; of very many, the likeliest."""
        found = list(cards)
        day = item.date or self.today
        alike: set[str] = set()
        if len(found) > _MANY:
            alike = {card.path for card in self.catalogue.alike(self._triples(item), day)}
        found.sort(key=lambda card: (card.path not in alike, card.title != item.title, abs(card.day - day), card.path))
        return found[:_MANY]

    def _triples(self, item: Item) -> Triples:
        """Return the item's word triples, which are asked for several times on end."""
        if self._last is None or self._last[0] is not item:
            self._last = item, triples(item.markdown)
        return self._last[1]


def _has_another_outlet(card: Card, item: Item) -> bool:
    return bool(card.outlet and item.source and card.outlet.casefold() != item.source.name.casefold())
