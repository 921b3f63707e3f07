"""From the heaviest form to briefs and what stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backfile.ingest.itemised.evidence import ENOUGH, ENOUGH_BELOW, weigh, weigh_tail
from backfile.ingest.itemised.forbidden import is_contradicted
from backfile.ingest.itemised.form import all_forms
from backfile.ingest.itemised.items import Found, Items, first_sentence
from backfile.ingest.itemised.units import Unit, units_of, without_head
from backfile.ingest.pairs import is_lead_in
from backfile.ingest.phrases import ELSEWHERE
from backfile.ingest.pictures.blocks import inherit
from backfile.ingest.records import Block, Brief, count_characters
from backfile.ingest.summary import made_title
from backfile.ingest.taken import Split
from backfile.model import Kind

_DOUBTFUL = 2.0
_ARTICLE = 350  # characters before other news; with less, all of it is news


def split_items(blocks: Sequence[Block], title: str | None, *, page: bool = False) -> Split:
    """Return the briefs in ``blocks``.

    ``title`` is the document's own, where it does not stand in them; ``page`` says that it
    is a web page.
    """
    units = units_of(blocks)
    for at, unit in enumerate(units):
        if at and is_lead_in(unit.block):
            found = [items for items in all_forms(units[at + 1 :], headless=True) if _is_plain(items)]
            if found:
                return _after_lead_in(blocks, found[0], units[at].place)
    if tail := _tail(units, title):
        return _after_lead_in(blocks, *tail)
    name = title or (blocks[0].text if blocks else "")
    forms = all_forms(units, headless=page)
    weights = [weigh(items, name, page=page) for items in forms]
    if not forms or max(weights) < _DOUBTFUL:
        return Split(Kind.ARTICLE, tuple(blocks))
    best = weights.index(max(weights))
    items = forms[best]
    if weights[best] >= ENOUGH:
        return Split(Kind.DIGEST, tuple(blocks), tuple(map(_brief, items.items)))
    note = f"{len(items.items)} parts, from “{items.items[0].text[:60]}” on, may be a digest: kept as one text"
    return Split(Kind.ARTICLE, tuple(blocks), notes=(note,))


def _is_plain(items: Items) -> bool:
    """Tell whether items have a form that is enough below a line such as "In other news"."""
    return not items.before and items.sign != "paragraph" and not is_contradicted(items)


def _tail(units: Sequence[Unit], title: str | None) -> tuple[Items, int] | None:
    """Return other news below an article, under a section whose name says so, and the place of that name."""
    for at, unit in enumerate(units):
        if not unit.is_label or not ELSEWHERE.search(unit.text):
            continue
        article = [title or "", *(other.text for other in units[:at])]
        if sum(map(len, article)) < _ARTICLE:
            continue
        forms = all_forms(units[at + 1 :], headless=True)
        best = max(forms, key=lambda items: weigh_tail(items, article), default=None)
        if best is not None and weigh_tail(best, article) >= ENOUGH_BELOW:
            return best, unit.place
    return None


def _after_lead_in(blocks: Sequence[Block], items: Items, lead_in: int) -> Split:
    before = tuple(blocks[:lead_in])
    briefs = tuple(map(_brief, items.items))
    if len(before) <= 1:
        return Split(Kind.DIGEST, tuple(blocks), briefs)
    after = tuple(dict.fromkeys(unit.place for unit in items.after))
    between = sum(count_characters(unit.text) for unit in items.between)
    dropped = [("lead-in lines", count_characters(blocks[lead_in].text)), ("labels and rules between items", between)]
    kept = (*before, *(blocks[place] for place in after))
    return Split(Kind.ARTICLE, kept, briefs, tuple((what, count) for what, count in dropped if count))


def _brief(item: Found) -> Brief:
    title = item.head.rstrip(".: ") if item.head else made_title(first_sentence(item))
    body = tuple(replace(without_head(unit) if unit.head == item.head else unit.block, mark=None) for unit in item.body)
    above = tuple(picture for unit in item.units if unit not in item.body for picture in unit.block.above)
    return Brief(title, inherit(body, above), item.url, item.source, made=not item.head)
