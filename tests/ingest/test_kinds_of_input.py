"""Every kind of file on its way through the whole of ingest, into a content folder."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

from backfile.ingest.__main__ import read_all
from backfile.ingest.records import RawDocument
from backfile.ingest.report.receipt import Report
from backfile.ingest.run import import_paths, take_inbox

HERE = Path(__file__).parent
NEWSLETTER = HERE / "mail" / "messages" / "newsletter.eml"
FEED = HERE / "feeds" / "files" / "atom.xml"
NOW = datetime(2025, 4, 1, tzinfo=UTC)


def imported(*paths: Path, content: Path) -> Report:
    return import_paths(paths, content, today=date(2025, 4, 1), now=NOW)


def test_a_newsletter_becomes_a_digest_whose_briefs_have_their_links() -> None:
    items, refused = read_all(RawDocument(NEWSLETTER.read_bytes(), "newsletter.eml"))
    assert not refused
    assert [(item.kind, item.url) for item in items] == [
        ("digest", "https://list.example/view?id=7"),
        ("brief", "https://harbour.example/budget"),
        ("brief", "https://harbour.example/strike"),
        ("brief", "https://harbour.example/storm"),
    ]
    assert "\\\n" not in "".join(item.markdown for item in items[1:])


def test_briefs_of_several_documents_point_to_their_own(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for name in ("a.eml", "b.eml"):
            archive.writestr(name, NEWSLETTER.read_bytes())
    items, _ = read_all(RawDocument((tmp_path / "two.zip").read_bytes(), "two.zip"))
    assert [item.digest for item in items] == [None, 0, 0, 0, None, 4, 4, 4]


def test_a_feed_is_imported_once(tmp_path: Path) -> None:
    assert len(imported(FEED, content=tmp_path).entries) == 2
    again = imported(FEED, content=tmp_path)
    assert {intent.action for entry in again.entries for intent in entry.intents} == {"same"}


def test_an_archive_leaves_the_inbox_when_all_of_it_is_kept(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with zipfile.ZipFile(inbox / "x.zip", "w") as archive:
        archive.write(NEWSLETTER, "newsletter.eml")
        archive.write(FEED, "atom.xml")
    report = take_inbox(inbox, tmp_path / "content", today=date(2025, 4, 1), now=NOW)
    assert not [entry.receipt.refused for entry in report.entries if entry.failed]
    assert not list(inbox.iterdir())


def test_an_archive_with_something_refused_stays(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with zipfile.ZipFile(inbox / "x.zip", "w") as archive:
        archive.write(NEWSLETTER, "newsletter.eml")
        archive.writestr("broken.pdf", b"%PDF-1.7\n")
    report = take_inbox(inbox, tmp_path / "content", today=date(2025, 4, 1), now=NOW)
    assert [entry.receipt.file for entry in report.entries if entry.failed] == ["broken.pdf"]
    assert list(inbox.iterdir())
