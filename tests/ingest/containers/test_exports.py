"""What other programs save and export: a file in ``exports`` and, beside it, the items that are found in it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from backfile.ingest import RawDocument
from backfile.ingest.__main__ import item_as_data, read_all
from tests.ingest.cases import INGEST

FILES = sorted(path for path in (INGEST / "exports").iterdir() if not path.name.endswith(".golden.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_becomes_what_stands_beside_it(path: Path) -> None:
    """Write what is found with SAVE_GOLDEN=1, and look at the difference before you commit it."""
    items, refused = read_all(RawDocument(path.read_bytes(), path.name))
    found = [*(item_as_data(item) for item in items), *map(str, refused)]
    golden = path.with_name(f"{path.name}.golden.json")
    if os.environ.get("SAVE_GOLDEN"):
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))
