"""Archives that are searched, each built once for all tests that search it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.search.asking import ask
from tests.search.archive import build, bulletins
from tests.support.serving import serving


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("search"), base="/an/archive/")


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[str]:
    """The archive below a path of a host, so that an address that forgets it fails every test."""
    with serving(folder, "/an/archive/") as address:
        yield address


@pytest.fixture(scope="session")
def workbench(browser: Browser, site: str) -> Iterator[Page]:
    """One open search page, for asking its scripts directly."""
    context = browser.new_context()
    page = context.new_page()
    ask(page, site)
    yield page
    context.close()


@pytest.fixture(scope="session")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An archive with enough to find in each of its three years."""
    folder = build(tmp_path_factory.mktemp("deep"), more=[*bulletins(2025, 12), *bulletins(2024, 12)])
    with serving(folder) as address:
        yield address
