"""Read Markdown: its source is kept, block by block; front matter of any tool becomes metadata.

markdown-it-py says where each block begins and ends, so nothing is written anew but raw
HTML, which becomes the text that it shows (see :mod:`backfile.ingest.untag`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from backfile import frontmatter, yamltext
from backfile.errors import ContentError, IngestError
from backfile.ingest.dates import read_stated
from backfile.ingest.declared import decode_document
from backfile.ingest.foreign import take_foreign
from backfile.ingest.header import read_names, read_source
from backfile.ingest.layout import continues, wrap_width
from backfile.ingest.pictures.beside import find_beside
from backfile.ingest.pictures.lift import lift_from_bytes, lift_from_markdown, place_in_markdown, tags_as_images
from backfile.ingest.pictures.placeholder import is_figure, without_images
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
_OWN = ("date_basis", "slug", "kind", "digest", "digest_item", "full", "formerly", "provenance", "guessed")


def read_markdown(raw: RawDocument) -> Content:
    """Read a Markdown document; raises ``IngestError`` when its front matter can't be read."""
    data, pictures = lift_from_bytes(raw.data, lift_from_markdown)
    decoded, decoding = decode_document(replace(raw, data=data))
    parts = frontmatter.split(decoded.text)
    stated, notes, source = Metadata(), decoding, parts.body
    values: Mapping[str, Any] | None = None
    if parts.yaml is not None:
        try:
            values = frontmatter.read_mapping(parts.yaml, raw.name)
        except ContentError as error:
            raise IngestError(str(error.findings[0])) from error
    elif foreign := take_foreign(source, raw.name):
        values, source = foreign
    if values is not None:
        stated, more = _metadata(values)
        notes += more
    placed = place_in_markdown(tags_as_images(source), find_beside(raw.beside))
    # The addresses of pictures are no text that could be kept or lost.
    addresses = count_characters(source) - count_characters(without_images(placed.text))
    source, notes = placed.text, (*notes, *placed.notes)
    body = untag(source)
    tags = count_characters(source) - count_characters(body)
    dropped = decoded.dropped + ((("raw HTML", tags),) if tags > 0 else ())
    unseen = sum(count for _, count in decoded.dropped)
    return Content(
        blocks=blocks_of_markdown(body),
        encoding=decoded.encoding,
        characters=count_characters(decoded.text) - addresses + unseen,
        stated=stated,
        dropped=dropped,
        notes=notes,
        pictures={**pictures, **placed.pictures},
    )


def blocks_of_markdown(source: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text, each with its own source."""
    lines = source.split("\n")
    width = wrap_width(lines)
    blocks: list[Block] = []
    position = 0
    for tokens in _groups(_parser().parse(source), level=0):
        start, end = tokens[0].map or (position, position)
        blocks += _verbatim(lines[position:start])  # definitions of links, which are no tokens
        blocks += _blocks_of(tokens, lines[start:end], width)
        position = max(position, end)
    return (*blocks, *_verbatim(lines[position:]))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _groups(tokens: Sequence[Token], level: int) -> Iterator[Sequence[Token]]:
    """Yield the blocks of one level: the tokens from each block's first to its last."""
    start = 0
    for index, token in enumerate(tokens):
        if token.level == level and token.nesting <= 0:
            yield tokens[start : index + 1]
            start = index + 1


def _blocks_of(tokens: Sequence[Token], lines: Sequence[str], width: int | None) -> Iterator[Block]:
    first = tokens[0]
    if first.type == "heading_open":
        yield Block(BlockKind.HEADING, _text_of(tokens), tokens[1].content.replace("\n", " "), level=int(first.tag[1]))
    elif first.type == "paragraph_open":
        yield from _verbatim(lines) if is_figure(tokens[1].content) else _lines_of(tokens[1], width)
    elif first.type == "hr":
        yield Block(BlockKind.RULE, lines[0].strip())
    elif first.type in ("ordered_list_open", "bullet_list_open"):
        items = [list(_groups(item[1:-1], level=2)) for item in _groups(tokens[1:-1], level=1)]
        yield from _pairs_of(first, items, width) if all(map(_is_pair, items)) else _verbatim(lines, _text_of(tokens))
    else:
        yield from _verbatim(lines, _text_of(tokens))


def _verbatim(lines: Sequence[str], text: str = "") -> Iterator[Block]:
    written = "\n".join(lines).strip("\n").rstrip()
    if written:
        yield Block(BlockKind.VERBATIM, text, written)


def _lines_of(inline: Token, width: int | None) -> Iterator[Block]:
    """Yield the lines of a paragraph: one block each, but for lines that are only wrapped."""
    lines, texts = inline.content.split("\n"), _texts_of_lines(inline)
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


def _is_pair(item: Sequence[Sequence[Token]]) -> bool:
    """Tell whether a list item may be a headline with its text: two lines, or two paragraphs, and no more."""
    if not all(block[0].type == "paragraph_open" for block in item):
        return False
    return len(item) == 2 or (len(item) == 1 and len(_texts_of_lines(item[0][1])) == 2)


def _pairs_of(opening: Token, items: Sequence[Sequence[Sequence[Token]]], width: int | None) -> Iterator[Block]:
    """Yield a list of such items: a block with a mark for the first line, one set in for the second."""
    start = int(opening.attrs.get("start", 1)) if opening.type == "ordered_list_open" else None
    for index, item in enumerate(items):
        head, *rest = [block for paragraph in item for block in _lines_of(paragraph[1], width)]
        mark = Mark("-") if start is None else Mark(f"{start + index}.", start + index)
        yield Block(BlockKind.ITEM, head.text, head.markdown, mark=mark)
        for block in rest:
            yield Block(BlockKind.PARAGRAPH, block.text, block.markdown, apart=False, indented=True)


def _text_of(tokens: Sequence[Token]) -> str:
    """Return the text of a block as a reader sees it."""
    parts = (" ".join(_texts_of_lines(token)) if token.type == "inline" else token.content for token in tokens)
    return " ".join(" ".join(parts).split())


def _texts_of_lines(inline: Token) -> list[str]:
    texts = [""]
    for child in inline.children or ():
        if child.type in ("softbreak", "hardbreak"):
            texts.append("")
        elif child.type in ("text", "code_inline", "image"):
            texts[-1] += child.content
    return [text.strip() for text in texts]


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
    return None if value is None or isinstance(value, (dict, list)) else yamltext.clean(str(value)).strip() or None


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
