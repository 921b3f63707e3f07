"""What is taken out of the chosen text: other texts on the page, its title, bylines, furniture and loose ends."""

from __future__ import annotations

import re

from backfile.ingest.web.body import Body, Chosen, is_prose, weight
from backfile.ingest.web.dates import DATE_IN_TEXT
from backfile.ingest.web.fill import is_furniture, main_box
from backfile.ingest.web.labels import BYLINE, READING_TIME, STANDFIRST
from backfile.ingest.web.shown import key_of
from backfile.ingest.web.tree import HEADINGS, Box, Leaf

_BYLINE = 140
_SCRAP = 60
# When named boxes go, this many letters must be left: plenty, or enough that are not too small a part, or most.
_PLENTY = 1_200
_ENOUGH = 300
_SMALL_PART = 5
_STARTS = 8
_DATE_REST = 30  # characters that may stand beside a day in a line that only dates the text
_SENTENCE_END = re.compile(r"[.!?…。！？।:]['\"”’»)\]]*$")


def other_articles(body: Body, chosen: Chosen) -> Chosen:
    """Drop texts of other articles on the same page: in an ``article`` of their own, or after another ``h1``."""
    if not chosen:
        return chosen
    homes: dict[int, list[int]] = {}
    for place in sorted(chosen):
        box = next((box for box in body.leaves[place].box.above() if box.tag == "article"), None)
        homes.setdefault(id(box), []).append(place)
    kept = set(chosen)
    if len(homes) > 1 and not set(homes).intersection(map(id, body.reports)):
        best = max(
            homes,
            key=lambda name: (
                body.title_place is not None and _holds(body, name, body.title_place),
                weight(body, homes[name]),
            ),
        )
        main = (
            next(box for box in body.leaves[homes[best][0]].box.above() if id(box) == best)
            if best != id(None)
            else None
        )
        if main is not None:
            for name, places in homes.items():
                if name in {best, id(None)} or _inside(body.leaves[places[0]], main):
                    continue
                kept.difference_update(places)
    return _upto_next_headline(body, frozenset(kept))


def _upto_next_headline(body: Body, chosen: Chosen) -> Chosen:
    """Cut before a second headline: an ``h1`` outside of the text's own box, of the first one's class."""
    start = body.title_place
    if start is None or body.leaves[start].tag != "h1" or not chosen:
        return chosen
    name = body.leaves[start].box.element.get("class")
    main = main_box(body, chosen)
    for place in range(start + 1, max(chosen) + 1):
        leaf = body.leaves[place]
        if (
            name
            and leaf.tag == "h1"
            and leaf.key not in body.titles
            and leaf.box.element.get("class") == name
            and not (main is not None and _inside(leaf, main))
        ):
            return frozenset(at for at in chosen if at < place) or chosen
    return chosen


def _holds(body: Body, name: int, place: int) -> bool:
    return any(id(box) == name for box in body.leaves[place].box.above())


def _inside(leaf: Leaf, box: Box) -> bool:
    return any(outer is box for outer in leaf.box.above())


def before_title(body: Body, chosen: Chosen) -> Chosen:
    """Drop what stands above the title, when the text stands below it."""
    place = body.title_place
    if place is None:
        return chosen
    below = frozenset(at for at in chosen if at > place)
    return below if weight(body, below) * 2 >= weight(body, chosen) else chosen


def repeated_title(body: Body, chosen: Chosen) -> Chosen:
    """Drop the title itself."""
    head = sorted(chosen)[:6]
    return chosen - {at for at in head if body.leaves[at].key in body.titles}


def bylines(body: Body, chosen: Chosen) -> Chosen:
    """Drop lines that say who wrote it, when, and how long it takes to read, at the head and the foot of the text."""
    order = sorted(chosen)
    names = {key_of(name) for name in body.authors}
    # The times of reports are theirs.
    gone = {at for at in order[:8] + order[-3:] if at not in body.in_reports and _is_byline(body.leaves[at], names)}
    return chosen - gone


def _is_byline(leaf: Leaf, names: set[str]) -> bool:
    text = leaf.text
    if len(text) > _BYLINE or leaf.tag in {"td", "th", "figcaption"}:
        return False
    if leaf.key in names or READING_TIME.fullmatch(text):
        return True
    if (match := BYLINE.match(text)) and (not _SENTENCE_END.search(text) or len(text) < 40):
        rest = text[match.end() :].lstrip(" :|")
        is_dated = DATE_IN_TEXT.search(rest) is not None
        return len(rest) < 80 and (rest[:1].isupper() or rest[:1].isdigit() or not rest or is_dated)
    rest = DATE_IN_TEXT.sub("", text)
    if len(rest) < len(text) and any(name in leaf.key for name in names) and not _SENTENCE_END.search(text):
        return True
    return len(rest) < min(_DATE_REST, len(text)) and not _SENTENCE_END.search(text)


def named_boxes(body: Body, chosen: Chosen) -> Chosen:
    """Drop boxes inside the text, and after it, whose names say that they are furniture.

    A box that holds the text, or most of it, is never one, whatever it is called.
    """
    main = main_box(body, chosen)
    if main is None:
        return chosen
    around = {id(box) for box in main.above()}
    first = min(main.places, default=0)
    gone = set()
    for place in chosen:
        leaf = body.leaves[place]
        if place >= first and is_furniture(leaf, next((box for box in leaf.box.above() if id(box) in around), None)):
            gone.add(place)
    left = weight(body, chosen - gone)
    whole = weight(body, chosen)
    enough = left >= _PLENTY or (left >= _ENOUGH and left * _SMALL_PART > whole) or left * 2 > whole
    return chosen - gone if enough else chosen


def loose_ends(body: Body, chosen: Chosen) -> Chosen:
    """Drop headings at the end with nothing under them, and short links there."""
    order = sorted(chosen)
    while order:
        leaf = body.leaves[order[-1]]
        short = leaf.text and len(leaf.text) < _SCRAP and not _SENTENCE_END.search(leaf.text)
        if leaf.tag in HEADINGS or (short and leaf.linked * 2 > len(leaf.text)) or not leaf.text:
            order.pop()
        else:
            break
    return frozenset(order) if order else chosen


def loose_starts(body: Body, chosen: Chosen) -> Chosen:
    """Drop short scraps above the first sentence: sections, places, counters."""
    order = sorted(chosen)
    leads: list[int] = []
    for at, place in enumerate(order[:_STARTS]):
        leaf = body.leaves[place]
        if STANDFIRST.search(leaf.box.hint) and leaf.text:
            leads.append(place)
        elif (
            is_prose(leaf)
            or place in body.in_reports
            or leaf.tag in {*HEADINGS, "td", "th", "dt", "pre"}
            or _SENTENCE_END.search(leaf.text)
            or len(leaf.text) >= _SCRAP
            or any(body.leaves[other].box is leaf.box for other in order[at + 1 : at + 2])  # of one text with the next
            or not leaf.text
        ):
            return frozenset((*leads, *order[at:]))
    return chosen
