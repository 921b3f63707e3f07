"""An outlet's rights hold in every file of the site."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.building import ARCHIVE, build, files_of


def test_no_file_says_more_than_an_outlet_allows(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ARCHIVE, content, copy_function=shutil.copy)
    (content / "sources.yaml").write_text("The Harbour Post: headline\n", encoding="utf-8")
    site = files_of(build(content, tmp_path / "output", SEARCH_INDEX=False))
    page = site["2025/03/14/crane-falls-in-odesa-harbour-after-night-storm/index.html"].decode()
    assert "Crane falls in Odesa harbour after night storm" in page
    assert "Only the headline is shown here." in page
    for words in ("gusts of 31 metres", "We heard it before we saw it", "A loading crane collapsed"):
        assert [name for name, data in site.items() if words.encode() in data] == []
