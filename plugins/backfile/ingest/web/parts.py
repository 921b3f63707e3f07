"""Texts that consist of several: the reports of a live page, the captions of a gallery."""

from __future__ import annotations

from collections.abc import Sequence

from backfile.ingest.web.body import Body, Chosen, is_prose, weight
from backfile.ingest.web.labels import READ_MORE, SIGN_UP
from backfile.ingest.web.tree import HEADINGS, Box, Leaf

_MIN_PARTS = 2
_MIN_CAPTIONS = 3
_CAPTION = 25  # characters
_TAGS = frozenset(("p", "li", "time", "div", *HEADINGS))


def parts_of_report(body: Body) -> Sequence[Box]:
    """Return the articles below the title that are parts of one: side by side, each with a time, led to by no link."""
    if body.title_place is None:
        return ()
    boxes: dict[int, Box] = {}
    for leaf in body.leaves[body.title_place + 1 :]:
        box = next((box for box in leaf.box.above() if box.tag == "article"), None)
        if box is not None:
            boxes[id(box)] = box
    around = {id(box) for box in body.leaves[body.title_place].box.above()}
    parts = [box for box in boxes.values() if id(box) not in around]
    beside = {id(box.parent) for box in parts}
    if len(parts) < _MIN_PARTS or len(parts) < len(boxes) or len(beside) > 1:
        return ()
    return parts if all(map(_is_report, parts)) else ()


def places_of_report(body: Body) -> frozenset[int]:
    """Return the places of all that stands in such articles."""
    return frozenset(place for box in parts_of_report(body) for place in body.of(box))


def _is_report(box: Box) -> bool:
    leaves = list(box.leaves())
    is_linked = any(leaf.href or (leaf.tag in HEADINGS and leaf.linked) for leaf in leaves)
    return next(box.element.iter("time"), None) is not None and any(map(is_prose, leaves)) and not is_linked


def reports(body: Body, chosen: Chosen) -> Chosen:
    """Add all parts of a live report of which some are chosen, with the times at which they came."""
    places = places_of_report(body)
    if chosen.isdisjoint(places):
        return chosen
    return chosen.union(place for place in places if _may_be_text(body.leaves[place]))


def captions(body: Body, chosen: Chosen) -> Chosen:
    """Add the pictures below the text with captions that tell as much as the text itself: a gallery is its captions."""
    if not chosen:
        return chosen
    home = next((box for box in body.leaves[max(chosen)].box.above() if box.tag in {"article", "main"}), None)
    if home is None:
        return chosen
    found: list[int] = []
    told = 0
    for place in body.of(home):
        leaf = body.leaves[place]
        figure = next((box for box in leaf.box.above() if box.tag == "figure"), None)
        if place in chosen or figure is None or leaf.linked:
            continue
        found.append(place)
        told += leaf.tag == "figcaption" and len(leaf.text) >= _CAPTION
    is_gallery = told >= _MIN_CAPTIONS and weight(body, found) * 2 > weight(body, chosen)
    return chosen.union(found) if is_gallery else chosen


def _may_be_text(leaf: Leaf) -> bool:
    if leaf.tag not in _TAGS or leaf.linked * 2 > len(leaf.text):
        return not leaf.text
    return not READ_MORE.match(leaf.text) and not SIGN_UP.match(leaf.text)
