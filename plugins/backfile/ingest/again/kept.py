"""A raw file that was kept, as it was when it was imported: its bytes, its name, and the editor's words then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from backfile.errors import IngestError
from backfile.ingest import media
from backfile.ingest.changes.catalogue import Held
from backfile.ingest.changes.shelf import read_receipt
from backfile.ingest.kinds import ENTRY
from backfile.ingest.pictures.beside import Kept as KeptPictures
from backfile.ingest.records import Fetched, Given, RawDocument
from backfile.model import DateBasis
from backfile.rights import PicturePolicy


@dataclass(frozen=True, slots=True)
class Kept:
    """A raw file with the receipt of its import ({} without one), and the articles that came from it.

    ``given`` is what the editor had said of the document; ``is_told`` says that the receipt tells it.
    ``pictures`` are those that were kept of what lay beside it.
    """

    file: Path
    name: str
    given: Given
    receipt: Mapping[str, Any]
    articles: tuple[Held, ...]
    is_told: bool
    pictures: KeptPictures

    @property
    def main(self) -> Held:
        """The document's own article, else its first brief."""
        return next((held for held in self.articles if held.front.digest is None), self.articles[0])

    @property
    def read(self) -> Mapping[str, Any]:
        """What the receipt says of how the document was read."""
        told = self.receipt.get("read")
        return told if isinstance(told, dict) else {}

    def document(self) -> RawDocument:
        """Return the document, from its file; raises ``IngestError`` when it is not as it came."""
        try:
            data = self.file.read_bytes()
        except OSError as error:
            raise IngestError(f"{self.name}: {self.file.name} can't be read: {error.strerror}") from error
        raw = RawDocument(
            data,
            self.name,
            _text(self.read, "media_type") or _media_type(self.name),
            _moment(_text(self.receipt, "retrieved")),
            _text(self.read, "url"),
            _fetched(self.receipt.get("fetched")),
            self.pictures if self.pictures.paths else None,
        )
        if raw.sha256 != self.file.stem:
            raise IngestError(f"{self.name}: {self.file.name} is not what was imported; restore it, or import it anew")
        return raw


def read_kept(file: Path, content: Path, articles: Sequence[Held], policy: PicturePolicy) -> Kept:
    """Return the kept file that ``articles`` came from, without reading it; ``policy`` is today's on pictures."""
    receipt = read_receipt(content, file.stem)
    origin = articles[0].front.provenance
    name = _text(receipt, "file") or (origin.file if origin else None) or file.name
    is_told = isinstance(receipt.get("read"), dict)
    pictures = KeptPictures.of(receipt, content)
    kept = Kept(file, name, Given(pictures=policy), receipt, tuple(articles), is_told, pictures)
    return replace(kept, given=_given(kept))


def _given(kept: Kept) -> Given:
    """Return what the editor had said; of a date, where the receipt doesn't tell, what the article shows of it."""
    front, read = kept.main.front, kept.read
    if kept.is_told:
        moment = _moment(_text(read, "date"))
        return replace(
            kept.given, date=moment and moment.date(), source=_text(read, "source"), lang=_text(read, "lang")
        )
    return replace(kept.given, date=front.date if front.date_basis is DateBasis.GIVEN else None)


def _media_type(name: str) -> str | None:
    """Return the type of a document that stood in another, by the name that it got there."""
    return {".json": ENTRY, ".eml": media.MAIL}.get(PurePath(name).suffix) if "/" in name else None


def _text(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) else None


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _fetched(values: Any) -> Fetched | None:
    """Return how the document came from the web, as a receipt tells it."""
    try:
        return Fetched(**{**values, "via": tuple(values.get("via", ()))}) if isinstance(values, dict) else None
    except TypeError:
        return None
