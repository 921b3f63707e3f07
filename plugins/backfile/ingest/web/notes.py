"""The notes below a text: what the numbers in it lead to, wherever on the page that stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import html

from backfile.ingest.web.body import Body, Chosen
from backfile.ingest.web.shown import shown_line
from backfile.ingest.web.tree import HEADINGS

_NUMBER = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})[\])]?", re.IGNORECASE)
_BACK = re.compile(r"[↩↑⤴⏎^\ufe0e\ufe0f]+")
_UP = 3  # elements between a note's text and what bears its name
_MAX_NOTE = 2_000  # characters


def drop_back_links(root: html.HtmlElement) -> None:
    """Take out the signs that lead from a note back to its number."""
    for link in list(root.iter("a")):
        if (link.get("href") or "")[:1] == "#" and _BACK.fullmatch(shown_line(link)) and link.getparent() is not None:
            link.drop_tree()


def notes(body: Body, chosen: Chosen) -> Chosen:
    """Add the blocks below the text that numbers in it lead to, and not the sections that its contents lead to."""
    names = set(_led_to(body, chosen))
    if not names:
        return chosen
    last = max(chosen)
    found = {
        place
        for place in range(last + 1, len(body.leaves))
        if body.leaves[place].tag not in HEADINGS
        and len(body.leaves[place].text) <= _MAX_NOTE
        and not names.isdisjoint(_names(body.leaves[place].box.element))
    }
    return chosen | found


def _led_to(body: Body, chosen: Chosen) -> Iterator[str]:
    for place in chosen:
        for part in body.leaves[place].parts:
            for link in () if isinstance(part, str) else part.iter("a"):
                href = link.get("href") or ""
                if href[:1] == "#" and href[1:] and _NUMBER.fullmatch(shown_line(link)):
                    yield href[1:]


def _names(element: html.HtmlElement) -> Iterable[str]:
    """Yield what an element and those around it are called, and the anchors in it."""
    for anchor in element.iter("a"):
        yield from filter(None, (anchor.get("name"), anchor.get("id")))
    outer: html.HtmlElement | None = element
    for _ in range(_UP):
        if outer is None or outer.tag == "body":
            return
        yield outer.get("id") or ""
        outer = outer.getparent()
