"""One file compressed by gzip."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from backfile.errors import IngestError
from backfile.ingest.containers.large import BEGINNING, MAX_LARGE, Large
from backfile.ingest.encoding.decode import MAX_BYTES
from backfile.ingest.records import RawDocument

_PIECE = 1024 * 1024
# Up to this size anything may be in it; beyond, text shrinks to a tenth, and what shrinks to a two-hundredth is a trap.
_HARMLESS = 50 * 1024 * 1024
_MAX_RATIO = 200


def open_gzip(raw: RawDocument, file: IO[bytes]) -> Iterator[RawDocument | Large]:
    """Yield the file inside; raises ``IngestError`` when it is broken or unpacks to more than fits."""
    with tempfile.SpooledTemporaryFile(max_size=MAX_BYTES) as unpacked:
        try:
            _unpack(raw, file, unpacked)
        except EOFError as error:
            raise IngestError(f"{raw.name}: is a gzip file that ends too early; save it again") from error
        except (zlib.error, gzip.BadGzipFile) as error:
            raise IngestError(f"{raw.name}: is a broken gzip file ({error}); save it again") from error
        is_large = unpacked.tell() > MAX_BYTES
        unpacked.seek(0)
        data = unpacked.read(BEGINNING) if is_large else unpacked.read()
        inside = replace(raw, data=data, name=raw.name.removesuffix(".gz"), media_type=None)
        yield Large(inside, unpacked) if is_large else inside


def _unpack(raw: RawDocument, file: IO[bytes], unpacked: IO[bytes]) -> None:
    with gzip.GzipFile(fileobj=file) as packed:
        while piece := packed.read(_PIECE):
            unpacked.write(piece)
            size = unpacked.tell()
            if size > MAX_LARGE or (size > _HARMLESS and size > _MAX_RATIO * file.tell()):
                limit = (MAX_LARGE if size > MAX_LARGE else _HARMLESS) // 1024 // 1024
                raise IngestError(f"{raw.name}: unpacks to more than {limit} MB; it was not read")
