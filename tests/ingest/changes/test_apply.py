from __future__ import annotations

from pathlib import Path

import pytest

from backfile.errors import IngestError
from backfile.ingest.changes.apply import apply, raw_path
from backfile.ingest.changes.plan import Action, Intent
from backfile.ingest.records import RawDocument

RAW = RawDocument(b"x", "x.txt")


@pytest.mark.parametrize("path", ["../x.md", "articles/../../x.md", "/etc/x.md", "", "articles/a\\..\\b.md", "c:/x.md"])
def test_a_path_that_leaves_content_is_refused(path: str, tmp_path: Path) -> None:
    content = tmp_path / "content"
    with pytest.raises(IngestError, match="leads out of the content folder"):
        apply([Intent(Action.CREATE, "T", "article", path, "text")], b"{}", RAW, content)
    assert not content.exists()


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "articles" / "x.md"
    target.mkdir(parents=True)
    (target / "full").touch()
    with pytest.raises(IngestError, match="can't be written"):
        apply([Intent(Action.CREATE, "T", "article", "articles/x.md", "text")], b"{}", RAW, tmp_path)
    assert [path.name for path in (tmp_path / "articles").iterdir()] == ["x.md"]
    assert not (tmp_path / "sources").exists()


@pytest.mark.parametrize(
    ("name", "ending"), [("a.TXT", ".txt"), ("a", ""), ("a.t/t", ""), ("a.вк", ""), ("a." + "x" * 20, "")]
)
def test_a_raw_file_is_kept_under_its_hash(name: str, ending: str) -> None:
    digest = RAW.sha256
    assert raw_path(RawDocument(b"x", name)) == f"sources/{digest[:2]}/{digest}{ending}"
