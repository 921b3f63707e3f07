"""From one file to the documents in it, however deep they lie, within one budget for all.

A document in trouble never stops the others: it comes out as a receipt that says why it
was refused. Nothing is written, nothing is fetched; names inside are only ever names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from backfile.errors import IngestError
from backfile.ingest.containers.gzip_file import open_gzip
from backfile.ingest.containers.kinds import Container, kind_of
from backfile.ingest.containers.mailbox import open_mailbox, open_messages
from backfile.ingest.containers.rows import open_rows
from backfile.ingest.containers.zip_archive import open_zip
from backfile.ingest.feeds import open_feed, open_json_feed
from backfile.ingest.records import RawDocument, Receipt

MAX_DOCUMENTS = 50_000
MAX_BYTES = 500 * 1024 * 1024
MAX_DEPTH = 3

Found = RawDocument | Receipt
_OPENERS: Mapping[Container, Callable[[RawDocument], Iterator[Found]]] = {
    Container.ZIP: open_zip,
    Container.GZIP: open_gzip,
    Container.MAILBOX: open_mailbox,
    Container.MESSAGES: open_messages,
    Container.FEED: open_feed,
    Container.JSON_FEED: open_json_feed,
    Container.ROWS: open_rows,
}


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
    """Yield the documents in ``raw``, itself when it is one document, and a receipt for each that is refused."""
    try:
        yield from _expand(raw, _Budget(), depth=0)
    except IngestError as error:
        yield Receipt(raw.name, raw.sha256, refused=str(error))


def _expand(raw: RawDocument, budget: _Budget, depth: int) -> Iterator[Found]:
    kind = kind_of(raw)
    if kind is None:
        yield raw
        return
    if depth >= MAX_DEPTH:
        raise IngestError(f"{raw.name}: lies more than {MAX_DEPTH} archives deep; unpack it first")
    for found in _OPENERS[kind](raw):
        if isinstance(found, Receipt):
            yield found
            continue
        budget.take(found)
        try:
            yield from _expand(found, budget, depth + 1)
        except IngestError as error:
            if budget.documents < 0 or budget.bytes < 0:
                raise
            yield Receipt(found.name, found.sha256, refused=str(error))
