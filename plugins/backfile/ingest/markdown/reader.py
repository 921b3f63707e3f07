"""Read Markdown: its source is kept, block by block; front matter of any tool becomes metadata.

markdown-it-py says where each block begins and ends, so nothing is written anew but raw
HTML, which becomes the text that it shows (see :mod:`backfile.ingest.markdown.untag`).
"""

from __future__ import annotations

import re
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
from backfile.ingest.encoding.declared import decode_document
from backfile.ingest.lines.header import read_names, read_source
from backfile.ingest.lines.layout import continues, wrap_width
from backfile.ingest.markdown.dialects import as_commonmark, without_wiki_links
from backfile.ingest.markdown.foreign import take_foreign
from backfile.ingest.markdown.untag import untag
from backfile.ingest.pictures.beside import find_beside
from backfile.ingest.pictures.lift import lift_from_bytes, lift_from_markdown, place_in_markdown, tags_as_images
from backfile.ingest.pictures.placeholder import is_figure, without_images
from backfile.ingest.records import Block, BlockKind, Content, Mark, Metadata, RawDocument, count_characters
from backfile.ingest.vocabulary import fields
from backfile.ingest.vocabulary.dates import custom_in, read_stated
from backfile.ingest.vocabulary.words import url_alone
from backfile.model import DateBasis, Source

# What Backfile writes into its own front matter is made anew.
_OWN = ("date_basis", "slug", "kind", "digest", "digest_item", "full", "formerly", "provenance", "guessed")
_KNOWN = (
    *fields.TITLE, *fields.DATE, *fields.CREATED, *fields.AUTHORS, *fields.SOURCE, *fields.URL, *fields.LANG,
    *fields.SUMMARY,
)  # fmt: skip
_TAKEN = frozenset((*_KNOWN, *_OWN))
# One line of words with no other signs that Markdown knows than those of links to plain addresses and of words in
# bold or italics that begin and end with a letter, as most paragraphs and headings are: it can be read one way only.
_WORDS = r"[^\n\r\0\\`*_\[\]<&~]++"
_ADDRESS = r"(?a:https?://[\w.-]+(?:/[\w./?=&;,+%#-]*)?)"
_PLAIN = re.compile(
    r"(?:(?P<level>#{1,6}) +(?![\s#])|(?=[\"'“‘«„($]{0,2}(?:[^\W\d_]|\[|\*\*?[^\W_])|\d+(?![\d.)])))"
    rf"(?P<inline>(?:{_WORDS}|(?<!!)\[{_WORDS}\]\({_ADDRESS}\)|(?<!\*)(\*\*?)(?=[^\W_]){_WORDS}(?<=[^\W_])\3(?!\*))+)"
    r"(?<![\s#])"
)
_PLAIN_SIGNS = re.compile(rf"\[({_WORDS})\]\([^()]+\)|\*\*?")
_SIGNS = re.compile(r"[\n!&*<\[\\\]_`~]")
_SOUND = re.compile(_ADDRESS)

# Code and definitions of links go on below blank lines, or mean something elsewhere.
_REACHING = ("```", "~~~", "]:", "\r")


def read_markdown(raw: RawDocument) -> Content:
    """Read a Markdown document; raises ``IngestError`` when its front matter can't be read."""
    data, pictures = lift_from_bytes(raw.data, lift_from_markdown)
    decoded, decoding = decode_document(replace(raw, data=data))
    parts = frontmatter.split(decoded.text)
    stated, notes, source = Metadata(), decoding, parts.body
    guessed: tuple[str, ...] = ()
    values: Mapping[str, Any] | None = None
    if parts.yaml is not None:
        try:
            values = frontmatter.read_mapping(parts.yaml, raw.name)
        except ContentError as error:
            raise IngestError(str(error.findings[0])) from error
    elif foreign := take_foreign(source, raw.name):
        values, source = foreign
    if values is not None:
        stated, more, guessed = _metadata(values, custom_in(source, str(values)))
        notes += more
    placed = place_in_markdown(tags_as_images(source), find_beside(raw.beside))
    # The addresses of pictures are no text that could be kept or lost.
    addresses = count_characters(source) - count_characters(without_images(placed.text))
    source, notes = placed.text, (*notes, *placed.notes)
    common, commands = as_commonmark(source)
    body = untag(common)
    tags = count_characters(common) - count_characters(body)
    counted = (("signs of the program that wrote it", commands), ("raw HTML", tags))
    dropped = decoded.dropped + tuple((what, count) for what, count in counted if count > 0)
    unseen = sum(count for _, count in decoded.dropped)
    return Content(
        blocks=blocks_of_markdown(body),
        encoding=decoded.encoding,
        characters=count_characters(decoded.text) - addresses + unseen,
        stated=stated,
        dropped=dropped,
        notes=notes,
        guessed=guessed,
        pictures={**pictures, **placed.pictures},
    )


def blocks_of_markdown(source: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text, each with its own source.

    Plain paragraphs and headings, which nothing else can reach into, are not parsed.
    """
    width = wrap_width(source.split("\n"))
    if any(sign in source for sign in _REACHING):
        return tuple(_parsed(source, width))
    blocks: list[Block] = []
    waiting: list[str] = []
    for part in source.split("\n\n"):
        if block := _plain(part.strip("\n")):
            blocks += _parsed("\n\n".join(waiting), width)
            blocks.append(block)
            waiting = []
        else:
            waiting.append(part)
    return (*blocks, *_parsed("\n\n".join(waiting), width))


def _plain(line: str) -> Block | None:
    """Return the block that a plain paragraph or heading is, or None where it is something else."""
    match = _PLAIN.fullmatch(line)
    if match is None:
        return None
    written = match["inline"]
    text = _PLAIN_SIGNS.sub(r"\1", written) if "[" in written or "*" in written else written
    if level := match["level"]:
        return Block(BlockKind.HEADING, " ".join(text.split()), written, level=len(level))
    return Block(BlockKind.PARAGRAPH, text, written)


def _parsed(source: str, width: int | None) -> Iterator[Block]:
    if not source:
        return
    lines = source.split("\n")
    position = 0
    for tokens in _groups(_parser().parse(source), level=0):
        start, end = tokens[0].map or (position, position)
        yield from _verbatim(lines[position:start])  # definitions of links, which are no tokens
        yield from _blocks_of(tokens, lines[start:end], width)
        position = max(position, end)
    yield from _verbatim(lines[position:])


class _Parser(MarkdownIt):
    """Reads where blocks begin and end, and their text: links that are plainly sound are not spelled anew."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # markdown-it's name
        return url if _SOUND.fullmatch(url) else super().normalizeLink(url)


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.inline.terminator_re = _SIGNS  # others begin nothing
    return parser


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


def _metadata(values: Mapping[str, Any], custom: str) -> tuple[Metadata, tuple[str, ...], tuple[str, ...]]:
    """Return front matter's values under the names that we know, notes on them, and which of them are guesses."""
    named = fields.folded(values)
    notes: list[str] = []
    day = fields.first(named, fields.DATE)
    created = None if day is not None else fields.first(named, fields.CREATED)
    found, problem = _day(created if day is None else day, custom)
    is_made = found is not None and created is not None
    notes += [f"date: {problem}"] if problem else []
    notes += ["date: when the file was made; it states no day of publication"] if is_made else []
    own = [key.lower() for key in values if key.lower() in _OWN]
    if own:
        notes.append(f"front matter not taken over: {', '.join(own)}")
    source = fields.first(named, fields.SOURCE)
    address = _text(fields.first(named, fields.URL))
    url = (url_alone(address) if address else None) or _page(source)
    notes += [f"canonical: “{address[:80]}” is no web address"] if address and not url else []
    metadata = Metadata(
        title=_text(fields.first(named, fields.TITLE)),
        date=found,
        date_basis=None if found is None else DateBasis.METADATA,
        authors=_names(fields.first(named, fields.AUTHORS)),
        source=_outlet(source),
        url=url,
        lang=fields.language(_text(fields.first(named, fields.LANG))),
        summary=_text(fields.first(named, fields.SUMMARY)),
        extra={key: value for key, value in values.items() if not {fields.fold(key), key.lower()} & _TAKEN},
    )
    return metadata, tuple(notes), ("date",) if is_made else ()


def _day(value: Any, custom: str) -> tuple[date | None, str | None]:
    """Return the day that a value of front matter states, or what is wrong with it."""
    if isinstance(value, datetime):
        return value.date(), None
    if isinstance(value, date):
        return value, None
    stated = read_stated(str(value), custom=custom) if isinstance(value, (str, int)) else None
    return (stated.day, stated.problem) if stated else (None, None)


def _page(value: Any) -> str | None:
    """Return the address in ``value`` when it is that of a page, and not of a whole site."""
    text = _text(value)
    url = url_alone(text) if text else None
    return url if url and re.search(r"//[^/]+/\S", url) else None


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, (dict, list)):
        return None
    return without_wiki_links(yamltext.clean(str(value))).strip() or None


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        parts = (part.get("name") if isinstance(part, dict) else part for part in value)
        named = (_names(part) if isinstance(part, list) else [_text(part)] for part in parts)  # YAML reads [[Ann]] so
        return tuple(name for names in named for name in names if name)
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
