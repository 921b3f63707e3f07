"""The edge of reading again: walks what is kept, has it read on all cores, and writes what was agreed to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.progress import track

from backfile.errors import ContentError, IngestError
from backfile.ingest.again.kept import Kept, read_kept
from backfile.ingest.again.plan import Reread, intents_of, plan_again
from backfile.ingest.again.report import Report
from backfile.ingest.again.written import fingerprint
from backfile.ingest.changes.apply import SOURCES, write
from backfile.ingest.changes.catalogue import Catalogue, Held
from backfile.ingest.changes.future import flag_future
from backfile.ingest.changes.inventory import read_catalogue
from backfile.ingest.changes.shelf import Shelf, chosen, read_articles, receipt_path
from backfile.ingest.inputs import size_of
from backfile.ingest.pool import examine_all, processes_for
from backfile.ingest.records import RawDocument, Reading
from backfile.ingest.report.receipt import Entry, kept_receipt
from backfile.ingest.run import picture_policy

_WORTH_A_BAR = 20

Agree = Callable[[Report], bool]


def read_again(
    content: Path,
    words: Sequence[str],
    agree: Agree,
    *,
    force: bool = False,
    processes: int | None = None,
) -> Report:
    """Read again the kept files that articles came from, and write what changes when ``agree`` says so.

    ``words`` name articles (files, folders, ids) or kept files; none names all. ``agree`` is
    asked once, with the report, when there is anything to write. ``force`` puts the importer's
    word before a hand's. ``processes`` do the reading (None: one, or for many files one a
    core). Raises ``IngestError`` when a word names nothing or a file can't be written.
    """
    catalogue = read_catalogue(content)
    articles, unreadable = read_articles(content)
    shelf = Shelf.of(content, articles, unreadable)
    shelf.ids |= catalogue.ids
    made_of = _made_of(articles)
    files = {file.stem: file for file in (content / SOURCES).glob("??/*") if not file.name.startswith(".")}
    wanted = _chosen(articles, made_of, words, content, files)
    policy = picture_policy(content)
    kept = [read_kept(files[sha256], content, made_of[sha256], policy) for sha256 in sorted(wanted) if sha256 in files]
    rereads, refused = _reread(kept, catalogue, shelf, processes, force=force)
    refused += [f"{path}: can't be read as an article; `invoke build` says why" for path in unreadable]
    unkept = sum(len(made_of[sha256]) for sha256 in wanted if sha256 not in files)
    report = Report(tuple(rereads), tuple(refused), len(kept), unkept)
    if report.changes and agree(report):
        for reread in rereads:
            if reread.writes:
                _carry_out(reread, shelf)
    return report


def _made_of(articles: Sequence[Held]) -> dict[str, list[Held]]:
    """Return the articles that came from each raw file, by its SHA-256."""
    found: dict[str, list[Held]] = {}
    for held in articles:
        if held.front.provenance and held.front.provenance.sha256:
            found.setdefault(held.front.provenance.sha256, []).append(held)
    return found


def _chosen(
    articles: Sequence[Held],
    made_of: Mapping[str, Sequence[Held]],
    words: Sequence[str],
    content: Path,
    files: Mapping[str, Path],
) -> set[str]:
    """Return the SHA-256 of each raw file that is meant, or that an article which is meant came from."""
    paths = {file.resolve(): sha256 for sha256, file in files.items()}
    named = {word: paths.get(Path(word).resolve()) for word in words}
    others = [word for word in words if named[word] not in made_of]
    meant = chosen(articles, others, content) if others or not words else []
    origins = {held.front.provenance.sha256 for held in meant if held.front.provenance}
    return {sha256 for sha256 in (*origins, *named.values()) if sha256 and sha256 in made_of}


def _reread(
    kept: Sequence[Kept], catalogue: Catalogue, shelf: Shelf, processes: int | None, *, force: bool
) -> tuple[list[Reread], list[str]]:
    """Return what there is to tell of each file, in the order of their articles, and why files are refused."""
    rereads, refused = [], []
    console = Console(stderr=True)
    shown = track(
        _examined(sorted(kept, key=_said), processes),
        "Reading again",
        total=len(kept),
        console=console,
        disable=len(kept) < _WORTH_A_BAR or not console.is_terminal,
    )
    for one, raw, reading in shown:
        if isinstance(raw, IngestError) or isinstance(reading, IngestError):
            refused.append(str(raw if isinstance(raw, IngestError) else reading))
            continue
        if raw.retrieved:
            reading = flag_future(reading, raw.retrieved.date())  # what was yet to come then
        try:
            reread = plan_again(one, raw, reading, catalogue, shelf, force=force)
        except ContentError as error:  # what was read makes no front matter
            refused.append(f"{one.name}: {error.findings[0]}")
            continue
        if reread.tells:
            rereads.append(reread)
    return sorted(rereads, key=lambda reread: reread.kept.main.path), sorted(refused)


def _examined(
    kept: Sequence[Kept], processes: int | None
) -> Iterator[tuple[Kept, RawDocument | IngestError, Reading | IngestError]]:
    """Yield each kept file with its new reading; those of which the editor had said the same are read together."""
    for _, group in groupby(kept, key=_said):
        each = list(group)
        many = processes or processes_for([size_of(one.file) for one in each])
        readings = examine_all(map(_document, each), each[0].given, lambda _: False, many)
        for one, (raw, reading) in zip(each, readings, strict=True):
            yield one, raw, reading or IngestError(f"{one.name}: was not read")


def _said(kept: Kept) -> tuple[str, str, str]:
    given = kept.given
    return (given.date.isoformat() if given.date else "", given.source or "", given.lang or "")


def _document(kept: Kept) -> RawDocument | IngestError:
    try:
        return kept.document()
    except IngestError as error:
        return error


def _carry_out(reread: Reread, shelf: Shelf) -> None:
    """Write the articles of one file, then its receipt. Raises ``IngestError`` when one was changed meanwhile."""
    for change in reread.changes:
        if change.text and change.held and fingerprint(shelf.text(shelf.at(change.held.path))) != change.before:
            raise IngestError(f"{change.held.path}: was changed meanwhile; run the command again")
    for change in reread.changes:
        for picture in change.pictures:  # before the text that shows them
            if picture.path in change.text and not (shelf.content / picture.path).exists():
                write(shelf.content, picture.path, picture.data)
        if change.text and change.held:
            shelf.put(shelf.at(change.held.path), change.text, change.place)
        elif change.text:
            write(shelf.content, change.place.path, change.text.encode("utf-8"))
    intents, wrote = intents_of(reread)
    retrieved = reread.kept.receipt.get("retrieved")
    receipt = kept_receipt(Entry(reread.receipt, tuple(intents)), retrieved, reread.read, wrote)
    write(shelf.content, receipt_path(reread.kept.file.stem), receipt)
