from __future__ import annotations

from dataclasses import replace

import pytest

from backfile.ingest import pool
from backfile.ingest.pipeline import examine
from backfile.ingest.records import Given, RawDocument, Reading
from tests.ingest.again.rereadings import Better, Tell


@pytest.fixture
def importer(monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Tell the importer how it reads from now on: what it makes of the items that it finds."""

    def tell(better: Better) -> None:
        def reading(raw: RawDocument, given: Given) -> Reading:
            found = examine(raw, given)
            return replace(found, items=tuple(better(found.items)))

        monkeypatch.setattr(pool, "examine", reading)

    return tell
