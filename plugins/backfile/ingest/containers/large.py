"""Files that are too large for memory: they are read piece by piece, and only when they hold several documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import MAX_BYTES
from backfile.ingest.records import RawDocument

# So many bytes tell what kind of file it is, and in which encoding.
BEGINNING = 64 * 1024
MAX_LARGE = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Large:
    """Such a file: what it begins with as a document, and all of it to read from."""

    begin: RawDocument
    file: IO[bytes]


def too_large(name: str, limit: int = MAX_BYTES) -> IngestError:
    """Return why a file of more than ``limit`` bytes is refused."""
    return IngestError(f"{name}: is larger than {limit // 1024 // 1024} MB; split it into several files")
