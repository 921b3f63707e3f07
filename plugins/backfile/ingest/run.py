"""The edge of ingest: walks folders, reads files, and leaves a trace of nothing but what was imported.

A file in trouble never stops the others. What can't be read, or is refused, is in the
report; whoever calls decides what that means for the exit status.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track

from backfile.errors import IngestError
from backfile.ingest import wrote
from backfile.ingest.apply import apply, sweep
from backfile.ingest.catalogue import Catalogue, read_held
from backfile.ingest.containers import expand
from backfile.ingest.decode import MAX_BYTES
from backfile.ingest.future import flag_future
from backfile.ingest.inventory import complete, read_catalogue
from backfile.ingest.pictures.beside import ASSET, beside, companions, is_companion
from backfile.ingest.plan import Action, imported_before, plan
from backfile.ingest.pool import Outcome, examine_all, examine_one
from backfile.ingest.receipt import Entry, Report, kept_receipt
from backfile.ingest.records import Given, RawDocument, Receipt
from backfile.rights import FILE as RIGHTS
from backfile.rights import PicturePolicy, load_pictures

# A file or a folder, or what gives one document when its turn comes (and raises IngestError when there is none).
Input = Path | Callable[[], RawDocument]

# Below this many files a progress bar would only flicker.
_WORTH_A_BAR = 20
# Below this many files other processes take longer to start than they save.
_WORTH_PROCESSES = 200


def import_paths(
    paths: Sequence[Input],
    content: Path,
    *,
    today: date,
    now: datetime,
    date: date | None = None,
    source: str | None = None,
    lang: str | None = None,
    force: bool = False,
    dry_run: bool = False,
    processes: int | None = None,
    keep_sources: bool = True,
) -> Report:
    """Import files, all files below folders, and documents from elsewhere into ``content``; return what was done.

    ``date``, ``source`` and ``lang`` are the editor's word on every document. ``today``
    dates what nobody dates, ``now`` is written down as the time of retrieval. ``force``
    reads again what was imported before and overwrites articles edited by hand.
    ``dry_run`` writes nothing. ``processes`` do the reading (None: one, or for many files
    one a core); the outcome is the same. ``keep_sources`` has the raw files kept.
    An import that was cut short goes on when it is
    started again.
    """
    given = Given(date, source, lang, picture_policy(content))
    files, skipped = _inputs(paths)
    if not files:
        return Report((), tuple(skipped), dry_run)
    catalogue = read_catalogue(content, keep_sources=keep_sources)
    if not dry_run:
        sweep(content)
    examined = examine_all(
        (document for path in files for document in _documents(path, now)),
        given,
        lambda raw: bool(imported_before(raw, catalogue, given.date, force=force)),
        processes or (os.cpu_count() or 1 if len(files) >= _WORTH_PROCESSES else 1),
    )
    shown = track(
        examined,
        "Importing",
        total=len(files),
        console=Console(stderr=True),
        disable=not _shows_progress(files),
    )
    entries = tuple(
        _import(
            raw,
            reading,
            content,
            catalogue,
            given,
            today=today,
            now=now,
            force=force,
            dry_run=dry_run,
            keep_source=keep_sources,
        )
        for raw, reading in shown
    )
    return Report(entries, tuple(skipped), dry_run)


def take_inbox(inbox: Path, content: Path, *, today: date, now: datetime, keep_sources: bool = True) -> Report:
    """Import all that waits in ``inbox``, and remove each file whose raw copy is safely kept.

    Without ``keep_sources`` it is removed when its import is complete. A file that is refused,
    wholly or in part, stays where it is, also when all that was refused had been taken back
    before: nobody's file goes without a copy. ``README.md`` is the inbox's own.
    """
    if not inbox.is_dir():
        return Report()
    files = [path for path in sorted(inbox.iterdir()) if path.name != "README.md"]
    report = import_paths(files, content, today=today, now=now, keep_sources=keep_sources)
    kept = complete(content, keep_sources=keep_sources)
    settled = {entry.receipt.sha256 for entry in report.entries if not entry.refuses} & kept
    for path in _files(files)[0]:
        try:
            found = expand(RawDocument(path.read_bytes(), path.name))
            if all(isinstance(each, RawDocument) and each.sha256 in settled for each in found):
                folders = companions(path)  # as programs that show files do: the two are one thing
                path.unlink()
                for folder in folders:
                    shutil.rmtree(folder)
        except OSError:
            continue  # its entry in the report says why
    return report


def _import(
    raw: RawDocument | IngestError,
    reading: Outcome,
    content: Path,
    catalogue: Catalogue,
    given: Given,
    *,
    today: date,
    now: datetime,
    force: bool,
    dry_run: bool,
    keep_source: bool,
) -> Entry:
    """Import one document; whatever is wrong with it becomes a line of the receipt."""
    if isinstance(raw, IngestError):
        return Entry(Receipt(str(raw).partition(": ")[0], "", refused=str(raw)))
    known = imported_before(raw, catalogue, given.date, force=force)
    if known:
        return Entry(Receipt(raw.name, raw.sha256), known)
    try:
        if reading is None:  # known when its turn to be read came, but what it became has changed since
            reading = examine_one(raw, given)
        if isinstance(reading, IngestError):
            raise reading
        reading = flag_future(reading, today)
        intents = plan(reading.items, raw, catalogue, today=today, force=force)
        entry = Entry(reading.receipt, intents)
        if not dry_run:
            receipt = kept_receipt(
                entry,
                (raw.retrieved or now).isoformat(timespec="seconds"),
                wrote.of_reading(raw, given),
                wrote.of_intents(intents, raw, content),
            )
            apply(intents, receipt, raw, content, keep_source=keep_source)
    except IngestError as error:
        return Entry(Receipt(raw.name, raw.sha256, refused=str(error)))
    for intent in intents:
        if intent.action.writes:
            catalogue.add(read_held(intent.text, intent.path), is_written=not dry_run)
    if not any(intent.action is Action.REFUSE for intent in intents):
        catalogue.stored.add(raw.sha256)
        catalogue.kept |= {raw.sha256} if keep_source else set()
    # The texts are written; ten thousand of them need not be held for the report.
    return replace(entry, intents=tuple(replace(intent, text="", kept="", pictures=()) for intent in intents))


def _documents(given: Input, now: datetime) -> Iterator[RawDocument | IngestError]:
    """Yield the documents in a file or in what comes from elsewhere, an error for each that can't be read."""
    try:
        raw = _read(given, now) if isinstance(given, Path) else given()
    except IngestError as error:
        yield error
        return
    yield from expand(raw)


def _read(path: Path, now: datetime) -> RawDocument:
    if path.is_symlink():
        raise IngestError(f"{path.name}: is a symbolic link; put the file itself there")
    try:
        if not path.is_file():
            raise IngestError(f"{path.name}: is no file; name a file or a folder that exists")
        if path.stat().st_size > MAX_BYTES:
            raise IngestError(
                f"{path.name}: is larger than {MAX_BYTES // 1024 // 1024} MB; split it into several files"
            )
        return RawDocument(path.read_bytes(), path.name, retrieved=now, beside=beside(path))
    except OSError as error:
        raise IngestError(f"{path.name}: can't be read: {error.strerror}; check its permissions") from error


def picture_policy(content: Path) -> PicturePolicy:
    """Return what ``sources.yaml`` says of pictures; raises :class:`~backfile.errors.ContentError`."""
    path = content / RIGHTS
    return load_pictures(path.read_bytes().decode("utf-8"), RIGHTS) if path.exists() else PicturePolicy()


def _inputs(paths: Iterable[Input]) -> tuple[list[Input], list[str]]:
    """Return the inputs in order, a folder's files in its place, and why files are left alone."""
    inputs: list[Input] = []
    skipped: list[str] = []
    for each in paths:
        if isinstance(each, Path):
            files, left = _files([each])
            inputs += files
            skipped += left
        else:
            inputs.append(each)
    return inputs, skipped


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """Return the files to import, in order, and why others are left alone."""
    files: list[Path] = []
    skipped: list[str] = []
    for path in paths:
        for found in _walk(path):
            if found.name.startswith("."):
                skipped += [f"{found.name}: hidden"] if found.suffix else []  # .gitkeep and the like are no texts
            elif found.name.endswith("~") or (found.name.startswith("#") and found.name.endswith("#")):
                skipped.append(f"{found.name}: an editor's backup")
            elif found.is_dir():
                skipped.append(f"{found.name}: belongs to the page beside it")
            elif ASSET.search(found.name):
                skipped.append(f"{found.name}: no text; a picture goes with the text that shows it")
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


def _shows_progress(files: Sequence[Input]) -> bool:
    fetched = sum(not isinstance(each, Path) for each in files)  # one after another, with pauses
    return (len(files) >= _WORTH_A_BAR or fetched > 1) and Console(stderr=True).is_terminal
