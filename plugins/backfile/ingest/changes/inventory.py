"""Reads the catalogue of a ``content/`` folder: the front matter of each article, and of what has not changed a copy.

The copy is one file in a cache folder, by path, size and time of change. It may go at any
time, and can't be wrong for long: what an import decides by an article's text, it reads there.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import backfile
from backfile import frontmatter
from backfile.errors import ContentError
from backfile.ingest.changes.apply import IMPORTS, SOURCES
from backfile.ingest.changes.catalogue import Card, Catalogue
from backfile.ingest.changes.known import Known
from backfile.model import Kind
from backfile.withdrawals import FILE as WITHDRAWN
from backfile.withdrawals import load_withdrawals

_FIELDS = tuple(field.name for field in fields(Card) if field.name != "path")
_VERSION = [backfile.__version__, *_FIELDS]
_CACHED = "import/articles.json"
# So many articles are read again sooner than the copy of all is written.
_FEW = 200

Stamp = tuple[int, int]  # a file's size in bytes and its time of change in nanoseconds


def read_catalogue(content: Path, *, keep_sources: bool = True, cache: Path | None = None) -> Catalogue:
    """Return what is in ``content`` already; a file whose front matter can't be read only holds its place.

    ``cache`` is a folder for the copy, None for none. Raises :class:`~backfile.errors.ContentError` when
    the record of texts taken back can't be read.
    """
    withdrawn = content / WITHDRAWN
    catalogue = Catalogue(
        lambda path: (content / path).read_bytes().decode("utf-8"),
        lambda sha256: _became(content, sha256),
        stored=complete(content, keep_sources=keep_sources),
        kept=(path.stem for path in _raw_files(content)),
        known=Known(load_withdrawals(withdrawn.read_bytes().decode("utf-8")) if withdrawn.exists() else ()),
    )
    before = _cached(cache)
    now: dict[str, list[Any]] = {}
    fresh = 0
    for path, stamp in sorted(_articles(content, "articles")):
        row = before.get(path)
        if row is None or tuple(row[:2]) != stamp:
            row, fresh = [*stamp, _read(content, path)], fresh + 1
        if (card := _card(path, row[2])) is None:
            catalogue.paths.add(path.lower())
        else:
            catalogue.put(card)
            now[path] = row
    if cache and fresh > _FEW:
        _write(cache, now)
    return catalogue


def _became(content: Path, sha256: str) -> list[str]:
    """Return the paths of the articles that the receipt of a raw file names; none when it can't be read."""
    try:
        receipt = json.loads((content / IMPORTS / sha256[:2] / f"{sha256}.json").read_bytes())
        return [str(item["path"]) for item in receipt["items"]]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _raw_files(content: Path) -> Iterator[Path]:
    return (path for path in (content / SOURCES).glob("??/*") if not path.name.startswith("."))


def complete(content: Path, *, keep_sources: bool) -> set[str]:
    """Return the SHA-256 of the raw files whose import is complete: what it leaves last is there."""
    return {path.stem for path in (_raw_files(content) if keep_sources else (content / IMPORTS).glob("??/*.json"))}


def _articles(content: Path, folder: str) -> Iterator[tuple[str, Stamp]]:
    """Yield the path of each article below ``content``, with its stamp; asks the system once for each."""
    try:
        found = list(os.scandir(content / folder))
    except OSError:
        return
    for each in found:
        path = f"{folder}/{each.name}"
        if each.is_dir(follow_symlinks=False):
            yield from _articles(content, path)
        elif each.name.endswith(".md"):
            try:
                stat = each.stat()
            except OSError:  # a link that leads nowhere
                yield path, (0, 0)
                continue
            yield path, (stat.st_size, stat.st_mtime_ns)


def _read(content: Path, path: str) -> list[Any] | None:
    """Return a card's fields as JSON holds them; None when the article can't be read."""
    try:
        front, _ = frontmatter.parse((content / path).read_bytes().decode("utf-8"), path)
    except (ContentError, OSError, UnicodeDecodeError):
        return None
    card = Card.of(path, front)
    return [card.day.isoformat() if name == "day" else getattr(card, name) for name in _FIELDS]


def _card(path: str, row: list[Any] | None) -> Card | None:
    """Return the card in a row; None when there is none, or the copy was tampered with."""
    try:
        values = dict(zip(_FIELDS, row or (), strict=True))
        lists = {name: tuple(values[name]) for name in ("formerly", "earlier")}
        return Card(path, **{**values, **lists, "kind": Kind(values["kind"]), "day": date.fromisoformat(values["day"])})
    except (ValueError, TypeError):
        return None


def _cached(cache: Path | None) -> Mapping[str, list[Any]]:
    try:
        data = json.loads((cache / _CACHED).read_bytes()) if cache else {}
        return dict(data["articles"]) if data.get("version") == _VERSION else {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _write(cache: Path, rows: Mapping[str, list[Any]]) -> None:
    """Write the copy, whole or not at all; without one the next import is slower, and no worse."""
    target = cache / _CACHED
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"version": _VERSION, "articles": rows}, file, ensure_ascii=True)
        Path(temporary).replace(target)
    except OSError:
        return
