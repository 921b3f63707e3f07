"""From one file to the documents in it, however deep they lie, within one budget for all.

What holds them is read piece by piece where its format allows that: memory holds one document of a
mailbox, an archive or a file of rows at a time, and a file that is larger than a document may be
(:class:`Large`) is opened if it is one of these.

A document in trouble never stops the others: an error comes out in its place, which says
why it was refused. Nothing is written, nothing is fetched; names inside are only ever names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO

from backfile.errors import IngestError
from backfile.ingest.containers.gzip_file import open_gzip
from backfile.ingest.containers.large import MAX_LARGE, Large, too_large
from backfile.ingest.containers.zip_archive import open_zip
from backfile.ingest.kinds import Container, kind_of
from backfile.ingest.records import RawDocument

MAX_DOCUMENTS = 50_000
MAX_BYTES = MAX_LARGE
MAX_DEPTH = 3
_IN_PIECES = (Container.ZIP, Container.GZIP, Container.MAILBOX, Container.ROWS)

Found = RawDocument | IngestError


@dataclass(slots=True)
class _Budget:
    documents: int = MAX_DOCUMENTS
    bytes: int = MAX_BYTES

    def take(self, raw: RawDocument) -> None:
        self.documents -= 1
        self.bytes -= len(raw.data)
        if self.documents < 0 or self.bytes < 0:
            raise IngestError(
                f"{raw.name}: the file that holds it has more than {MAX_DOCUMENTS:,} documents "
                f"or {MAX_BYTES // 1024 // 1024} MB in it; split it into several files"
            )


def expand(found: RawDocument | Large) -> Iterator[Found]:
    """Yield the documents in a file, itself when it is one document, and an error for each that is refused."""
    try:
        yield from _expand(found, _Budget(), depth=0)
    except IngestError as error:
        yield error


def _expand(outer: RawDocument | Large, budget: _Budget, depth: int) -> Iterator[Found]:
    raw = outer.begin if isinstance(outer, Large) else outer
    kind = kind_of(raw)
    if isinstance(outer, Large) and kind not in _IN_PIECES:
        raise too_large(raw.name)
    if kind is None:
        yield raw
        return
    if depth >= MAX_DEPTH:
        raise IngestError(f"{raw.name}: lies more than {MAX_DEPTH} archives deep; unpack it first")
    for found in _opened(kind, outer):
        if isinstance(found, IngestError):
            yield found
            continue
        if isinstance(found, RawDocument):
            budget.take(found)
        if (
            isinstance(found, RawDocument) and raw.fetched and found.fetched is None
        ):  # what its server said of an encoding was of the whole
            found = replace(found, fetched=replace(raw.fetched, charset=None))
        try:
            yield from _expand(found, budget, depth + 1)
        except IngestError as error:
            if budget.documents < 0 or budget.bytes < 0:
                raise
            yield error


def _opened(kind: Container, outer: RawDocument | Large) -> Iterator[Found | Large]:
    if isinstance(outer, Large):
        outer.file.seek(0)
        raw, file = outer.begin, outer.file
    else:
        raw, file = outer, BytesIO(outer.data)
    if kind is Container.ZIP:
        return open_zip(raw, file)
    if kind is Container.GZIP:
        return open_gzip(raw, file)
    return _read(kind, raw, file, is_large=isinstance(outer, Large))


def _read(kind: Container, raw: RawDocument, file: IO[bytes], *, is_large: bool) -> Iterator[Found]:
    """Open what takes libraries, half a second of them, that plain text has no use for."""
    from backfile.ingest.containers import clippings, mailbox, references, rows, sheet
    from backfile.ingest.feeds import open_feed, open_json_feed

    if kind is Container.MAILBOX:
        return mailbox.open_mailbox(raw, file)
    if kind is Container.MESSAGES:
        return mailbox.open_messages(raw)
    if kind is Container.ROWS:
        return rows.open_many_rows(raw, file) if is_large else rows.open_rows(raw)
    if kind is Container.SHEET:
        return sheet.open_sheet(raw)
    if kind is Container.CLIPPINGS:
        return clippings.open_clippings(raw)
    if kind is Container.REFERENCES:
        return references.open_references(raw)
    return open_feed(raw) if kind is Container.FEED else open_json_feed(raw)
