"""A file that comes again, as it was or changed, and its article as it was or edited by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.ingest.importing import TODAY, actions
from tests.ingest.run.content import articles, put, run, snapshot
from tests.ingest.short_texts import DIGEST, PORT


def test_importing_the_same_again_touches_nothing(raw: Path, content: Path) -> None:
    files = put(raw, "port.txt", PORT), put(raw, "evening.txt", DIGEST)
    run(content, *files)
    before = snapshot(content)
    assert actions(run(content, *files)) == ["same"] * 4
    assert snapshot(content) == before


def test_another_date_for_known_bytes_changes_nothing_and_says_so(raw: Path, content: Path) -> None:
    path = put(raw, "port.txt", PORT)
    run(content, path)
    report = run(content, path, day=TODAY)
    assert actions(report) == ["same"]
    assert "imported before, with the date 2025-03-14" in "\n".join(report.lines())


def test_force_reads_known_bytes_again_and_keeps_the_address(raw: Path, content: Path) -> None:
    path = put(raw, "port.txt", PORT)
    run(content, path)
    report = run(content, path, day=TODAY, force=True)
    assert actions(report) == ["update"]
    assert "its date stays 2025-03-14" in "\n".join(report.lines())
    assert [front.date for front, _ in articles(content).values()] == [date(2025, 3, 14)]


def test_an_article_that_was_deleted_can_be_imported_again(raw: Path, content: Path) -> None:
    path = put(raw, "port.txt", PORT)
    run(content, path)
    next((content / "articles").rglob("*.md")).unlink()
    assert actions(run(content, path, day=TODAY)) == ["create"]


def test_a_changed_file_updates_its_article_in_place(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT))
    changed = PORT.replace("nine months", "ten months").replace("Port opens", "The port opens")
    report = run(content, put(raw, "port.txt", changed))
    assert actions(report) == ["update"]
    assert any("updated article" in line for line in report.lines())
    ((path, (front, body)),) = articles(content).items()
    assert path == "articles/2025/03/port-opens-again.md"
    assert (front.title, front.slug) == ("The port opens again", "port-opens-again")
    assert "ten months" in body


def test_an_old_version_that_comes_again_does_not_win(raw: Path, content: Path) -> None:
    old, new = put(raw, "port.txt", PORT), PORT.replace("nine", "ten")
    run(content, old)
    run(content, put(raw, "port.txt", new))
    before = snapshot(content)
    assert actions(run(content, put(raw, "port.txt", PORT))) == ["same"]
    assert snapshot(content) == before


def test_an_article_edited_by_hand_is_left_alone_unless_forced(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT))
    (path,) = (content / "articles").rglob("*.md")
    path.write_text(path.read_text().replace("---\n\n", "topics: [ports]\n---\n\n").replace("paid", "has paid"))
    changed = put(raw, "port.txt", PORT.replace("nine", "ten"))
    report = run(content, changed)
    assert actions(report) == ["refuse"]
    assert "edited by hand" in next(line for line in report.lines() if "refused" in line and "“" in line)
    assert "has paid" in path.read_text()
    assert actions(run(content, changed, force=True)) == ["update"]
    ((front, body),) = articles(content).values()
    assert "ten months" in body
    assert front.topics == ("ports",)


def test_windows_line_ends_are_no_edit(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT))
    (path,) = (content / "articles").rglob("*.md")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert actions(run(content, put(raw, "port.txt", PORT.replace("nine", "ten")))) == ["update"]
