"""Texts that consist of several: the reports of a live page, the captions of a gallery."""

from __future__ import annotations

from backfile.ingest.web.body import Body, Chosen, weight
from backfile.ingest.web.labels import READ_MORE, SIGN_UP
from backfile.ingest.web.tree import HEADINGS, Leaf

_MIN_CAPTIONS = 3
_CAPTION = 25  # characters
_TAGS = frozenset(("p", "li", "time", "div", *HEADINGS))


def reports(body: Body, chosen: Chosen) -> Chosen:
    """Add all parts of a live report of which some are chosen, with the times at which they came."""
    if chosen.isdisjoint(body.in_reports):
        return chosen
    return chosen.union(place for place in body.in_reports if _may_be_text(body.leaves[place]))


def captions(body: Body, chosen: Chosen) -> Chosen:
    """Add the pictures below the text with captions that tell as much as the text itself: a gallery is its captions."""
    if not chosen:
        return chosen
    home = next((box for box in body.leaves[max(chosen)].box.above() if box.tag in {"article", "main"}), None)
    if home is None:
        return chosen
    found: list[int] = []
    told = 0
    for place in home.places:
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
