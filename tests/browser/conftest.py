"""A real browser, and sites served to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.building import ARCHIVE, ROOT, build, large_archive
from tests.support.browser import launch
from tests.support.serving import serving
from tests.support.visits import Visitor, faults_of

BASE = "/some/archive/"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test archive, built once for a path of a host, with its search index."""
    output = tmp_path_factory.mktemp("searchable") / "output"
    return build(ARCHIVE, output, SITEURL=f"https://archive.example{BASE[:-1]}")


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """The address of the test archive: below a path, so that a link that forgets it fails."""
    with serving(built, BASE) as address:
        yield address


@pytest.fixture(scope="session")
def built_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same archive, built again in another place, under other conditions."""
    place = tmp_path_factory.mktemp("another place")
    shutil.copytree(ARCHIVE, place / "content", copy_function=shutil.copy)
    env = {"PYTHONHASHSEED": "7", "TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "C", "LANGUAGE": "ru"}
    return build(place / "content", place / "output", env, SITEURL=f"https://archive.example{BASE[:-1]}")


@pytest.fixture(scope="session")
def large_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an archive so large that its topic and its outlet have a page for each year."""
    place = tmp_path_factory.mktemp("large")
    with serving(build(large_archive(place / "content"), place / "output", SEARCH_INDEX=False)) as address:
        yield address


@pytest.fixture(scope="session")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the archive that comes with the project, at the root of a host."""
    with serving(build(ROOT / "content", tmp_path_factory.mktemp("own") / "output")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visitor(browser: Browser) -> Iterator[Visitor]:
    """One who opens pages and remembers what they are like."""
    visitor = Visitor(browser)
    yield visitor
    visitor.close()


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
    faults = faults_of(page)
    yield page
    assert faults == []
