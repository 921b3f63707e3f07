"""Readings of one archive: the first, those after it, what they left and what they told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from backfile.amend import amend
from backfile.ingest.again import Report, read_again
from backfile.ingest.changes.catalogue import Held, read_held
from backfile.ingest.records import Item
from backfile.ingest.run import import_paths
from tests.ingest.importing import NOW, TODAY
from tests.ingest.short_texts import PORT

Better = Callable[[tuple[Item, ...]], Sequence[Item]]
Tell = Callable[[Better], None]


def first(**values: Any) -> Better:
    """Read the first item otherwise."""
    return lambda items: (replace(items[0], **values), *items[1:])


def take(tmp_path: Path, text: str = PORT, **given: Any) -> Path:
    """Import a text; return the folder of content."""
    file = tmp_path / "raw.txt"
    file.write_text(text, encoding="utf-8")
    assert not import_paths([file], tmp_path / "content", today=TODAY, now=NOW, **given).failed
    return tmp_path / "content"


def again(content: Path, *words: str, agree: bool = True, force: bool = False) -> Report:
    return read_again(content, words, lambda _: agree, force=force)


def articles(content: Path) -> dict[str, Held]:
    found = {}
    for file in sorted((content / "articles").rglob("*.md")):
        path = file.relative_to(content).as_posix()
        found[path] = read_held(file.read_bytes().decode(), path)
    return found


def only(content: Path, title: str = "") -> Held:
    (held,) = (held for held in articles(content).values() if held.front.title.startswith(title))
    return held


def by_hand(content: Path, held: Held, body: str | None = None, **changes: Any) -> None:
    """Edit an article as a person would."""
    file = content / held.path
    file.write_text(amend(file.read_text(encoding="utf-8"), changes, held.path, body), encoding="utf-8")


def told(report: Report) -> dict[str, tuple[Any, Any, str]]:
    """Return field -> (was, now, why it stays)."""
    return {row.field: (row.was, row.now, row.kept) for one in report.rereads for c in one.changes for row in c.rows}
