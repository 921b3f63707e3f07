"""Which leaves are the article: trafilatura says it, and the page's own structure fills the gaps.

*Theory.* trafilatura is the best single judge of what on a page is its text, yet its
output loses structure (figures, tables in figures, embedded posts, headings in odd
places, spaces round links). So its answer is used as an oracle only: every leaf of the
page is looked up, in order, in the letters and digits of what it kept; a leaf found
there is chosen. What stands between chosen leaves and plainly belongs to them is then
added (:mod:`fill <backfile.ingest.web.fill>`), and furniture that the oracle let through
is taken away (:mod:`prune <backfile.ingest.web.prune>`).

*Known failures.* Where the page shows no text, for a script makes it, little of the
oracle's text is found; the text in the page's JSON-LD is then used, as bare paragraphs.

*Rejected.* Converting its ``html`` output (``markdownify``): loses the above. Marking
elements and following them through: its steps copy and rebuild elements, and
readability and jusText, which it falls back to, make new ones.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html
from trafilatura import bare_extraction

from backfile.ingest.web.shown import key_of
from backfile.ingest.web.tree import Leaf

SURE = 24  # letters and digits from which on a text is taken to stand in one place only
WINDOW = 60_000  # how far from where it is expected a text is looked for


@dataclass(frozen=True, slots=True)
class Oracle:
    """What trafilatura kept: ``whole`` is the key of all of it, ``short`` the keys of its single elements."""

    whole: str
    short: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen leaves (by index), and which share of the oracle's text was found on the page."""

    chosen: frozenset[int]
    found: float


def ask(root: html.HtmlElement) -> Oracle:
    """Return what the oracle holds to be the text of the page. ``root`` is left as it is: the oracle copies it."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = bare_extraction(  # not told the address: it would only make links whole that nobody looks at
        root, output_format="html", include_links=True, include_formatting=True, include_tables=True,
        include_comments=False,
    )  # fmt: skip
    if document is None or isinstance(document, dict):
        return Oracle("", frozenset())
    body = document.body
    elements = (element for element in body.iter() if element.tag not in {"hi", "ref", "body"})
    return Oracle(key_of("".join(_texts(body))), frozenset(filter(None, map(_short_key, elements))))


def _short_key(element: etree._Element) -> str:
    """Return the key of the element's text, or nothing when it is a sure one."""
    texts: list[str] = []
    length = 0
    for text in _texts(element):
        texts.append(text)
        length += len(key_of(text))
        if length >= SURE:
            return ""
    return key_of("".join(texts))


def _texts(element: etree._Element) -> Iterator[str]:
    return (str(text) for text in element.itertext())


def choose(oracle: Oracle, leaves: list[Leaf]) -> Choice:
    """Look up each of ``leaves`` in what the oracle kept; what one leaf has used is not there for the next."""
    whole = oracle.whole
    used = bytearray(len(whole))
    chosen: list[int] = []
    place = 0
    for index, leaf in enumerate(leaves):
        key = leaf.key
        if not key:
            continue
        at = _find(whole, key, place, used, sure=len(key) >= SURE)
        if at < 0 or (len(key) < SURE and not (at - place <= 2 or key in oracle.short)):
            continue
        used[at : at + len(key)] = b"\1" * len(key)
        place = at + len(key)
        chosen.append(index)
    return Choice(frozenset(chosen), sum(used) / max(1, len(whole)))


def _find(whole: str, key: str, place: int, used: bytearray, *, sure: bool) -> int:
    """Find ``key`` in ``whole`` from ``place`` on, or before it when the text is sure to stand only once."""
    at = whole.find(key, place, place + WINDOW)
    if at >= 0 or not sure:
        return at
    at = whole.find(key, max(0, place - WINDOW), place)
    return at if at >= 0 and not any(used[at : at + len(key)]) else -1
