"""Raw HTML in Markdown as the text that it shows.

Bold, italics and links become Markdown; comments, scripts, styles and all other tags go.
What remains is parsed again until no tag is left, since taking one away may put another
together; should that not end, every ``<`` that could begin a tag is written as ``&lt;``.
"""

from __future__ import annotations

import re
from functools import cache

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.token import Token

from backfile.ingest.escape import escape_line

_MAX_ROUNDS = 5
_SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "br": " "}
_NAME = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?(https?://[^\s"'<>()\\]+)""", re.IGNORECASE)
_TAG_START = re.compile(r"<(?=[a-zA-Z/!?])")


def untag(markdown: str) -> str:
    """Return ``markdown`` without raw HTML."""
    if not _TAG_START.search(markdown):
        return markdown
    for _ in range(_MAX_ROUNDS):
        tokens = [token for token in _parser().parse(markdown) if _has_tags(token)]
        if not tokens:
            return markdown
        lines = markdown.split("\n")
        for token in reversed(tokens):
            start, end = token.map or (0, len(lines))
            segment = "\n".join(lines[start:end])
            lines[start:end] = (_block if token.type == "html_block" else _inline)(segment, token).split("\n")
        markdown = "\n".join(lines)
    return _TAG_START.sub("&lt;", markdown)


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
    soup = BeautifulSoup(segment, "html.parser")
    for element in soup(["script", "style", "template", "noscript"]):
        element.decompose()
    lines = (" ".join(line.split()) for line in soup.get_text("\n").split("\n"))
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
