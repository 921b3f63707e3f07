"""From one file to the documents in it, however deep they lie, within one budget for all.

A document in trouble never stops the others: an error comes out in its place, which says
why it was refused. Nothing is written, nothing is fetched; names inside are only ever names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backfile.errors import IngestError
from backfile.ingest.containers.gzip_file import open_gzip
from backfile.ingest.containers.kinds import Container, kind_of
from backfile.ingest.containers.zip_archive import open_zip
from backfile.ingest.records import RawDocument

MAX_DOCUMENTS = 50_000
MAX_BYTES = 500 * 1024 * 1024
MAX_DEPTH = 3

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


def expand(raw: RawDocument) -> Iterator[Found]:
    """Yield the documents in ``raw``, itself when it is one document, and an error for each that is refused."""
    try:
        yield from _expand(raw, _Budget(), depth=0)
    except IngestError as error:
        yield error


def _expand(raw: RawDocument, budget: _Budget, depth: int) -> Iterator[Found]:
    kind = kind_of(raw)
    if kind is None:
        yield raw
        return
    if depth >= MAX_DEPTH:
        raise IngestError(f"{raw.name}: lies more than {MAX_DEPTH} archives deep; unpack it first")
    for found in _opened(kind, raw):
        if isinstance(found, IngestError):
            yield found
            continue
        budget.take(found)
        if raw.fetched and found.fetched is None:  # what its server said of an encoding was of the whole
            found = replace(found, fetched=replace(raw.fetched, charset=None))
        try:
            yield from _expand(found, budget, depth + 1)
        except IngestError as error:
            if budget.documents < 0 or budget.bytes < 0:
                raise
            yield error


def _opened(kind: Container, raw: RawDocument) -> Iterator[Found]:
    if kind is Container.ZIP:
        return open_zip(raw)
    if kind is Container.GZIP:
        return open_gzip(raw)
    return _read(kind, raw)


def _read(kind: Container, raw: RawDocument) -> Iterator[Found]:
    """Open what takes libraries, half a second of them, that plain text has no use for."""
    from backfile.ingest.containers import mailbox, rows
    from backfile.ingest.feeds import open_feed, open_json_feed

    if kind is Container.MAILBOX:
        return mailbox.open_mailbox(raw)
    if kind is Container.MESSAGES:
        return mailbox.open_messages(raw)
    if kind is Container.ROWS:
        return rows.open_rows(raw)
    return open_feed(raw) if kind is Container.FEED else open_json_feed(raw)
