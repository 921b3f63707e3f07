"""``python -m backfile.ingest``: read one document, or rows of them, and print what is in them. Writes no file.

``python -m backfile.ingest FILE`` prints a JSON list of items, the main item first;
``-`` is standard input.
``python -m backfile.ingest --jsonl`` reads rows ``{id, text}``, ``{id, html, url}`` or
``{id, bytes, name}`` (base64) and prints a row for each: its main item with ``id`` and
``items``, or ``{id, error}``. Both streams are UTF-8, whatever the locale says.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import io
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from backfile.errors import IngestError
from backfile.ingest.containers import expand
from backfile.ingest.media import HTML, PLAIN
from backfile.ingest.pipeline import read
from backfile.ingest.records import Item, RawDocument
from backfile.ingest.standard_input import read_standard_input


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m backfile.ingest", description="Print the items in a document.")
    parser.add_argument("file", nargs="?", help="the document, or - for standard input")
    parser.add_argument("--jsonl", action="store_true", help="read rows of documents from standard input")
    options = parser.parse_args(arguments)
    if options.jsonl == (options.file is not None):
        parser.error("name a file, or say --jsonl")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")
    return _rows() if options.jsonl else _document_of(options.file)


def read_all(raw: RawDocument) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the items of all documents in ``raw``, and a line for each document that was refused."""
    items: list[Item] = []
    refused: list[str] = []
    for found in expand(raw):
        try:
            if isinstance(found, IngestError):
                raise found
            read_here = read(found)
        except IngestError as error:
            refused.append(str(error))
            continue
        first = len(items)
        items += [replace(item, digest=None if item.digest is None else item.digest + first) for item in read_here]
    return tuple(items), tuple(refused)


def item_as_data(item: Item) -> dict[str, Any]:
    """Return an item as JSON can hold it."""
    return {
        "title": item.title,
        "date": item.date.isoformat() if item.date else None,
        "date_basis": item.date_basis,
        "authors": list(item.authors),
        "source": {"name": item.source.name, "url": item.source.url} if item.source else None,
        "url": item.url,
        "lang": item.lang,
        "summary": item.summary,
        "kind": item.kind,
        "markdown": item.markdown,
        "guessed": list(item.guessed),
        "digest": item.digest,
    }


def _document_of(file: str) -> int:
    path = Path(file)
    try:
        raw = read_standard_input() if file == "-" else RawDocument(path.read_bytes(), path.name)
    except OSError as error:
        return _fail(f"{path.name}: can't be read: {error.strerror}")
    except IngestError as error:
        return _fail(str(error))
    items, refused = read_all(raw)
    for line in refused:
        _fail(line)
    if not items:
        return 1
    json.dump([item_as_data(item) for item in items], sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return 0


def _rows() -> int:
    for number, line in enumerate(sys.stdin, start=1):
        if line.strip():
            json.dump(_row(line, number), sys.stdout, ensure_ascii=False)
            sys.stdout.write("\n")
    return 0


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"row {number}: is no JSON: {error.msg}"}
    if not isinstance(row, dict):
        return {"id": None, "error": f"row {number}: is no object"}
    try:
        items, refused = read_all(_document(row, f"row {number}"))
    except IngestError as error:
        return {"id": row.get("id"), "error": str(error)}
    if not items:
        return {"id": row.get("id"), "error": refused[0]}
    return {"id": row.get("id"), **item_as_data(items[0]), "items": len(items)}


def _document(row: Mapping[str, Any], name: str) -> RawDocument:
    """Return the document in a row; raises ``IngestError`` when there is none."""
    name = str(row.get("name") or name)
    url = row["url"] if isinstance(row.get("url"), str) else None
    for key, media_type in (("text", PLAIN), ("html", HTML)):
        if isinstance(row.get(key), str):
            # Lone surrogates can stand in JSON, but not in UTF-8.
            text = row[key].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            return RawDocument(text.encode(), name, media_type, url=url)
    if isinstance(row.get("bytes"), str):
        try:
            return RawDocument(base64.b64decode(row["bytes"], validate=True), name, url=url)
        except binascii.Error as error:
            raise IngestError(f"{name}: its bytes are no base64") from error
    raise IngestError(f"{name}: has neither text, nor html, nor bytes")


def _fail(message: str) -> int:
    sys.stderr.write(" ".join(message.split()) + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
