"""From the heaviest form to briefs and what stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from backfile.ingest.itemised.apart import addressed
from backfile.ingest.itemised.evidence import ENOUGH, ENOUGH_BELOW, of_number, weigh, weigh_tail
from backfile.ingest.itemised.forbidden import is_contradicted, is_led_up_to
from backfile.ingest.itemised.form import SIGNS, all_forms
from backfile.ingest.itemised.items import Found, Items, first_sentence
from backfile.ingest.itemised.judged import introduced, judged
from backfile.ingest.itemised.pairs import is_lead_in
from backfile.ingest.itemised.saying import calls_itself_issue
from backfile.ingest.itemised.seen import units_of
from backfile.ingest.itemised.taken import Split
from backfile.ingest.itemised.units import Unit, ends_text, without_head
from backfile.ingest.lines.summary import made_title
from backfile.ingest.mail.forwards import is_mark, unforward
from backfile.ingest.pictures.blocks import inherit
from backfile.ingest.records import Block, BlockKind, Brief, count_characters
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import ELSEWHERE, GREETING, PERIOD
from backfile.ingest.vocabulary.words import words
from backfile.model import Kind

_DOUBTFUL = 2.0
_LEAD = 2  # paragraphs of an article above the items
_NAME_WORDS = 4  # of a section, before a colon
_LETTER = 0.5  # of the paragraphs of a letter to readers speak to them
_TITLED = 1.0  # heavier, where the first headline is taken for the title
_FINER = 1.5  # times as many items
_NUMBERED = frozenset({"number", "counted"})
_AFTER_NAME = re.compile(r".{2,60}?\s*[|:—–/·-]\s+(\S.*)")
_OF_MARKS = frozenset("-_>*BFOПОН")
_FINER_SIGNS = SIGNS.keys() | {"stanza"}
_SET_APART = frozenset({"capitals", "underlined", "boxed"})  # so is the name of a section that has more words
_ARTICLE = 350  # characters before other news; with less, all of it is news


@lru_cache(maxsize=2)  # a page that may be an issue is asked after before it is chosen, and again when it is split
def split_items(blocks: tuple[Block, ...], title: str | None, *, page: bool = False, headless: bool = False) -> Split:
    """Return the briefs in ``blocks``.

    ``title`` is the document's own, ``headless`` says that it does not stand in the blocks;
    ``page``, that they are the article of a web page.
    """
    forward = unforward(blocks, answered=False) if title is None and _has_mark(blocks) else None
    if forward is not None and forward.found:
        split = split_items(forward.blocks, forward.stated.title, page=page, headless=headless)
        dropped = (("lines about the forwarding", forward.dropped), *split.dropped)
        found = replace(split, dropped=dropped, title=split.title or forward.stated.title)
        if split.briefs:
            return found
    whole = units_of(blocks)
    units = untitled(whole, title)
    headless |= len(units) < len(whole)
    forms = [introduced(items, title, blocks) for items in all_forms(units, headless=headless or page)]
    forms = [(items, name) for items, name in forms if not _begins_with_article(items, units)]
    weights = [weigh(items, name, page=page) for items, name in forms]
    order = [
        (weight < ENOUGH or _is_whole(*form), weight - of_number(form[0]), -_length(form[0].before))
        for weight, form in zip(weights, forms, strict=True)
    ]
    best = max(range(len(forms)), key=order.__getitem__, default=None)
    best = _counted([items for items, _ in forms], weights, best)
    best = _finer([items for items, _ in forms], weights, best)
    issue = title if headless else None
    if best is not None and weights[best] >= ENOUGH and _stands_alone(*forms[best]):
        return _taken(blocks, *forms[best], issue)
    for at, unit in enumerate(units):
        if at and is_lead_in(unit.block) and (others := _announced(units, at)):
            return replace(_after_lead_in(blocks, others, unit.place), title=_headline_in(title, units[:at]))
    if tail := _tail(units, title):
        return replace(_after_lead_in(blocks, *tail), title=_headline_in(title, units))
    may_be_cut = not page or calls_itself_issue(title or "")  # what else comes back on a page is teasers and posts
    if may_be_cut and (second := judged(blocks, units, title, page=page)):
        items, name = second.introduced
        if is_led_up_to(items, name) and _story_above(items, name) is None:
            split = _after_lead_in(blocks, items, items.items[0].units[0].place, lines=0)
        else:
            split = _taken(blocks, items, name, issue)
        return replace(split, judged=True)
    if best is None or weights[best] < _DOUBTFUL:
        return Split(Kind.ARTICLE, tuple(blocks))
    found_items = forms[best][0].items
    note = f"{len(found_items)} parts, from “{found_items[0].text[:60]}” on, may be a digest: kept as one text"
    return Split(Kind.ARTICLE, tuple(blocks), notes=(note,))


def untitled(units: Sequence[Unit], title: str | None) -> Sequence[Unit]:
    """Return the units below the title, where that stands above them once or more."""
    told = (at for at, unit in enumerate(units) if not title or unit.text.casefold() != title.casefold())
    return units[next(told, len(units)) :]


def _stands_alone(items: Items, name: str) -> bool:
    """Tell whether no article leads up to the items, unless something divides it from them."""
    if _story_above(items, name):
        return not is_contradicted(items)  # headlines alone lead to more on the same
    return not is_led_up_to(items, name)


def _story_above(items: Items, name: str) -> tuple[str, int, int] | None:
    """Return the article that stands above the items, as :func:`_lead` does; nothing when it is the issue's own."""
    lead = _lead(items)
    return lead if lead is not None and (is_led_up_to(items, name) or _is_story(lead, items)) else None


def _taken(blocks: tuple[Block, ...], items: Items, name: str, issue: str | None) -> Split:
    """Return a document taken apart; ``issue`` is its title, where that does not stand in the blocks."""
    lead = _story_above(items, name)
    if lead is None or is_contradicted(items):
        return Split(Kind.DIGEST, blocks, tuple(map(_brief, [*items.items, *_others(items.after)])))
    if issue and lead[1] == 0 and not calls_itself_issue(issue):  # that is the issue's name
        lead = (issue, *lead[1:])
    return _below_lead(blocks, items, *lead)


def _has_mark(blocks: Sequence[Block]) -> bool:
    """Tell whether a line says that a letter is forwarded below it."""
    return any(block.text[:1] in _OF_MARKS and is_mark(block.text) for block in blocks)


def _headline_in(title: str | None, units: Sequence[Unit]) -> str | None:
    """Return the headline of an article, where the title is the paper's name and then the headline; else nothing."""
    match = _AFTER_NAME.fullmatch(title or "")
    wanted = match[1].casefold() if match else None
    return next((unit.text for unit in units if unit.is_line and unit.text.casefold() == wanted), None)


def _announced(units: Sequence[Unit], at: int) -> Items | None:
    """Return the items below a line such as "In other news", which stands at ``at``."""
    return next((items for items in all_forms(units[at + 1 :], headless=True) if _is_plain(items)), None)


def _others(after: Sequence[Unit]) -> tuple[Found, ...]:
    """Return the items of another shape that such a line announces below the last item of a digest."""
    found = (_announced(after, at) for at, unit in enumerate(after) if is_lead_in(unit.block))
    return next((items.items for items in found if items is not None), ())


def _counted(forms: Sequence[Items], weights: Sequence[float], best: int | None) -> int | None:
    """Return the form whose items are those of the ``best`` that bear numbers, if there is one.

    Numbers that count up without a gap say how many items there are; what has their look and no
    number is something else.
    """
    if best is None:
        return None
    heads = {id(item.units[0]) for item in forms[best].items}
    for at, items in enumerate(forms):
        if (
            items.sign in _NUMBERED
            and weights[at] >= ENOUGH
            and heads.issuperset(id(item.units[0]) for item in items.items)
        ):
            return at
    return best


def _finer(forms: Sequence[Items], weights: Sequence[float], best: int | None) -> int | None:
    """Return a form that is a digest's as well and has more items than the ``best``.

    That is one with all of its items and others besides, or one whose items stand at the
    beginning of nearly all of its items, which are sections.
    """
    if best is None:
        return None
    own = forms[best].items
    for at, items in enumerate(forms):
        heads = {id(item.units[0]) for item in items.items}
        if weights[at] < ENOUGH or items.sign not in _FINER_SIGNS or len(heads) <= len(own):
            continue
        if not items.before and forms[best].before and weights[best] >= weights[at] + _TITLED:
            continue  # the title is no item
        opened = sum(any(id(unit) in heads for unit in item.units[1:3]) for item in own)
        within = opened * 5 >= len(own) * 4 and len(heads) >= _FINER * len(own)
        if within or (forms[best].sign not in _NUMBERED and all(id(item.units[0]) in heads for item in own)):
            return at
    return best


def _begins_with_article(items: Items, units: Sequence[Unit]) -> bool:
    """Tell whether the first item is an article, with a line below it that says that other news follow."""
    first, second = items.items[0], items.items[1]
    if len(first.text) < _ARTICLE:
        return False
    places = range(first.units[0].place + 1, second.units[0].place)
    return any(unit.place in places and (is_lead_in(unit.block) or _is_elsewhere(unit)) for unit in units)


def _is_elsewhere(unit: Unit) -> bool:
    """Tell whether a line names a section of other news: a few words, or more that begin so and name a time."""
    if unit.is_label or (unit.text.endswith(":") and len(words(unit.text)) <= _NAME_WORDS):
        return ELSEWHERE.search(unit.text) is not None
    begins_so = ELSEWHERE.match(unit.text) is not None and PERIOD.search(unit.text) is not None
    return begins_so and unit.is_line and bool(unit.signs & _SET_APART)


def _lead(items: Items) -> tuple[str, int, int] | None:
    """Return the headline of an article that stands above the items, and the places of its headline and of its end.

    It has two paragraphs or more, and the name of a section below it divides it from the items, or a heading
    stands right above it.
    """
    before = list(items.before)
    if not before:
        return None
    parted = before[-1].is_label or before[-1].is_rule
    while before and (before[-1].is_rule or before[-1].is_line):
        before.pop()
    first = len(before)
    while first and ends_text(before[first - 1].text) and before[first - 1].block.kind is not BlockKind.HEADING:
        first -= 1
    if len(before) - first < _LEAD or _length(before[first:]) < _ARTICLE:
        return None
    heads = [unit for unit in before[:first] if unit.block.kind is BlockKind.HEADING]
    if not parted and not (heads and before[first - 1 : first] and heads[-1].place >= before[first - 1].place - 1):
        return None
    heads = heads or [unit for unit in before[:first] if unit.is_line and unit.block.apart and not _is_byline(unit)]
    return (heads[-1].text, heads[-1].place, before[-1].place) if heads else None


def _is_byline(unit: Unit) -> bool:
    return lexicon.BYLINE.match(unit.text) is not None


def _is_whole(items: Items, title: str) -> bool:
    """Tell whether nothing but the issue's own words, or an article by itself, stands above the items."""
    return not is_led_up_to(items, title) or _lead(items) is not None


def _is_story(lead: tuple[str, int, int], items: Items) -> bool:
    """Tell whether what stands above the items of an issue is a story, under a headline of its own, and no letter."""
    title, start, end = lead
    told = [unit.text for unit in items.before if start < unit.place <= end]
    greets = any(GREETING.match(text) for text in told)
    return start > 0 and len(words(title)) >= _NAME_WORDS and not greets and addressed(told) < _LETTER


def _below_lead(blocks: Sequence[Block], items: Items, title: str, start: int, end: int) -> Split:
    """Return the article above the items as what stays; the issue's own lines and labels are left out."""
    after = dict.fromkeys(unit.place for unit in items.after)
    kept = (*blocks[start : end + 1], *(blocks[place] for place in after))
    covered = {*range(start, end + 1), *after, *(unit.place for item in items.items for unit in item.units)}
    lost = sum(count_characters(block.text) for place, block in enumerate(blocks) if place not in covered)
    dropped = (("the issue's own lines and labels", lost),) if lost else ()
    return Split(Kind.ARTICLE, kept, tuple(map(_brief, items.items)), dropped, title=title)


def _length(units: Sequence[Unit]) -> int:
    return sum(len(unit.text) for unit in units)


def _is_plain(items: Items) -> bool:
    """Tell whether items have a form that is enough below a line such as "In other news"."""
    return not items.before and items.sign != "paragraph" and not is_contradicted(items)


def _tail(units: Sequence[Unit], title: str | None) -> tuple[Items, int] | None:
    """Return other news below an article, under a section whose name says so, and the place of that name."""
    for at, unit in enumerate(units):
        if not _is_elsewhere(unit):
            continue
        article = [title or "", *(other.text for other in units[:at])]
        if sum(map(len, article)) < _ARTICLE:
            continue
        forms = all_forms(units[at + 1 :], headless=True)
        best = max(forms, key=lambda items: weigh_tail(items, article), default=None)
        if best is not None and weigh_tail(best, article) >= ENOUGH_BELOW:
            return best, unit.place
    return None


def _after_lead_in(blocks: Sequence[Block], items: Items, lead_in: int, *, lines: int = 1) -> Split:
    """Return the article above a line that announces the items, or above the first of them where no line does."""
    before = tuple(blocks[:lead_in])
    briefs = tuple(map(_brief, items.items))
    if len(before) <= 1:
        return Split(Kind.DIGEST, tuple(blocks), briefs)
    after = tuple(dict.fromkeys(unit.place for unit in items.after))
    between = sum(count_characters(unit.text) for unit in items.between)
    announced = sum(count_characters(block.text) for block in blocks[lead_in : lead_in + lines])
    dropped = [("lead-in lines", announced), ("labels and rules between items", between)]
    kept = (*before, *(blocks[place] for place in after))
    return Split(Kind.ARTICLE, kept, briefs, tuple((what, count) for what, count in dropped if count))


def _brief(item: Found) -> Brief:
    title = item.head.rstrip(".: ") if item.head else made_title(first_sentence(item))
    body = tuple(replace(without_head(unit) if unit.head == item.head else unit.block, mark=None) for unit in item.body)
    above = tuple(picture for unit in item.units if unit not in item.body for picture in unit.block.above)
    return Brief(title, inherit(body, above), item.url, item.source, made=not item.head)
