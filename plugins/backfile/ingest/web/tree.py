"""The page as boxes and leaves: every run of text belongs to exactly one leaf.

HTML mixes text and blocks freely (``<div>text<p>text</p>text</div>``). Here a *box* is an
element that holds blocks, and a *leaf* is one run of inline content between them, so
that every later step can judge and move whole paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from lxml import html

from backfile.ingest.pictures.placeholder import picture_at
from backfile.ingest.web.shown import DROPPED, LINE, is_hidden, key_of, shown_line, shown_text

Part: TypeAlias = "str | html.HtmlElement"

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div",
     "dl", "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
     "hgroup", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
     "tfoot", "th", "thead", "tr", "ul", "caption"}
)  # fmt: skip
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-)?(?:caption|img-?caption|image-?caption|photo-?caption|credits?|image-?credits?|photo-?credits?|bildunterschrift|bildtext|legende?)(?:$|[\s_-]|wrapper|text)"
)
_CAPTION_LINES = 3
_BROKEN = 4  # parts from which on two can be line breaks between two others
_PARTED = frozenset({"div", "p", "td"})  # blocks in which two line breaks part paragraphs
_BLANK = " \t\r\n\f"


@dataclass(slots=True, eq=False)
class Leaf:
    """One run of inline content. ``tag`` is the block it stands in, ``href`` a link around that block.

    ``place`` is its place among the leaves of the page, in reading order; ``linked`` counts the
    characters of ``text`` that are link text.
    """

    tag: str
    parts: list[Part]
    text: str
    key: str
    linked: int
    href: str | None
    box: Box
    place: int
    image: html.HtmlElement | None = None

    @property
    def lines(self) -> list[str]:
        """The text line by line, as the page breaks it."""
        text = "".join(part if isinstance(part, str) else shown_text(part) for part in self.parts)
        return [line for piece in text.split(LINE) if (line := " ".join(piece.split()))]

    @property
    def wordy(self) -> int:
        """The length of the key: letters and digits only."""
        return len(self.key)


@dataclass(slots=True, eq=False)
class Box:
    """An element that holds blocks; ``page`` are all leaves of its page, ``places`` those of its own among them."""

    tag: str
    element: html.HtmlElement
    parent: Box | None
    page: list[Leaf]
    kids: list[Box | Leaf] = field(default_factory=list)
    places: range = range(0)
    _hint: str | None = None

    @property
    def hint(self) -> str:
        """What the page's author called this element: class, id and component, in lower case."""
        if self._hint is None:
            get = self.element.get
            self._hint = f"{get('class') or ''} {get('id') or ''} {get('data-component') or ''}".lower()
        return self._hint

    def leaves(self) -> list[Leaf]:
        """Return the leaves under this box in reading order."""
        return self.page[self.places.start : self.places.stop]

    def above(self) -> Iterator[Box]:
        """Yield this box and the boxes around it, innermost first."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


def build(root: html.HtmlElement, *, hidden: bool = False) -> Box:
    """Return the body of the page as boxes and leaves, without what never shows text.

    With ``hidden``, what the page hides (for a script to show it) and its ``noscript``
    and ``nav`` (for want of an end tag it may hold all) are taken as if they were shown.
    """
    body = root.find("body")
    top = body if body is not None else root
    page = _Builder(top, _with_blocks(top), _is_no_text if hidden else _is_unseen).box(top, None, None)
    _name_figures(page)
    return page


def _name_figures(page: Box) -> None:
    """Call ``figure`` what is one without saying so: a box that holds a caption, by its name, and no other text."""
    told: dict[str, bool] = {}  # most boxes are called as others are
    for leaf in page.leaves():
        hint = leaf.box.hint
        if hint not in told:
            told[hint] = _CAPTION.search(hint) is not None
        if not told[hint] or not leaf.text or any(box.tag in {"figure", "table"} for box in leaf.box.above()):
            continue
        box = leaf.box
        while box.parent is not None and box.parent.parent is not None and _texts(box.parent) == _texts(box):
            box = box.parent
        if _texts(box) <= _CAPTION_LINES:
            box.tag = "figure"


def _texts(box: Box) -> int:
    return sum(bool(leaf.text) for leaf in box.leaves())


def _with_blocks(top: html.HtmlElement) -> set[html.HtmlElement]:
    """Return the elements that hold a block somewhere below them."""
    found: set[html.HtmlElement] = set()
    for block in top.iter(*BLOCKS):
        parent = block.getparent()
        while parent is not None and parent not in found:
            found.add(parent)
            parent = parent.getparent()
    return found


def _is_no_text(element: html.HtmlElement) -> bool:
    return element.tag in DROPPED - {"noscript", "nav", "dialog", "template"}


def _is_unseen(element: html.HtmlElement) -> bool:
    return element.tag in DROPPED or is_hidden(element)


class _Builder:
    """Walks once over the elements below ``top``; ``holders`` are the elements that hold blocks."""

    def __init__(
        self, top: html.HtmlElement, holders: set[html.HtmlElement], unseen: Callable[[html.HtmlElement], bool]
    ) -> None:
        self._page: list[Leaf] = []
        self._holders = holders
        self._unseen = unseen
        self._has_pictures = any(picture_at(image.get("src") or "") for image in top.iter("img"))

    def box(self, element: html.HtmlElement, parent: Box | None, href: str | None) -> Box:
        box = Box(str(element.tag), element, parent, self._page)
        start = len(self._page)
        run: list[Part] = [element.text] if element.text and element.text.strip(_BLANK) else []
        for child in element:
            tag = child.tag
            if self._unseen(child):
                pass
            elif tag in BLOCKS or child in self._holders:
                if run:
                    self._flush(box, run, href)
                    run = []
                box.kids.append(self.box(child, box, (child.get("href") if tag == "a" else None) or href))
            else:
                run.append(child)
            if child.tail and (run or child.tail.strip(_BLANK)):
                run.append(child.tail)
        if run:
            self._flush(box, run, href)
        box.places = range(start, len(self._page))
        return box

    def _flush(self, box: Box, run: list[Part], href: str | None) -> None:
        """Add a run of text to ``box``, as several leaves where two line breaks part it into paragraphs."""
        if len(run) < _BROKEN or _tag_of(box) not in _PARTED:
            self._add(box, run, href)
            return
        for paragraph in _paragraphs(run):
            self._add(box, paragraph, href)

    def _add(self, box: Box, run: list[Part], href: str | None) -> None:
        elements = [part for part in run if not isinstance(part, str)]
        shown = [part if isinstance(part, str) else shown_text(part) for part in run] if elements else run
        text = " ".join("".join(shown).split())
        above, below = _own_pictures(run) if self._has_pictures else ([], [])
        self._add_images(box, above, href)
        if text:
            linked = len(text) if href else sum(map(_linked, elements))
            leaf = Leaf(_tag_of(box), run, text, key_of(text), min(linked, len(text)), href, box, len(self._page))
            box.kids.append(leaf)
            self._page.append(leaf)
        elif not (above or below):
            images = (image for element in elements if (image := next(element.iter("img"), None)) is not None)
            self._add_images(box, islice(images, 1), href)
        self._add_images(box, below, href)

    def _add_images(self, box: Box, images: Iterable[html.HtmlElement], href: str | None) -> None:
        for image in images:
            leaf = Leaf("img", [], "", "", 0, href, box, len(self._page), image)
            box.kids.append(leaf)
            self._page.append(leaf)


def _paragraphs(run: list[Part]) -> list[list[Part]]:
    """Return the pieces of ``run`` between two line breaks or more."""
    found: list[list[Part]] = [[]]
    breaks = 0
    for part in run:
        is_break = not isinstance(part, str) and part.tag == "br"
        if not is_break and breaks > 1 and not (isinstance(part, str) and not part.strip(_BLANK)):
            found.append([])
        if is_break:
            breaks += 1
        elif not isinstance(part, str) or part.strip(_BLANK):
            breaks = 0
        found[-1].append(part)
    return found


def _tag_of(box: Box) -> str:
    """Name the nearest block that says what a run of text is; a ``div`` or ``span`` says nothing."""
    for outer in box.above():
        if outer.tag in HEADINGS or outer.tag in {"p", "pre", "li", "td", "th", "dt", "dd", "figcaption", "summary"}:
            return outer.tag
        if outer.tag in BLOCKS and outer.tag != "div":
            break
    return "div"


def _linked(element: html.HtmlElement) -> int:
    if element.tag == "a":
        return len(shown_line(element)) if element.get("href") else 0
    return sum(len(shown_line(link)) for link in element.iter("a") if link.get("href")) if len(element) else 0


def _own_pictures(run: list[Part]) -> tuple[list[html.HtmlElement], list[html.HtmlElement]]:
    """Return the pictures that came with the page, which no text can hold: those above a run's text and below it."""
    above: list[html.HtmlElement] = []
    below: list[html.HtmlElement] = []
    for part in run:
        if not isinstance(part, str):
            below += (image for image in part.iter("img") if picture_at(image.get("src") or ""))
        if below and (part if isinstance(part, str) else shown_text(part)).strip():
            above, below = above + below, []
    return above, below
