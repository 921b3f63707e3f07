"""The texts that generators are compared on: real ones from a file or a folder, or generated ones."""

from __future__ import annotations

import itertools
import json
import lzma
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.generate import write_archive

from backfile import frontmatter
from backfile.slugs import slugify


@dataclass(frozen=True, slots=True)
class Written:
    """A text to publish; ``topics`` are slugs."""

    slug: str
    title: str
    date: date
    source: str
    topics: tuple[str, ...]
    body: str

    @property
    def address(self) -> str:
        """Where its page stands in every site."""
        return f"{self.date:%Y/%m/%d}/{self.slug}/"


def from_rows(file: Path, most: int | None) -> list[Written]:
    """Return the texts in the rows of a JSONL file, as they come; it may be compressed by xz."""
    with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as lines:
        rows = map(json.loads, lines if most is None else itertools.islice(lines, most))
        return _numbered(
            (row.get("title", ""), row["date"], row.get("source") or "", _labels(row), row.get("text", ""))
            for row in rows
        )


def _labels(row: Mapping[str, Any]) -> list[str]:
    """Return all that a row is filed under; in some corpora most texts have no topic, and all have a department."""
    return [*(row.get("topics") or ()), *(row.get("components") or ())]


def from_folder(folder: Path, most: int | None) -> list[Written]:
    """Return the texts in Markdown files with front matter, in the order of their paths."""
    files = itertools.islice(sorted(folder.rglob("*.md")), most)
    return _numbered(_row(path) for path in files)


def generated(number: int) -> list[Written]:
    """Return texts of no meaning whose statistics resemble news."""
    with tempfile.TemporaryDirectory() as folder:
        write_archive(Path(folder, "content"), number)
        return from_folder(Path(folder, "content/articles"), number)


def _row(path: Path) -> tuple[str, Any, str, Sequence[str], str]:
    front, body = frontmatter.parse(path.read_text(encoding="utf-8"), str(path))
    return front.title, front.date, front.source.name if front.source else "", front.topics, body


def _numbered(rows: Iterator[tuple[str, Any, str, Sequence[str], str]]) -> list[Written]:
    """Return texts whose slugs differ, so that each has a page of its own everywhere."""
    found = []
    for number, (title, day, source, topics, body) in enumerate(rows):
        plain = " ".join(title.split()) or f"Text {number}"
        slug = f"{slugify(plain)[:60].strip('-')}-{number}".strip("-")
        slugs = dict.fromkeys(slugify(topic) for topic in topics)
        found.append(
            Written(slug, plain, date.fromisoformat(str(day)[:10]), source, tuple(filter(None, slugs)), body.strip())
        )
    return found
