"""Boxes and leaves as Markdown: headings, lists, quotations, tables, code, figures, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import html

from backfile.ingest.links import destination, resolve
from backfile.ingest.pictures.placeholder import picture_at
from backfile.ingest.web.inline import escape, line, paragraphs
from backfile.ingest.web.tables import grid_of, write_table
from backfile.ingest.web.tree import HEADINGS, Box, Leaf

_IMAGE = re.compile(r"^(?:https?:)?/[^\s{}]+\.(?:jpe?g|png|webp|avif|gif)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the leaves for which ``keep`` holds; ``base`` is what relative links are meant from."""

    keep: Callable[[Leaf], bool]
    base: str | None

    def document(self, box: Box) -> str:
        """Return the Markdown of all kept leaves under ``box``."""
        text = "\n\n".join(self._blocks(box))
        return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n" if text else ""

    def _blocks(self, box: Box) -> list[str]:
        if box.tag in {"ul", "ol"}:
            return self._list(box)
        if box.tag == "blockquote":
            return self._quote(box)
        if box.tag == "pre":
            return self._code(box)
        if box.tag == "figure":
            return self._figure(box)
        if box.tag == "table" and (grid := grid_of(box, self.keep)) is not None:
            return [write_table(grid, self.base)]
        return self._children(box)

    def _children(self, box: Box) -> list[str]:
        found: list[str] = []
        for kid in box.kids:
            if isinstance(kid, Leaf):
                found += self._leaf(kid)
            else:
                if not any(map(self.keep, kid.leaves())):
                    continue
                blocks = self._blocks(kid)
                # Two lists in a row would be read as one: the second takes another sign.
                if kid.tag == "ul" and blocks and found and found[-1].startswith("- "):
                    blocks = ["*" + item[1:] for item in re.split(r"\n(?=- )", blocks[0])]
                    blocks = ["\n".join(blocks)]
                found += blocks
        return found

    def _leaf(self, leaf: Leaf) -> list[str]:
        if not self.keep(leaf):
            return []
        if leaf.tag == "img":
            return self._image(leaf.image, "")
        if leaf.tag in HEADINGS:
            level = max(2, int(leaf.tag[1]))
            text = re.sub(r"(?<=[ \t])(#+)$", r"\\\1", line(leaf.parts, self.base, leaf.href).replace("**", ""))
            return [f"{'#' * level} {text}"] if text else []
        if leaf.tag in {"dt", "summary"}:
            return [f"**{text}**" if "*" not in text else text for text in paragraphs(leaf.parts, self.base, leaf.href)]
        return paragraphs(leaf.parts, self.base, leaf.href)

    def _list(self, box: Box) -> list[str]:
        items = []
        number = _number(box.element.get("start")) if box.tag == "ol" else None
        for kid in box.kids:
            blocks = (
                self._leaf(kid)
                if isinstance(kid, Leaf)
                else self._children(kid)
                if kid.tag == "li"
                else self._blocks(kid)
            )
            if not blocks:
                continue
            sign = f"{number}." if number is not None else "-"
            indent = " " * (len(sign) + 1)
            loose = any(not _is_list(block) for block in blocks[1:])
            body = ("\n\n" if loose else "\n").join(blocks)
            items.append(f"{sign} " + body.replace("\n", "\n" + indent).replace(indent + "\n", "\n"))
            if number is not None:
                number += 1
        return ["\n".join(items)] if items else []

    def _quote(self, box: Box) -> list[str]:
        text = "\n\n".join(self._children(box))
        return ["\n".join(f"> {row}".rstrip() for row in text.split("\n"))] if text else []

    def _code(self, box: Box) -> list[str]:
        kept = [leaf for leaf in box.leaves() if self.keep(leaf)]
        return fence("".join(box.element.itertext())) if kept else []

    def _figure(self, box: Box) -> list[str]:
        leaves = [leaf for leaf in box.leaves() if self.keep(leaf)]
        if not leaves or any(kid.tag in {"table", "blockquote", "pre", "figure"} for kid in box.kids):
            return self._children(box)
        return self._image(box.element, " ".join(leaf.text for leaf in leaves if leaf.text))

    def _image(self, place: html.HtmlElement | None, caption: str) -> list[str]:
        """Write the first image at or in ``place``; its text is the caption, or else its alternative text.

        Pictures that came with the page are all written, with both texts.
        """
        if place is None:
            return []
        if own := [image for image in place.iter("img") if picture_at(image.get("src") or "")]:
            return _pictures(own, caption)
        texts = [caption]
        url = None
        for element in place.iter("img", "source", "video"):
            texts.append(" ".join((element.get("alt") or "").split()))
            url = url or next((found for href in _sources(element) if (found := resolve(href, self.base))), None)
        text = next(filter(None, texts), "")
        if url and text:
            return [f"![{escape(text)}]({destination(url)})"]
        return [f"*{escape(caption)}*"] if caption else []


def _pictures(images: list[html.HtmlElement], caption: str) -> list[str]:
    """Write pictures that came with the page; the caption stands below the last one."""
    found = []
    for image in images:
        alt = " ".join((image.get("alt") or "").split())
        found.append(f"![{escape(alt) if alt != caption else ''}]({image.get('src')})")
    return [*found[:-1], f"{found[-1]}\n*{escape(caption)}*"] if caption else found


def _sources(element: html.HtmlElement) -> list[str]:
    """Where an image may lie: pages that load late keep the address in attributes of their own."""
    found = [element.get("src") or ""]
    for name, value in element.attrib.items():
        if name in {"srcset", "data-srcset"}:
            found.append(value.split(",")[0].split()[0] if value.split() else "")
        elif (name.startswith("data-") or name == "poster") and _IMAGE.search(value):
            found.append(value)
    return [href for href in found if href and not href.startswith("data:")]


def fence(code: str) -> list[str]:
    """Return ``code`` as a fenced block, the fence longer than any in it."""
    code = code.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    if not code.strip():
        return []
    sign = "`" * max(3, max(map(len, re.findall(r"`+", code)), default=0) + 1)
    return [f"{sign}\n{code}\n{sign}"]


def _number(start: str | None) -> int:
    return int(start) if start and start.isascii() and start.isdigit() and len(start) < 9 else 1


def _is_list(block: str) -> bool:
    return bool(re.match(r"[-*] |\d{1,9}\. ", block))
