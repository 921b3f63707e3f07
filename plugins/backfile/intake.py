"""What ``invoke import`` does: the user's words and the clock in, a report out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from backfile.errors import IngestError
from backfile.ingest.records import RawDocument
from backfile.ingest.report.receipt import Report
from backfile.ingest.run import Input, import_paths, take_inbox
from backfile.ingest.standard_input import read_standard_input

if TYPE_CHECKING:
    from backfile.ingest.fetch import Fetcher

README = "README.md"  # the inbox's own, and no text for the archive
# An address of any kind: only https is fetched, and whoever writes another should hear of it.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")

Fetch = Callable[[str], RawDocument]


def import_texts(
    words: Sequence[str],
    inbox: Path,
    content: Path,
    *,
    day: str,
    source: str,
    lang: str,
    force: bool,
    dry_run: bool,
    fetch: Fetch | None = None,
    keep_sources: bool = True,
    cache: Path | None = None,
) -> Report:
    """Import what the user named, or take in the inbox, and return what was done.

    ``words`` are files, folders, addresses of documents on the web, and ``-`` for standard
    input. The inbox is emptied when it is taken in just so; with an option it is a folder
    like any other. ``day`` is a date in ISO form; empty strings say nothing. ``fetch`` gives
    the document at an address (None: from the web). ``keep_sources`` has the raw files kept;
    ``cache`` is the project's folder of caches. Raises :class:`IngestError` when ``day`` is no date.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    today = date.today()  # where the editor is
    named = [_input(word, now, fetch or _from_the_web()) for word in words] or [inbox]
    is_inbox = [isinstance(each, Path) and each.resolve() == inbox.resolve() for each in named]
    if all(is_inbox) and not (day or source or lang or force or dry_run):
        return take_inbox(inbox, content, today=today, now=now, keep_sources=keep_sources, cache=cache)
    inputs: list[Input] = []
    for each, is_it in zip(named, is_inbox, strict=True):
        inputs += sorted(file for file in inbox.iterdir() if file.name != README) if is_it else [each]
    return import_paths(
        inputs,
        content,
        today=today,
        now=now,
        date=_date(day),
        source=source or None,
        lang=lang or None,
        force=force,
        dry_run=dry_run,
        keep_sources=keep_sources,
        cache=cache,
    )


def _input(word: str, now: datetime, fetch: Fetch) -> Input:
    if word == "-":
        return partial(read_standard_input, now)
    return partial(fetch, word) if _ADDRESS.match(word) else Path(word)


def _from_the_web() -> Fetch:
    """Return what fetches the documents of one run; what that takes is loaded only when there is one."""

    @cache
    def fetcher() -> Fetcher:
        from backfile.ingest.fetch import Fetcher

        return Fetcher()

    return lambda url: fetcher().fetch(url)


def _date(day: str) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError as error:
        raise IngestError(f"--date: “{day}” is no date. Write a day that exists as YYYY-MM-DD.") from error
