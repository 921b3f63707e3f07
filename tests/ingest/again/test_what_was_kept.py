"""Reading again starts from raw files and receipts: chosen ones, older ones, and those that are gone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from backfile.errors import IngestError
from backfile.model import Source
from tests.building import files_of
from tests.ingest.again.rereadings import Tell, again, by_hand, first, only, take, told
from tests.ingest.short_texts import DIGEST


def test_articles_and_kept_files_can_be_named(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    take(tmp_path, DIGEST)
    importer(first(authors=("Ann Lee",)))
    port = only(content, "Port")
    origin = port.front.provenance
    assert origin is not None
    for word in (port.id, str(content / port.path), str(next(content.rglob(f"{origin.sha256}.txt")))):
        report = again(content, word, agree=False)
        assert [change.title for one in report.rereads for change in one.changes if change.text] == ["Port opens again"]
    with pytest.raises(IngestError, match="nowhere: no article is there"):
        again(content, "nowhere")


def test_kept_bytes_that_were_changed_are_refused(tmp_path: Path) -> None:
    content = take(tmp_path)
    kept = next((content / "sources").rglob("*.txt"))
    kept.write_text("Something else.")
    assert again(content).refused == (f"raw.txt: {kept.name} is not what was imported; restore it, or import it anew",)
    kept.unlink()
    assert again(content).unkept == 1


def forget(content: Path) -> None:
    """Make receipts as they were before they remembered what was written."""
    for file in (content / "imports").rglob("*.json"):
        receipt = json.loads(file.read_bytes())
        del receipt["read"]
        items = [{name: item[name] for name in ("kind", "title", "path")} for item in receipt["items"]]
        file.write_text(json.dumps({**receipt, "items": items}))


def test_without_a_memory_an_edited_file_stays(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), summary="Mine.")
    forget(content)
    before = files_of(content)
    assert again(content).rereads == ()  # the same importer: its mark shows what it wrote
    importer(first(title="Other", authors=("Ann Lee",)))
    report = again(content)
    assert {kept for _, _, kept in told(report).values()} == {"perhaps edited by hand"}
    assert (report.changes, files_of(content)) == (0, before)


def test_without_a_memory_an_outlet_that_was_stated_stays(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path, source="The Quay Post", date=date(2025, 3, 1))
    forget(content)
    importer(first(authors=("Ann Lee",)))
    assert told(again(content))["source"][2] == "stated when it was imported, it seems"
    assert (only(content).front.source, only(content).front.date) == (Source("The Quay Post"), date(2025, 3, 1))


def test_without_a_receipt_what_nobody_edited_follows(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    next((content / "imports").rglob("*.json")).unlink()
    importer(first(title="Other"))
    assert again(content).changes == 1
    assert only(content).front.title == "Other"
