"""An import from files to a report: it leaves a trace of nothing but what was imported.

A file in trouble never stops the others. What can't be read, or is refused, is in the
report; whoever calls decides what that means for the exit status.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from backfile.errors import IngestError, StoppedError
from backfile.ingest.changes import wrote
from backfile.ingest.changes.apply import apply, sweep
from backfile.ingest.changes.catalogue import Catalogue, read_held
from backfile.ingest.changes.future import flag_future
from backfile.ingest.changes.inventory import complete, read_catalogue
from backfile.ingest.changes.plan import Action, Intent, imported_before, plan
from backfile.ingest.inputs import Input, documents_in, inputs_in, shown_name, size_of
from backfile.ingest.pictures.beside import companions
from backfile.ingest.pool import Outcome, examine_all, examine_one, processes_for
from backfile.ingest.records import Given, RawDocument, Reading, Receipt
from backfile.ingest.report.progress import progress
from backfile.ingest.report.receipt import Entry, Report, kept_receipt
from backfile.rights import FILE as RIGHTS
from backfile.rights import PicturePolicy, load_pictures

__all__ = ["Input", "import_paths", "picture_policy", "take_inbox"]


@dataclass(frozen=True, slots=True)
class _Job:
    """What holds for all documents of one import; see :func:`import_paths`."""

    content: Path
    given: Given
    today: date
    now: datetime
    force: bool = False
    dry_run: bool = False
    keep_sources: bool = True


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
    cache: Path | None = None,
) -> Report:
    """Import files, all files below folders, and documents from elsewhere into ``content``; return what was done.

    ``date``, ``source`` and ``lang`` are the editor's word on every document. ``today``
    dates what nobody dates, ``now`` is written down as the time of retrieval. ``force``
    reads again what was imported before and overwrites articles edited by hand.
    ``dry_run`` writes nothing. ``processes`` do the reading (None: one, or for many files
    or large ones one a core); the outcome is the same. ``keep_sources`` has the raw files kept. ``cache``
    is a folder for what makes the next import begin sooner. An import that was cut short goes on
    when it is started again; raises :class:`~backfile.errors.StoppedError` when Ctrl-C ends it.
    """
    given = Given(date, source, lang, picture_policy(content))
    files, skipped = inputs_in(paths)
    job = _Job(content, given, today, now, force, dry_run, keep_sources)
    entries = tuple(entry for _, entry in _imported(files, job, processes, cache))
    return Report(entries, tuple(skipped), dry_run)


def take_inbox(
    inbox: Path, content: Path, *, today: date, now: datetime, keep_sources: bool = True, cache: Path | None = None
) -> Report:
    """Import all that waits in ``inbox``, and remove each file whose raw copy is safely kept.

    Without ``keep_sources`` it is removed when its import is complete. A file that is refused,
    wholly or in part, stays where it is, also when all that was refused had been taken back
    before: nobody's file goes without a copy. ``README.md`` is the inbox's own.
    """
    if not inbox.is_dir():
        return Report()
    files, skipped = inputs_in([path for path in sorted(inbox.iterdir()) if path.name != "README.md"])
    job = _Job(content, Given(pictures=picture_policy(content)), today, now, keep_sources=keep_sources)
    imported = list(_imported(files, job, None, cache))
    kept = complete(content, keep_sources=keep_sources)
    unsettled = {at for at, entry in imported if entry.refuses or entry.receipt.sha256 not in kept}
    for at in sorted({at for at, _ in imported} - unsettled):
        path = files[at]
        if isinstance(path, Path):
            folders = companions(path)  # as programs that show files do: the two are one thing
            path.unlink(missing_ok=True)
            for folder in folders:
                shutil.rmtree(folder)
    return Report(tuple(entry for _, entry in imported), tuple(skipped))


def picture_policy(content: Path) -> PicturePolicy:
    """Return what ``sources.yaml`` says of pictures; raises :class:`~backfile.errors.ContentError`."""
    path = content / RIGHTS
    return load_pictures(path.read_bytes().decode("utf-8"), RIGHTS) if path.exists() else PicturePolicy()


def _imported(
    files: Sequence[Input], job: _Job, processes: int | None, cache: Path | None
) -> Iterator[tuple[int, Entry]]:
    """Import files; yield for each document which of ``files`` it was in, and what became of it."""
    if not files:
        return
    done = refused = 0
    try:
        catalogue = read_catalogue(job.content, keep_sources=job.keep_sources, cache=None if job.dry_run else cache)
        if not job.dry_run:
            sweep(job.content)
        came_from: deque[int] = deque()
        examined = examine_all(
            _documents(files, job.now, came_from),
            job.given,
            lambda raw: bool(imported_before(raw, catalogue, job.given.date, force=job.force)),
            processes or processes_for(list(map(size_of, files))),
        )
        with progress(len(files), fetched=sum(not isinstance(each, Path) for each in files)) as tell, closing(examined):
            for raw, reading in examined:
                done = came_from.popleft()
                tell(done, shown_name(files[done]), refused)
                entry = _import(raw, reading, catalogue, job)
                refused += entry.failed
                yield done, entry
    except KeyboardInterrupt as interrupt:
        if job.dry_run:
            raise StoppedError("Stopped; nothing was written.") from interrupt
        raise StoppedError(
            f"Stopped; {done:,} of {len(files):,} files are in. Start the same command again to go on."
        ) from interrupt


def _documents(files: Sequence[Input], now: datetime, came_from: deque[int]) -> Iterator[RawDocument | IngestError]:
    """Yield the documents in files; ``came_from`` is told of each which file it was in."""
    for at, each in enumerate(files):
        for document in documents_in(each, now):
            came_from.append(at)
            yield document


def _undated(reading: Reading, intents: Sequence[Intent]) -> Receipt:
    """Return the receipt, which counts the day among the guesses where that of the import stands in for it."""
    pairs = zip(reading.items, intents, strict=False)  # behind the items' intents are those for briefs told in full
    if not any(item.date is None and intent.action is Action.CREATE for item, intent in pairs):
        return reading.receipt
    return replace(reading.receipt, guessed=("date", *reading.receipt.guessed))


def _import(raw: RawDocument | IngestError, reading: Outcome, catalogue: Catalogue, job: _Job) -> Entry:
    """Import one document; whatever is wrong with it becomes a line of the receipt."""
    if isinstance(raw, IngestError):
        return Entry(Receipt(str(raw).partition(": ")[0], "", refused=str(raw)))
    known = imported_before(raw, catalogue, job.given.date, force=job.force)
    if known:
        return Entry(Receipt(raw.name, raw.sha256), known)
    try:
        if reading is None:  # known when its turn to be read came, but what it became has changed since
            reading = examine_one(raw, job.given)
        if isinstance(reading, IngestError):
            raise reading
        reading = flag_future(reading, job.today)
        intents = plan(reading.items, raw, catalogue, today=job.today, force=job.force)
        entry = Entry(_undated(reading, intents), intents)
        if not job.dry_run:
            receipt = kept_receipt(
                entry,
                (raw.retrieved or job.now).isoformat(timespec="seconds"),
                wrote.of_reading(raw, job.given),
                wrote.of_intents(intents, raw, job.content),
            )
            apply(intents, receipt, raw, job.content, keep_source=job.keep_sources)
    except IngestError as error:
        return Entry(Receipt(raw.name, raw.sha256, refused=str(error)))
    for intent in intents:
        if intent.action.writes:
            catalogue.add(read_held(intent.text, intent.path), is_written=not job.dry_run)
    if not any(intent.action is Action.REFUSE for intent in intents):
        catalogue.stored.add(raw.sha256)
        catalogue.kept |= {raw.sha256} if job.keep_sources else set()
    # The texts are written; ten thousand of them need not be held for the report.
    return replace(entry, intents=tuple(replace(intent, text="", kept="", pictures=()) for intent in intents))
