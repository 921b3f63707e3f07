"""What is kept beside the articles: a receipt for each raw file, and the file itself."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path

from backfile.ingest.run import import_paths
from tests.ingest.importing import NOW, TODAY, actions
from tests.ingest.run.content import put, receipts, run
from tests.ingest.short_texts import DIGEST, PORT


def test_a_receipt_is_kept_for_each_raw_file(raw: Path, content: Path) -> None:
    run(content, put(raw, "evening.txt", DIGEST), put(raw, "z.txt", ""))
    ((sha256, receipt),) = receipts(content).items()
    assert sha256 == receipt["sha256"] == hashlib.sha256(DIGEST.encode()).hexdigest()
    assert (receipt["file"], receipt["guessed"], receipt["retrieved"]) == (
        "evening.txt",
        ["lang"],
        "2025-03-20T09:30:00+00:00",
    )
    assert {content / item["path"] for item in receipt["items"]} == set((content / "articles").rglob("*.md"))


def test_a_receipt_does_not_tell_what_was_there_before(raw: Path, content: Path) -> None:
    path = put(raw, "evening.txt", DIGEST)
    run(content, path)
    before = receipts(content)
    shutil.rmtree(content / "sources")  # as if the import had been cut short
    next((content / "articles").rglob("snow*.md")).unlink()
    run(content, path)
    assert receipts(content) == before


def test_a_raw_file_that_was_not_kept_is_when_it_comes_again_and_may_be(raw: Path, content: Path) -> None:
    path = put(raw, "port.txt", PORT)
    import_paths([path], content, today=TODAY, now=NOW, date=date(2025, 3, 14), keep_sources=False)
    assert actions(run(content, path)) == ["same"]
    assert [file.read_text() for file in (content / "sources").rglob("*.txt")] == [PORT]
