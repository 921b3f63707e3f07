from __future__ import annotations

import shutil
from pathlib import Path

from tests.building import ARCHIVE, build, files_of


def test_the_same_content_gives_the_same_bytes_anywhere_at_any_time(site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "another folder" / "content"
    shutil.copytree(ARCHIVE, elsewhere, copy_function=shutil.copy)
    env = {"PYTHONHASHSEED": "42", "TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C", "LANGUAGE": "uk"}
    again = build(elsewhere, tmp_path / "out", env, SEARCH_INDEX=False)
    first, second = files_of(site), files_of(again)
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == set()
