"""The inbox: what leaves it and what stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from backfile.ingest.report.receipt import Report
from backfile.ingest.run import take_inbox
from tests.ingest.importing import NOW, TODAY, actions
from tests.ingest.run.content import articles, put, receipts, refused, snapshot
from tests.ingest.short_texts import PORT


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_the_inbox_is_emptied_of_what_is_safely_kept(inbox: Path, content: Path) -> None:
    for name, text in (("README.md", "Put texts here."), ("port.txt", PORT), ("empty.txt", ""), (".gitkeep", "")):
        put(inbox, name, text)
    report = take_inbox(inbox, content, today=TODAY, now=NOW)
    assert sorted(path.name for path in inbox.iterdir()) == [".gitkeep", "README.md", "empty.txt"]
    assert len(articles(content)) == 1
    assert len(refused(report)) == 1


def test_a_known_file_leaves_the_inbox_and_a_refused_one_stays(inbox: Path, content: Path) -> None:
    put(inbox, "port.txt", PORT)
    take_inbox(inbox, content, today=TODAY, now=NOW)
    put(inbox, "port.txt", PORT)
    take_inbox(inbox, content, today=TODAY, now=NOW)
    assert list(inbox.iterdir()) == []
    (path,) = (content / "articles").rglob("*.md")
    path.write_text(path.read_text().replace("paid", "has paid"))
    put(inbox, "port.txt", PORT.replace("nine", "ten"))
    take_inbox(inbox, content, today=TODAY, now=NOW)
    assert [path.name for path in inbox.iterdir()] == ["port.txt"]


def test_no_inbox_is_nothing_to_do(tmp_path: Path, content: Path) -> None:
    assert take_inbox(tmp_path / "none", content, today=TODAY, now=NOW) == Report()


def test_raw_files_need_not_be_kept(inbox: Path, content: Path) -> None:
    put(inbox, "port.txt", PORT)
    assert actions(take_inbox(inbox, content, today=TODAY, now=NOW, keep_sources=False)) == ["create"]
    assert list(inbox.iterdir()) == []
    assert not (content / "sources").exists()
    assert len(receipts(content)) == 1
    before = snapshot(content)
    put(inbox, "port.txt", PORT)
    assert actions(take_inbox(inbox, content, today=TODAY, now=NOW, keep_sources=False)) == ["same"]
    assert (list(inbox.iterdir()), snapshot(content)) == ([], before)
