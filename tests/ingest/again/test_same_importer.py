"""The importer that wrote an archive finds nothing to change in it, whatever it was made from."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from backfile.ingest.run import import_paths
from tests.building import files_of
from tests.cases import FIXTURES
from tests.ingest.again.rereadings import again, only, take
from tests.ingest.importing import NOW, TODAY
from tests.ingest.short_texts import DIGEST, PORT


def test_the_same_importer_changes_nothing(tmp_path: Path) -> None:
    content = take(tmp_path, DIGEST)
    before = files_of(content)
    report = again(content)
    assert (report.changes, report.files, report.rereads) == (0, 1, ())
    assert files_of(content) == before


@pytest.mark.parametrize("folder", ["fixtures/ingest/documents", "fixtures/ingest/web", "ingest/feeds", "ingest/mail"])
def test_every_kind_of_input_reads_again_as_it_was_read(tmp_path: Path, folder: str) -> None:
    inputs = (path for path in (FIXTURES.parent / folder).rglob("*") if path.is_file() and ".py" not in path.suffix)
    import_paths(sorted(inputs), tmp_path, today=TODAY, now=NOW, source="The Quay Post", lang="en")
    check_that_nothing_changes(tmp_path)


def test_documents_that_stood_in_others_read_again_as_they_were_read(tmp_path: Path) -> None:
    mail = "From a@quay.example Fri Mar 14 09:00:00 2025\nFrom: Quay <a@quay.example>\nSubject: {0}\n\n{0}. {1}\n\n"
    rows = [{"title": f"Row {number}", "text": f"{number}. {PORT}", "date": "2025-03-01"} for number in (1, 2)]
    texts = {
        "box.mbox": "".join(mail.format(title, PORT) for title in ("One", "Two")),
        "rows.jsonl": "".join(json.dumps(row) + "\n" for row in rows),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("digest.txt", DIGEST)
    inputs = [tmp_path / name for name in (*texts, "all.zip")]
    assert import_paths(inputs, tmp_path / "content", today=TODAY, now=NOW).changed == 7
    check_that_nothing_changes(tmp_path / "content")


def test_pictures_that_were_kept_are_known_again(tmp_path: Path) -> None:
    picture, text = tmp_path / "crane.png", tmp_path / "crane.md"
    Image.effect_mandelbrot((400, 300), (-2, -1, 1, 1), 20).save(picture)
    text.write_text(f"# Crane falls\n\n{PORT}\n\n![A crane](crane.png)\n\nIt fell.\n")
    import_paths([text], tmp_path / "content", today=TODAY, now=NOW)
    assert "![A crane]({static}/images/" in only(tmp_path / "content").body
    picture.unlink()
    check_that_nothing_changes(tmp_path / "content", least=1)


def check_that_nothing_changes(content: Path, least: int = 4) -> None:
    before = files_of(content)
    report = again(content)
    assert report.files >= least
    assert [*report.lines()] == [f"{report.files} kept file{'s' * (report.files > 1)} read again, 0 articles to change"]
    assert files_of(content) == before


def test_the_editor_s_word_at_the_import_is_known_again(tmp_path: Path) -> None:
    content = take(tmp_path, source="The Quay Post", lang="uk", date=date(2025, 3, 1))
    assert again(content).rereads == ()
