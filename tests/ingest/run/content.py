"""Imports that all happen at one moment, and what they leave in a content folder."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from backfile import frontmatter
from backfile.frontmatter import FrontMatter
from backfile.ingest.report.receipt import Report
from backfile.ingest.run import import_paths
from tests.ingest.importing import DAY, NOW, TODAY


def run(content: Path, *paths: Path, day: date | None = DAY, force: bool = False, dry: bool = False) -> Report:
    return import_paths(paths, content, today=TODAY, now=NOW, date=day, force=force, dry_run=dry)


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(report: Report) -> list[str]:
    return [entry.receipt.refused or "" for entry in report.entries if entry.receipt.refused]


def articles(content: Path) -> dict[str, tuple[FrontMatter, str]]:
    return {
        path.relative_to(content).as_posix(): frontmatter.parse(path.read_text(encoding="utf-8"), path.name)
        for path in sorted((content / "articles").rglob("*.md"))
    }


def places(content: Path) -> dict[str, int]:
    briefs = [front for front, _ in articles(content).values() if front.digest_item]
    return {front.title: front.digest_item or 0 for front in sorted(briefs, key=lambda front: front.digest_item or 0)}


def receipts(content: Path) -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (content / "imports").glob("??/*.json")}


def snapshot(content: Path) -> dict[str, tuple[bytes, int]]:
    files = sorted(path for path in content.rglob("*") if path.is_file())
    return {path.as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
