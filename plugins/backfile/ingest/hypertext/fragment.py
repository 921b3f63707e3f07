"""A piece of HTML that is all article, as blocks: nothing is judged to be furniture by where it stands.

The elements become Markdown by the converter of web pages, and Markdown becomes blocks by
the reader of Markdown, so a heading, a list or a link is written alike wherever it came
from. What readers of the HTML don't see is taken out before, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import html

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import normalise
from backfile.ingest.hypertext.layout_tables import flatten
from backfile.ingest.hypertext.lines import split_lines
from backfile.ingest.links import base_of
from backfile.ingest.markdown.reader import blocks_of_markdown
from backfile.ingest.pictures.lift import lift_from_html
from backfile.ingest.pictures.take import take_pictures
from backfile.ingest.records import Block, Embedded, Find, count_characters
from backfile.ingest.web.convert import Writer
from backfile.ingest.web.parse import parse
from backfile.ingest.web.shown import is_hidden
from backfile.ingest.web.tree import build
from backfile.ingest.web.word_lists import mark_lists

# Ways to hide the preview text that a mail program shows in its list.
_UNSEEN = re.compile(
    r"mso-hide\s*:\s*all|max-height\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*[01]px|line-height\s*:\s*[01]px"
)
_CODE = ("script", "style", "template", "head", "title", "noscript", "svg", "iframe", "object", "embed", "applet")
_TINY = re.compile(r"\s*(\d{1,2})(?:px)?\s*")
_STYLED_SIZE = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*(\d{1,2})px")
_MAX_PIXEL = 3
_ICON = 40
_TAG = re.compile(r"<[a-zA-Z/!]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """The blocks of a piece of HTML; for all else see ``Content``."""

    blocks: tuple[Block, ...]
    characters: int
    dropped: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, Embedded] = field(default_factory=dict)


def read_fragment(
    source: str,
    name: str,
    *,
    base: str | None = None,
    layout: bool = False,
    rewrite: Callable[[str], str | None] | None = None,
    find: Find | None = None,
    prepare: Callable[[html.HtmlElement], None] | None = None,
) -> Fragment:
    """Return the blocks of ``source``; raises ``IngestError`` when it is over a page's budget.

    ``name`` is for the message, ``base`` what relative links are meant from. With
    ``layout``, tables are layout unless they plainly hold data. ``rewrite`` returns what a
    link should lead to, None for nowhere; ``find`` gives the pictures that came along; ``prepare``
    may first change what is an element, but not its text.
    """
    source, lifted = lift_from_html(source)
    root = _parsed(source, name)
    _drop_code(root)
    if prepare is not None:
        prepare(root)
    characters = _count(root)
    unseen = _drop_unseen(root)
    pixels = _drop_pixels(root)
    mark_lists(root)
    pictures = take_pictures(root, lifted, find)
    if rewrite is not None:
        _rewrite_links(root, rewrite)
    page = build(root)
    shown = sum(count_characters(leaf.text) for leaf in page.leaves())
    if layout:
        flatten(page)
    markdown = normalise(Writer(lambda _: True, base_of(base, None)).document(page), "utf-8").text
    dropped = (("hidden text", unseen), ("controls and scripts", characters - unseen - shown))
    return Fragment(
        blocks=split_lines(blocks_of_markdown(markdown)),
        characters=characters,
        dropped=tuple((what, count) for what, count in dropped if count > 0),
        notes=(f"{pixels} tracking pixels and icons were left out",) if pixels else (),
        pictures=pictures,
    )


def plain_text(source: str) -> str:
    """Return what a reader sees of a short piece of text that may be HTML, as one line; "" for none."""
    if not _TAG.search(source) and "&" not in source:
        return " ".join(normalise(source, "utf-8").text.split())
    try:
        root = parse(f"<div>{source}</div>")
    except IngestError:
        return ""
    _drop_code(root)
    _drop_unseen(root)
    return " ".join(normalise(" ".join(root.itertext()) if len(root) else "", "utf-8").text.split())


def _parsed(source: str, name: str) -> html.HtmlElement:
    try:
        return parse(
            source if re.match(r"\s*<(?:!doctype|html|body)", source, re.IGNORECASE) else f"<div>{source}</div>"
        )
    except IngestError as error:
        raise IngestError(f"{name}: {error}") from error


def _drop_code(root: html.HtmlElement) -> None:
    for element in list(root.iter(*_CODE)):
        _drop(element)


def _drop_unseen(root: html.HtmlElement) -> int:
    """Take out what is hidden; return how many characters that were."""
    count = 0
    for element in list(root.iter()):
        style = element.get("style")
        if element is root or element.getparent() is None:
            continue
        if is_hidden(element) or (style and _UNSEEN.search(style.lower()) and not _holds_pictures(element)):
            count += _count(element)
            _drop(element)
    return count


def _holds_pictures(element: html.HtmlElement) -> bool:
    """Tell whether an element without height only holds pictures: layout often says so of their cells."""
    return element.tag in {"img", "td", "table", "tr", "tbody"} or next(element.iter("img", "table"), None) is not None


def _drop_pixels(root: html.HtmlElement) -> int:
    """Take out pictures that nobody is meant to see, and icons; return how many."""
    count = 0
    for image in list(root.iter("img")):
        sizes = [_TINY.fullmatch(image.get(side) or "") for side in ("width", "height")]
        found = [int(size[1]) for size in sizes if size]
        found += [int(size) for size in _STYLED_SIZE.findall((image.get("style") or "").lower())]
        if found and (min(found) <= _MAX_PIXEL or max(found) <= _ICON):
            count += 1
            _drop(image)
    return count


def _rewrite_links(root: html.HtmlElement, rewrite: Callable[[str], str | None]) -> None:
    for link in root.iter("a"):
        href = link.get("href")
        if href is None:
            continue
        wanted = rewrite(href)
        if wanted is None:
            del link.attrib["href"]
        else:
            link.set("href", wanted)


def _count(element: html.HtmlElement) -> int:
    return sum(count_characters(text) for text in element.itertext())


def _drop(element: html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
