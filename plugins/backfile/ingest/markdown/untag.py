"""Raw HTML in Markdown as the text that it shows.

Bold, italics and links become Markdown; comments, scripts, styles and all other tags go.
What remains is parsed again until no tag is left, since taking one away may put another
together; should that not end, every ``<`` that could begin a tag is written as ``&lt;``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from backfile.ingest.markdown.escape import escape_line

_MAX_ROUNDS = 5
# Code keeps its tags, and automatic links need their brackets.
_OTHER_USE = re.compile(r"`|<[a-z][a-z0-9+.-]*:|<\S+@|\\<", re.IGNORECASE)
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "br": " "}
_NAME = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?(https?://[^\s"'<>()\\]+)""", re.IGNORECASE)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|tr|td|th|table|h[1-6]|section|article|aside|header|footer|figure|figcaption|pre"
    r"|blockquote)\b",
    re.IGNORECASE,
)
_TAG_START = re.compile(r"<(?=[a-zA-Z/!?])")


def untag(markdown: str) -> str:
    """Return ``markdown`` without raw HTML."""
    if not _TAG_START.search(markdown):
        return markdown
    for _ in range(_MAX_ROUNDS):
        tokens = _parser().parse(markdown)
        tagged = [token for token in tokens if _has_tags(token)]
        if not tagged:
            return _without_look_alikes(markdown, tokens)
        lines = markdown.split("\n")
        for token in reversed(tagged):
            start, end = token.map or (0, len(lines))
            segment = "\n".join(lines[start:end])
            lines[start:end] = (_block if token.type == "html_block" else _inline)(segment, token).split("\n")
        markdown = "\n".join(lines)
    return _TAG_START.sub("&lt;", markdown)


def _without_look_alikes(markdown: str, tokens: Sequence[Token]) -> str:
    """Write ``<`` as ``&lt;`` where it is text but looks like a tag, since other tools may take it for one."""
    lines = markdown.split("\n")
    for token in tokens:
        text = "".join(child.content for child in token.children or () if child.type == "text")
        if token.map and _TAG_START.search(text) and not _OTHER_USE.search(token.content):
            start, end = token.map
            lines[start:end] = _TAG_START.sub("&lt;", "\n".join(lines[start:end])).split("\n")
    return "\n".join(lines)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.core.ruler.push("cell_lines", _give_cells_lines)
    return parser


def _give_cells_lines(state: object) -> None:
    """Give the cells of a table the lines of their row, which markdown-it leaves out."""
    row = None
    for token in getattr(state, "tokens", ()):
        if token.type == "tr_open":
            row = token.map
        elif token.type == "inline" and token.map is None:
            token.map = row


def _has_tags(token: Token) -> bool:
    return token.type == "html_block" or any(child.type == "html_inline" for child in token.children or ())


def _block(segment: str, _token: Token) -> str:
    apart = _BLOCK_TAG.sub(r"\n\g<0>", segment)
    text = unescape(nh3.clean(apart, tags=set(), clean_content_tags={"script", "style", "template", "noscript"}))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n" + "\n\n".join(escape_line(line) for line in lines if line) + "\n"


def _inline(segment: str, token: Token) -> str:
    parts: list[str] = []
    links: list[str] = []
    end = 0
    for child in token.children or ():
        if child.type != "html_inline":
            continue
        start = segment.find(child.content, end)
        if start < 0:  # a tag over several lines of a quotation
            return _TAG_START.sub("&lt;", segment)
        parts += [segment[end:start], _sign(child.content, links)]
        end = start + len(child.content)
    return "".join([*parts, segment[end:]])


def _sign(tag: str, links: list[str]) -> str:
    """Return what stands for a tag in Markdown; ``links`` holds the addresses of open links."""
    match = _NAME.match(tag)
    name = match[1].lower() if match else ""
    if name == "a" and tag.startswith("</"):
        url = links.pop() if links else ""
        return f"]({url})" if url else ""
    if name == "a":
        href = _HREF.search(tag)
        links.append(href[1] if href else "")
        return "[" if href else ""
    return _SIGNS.get(name, "")
