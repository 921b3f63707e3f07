"""Files of articles as JSON: one object a line, or a list of them.

A row states what it can, under the names that such files commonly use; its body is in
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
from backfile.ingest.decode import MAX_BYTES, MAX_CHARACTERS, decode
from backfile.ingest.entry import Entry, as_document
from backfile.ingest.records import RawDocument

MAX_ROWS = 50_000
_TITLE = ("title", "headline")
_HTML = ("html", "content_html", "body_html")
_MARKDOWN = ("markdown", "content_markdown", "md")
_TEXT = ("text", "body", "content", "content_text", "article", "full_text")
_DATE = ("date", "published", "date_published", "published_at", "publication_date", "pubDate", "datePublished")
_URL = ("url", "link", "canonical_url", "permalink")
_SOURCE = ("source", "outlet", "publisher", "site", "site_name")
_AUTHORS = ("authors", "author", "byline")
_LANG = ("lang", "language", "locale")
_SUMMARY = ("summary", "description", "excerpt")
_ID = ("id", "guid", "uuid")
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
        yield _article(raw, number, row)


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
                yield _article(raw, number, _parsed(text))
    finally:
        lines.detach()  # the file is closed by who opened it


def _article(raw: RawDocument, number: int, row: Any) -> RawDocument | IngestError:
    if not isinstance(row, dict):
        return _refused(raw, number, "is no JSON object")
    if not any(_text(row, names) for names in (_HTML, _MARKDOWN, _TEXT)):
        return _refused(raw, number, "has no text; put it under “text”, “html” or “markdown”")
    return as_document(_entry(row), raw, _text(row, _ID) or _text(row, _URL))


def _listed(text: str) -> list[tuple[int, Any]] | None:
    found = _parsed(text)
    return list(enumerate(found, start=1)) if isinstance(found, list) else None


def _lines(text: str) -> list[tuple[int, Any]]:
    """Return the objects line by line; a single object may as well go over several lines."""
    whole = _parsed(text)
    if isinstance(whole, dict):
        return [(1, whole)]
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
    if not html and text and _HTML_TAG.search(text):
        html, text = text, None
    source = next((row[name] for name in _SOURCE if row.get(name)), None)
    named = source if isinstance(source, dict) else {"name": source}
    return Entry(
        title=_text(row, _TITLE),
        html=html,
        markdown=None if html else markdown,
        text=None if html or markdown else text,
        date=_text(row, _DATE),
        url=_text(row, _URL),
        source=_text(named, ("name",)),
        source_url=_text(named, ("url",)),
        authors=_authors(row),
        lang=_text(row, _LANG),
        summary=_text(row, _SUMMARY),
    )


def _text(row: Mapping[str, Any], names: Sequence[str]) -> str | None:
    found = (row[name] for name in names if isinstance(row.get(name), (str, int)) and not isinstance(row[name], bool))
    return next((text for value in found if (text := str(value).strip())), None)


def _authors(row: Mapping[str, Any]) -> tuple[str, ...]:
    value = next((row[name] for name in _AUTHORS if row.get(name)), None)
    listed = value if isinstance(value, list) else [value]
    named = (_text(author, ("name",)) if isinstance(author, dict) else author for author in listed)
    return tuple(name.strip() for name in named if isinstance(name, str) and name.strip())
