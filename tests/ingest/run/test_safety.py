"""What can't or mustn't be imported: bad files, hidden ones, and links that lead elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.run.content import articles, put, refused, run
from tests.ingest.short_texts import PORT


def test_one_bad_file_never_stops_the_others(raw: Path, content: Path) -> None:
    put(raw, "a-empty.txt", "")
    put(raw, "b-binary.txt", b"\x00\x01\x02" * 99)
    put(raw, "c-silent.txt", "...\n\n!!!\n")
    put(raw, "d-broken.md", "---\ntitle: [\n---\n\nThe port opened on Friday.\n")
    put(raw, "e-page.html", "<!doctype html><p> </p>")
    (raw / "f-link.txt").symlink_to("/etc/hostname")
    (raw / "g.txt").mkdir()
    put(raw, "h-good.txt", PORT)
    report = run(content, raw, raw / "missing.txt")
    assert [line.split(":")[0] for line in refused(report)] == [
        "a-empty.txt",
        "b-binary.txt",
        "c-silent.txt",
        "d-broken.md",
        "e-page.html",
        "f-link.txt",
        "missing.txt",
    ]
    assert all("\n" not in line for line in refused(report))
    assert len(articles(content)) == 1
    assert len(report.failed) == 7
    assert [path for path in content.rglob("*") if path.name.startswith(".import")] == []


def test_hidden_files_and_backups_are_left_alone(raw: Path, content: Path) -> None:
    for name in (".gitkeep", ".a.txt", "a.txt~", "#a.txt#"):
        put(raw, name, PORT)
    report = run(content, raw)
    assert report.entries == ()
    assert report.skipped == ("#a.txt#: an editor's backup", ".a.txt: hidden", "a.txt~: an editor's backup")


@pytest.mark.parametrize("where", ["articles", "articles/2025", "sources"])
def test_nothing_is_written_through_a_symbolic_link(raw: Path, content: Path, tmp_path: Path, where: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    link = content / where
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    report = run(content, put(raw, "port.txt", PORT))
    assert "symbolic link" in refused(report)[0]
    assert list(outside.iterdir()) == []
