"""Imports of invented texts into a folder, for tests of what comes after an import."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from backfile.ingest.changes.apply import Plan, carry_out
from backfile.ingest.changes.catalogue import Held, read_held
from backfile.ingest.report.receipt import Report
from backfile.ingest.run import import_paths

TODAY = date(2025, 3, 20)
NOW = datetime(2025, 3, 20, 9, 30, tzinfo=UTC)
DAY = date(2025, 3, 14)

PORT = """Port opens again

The port opened on Friday after nine months of work. The council paid for it with the money that was meant for a
new town hall, said its clerk. The first boat to leave the quay was a ferry with forty schoolchildren on board.
"""
BRIDGE = """Bridge closed for a month

Engineers found cracks in two piers of the bridge at Ostby. Lorries will have to go by Lunde until the middle of May.
"""
DIGEST = """Evening digest

Drought closes two canals to barges
Two canals in the lowlands were closed to barges because of the drought.

Snow halts the mountain railway
Heavy snow halted the mountain railway on Thursday night.

Wolves return to the forest
Wolves have been seen in the northern forest for the first time since the war.
"""
PORT_ID = "2025/03/14/port-opens-again"
SNOW = "2025/03/14/snow-halts-the-mountain-railway"


class Archive:
    """A folder of content, and one of files to import."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.raw = folder / "raw"
        self.raw.mkdir()
        self.runs = 0

    def put(self, name: str, text: str | bytes) -> Path:
        path = self.raw / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def take(self, name: str, text: str | bytes, **options: Any) -> Report:
        """Import one text; each import comes a minute after the one before."""
        return self.take_all(self.put(name, text), **options)

    def take_all(self, *paths: Path, **options: Any) -> Report:
        self.runs += 1
        now = NOW + timedelta(minutes=self.runs)
        return import_paths(paths, self.content, **{"today": TODAY, "now": now, "date": DAY, **options})

    def do(self, plan: Plan) -> Plan:
        carry_out(plan.changes, self.content)
        return plan

    def held(self) -> dict[str, Held]:
        """Return the articles by id."""
        found = (
            read_held(path.read_text(encoding="utf-8"), path.relative_to(self.content).as_posix())
            for path in sorted((self.content / "articles").rglob("*.md"))
        )
        return {held.id: held for held in found}

    def edit(self, id_: str, old: str, new: str) -> None:
        path = self.content / self.held()[id_].path
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Return what every file holds, by its path."""
        files = (path for path in self.content.rglob("*") if path.is_file())
        return {path.relative_to(self.content).as_posix(): path.read_bytes() for path in files}

    def folders(self) -> list[str]:
        return sorted(path.relative_to(self.content).as_posix() for path in self.content.rglob("*") if path.is_dir())

    def receipt(self, text: str) -> dict[str, Any] | None:
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        file = self.content / f"imports/{sha256[:2]}/{sha256}.json"
        return json.loads(file.read_bytes()) if file.exists() else None

    def keeps(self, text: str) -> bool:
        """Tell whether the raw file with this text is in sources/."""
        return hashlib.sha256(text.encode()).hexdigest() in {path.stem for path in self.content.glob("sources/??/*")}


def actions(report: Report) -> list[str]:
    return [intent.action for entry in report.entries for intent in entry.intents]


def reasons(report: Report) -> list[str]:
    return [intent.reason for entry in report.entries for intent in entry.intents]
