"""What ``invoke import`` does: the user's words and the clock in, a report out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from backfile.errors import IngestError
from backfile.ingest.receipt import Report
from backfile.ingest.run import import_paths, take_inbox

README = "README.md"  # the inbox's own, and no text for the archive


def import_texts(
    paths: Sequence[str], inbox: Path, content: Path, *, day: str, source: str, lang: str, force: bool, dry_run: bool
) -> Report:
    """Import what the user named, or take in the inbox, and return what was done.

    The inbox is emptied when it is taken in just so; with an option it is a folder like
    any other. ``day`` is a date in ISO form; empty strings say nothing. Raises
    :class:`IngestError` when ``day`` is no date.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    today = date.today()  # where the editor is
    named = [Path(path) for path in paths] or [inbox]
    is_inbox = [path.resolve() == inbox.resolve() for path in named]
    if all(is_inbox) and not (day or source or lang or force or dry_run):
        return take_inbox(inbox, content, today=today, now=now)
    files = [
        file
        for path, is_it in zip(named, is_inbox, strict=True)
        for file in (sorted(each for each in path.iterdir() if each.name != README) if is_it else [path])
    ]
    return import_paths(
        files,
        content,
        today=today,
        now=now,
        date=_date(day),
        source=source or None,
        lang=lang or None,
        force=force,
        dry_run=dry_run,
    )


def _date(day: str) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError as error:
        raise IngestError(f"--date: “{day}” is no date. Write a day that exists as YYYY-MM-DD.") from error
