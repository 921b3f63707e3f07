"""A real browser, and the test archive served to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.building import ARCHIVE, build
from tests.support.browser import launch
from tests.support.serving import serving


@pytest.fixture(scope="session")
def searchable_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test archive, built once, with its search index."""
    return build(ARCHIVE, tmp_path_factory.mktemp("searchable") / "output")


@pytest.fixture(scope="session")
def address(searchable_site: Path) -> Iterator[str]:
    """The address of the test archive, at the root of a host."""
    with serving(searchable_site) as address:
        yield address


@pytest.fixture(scope="session")
def address_below(searchable_site: Path) -> Iterator[str]:
    """The address of the test archive, below a path of a host."""
    with serving(searchable_site, "/some/archive/") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without a past."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must not ask another host for anything, nor meet an error."""
    page = context.new_page()
    faults = []
    page.on("request", lambda request: faults.append(f"asks for {request.url}") if is_foreign(request.url) else None)
    page.on("console", lambda message: faults.append(f"says {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(f"fails: {error}"))
    yield page
    assert faults == []


def is_foreign(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:", "about:"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of this folder in one process, so that one browser and one site serve them all."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.xdist_group("browser"))
