"""Files of articles as JSON: one object a line, or a list of them.

A row states what it can, under the names of :mod:`backfile.ingest.vocabulary.fields`; its body is in
``html``, ``markdown``, ``text``, ``body`` or ``content``. A row that is none is refused by
its number, and the others are read.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from backfile.errors import IngestError
from backfile.ingest.containers.telegram import rows_of_chat
from backfile.ingest.encoding.decode import MAX_BYTES, MAX_CHARACTERS, decode
from backfile.ingest.entry import Entry, as_document
from backfile.ingest.lines.header import read_names
from backfile.ingest.records import RawDocument
from backfile.ingest.vocabulary import fields

MAX_ROWS = 50_000
_HTML = ("html", "contenthtml", "bodyhtml")
_MARKDOWN = ("markdown", "contentmarkdown", "md")
_TEXT = (
    "text", "body", "content", "contenttext", "article", "articlebody", "fulltext", "maintext", "bodytext",
    "articletext", "plaintext", "volltext", "texte", "treść", "tekst", "contenido", "текст",
)  # fmt: skip
# What stands for a text where there is none.
_EXCERPT = ("openingtext", "abstract", "snippet", "hitsentence", "teaser", "lead")
NAME = "name"  # what Notion calls the first column of a table
_CUT = re.compile(r"\s*\[\+\d+ chars\]\s*$")
_PARTS_OF_A_DAY = 3
_ID = ("id", "guid", "uuid")
BODIES = frozenset((*_HTML, *_MARKDOWN, *_TEXT, *_EXCERPT))
_HTML_TAG = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|table|a|img|span|article|section)\b[^<>]*>", re.IGNORECASE)


def open_rows(raw: RawDocument) -> Iterator[RawDocument | IngestError]:
    """Yield the articles in ``raw``; raises ``IngestError`` when it holds none."""
    text = decode(raw.data, raw.name).text
    rows = _listed(text) if text.lstrip().startswith("[") else None
    if rows is None:
        rows = _lines(text)
    if not any(isinstance(row, dict) for _, row in rows):
        raise IngestError(f"{raw.name}: is JSON, but no rows of articles; give each row a title and a text")
    if len(rows) > MAX_ROWS:
        raise IngestError(f"{raw.name}: has {len(rows):,} rows; the limit is {MAX_ROWS:,}, so split it")
    for number, row in rows:
        yield article_of_row(raw, number, row)


def open_many_rows(raw: RawDocument, file: IO[bytes]) -> Iterator[RawDocument | IngestError]:
    """Yield the articles in a file that is too large for memory; ``raw`` is what it begins with.

    Raises ``IngestError`` when it is one list, which can't be read in pieces.
    """
    begin = decode(raw.data, raw.name)
    if begin.text.lstrip().startswith("["):
        raise IngestError(f"{raw.name}: is a list of more than {MAX_BYTES // 1024 // 1024} MB; write one object a line")
    lines = io.TextIOWrapper(file, begin.encoding, "replace", newline="\n")
    try:
        for number, line in enumerate(iter(lambda: lines.readline(MAX_CHARACTERS), ""), start=1):
            if number > MAX_ROWS:
                raise IngestError(f"{raw.name}: has more than {MAX_ROWS:,} rows; split it to read the others")
            if text := line.strip("\ufeff \t\r\n"):
                yield article_of_row(raw, number, _parsed(text))
    finally:
        lines.detach()  # the file is closed by who opened it


def article_of_row(raw: RawDocument, number: int, row: Any) -> RawDocument | IngestError:
    """Return a row as a document, or why it is none."""
    if not isinstance(row, dict):
        return _refused(raw, number, "is no JSON object")
    row = fields.folded(row)
    is_linked = bool(_text(row, (*fields.TITLE, NAME)) and _text(row, fields.URL))  # a headline and its link
    if not is_linked and not any(_text(row, names) for names in (_HTML, _MARKDOWN, _TEXT, _EXCERPT)):
        return _refused(raw, number, "has no text; put it under “text”, “html” or “markdown”")
    return as_document(_entry(row), raw, _text(row, _ID) or _text(row, fields.URL))


def _listed(text: str) -> list[tuple[int, Any]] | None:
    found = _parsed(text)
    return list(enumerate(found, start=1)) if isinstance(found, list) else None


def _lines(text: str) -> list[tuple[int, Any]]:
    """Return the objects line by line; a single object may go over several lines, or hold them all in a list."""
    whole = _parsed(text)
    if isinstance(whole, dict):
        lists = (value for value in whole.values() if isinstance(value, list) and value and isinstance(value[0], dict))
        if (messages := rows_of_chat(whole)) is not None:
            return list(enumerate(messages, start=1))
        rows = None if any(name in fields.folded(whole) for name in fields.TITLE) else next(lists, None)
        return [(1, whole)] if rows is None else list(enumerate(rows, start=1))
    return [(number, _parsed(line)) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _refused(raw: RawDocument, number: int, why: str) -> IngestError:
    return IngestError(f"{raw.name}, row {number}: {why}")


def _entry(row: Mapping[str, Any]) -> Entry:
    html, markdown, text = (_text(row, names) for names in (_HTML, _MARKDOWN, _TEXT))
    notes: tuple[str, ...] = ()
    if not (html or markdown or text) and (text := _text(row, _EXCERPT)):
        notes = ("the row has no text but an excerpt or an abstract",)
    if text and (cut := _CUT.search(text)):
        text, notes = text[: cut.start()], (*notes, f"the text is cut short: “{cut.group().strip()}”")
    if not html and text and _HTML_TAG.search(text):
        html, text = text, None
    source = fields.first(row, fields.SOURCE)
    named = source if isinstance(source, dict) else {"name": source}
    outlet, title = _text(named, ("name",)), _text(row, (*fields.TITLE, NAME))
    return Entry(
        title=title.removesuffix(f" - {outlet}") if title else None,
        html=html,
        markdown=None if html else markdown,
        text=None if html or markdown else text,
        date=_date(row),
        url=_text(row, fields.URL),
        source=outlet,
        source_url=_text(named, ("url",)),
        authors=_authors(row),
        lang=fields.language(_text(row, fields.LANG)),
        summary=_text(row, fields.SUMMARY),
        notes=notes,
    )


def _text(row: Mapping[str, Any], names: Sequence[str]) -> str | None:
    found = (row[name] for name in names if isinstance(row.get(name), (str, int)) and not isinstance(row[name], bool))
    return next((text for value in found if (text := str(value).strip())), None)


def _date(row: Mapping[str, Any]) -> str | None:
    """Return the day as it was written; reference managers give it in parts."""
    issued = row.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else ()
    if len(first) == _PARTS_OF_A_DAY and all(str(part).isdecimal() for part in first):
        return "{:0>4}-{:0>2}-{:0>2}".format(*map(str, first))
    return _text(row, fields.DATE)


def _authors(row: Mapping[str, Any]) -> tuple[str, ...]:
    value = fields.first(row, fields.AUTHORS)
    listed = value if isinstance(value, list) else [value]
    if isinstance(value, str) and (names := read_names(value))[1]:
        return names[0]
    named = (_name(author) if isinstance(author, dict) else author for author in listed)
    return tuple(name.strip() for name in named if isinstance(name, str) and name.strip())


def _name(author: Mapping[str, Any]) -> str | None:
    """Return a person's name, which reference managers give in two parts."""
    parts = (_text(author, (part,)) for part in ("given", "family"))
    return _text(author, ("name", "literal")) or " ".join(filter(None, parts)) or None
