"""The edge of ingest: walks folders, reads files, and opens those that hold several documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from backfile.errors import IngestError
from backfile.ingest.containers import BEGINNING, MAX_LARGE, Large, expand, too_large
from backfile.ingest.encoding.decode import MAX_BYTES
from backfile.ingest.pictures.beside import ASSET, beside, is_companion
from backfile.ingest.pool import time_limit
from backfile.ingest.records import RawDocument

# A file or a folder, or what gives one document when its turn comes (and raises IngestError when there is none).
Input = Path | Callable[[], RawDocument]


def inputs_in(paths: Iterable[Input]) -> tuple[list[Input], list[str]]:
    """Return the inputs in order, a folder's files in its place, and why files are left alone."""
    inputs: list[Input] = []
    skipped: list[str] = []
    for each in paths:
        if isinstance(each, Path):
            files, left = files_in([each])
            inputs += files
            skipped += left
        else:
            inputs.append(each)
    return inputs, skipped


def files_in(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """Return the files to import, in order, and why others are left alone."""
    files: list[Path] = []
    skipped: list[str] = []
    for path in paths:
        for found in _walk(path):
            name = shown_name(found)
            if name.startswith("."):
                skipped += [f"{name}: hidden"] if found.suffix else []  # .gitkeep and the like are no texts
            elif name.startswith("~$"):
                skipped.append(f"{name}: says that a program has a file open, and is no text")
            elif name.endswith("~") or (name.startswith("#") and name.endswith("#")):
                skipped.append(f"{name}: an editor's backup")
            elif found.is_dir():
                skipped.append(f"{name}: belongs to the page beside it")
            elif ASSET.search(found.name):
                skipped.append(f"{name}: no text; a picture goes with the text that shows it")
            else:
                files.append(found)
    return files, skipped


def _walk(path: Path) -> Iterator[Path]:
    if path.is_symlink() or not path.is_dir() or is_companion(path):
        yield path
        return
    try:
        below = sorted(path.iterdir())
    except OSError:
        yield path  # reading it as a file will say why
        return
    for child in below:
        if child.name.startswith(".") and child.is_dir():
            continue
        yield from _walk(child)


def documents_in(given: Input, now: datetime) -> Iterator[RawDocument | IngestError]:
    """Yield the documents in a file or in what comes from elsewhere, an error for each that can't be read."""
    try:
        with _opened(given, now) as opened:
            yield from _in_time(opened)
    except IngestError as error:
        yield error


def _in_time(opened: RawDocument | Large) -> Iterator[RawDocument | IngestError]:
    """Yield the documents in a file; that which takes too long to take out is the last."""
    name = opened.begin.name if isinstance(opened, Large) else opened.name
    found = expand(opened)
    while True:
        with time_limit(name):
            each = next(found, None)
        if each is None:
            return
        yield each


def size_of(given: Input) -> int:
    """Return how many bytes a file has; 0 where that shows only when it is read."""
    try:
        return given.stat().st_size if isinstance(given, Path) else 0
    except OSError:
        return 0


def shown_name(given: Input) -> str:
    """Return what an input is called; a byte of a file's name that is no text in any encoding is U+FFFD."""
    return os.fsencode(given.name).decode("utf-8", "replace") if isinstance(given, Path) else ""


@contextmanager
def _opened(given: Input, now: datetime) -> Iterator[RawDocument | Large]:
    """Give a file's bytes, or the file itself when it is too large for memory."""
    if not isinstance(given, Path):
        yield given()
        return
    name = shown_name(given)
    if given.is_symlink():
        raise IngestError(f"{name}: is a symbolic link; put the file itself there")
    try:
        if not given.is_file():
            raise IngestError(f"{name}: is no file; name a file or a folder that exists")
        size = given.stat().st_size
        if size > MAX_LARGE:
            raise too_large(name, MAX_LARGE)
        if size <= MAX_BYTES:
            yield RawDocument(given.read_bytes(), name, retrieved=now, beside=beside(given))
            return
        with given.open("rb") as file:
            yield Large(RawDocument(file.read(BEGINNING), name, retrieved=now), file)
    except OSError as error:
        raise IngestError(f"{name}: can't be read: {error.strerror}; check its permissions") from error
