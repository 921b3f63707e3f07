"""Read Markdown: its source is kept, block by block; front matter of any tool becomes metadata.

markdown-it-py says where each block begins and ends, so nothing is written anew but raw
HTML, which becomes the text that it shows (see :mod:`backfile.ingest.untag`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from backfile import frontmatter
from backfile.errors import ContentError, IngestError
from backfile.ingest.dates import read_stated
from backfile.ingest.decode import decode
from backfile.ingest.header import read_names, read_source
from backfile.ingest.layout import continues, wrap_width
from backfile.ingest.records import Block, BlockKind, Content, Mark, Metadata, RawDocument, count_characters
from backfile.ingest.untag import untag
from backfile.ingest.words import url_alone
from backfile.model import DateBasis, Source

_TITLE = ("title", "headline")
_DATE = ("date", "published", "date_published", "pubdate", "created")
_AUTHORS = ("authors", "author", "byline")
_SOURCE = ("source", "publisher", "outlet", "site", "site_name")
_URL = ("canonical", "canonical_url", "url", "link", "permalink", "source_url")
_LANG = ("lang", "language", "locale")
_SUMMARY = ("summary", "description", "excerpt")
# What Backfile writes into its own front matter is made anew.
_OWN = ("date_basis", "slug", "kind", "digest", "provenance", "guessed")


def read_markdown(raw: RawDocument) -> Content:
    """Read a Markdown document; raises ``IngestError`` when its front matter can't be read."""
    decoded = decode(raw.data, raw.name)
    parts = frontmatter.split(decoded.text)
    stated, notes = Metadata(), decoded.notes
    if parts.yaml is not None:
        try:
            values = frontmatter.read_mapping(parts.yaml, raw.name)
        except ContentError as error:
            raise IngestError(str(error.findings[0])) from error
        stated, more = _metadata(values)
        notes += more
    body = untag(parts.body)
    tags = count_characters(parts.body) - count_characters(body)
    dropped = decoded.dropped + ((("raw HTML", tags),) if tags > 0 else ())
    unseen = sum(count for _, count in decoded.dropped)
    return Content(
        blocks=blocks_of_markdown(body),
        encoding=decoded.encoding,
        characters=count_characters(decoded.text) + unseen,
        stated=stated,
        dropped=dropped,
        notes=notes,
    )


def blocks_of_markdown(source: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text, each with its own source."""
    lines = source.split("\n")
    width = wrap_width(lines)
    blocks: list[Block] = []
    position = 0
    for node in SyntaxTreeNode(_parser().parse(source)).children:
        start, end = node.map or (position, position)
        blocks += _verbatim(lines[position:start])  # definitions of links, which are no nodes
        blocks += _blocks_of_node(node, lines[start:end], width)
        position = max(position, end)
    return (*blocks, *_verbatim(lines[position:]))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _blocks_of_node(node: SyntaxTreeNode, lines: Sequence[str], width: int | None) -> Iterator[Block]:
    if node.type == "heading":
        written = node.children[0].content.replace("\n", " ")
        yield Block(BlockKind.HEADING, _plain(node), written, level=int(node.tag[1]))
    elif node.type == "paragraph":
        yield from _lines_of(node, width)
    elif node.type == "hr":
        yield Block(BlockKind.RULE, lines[0].strip())
    elif node.type in ("ordered_list", "bullet_list") and all(map(_is_pair, node.children)):
        yield from _pairs_of(node, width)
    else:
        yield from _verbatim(lines, _plain(node))


def _verbatim(lines: Sequence[str], text: str = "") -> Iterator[Block]:
    written = "\n".join(lines).strip("\n").rstrip()
    if written:
        yield Block(BlockKind.VERBATIM, text, written)


def _lines_of(node: SyntaxTreeNode, width: int | None) -> Iterator[Block]:
    """Yield the lines of a paragraph: one block each, but for lines that are only wrapped."""
    inline = node.children[0]
    lines = inline.content.split("\n")
    texts = _texts_of_lines(inline)
    if len(texts) != len(lines):  # a line end inside of a code span or a link
        yield Block(BlockKind.PARAGRAPH, " ".join(texts), inline.content)
        return
    written, text, apart = lines[0], texts[0], True
    for (before, line), line_text in zip(pairwise(lines), texts[1:], strict=True):
        if continues(before, line, width):
            written, text = f"{written}\n{line}", f"{text} {line_text}"
        else:
            yield Block(BlockKind.PARAGRAPH, text, written, apart=apart)
            written, text, apart = line, line_text, False
    yield Block(BlockKind.PARAGRAPH, text, written, apart=apart)


def _is_pair(item: SyntaxTreeNode) -> bool:
    """Tell whether a list item may be a headline with its text: two lines, or two paragraphs, and no more."""
    kinds = [child.type for child in item.children]
    return kinds == ["paragraph"] * 2 or (
        kinds == ["paragraph"] and len(_texts_of_lines(item.children[0].children[0])) == 2
    )


def _pairs_of(node: SyntaxTreeNode, width: int | None) -> Iterator[Block]:
    """Yield a list of such items: a block with a mark for the first line, one set in for the second."""
    start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    for index, item in enumerate(node.children):
        head, *rest = [block for child in item.children for block in _lines_of(child, width)]
        mark = Mark("-") if start is None else Mark(f"{start + index}.", start + index)
        yield Block(BlockKind.ITEM, head.text, head.markdown, mark=mark)
        for block in rest:
            yield Block(BlockKind.PARAGRAPH, block.text, block.markdown, apart=False, indented=True)


def _texts_of_lines(inline: SyntaxTreeNode) -> list[str]:
    texts = [""]
    for child in inline.children:
        if child.type in ("softbreak", "hardbreak"):
            texts.append("")
        else:
            texts[-1] += _plain(child)
    return [text.strip() for text in texts]


def _plain(node: SyntaxTreeNode) -> str:
    """Return the text of a node as a reader sees it."""
    if node.type in ("text", "code_inline", "fence", "code_block"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    parts = [_plain(child) for child in node.children]
    return ("" if node.type in ("inline", "heading", "paragraph", "strong", "em", "s", "link", "image") else " ").join(
        parts
    )


def _metadata(values: Mapping[str, Any]) -> tuple[Metadata, tuple[str, ...]]:
    """Return front matter's values under the names that we know, and notes on what was not taken over."""
    named = {key.lower(): value for key, value in values.items()}
    notes: list[str] = []
    day = _first(named, _DATE)
    found = None
    if isinstance(day, datetime):
        found = day.date()
    elif isinstance(day, date):
        found = day
    elif isinstance(day, (str, int)):
        stated = read_stated(str(day))
        found = stated.day
        notes += [f"date: {stated.problem}"] if stated.problem else []
    known = {*_TITLE, *_DATE, *_AUTHORS, *_SOURCE, *_URL, *_LANG, *_SUMMARY, *_OWN}
    own = [key for key in named if key in _OWN]
    if own:
        notes.append(f"front matter not taken over: {', '.join(own)}")
    url = _text(_first(named, _URL))
    lang = _text(_first(named, _LANG))
    metadata = Metadata(
        title=_text(_first(named, _TITLE)),
        date=found,
        date_basis=None if found is None else DateBasis.METADATA,
        authors=_names(_first(named, _AUTHORS)),
        source=_outlet(_first(named, _SOURCE)),
        url=url if url and url_alone(url) else None,
        lang=lang.replace("_", "-").split("-")[0].lower() if lang else None,
        summary=_text(_first(named, _SUMMARY)),
        extra={key: value for key, value in values.items() if key.lower() not in known},
    )
    return metadata, tuple(notes)


def _first(values: Mapping[str, Any], names: Sequence[str]) -> Any:
    return next((values[name] for name in names if values.get(name) not in (None, "", [])), None)


def _text(value: Any) -> str | None:
    return None if value is None or isinstance(value, (dict, list)) else " ".join(str(value).split()) or None


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(text for part in value if (text := _text(part)))
    text = _text(value)
    if text is None:
        return ()
    names, whole = read_names(text)
    return names if whole else (text,)


def _outlet(value: Any) -> Source | None:
    if isinstance(value, dict):
        name, url = _text(value.get("name")), _text(value.get("url"))
        return Source(name, url if url and url_alone(url) else None) if name else None
    text = _text(value)
    return read_source(text) if text else None
