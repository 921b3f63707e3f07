"""From the heaviest form to briefs and what stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backfile.ingest.itemised.evidence import contradicted, is_enough, weigh
from backfile.ingest.itemised.form import Found, Items, all_forms, first_sentence
from backfile.ingest.itemised.units import units_of, without_head
from backfile.ingest.pairs import is_lead_in
from backfile.ingest.pictures.blocks import inherit
from backfile.ingest.records import Block, Brief, count_characters
from backfile.ingest.summary import made_title
from backfile.ingest.taken import Split
from backfile.model import Kind

_DOUBTFUL = 2.0


def split_items(blocks: Sequence[Block], title: str | None, *, page: bool = False) -> Split:
    """Return the briefs in ``blocks``.

    ``title`` is the document's own, where it does not stand in them; ``page`` says that it
    is a web page.
    """
    units = units_of(blocks)
    for at, unit in enumerate(units):
        if at and is_lead_in(unit.block):
            found = [items for items in all_forms(units[at + 1 :]) if not items.before and not contradicted(items)]
            if found:
                return _after_lead_in(blocks, found[0], units[at].place)
    name = title or (blocks[0].text if blocks else "")
    forms = all_forms(units)
    weights = [weigh(items, name, page=page) for items in forms]
    if not forms or max(weights) < _DOUBTFUL:
        return Split(Kind.ARTICLE, tuple(blocks))
    best = weights.index(max(weights))
    items = forms[best]
    if is_enough(items, weights[best]):
        return Split(Kind.DIGEST, tuple(blocks), tuple(map(_brief, items.items)))
    note = f"{len(items.items)} parts, from “{items.items[0].text[:60]}” on, may be a digest: kept as one text"
    return Split(Kind.ARTICLE, tuple(blocks), notes=(note,))


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
