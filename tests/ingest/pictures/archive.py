"""An archive that documents with pictures are imported into."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from backfile.ingest.report.receipt import Report
from backfile.ingest.run import import_paths

NOW = datetime(2025, 3, 15, 8, tzinfo=UTC)


class Archive:
    """An archive that files are imported into."""

    def __init__(self, folder: Path) -> None:
        self.inbox, self.content = folder / "in", folder / "content"
        self.inbox.mkdir()
        self.content.mkdir()

    def put(self, name: str, data: bytes | str) -> Path:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def take(self, **options: Any) -> Report:
        report = import_paths([self.inbox], self.content, today=NOW.date(), now=NOW, date=date(2025, 3, 14), **options)
        assert not report.failed, list(report.lines())
        return report

    @property
    def text(self) -> str:
        (path,) = (self.content / "articles").rglob("*.md")
        return path.read_text(encoding="utf-8").partition("\n---\n")[2].strip()

    @property
    def images(self) -> list[str]:
        return sorted(
            path.relative_to(self.content).as_posix() for path in (self.content / "images").rglob("*") if path.is_file()
        )

    @property
    def receipt(self) -> dict[str, Any]:
        (path,) = (self.content / "imports").rglob("*.json")
        found: dict[str, Any] = json.loads(path.read_bytes())
        return found


def shown(archive: Archive, alt: str, caption: str = "") -> str:
    """Return how the one picture of the archive stands in its text."""
    (path,) = archive.images
    return f"![{alt}]({{static}}/{path})" + (f"\n*{caption}*" if caption else "")
