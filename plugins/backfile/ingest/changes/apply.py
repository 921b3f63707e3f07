"""Carry a plan out: the only code that writes articles and raw files into ``content/``, and takes them out.

Every file is written beside its place and renamed, so that it is there whole or not at
all. The receipt and the raw file come last: where that is kept, its import was complete.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from backfile.errors import IngestError
from backfile.ingest.changes.plan import Action, Intent
from backfile.ingest.media import ending_of
from backfile.ingest.records import RawDocument
from backfile.pictures import FOLDER as IMAGES

SOURCES, IMPORTS = "sources", "imports"
_TEMPORARY = ".import-"


@dataclass(frozen=True, slots=True)
class Change:
    """One file below ``content/`` as it is to be: its bytes, or None to take it out; ``what`` says it to people."""

    path: str
    data: bytes | None
    what: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done to ``content/``, in order, and what its editor should know before, in sentences."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield what would be done, and what to know, one line each."""
        for change in self.changes:
            yield f"would {'remove' if change.data is None else 'write'} {change.path}: {change.what}"
        yield from (f"note: {note}" for note in self.notes)
        if not self.changes:
            yield "There is nothing to do."


def apply(
    intents: Sequence[Intent], receipt: bytes, raw: RawDocument, content: Path, *, keep_source: bool = True
) -> None:
    """Write the articles that ``intents`` create or update, then keep receipt and raw file; raises ``IngestError``.

    A raw file is not kept when ``keep_source`` forbids it, or when a text in it was taken back.
    """
    changes = [intent for intent in intents if intent.action.writes]
    for intent in changes:
        if intent.kept:
            earlier = RawDocument(intent.kept.encode("utf-8"), PurePosixPath(intent.path).name)
            write(content, raw_path(earlier), earlier.data)
        for picture in intent.pictures:  # before the text that shows them
            if not (content / picture.path).exists():
                write(content, picture.path, picture.data)
        write(content, intent.path, intent.text.encode("utf-8"))
    refused = [intent for intent in intents if intent.action is Action.REFUSE]
    if not all(intent.settled for intent in refused) or len(refused) == len(intents):
        return
    noted, path = f"{IMPORTS}/{raw.sha256[:2]}/{raw.sha256}.json", raw_path(raw)
    lacks_source = keep_source and not refused and not (content / path).exists()
    if changes or lacks_source or not (content / noted).exists():
        write(content, noted, receipt)
    if lacks_source:
        write(content, path, raw.data)


def carry_out(changes: Iterable[Change], content: Path) -> None:
    """Write and take out files, in order; a folder that is empty then goes, too. Raises ``IngestError``."""
    for change in changes:
        if change.data is None:
            _remove(content, change.path)
        else:
            write(content, change.path, change.data)


def sweep(content: Path) -> None:
    """Remove what an import that was killed had begun to write."""
    for folder in ("articles", SOURCES, IMPORTS, IMAGES):
        for path in (content / folder).rglob(f"{_TEMPORARY}*"):
            path.unlink(missing_ok=True)


def raw_path(raw: RawDocument) -> str:
    """Return where a raw file is kept below ``content/``: under its SHA-256, with its own ending if harmless."""
    ending = ending_of(raw)
    harmless = ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 9 else ""
    sha256 = raw.sha256
    return f"{SOURCES}/{sha256[:2]}/{sha256}{harmless}"


def write(content: Path, relative: str, data: bytes) -> None:
    """Write a file below ``content``, whole or not at all; raises ``IngestError``."""
    target = _inside(content, relative)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=_TEMPORARY)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        finally:
            Path(temporary).unlink(missing_ok=True)  # there is one only after a failure
    except OSError as error:
        raise IngestError(f"{relative}: can't be written: {error.strerror}") from error


def rename(content: Path, old: str, new: str) -> None:
    """Give a file below ``content`` another place; a folder that is empty then goes. Raises ``IngestError``."""
    source, target = _inside(content, old), _inside(content, new)
    if target.exists():
        raise IngestError(f"{old}: can't be moved to {new}: another file is there; run the command again")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
    except OSError as error:
        raise IngestError(f"{old}: can't be moved to {new}: {error.strerror}") from error
    _remove(content, old)


def _remove(content: Path, relative: str) -> None:
    target = _inside(content, relative)
    try:
        target.unlink(missing_ok=True)
        for folder in target.parents:
            if folder == content or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()
    except OSError as error:
        raise IngestError(f"{relative}: can't be removed: {error.strerror}") from error


def _inside(content: Path, relative: str) -> Path:
    """Return the path of ``relative`` below ``content``; raises ``IngestError`` when it would lead out of it."""
    path = PurePosixPath(relative)
    if (
        path.is_absolute()
        or not path.parts
        or any(part in ("..", ".") or "\\" in part or ":" in part for part in path.parts)
    ):
        raise IngestError(f"{relative}: leads out of the content folder; it was not written")
    target = content
    for part in path.parts:
        target = target / part
        if target.is_symlink():
            raise IngestError(f"{relative}: goes through the symbolic link {target.name}; it was not written")
    return target
