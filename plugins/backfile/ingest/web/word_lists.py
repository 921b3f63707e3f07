"""Lists and titles as Word and Outlook write them into HTML: paragraphs of a class."""

from __future__ import annotations

import re

from lxml import html

_CLASS = re.compile(r"\bMsoList(?:Paragraph|Bullet|Number)", re.IGNORECASE)
_SIGN = re.compile(r"\s*(?:[·•o§▪–-]|(?P<number>(?:\d{1,3}|[a-z])[.)]))\s+", re.IGNORECASE)


def mark_lists(root: html.HtmlElement) -> None:
    """Turn such paragraphs into lists, without the signs that a list brings by itself, and a title into a heading."""
    for paragraph in list(root.iter("p")):
        if paragraph.get("class") == "MsoTitle":
            _name_after(paragraph, root)
        if not _CLASS.search(paragraph.get("class") or ""):
            continue
        sign = _SIGN.match(paragraph.text_content().replace("\xa0", " "))
        parent = paragraph.getparent()
        if sign is None or parent is None:
            continue
        _take(paragraph, len(sign.group()))
        before = paragraph.getprevious()
        kind = "ol" if sign["number"] else "ul"
        if before is None or before.tag != kind or (before.tail or "").strip():
            before = html.Element(kind)
            paragraph.addprevious(before)
        before.tail = paragraph.tail
        paragraph.tail = None
        paragraph.tag = "li"
        before.append(paragraph)


def _name_after(paragraph: html.HtmlElement, root: html.HtmlElement) -> None:
    """Make a paragraph that Word calls the title the page's: what ``<title>`` says is mostly an earlier document's."""
    paragraph.tag = "h1"
    for title in root.iter("title"):
        title.text = paragraph.text_content()


def _take(element: html.HtmlElement, count: int) -> None:
    """Take the first ``count`` characters out of the text of ``element``."""
    for text in element.xpath("descendant::text()"):
        setattr(text.getparent(), "tail" if text.is_tail else "text", text[count:])
        count -= min(count, len(text))
        if not count:
            return
