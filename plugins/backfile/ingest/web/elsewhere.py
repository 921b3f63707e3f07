"""What in the chosen text leads to other texts, or asks for something, and is taken out of it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from backfile.ingest.links import same_site
from backfile.ingest.web.body import Body, Chosen, is_prose, weight
from backfile.ingest.web.labels import READ_MORE, SIGN_UP
from backfile.ingest.web.shown import shown_line
from backfile.ingest.web.tree import HEADINGS, Leaf

_SHORT = 200  # characters up to which a block can be a label
_LABEL_WORDS = 4
_LABEL_SIGNS = (":", "|", "»", ">")
_TEASER_WORDS = 4


def labelled(body: Body, chosen: Chosen) -> Chosen:
    """Drop blocks that lead to other texts or ask for a subscription, by their first words."""
    order = sorted(chosen)
    gone: set[int] = set()
    for at, place in enumerate(order):
        leaf = body.leaves[place]
        text = leaf.text
        if SIGN_UP.match(text) and len(text) < _SHORT * 2:
            gone.add(place)
        elif (
            READ_MORE.match(text)
            and len(text) < _SHORT
            and (leaf.linked or leaf.tag in HEADINGS or ":" in text[:40] or len(text) < 40)
        ):
            gone.add(place)
            if not leaf.linked or leaf.tag in HEADINGS:
                gone.update(_linked_after(body, order[at + 1 : at + 12]))
    return chosen - gone


def _linked_after(body: Body, places: list[int]) -> list[int]:
    """Return the blocks in a row, all link, that follow a label."""
    found = []
    for place in places:
        leaf = body.leaves[place]
        if leaf.linked * 10 < len(leaf.text) * 8 or not leaf.text:
            break
        found.append(place)
    return found


def teasers(body: Body, chosen: Chosen) -> Chosen:
    """Drop what is nothing but the headline of another page of the same site, as a link.

    That is: paragraphs and headings, with a label before the link or without; and items of
    lists, where nothing else follows.
    """
    gone = set(_closing_links(body, chosen))
    for place in chosen:
        leaf = body.leaves[place]
        if leaf.tag in {"p", "div", *HEADINGS} and (_leads_away(leaf, body.url) or _announces(leaf, body.url)):
            gone.add(place)
    prose = [place for place in chosen if is_prose(body.leaves[place])]
    # On a page that is mostly such links, they are what it has to say.
    return chosen - gone if weight(body, gone) < weight(body, prose) else chosen


def _closing_links(body: Body, chosen: Chosen) -> Iterator[int]:
    for place in sorted(chosen, reverse=True):
        leaf = body.leaves[place]
        if leaf.tag == "li" and _leads_away(leaf, body.url):
            yield place
        elif leaf.text and leaf.tag not in HEADINGS:
            return


def _leads_away(leaf: Leaf, page: str | None) -> bool:
    """Tell whether all of ``leaf`` is a link to the site of ``page``, of as many words as a headline."""
    if leaf.linked * 100 < len(leaf.text) * 95 or len(leaf.text.split()) < _TEASER_WORDS:
        return False
    href = leaf.href or next((link.get("href") for link in _links(leaf)), None)
    return bool(href and same_site(href, page))


def _announces(leaf: Leaf, page: str | None) -> bool:
    """Tell whether ``leaf`` is a label, in any language, and a link as :func:`_leads_away` wants it."""
    link = next(_links(leaf), None)
    if link is None or not leaf.linked:
        return False
    text = shown_line(link)
    label = leaf.text.removesuffix(text).strip()
    return (
        label != leaf.text
        and label.endswith(_LABEL_SIGNS)
        and len(label.rstrip("".join(_LABEL_SIGNS)).split()) <= _LABEL_WORDS
        and len(text.split()) >= _TEASER_WORDS
        and same_site(link.get("href") or "", page)
    )


def _links(leaf: Leaf) -> Iterator[html.HtmlElement]:
    for part in leaf.parts:
        if not isinstance(part, str):
            yield from part.iter("a")
