from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.building import ARCHIVE, build


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test archive, built once, without a search index."""
    return build(ARCHIVE, tmp_path_factory.mktemp("site") / "output", SEARCH_INDEX=False)


class Pages:
    """The built pages, parsed."""

    def __init__(self, site: Path) -> None:
        self.site = site

    def __getitem__(self, address: str) -> Any:  # a parser's types would have each element asked for before it is used
        file = self.site / address / "index.html" if not address.endswith(".html") else self.site / address
        return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="session")
def pages(site: Path) -> Pages:
    return Pages(site)
