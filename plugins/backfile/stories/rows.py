"""Rows of JSON from standard input, as the command lines of stories and related read them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from backfile.model import Document

FIELDS = ("title", "text", "source", "url", "lang")


class RowError(Exception):
    """A row can't be used; the message is one line that names it and says why."""


def read_rows(lines: Iterable[str]) -> list[Document]:
    """Return a document for each row; only ``id`` must be there. Raises :class:`RowError`."""
    documents: list[Document] = []
    seen: dict[str, int] = {}
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        document = _document(line, at)
        if document.id in seen:
            raise RowError(f"row {at}: id {document.id!r} stands in row {seen[document.id]} too.")
        seen[document.id] = at
        documents.append(document)
    return documents


def _document(line: str, at: int) -> Document:
    """Return one row as a document."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise RowError(f"row {at}: not JSON: {error}.") from error
    if not isinstance(row, dict):
        raise RowError(f"row {at}: not a JSON object.")
    identity = row.get("id")
    if not isinstance(identity, str | int) or isinstance(identity, bool) or identity == "":
        raise RowError(f"row {at}: id is {identity!r}; give each row a text or a number.")
    values = {name: _text(row, name, at) for name in FIELDS}
    return Document(
        id=str(identity),
        title=values["title"] or "",
        text=values["text"] or "",
        date=_date(row.get("date"), at),
        source=values["source"],
        url=values["url"],
        lang=values["lang"],
    )


def _text(row: dict[str, Any], name: str, at: int) -> str | None:
    """Return a field that is text or missing; ``source`` may be an object with a name."""
    value = row.get(name)
    if name == "source" and isinstance(value, dict):
        value = value.get("name")
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise RowError(f"row {at}: {name} is {value!r}; it must be text.")
    return value


def _date(value: Any, at: int) -> date | None:
    """Return the day of a date, with or without a time after it."""
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError) as error:
        raise RowError(f"row {at}: date is {value!r}; write YYYY-MM-DD, with or without a time.") from error


def run(answer: Callable[[list[Document]], Any]) -> int:
    """Read documents from standard input, print the answer as JSON; both UTF-8 whatever the locale.

    Returns the exit status: 1, and one line on standard error, for a row that can't be used.
    """
    try:
        documents = read_rows(sys.stdin.buffer.read().decode("utf-8-sig").splitlines())
    except (RowError, UnicodeDecodeError) as error:
        sys.stderr.buffer.write(f"backfile: {error}\n".encode())
        return 1
    sys.stdout.buffer.write(json.dumps(answer(documents), ensure_ascii=False).encode() + b"\n")
    return 0
