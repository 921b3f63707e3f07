"""A document from standard input."""

from __future__ import annotations

import sys
from datetime import datetime

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import MAX_BYTES
from backfile.ingest.records import STANDARD_INPUT, RawDocument


def read_standard_input(now: datetime | None = None) -> RawDocument:
    """Return what standard input holds, up to its end; raises ``IngestError`` when that is too much."""
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise IngestError(
            f"{STANDARD_INPUT}: is larger than {MAX_BYTES // 1024 // 1024} MB; split it into several texts"
        )
    return RawDocument(data, STANDARD_INPUT, retrieved=now)
