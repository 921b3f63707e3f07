"""One file compressed by gzip."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace

from backfile.errors import IngestError
from backfile.ingest.records import RawDocument

MAX_BYTES = 50 * 1024 * 1024
_WITH_GZIP_HEADER = 16 + zlib.MAX_WBITS


def open_gzip(raw: RawDocument) -> Iterator[RawDocument]:
    """Yield the file inside; raises ``IngestError`` when it is broken or unpacks to more than fits."""
    unpacker = zlib.decompressobj(_WITH_GZIP_HEADER)
    try:
        data = unpacker.decompress(raw.data, MAX_BYTES + 1)
    except zlib.error as error:
        raise IngestError(f"{raw.name}: is a broken gzip file ({error}); save it again") from error
    if len(data) > MAX_BYTES:
        raise IngestError(f"{raw.name}: unpacks to more than {MAX_BYTES // 1024 // 1024} MB; it was not read")
    if not unpacker.eof:
        raise IngestError(f"{raw.name}: is a gzip file that ends too early; save it again")
    yield replace(raw, data=data, name=raw.name.removesuffix(".gz"), media_type=None)
