"""Search where it is another: from a file, without scripts or index, on the 404 page, in another language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.search.asking import ask, line, shows
from tests.search.archive import build
from tests.support.serving import serving


def test_a_file_is_searched_by_title_and_summary(page: Page, folder: Path) -> None:
    page.goto((folder / "search/index.html").as_uri())
    expect(page.get_by_text("This archive was opened from a file")).to_be_visible()
    line(page).press_sequentially("санкції")
    shows(page, "Пакет санкцій проти лісової галузі")
    line(page).fill("Kyiv")
    shows(page, "Two drones fall near the old mill")
    page.get_by_role("checkbox", name="2025").check()
    page.locator(".search-result a").click()
    expect(page).to_have_url((folder / "2025/03/13/two-drones-fall-near-the-old-mill/index.html").as_uri())


def test_a_published_page_never_asks_for_the_list_of_titles(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, site, q="timber")
    assert [url for url in asked if "data/titles.js" in url] == []


def test_without_javascript_the_page_says_so_and_lists_what_there_is(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}search/")
    expect(page.locator("noscript p")).to_have_text(re.compile("Searching needs JavaScript, which is off."))
    expect(page.get_by_role("link", name="Railways")).to_have_attribute("href", "../topics/railways/")
    expect(page.get_by_role("link", name="2024")).to_have_attribute("href", "../2024/")
    context.close()


def test_a_build_without_an_index_says_so(page: Page, tmp_path: Path) -> None:
    folder = build(tmp_path, searchable=False)
    page.goto((folder / "search/index.html").as_uri())
    expect(page.get_by_text("was built without its search index")).to_be_visible()
    expect(page.locator("main input")).to_have_count(0)


@pytest.mark.parametrize(
    ("missing", "line_shows", "first"),
    [
        pytest.param("2024/06/29/a-bridge-that-sings/", "a bridge that sings", "A bridge that hums", id="words"),
        pytest.param(
            "old/forty-carriages.html", "old forty carriages", "Rail authority buys forty carriages", id="moved"
        ),
        pytest.param("2024/11/02/remont/", "remont", "Завод закрыт на ремонт", id="day"),
        pytest.param("stories/bridge-hums/", "bridge hums", "A bridge that hums", id="a lost story"),
    ],
)
def test_a_missing_address_is_searched_for(
    context: BrowserContext, site: str, missing: str, line_shows: str, first: str
) -> None:
    page = context.new_page()  # the browser itself reports the 404 as an error
    page.goto(site + missing)
    expect(page.get_by_role("heading", name="Perhaps you were after")).to_be_visible()
    expect(page.locator("[data-near] h3").first).to_have_text(first)
    expect(page.locator("main").get_by_role("searchbox")).to_have_value(line_shows)
    page.locator("[data-near] a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first)


def test_an_interface_in_ukrainian_counts_as_ukrainian_does(page: Page, tmp_path: Path) -> None:
    with serving(build(tmp_path, lang="uk")) as site:
        ask(page, site, q="санкції")
        expect(page.get_by_role("status")).to_have_text("2 статті")
        expect(page.locator("time").first).to_have_text("14 березня 2025")
