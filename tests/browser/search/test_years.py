"""Which years are searched, and what the page says of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests.browser.search.asking import ask, counts, enlarge, shows, titles


@pytest.fixture
def asked(page: Page) -> list[str]:
    """What a page has asked of the index, which seems large to it."""
    paths: list[str] = []
    page.route("**/catalogue.json", enlarge)
    page.on("request", lambda request: paths.append(request.url.partition("/pagefind/")[2]))
    return paths


def years_in(asked: list[str]) -> set[str]:
    return {path.partition("/")[0] for path in asked if path[:2] == "20"}


def test_nothing_is_loaded_before_something_is_asked(page: Page, asked: list[str], deep: str) -> None:
    ask(page, deep)
    assert [path for path in asked if path] == ["catalogue.json"]
    assert counts(page, "year") == {"2025": "17,000", "2024": "16,000", "2023": "25,000"}


def test_older_years_are_searched_when_asked_for(page: Page, asked: list[str], deep: str) -> None:
    ask(page, deep, q="bulletin")
    reach, older = page.locator("[data-reach]"), page.get_by_role("button", name="Search older years")
    expect(page.get_by_role("status")).to_have_text("12 articles")
    expect(reach).to_contain_text("Searched: January – March 2025.")
    assert counts(page, "year") == {"2025": "12", "2024": "", "2023": ""}
    assert years_in(asked) == {"2025"}
    older.click()
    expect(page.get_by_role("status")).to_have_text("24 articles")
    expect(reach).to_contain_text("Searched: January 2024 – March 2025.")
    assert years_in(asked) == {"2025", "2024"}
    older.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("47 articles")
    expect(reach).to_contain_text("All years have been searched.")
    expect(reach).to_be_focused()
    expect(older).to_be_hidden()
    assert counts(page, "year") == {"2025": "12", "2024": "12", "2023": "23"}


@pytest.mark.usefixtures("asked")
def test_older_years_follow_by_themselves_where_little_is_found(page: Page, deep: str) -> None:
    ask(page, deep, q="goncha")
    shows(page, "A bridge that hums")
    expect(page.locator("[data-reach]")).to_contain_text("All years have been searched.")


def test_a_chosen_year_is_searched_and_others_are_not(page: Page, asked: list[str], deep: str) -> None:
    ask(page, deep, q="bulletin", year="2023")
    expect(page.get_by_role("status")).to_have_text("23 articles")
    expect(page.locator("[data-reach]")).to_be_hidden()
    assert years_in(asked) == {"2025", "2023"}
    assert counts(page, "year")["2024"] == ""


def test_years_without_a_chosen_topic_are_not_searched(page: Page, asked: list[str], deep: str) -> None:
    ask(page, deep, topic="Railways")
    assert titles(page)
    expect(page.locator("[data-reach]")).to_be_hidden()
    assert years_in(asked) == {"2025", "2024"}


@pytest.mark.usefixtures("asked")
def test_back_from_an_article_finds_the_same_years_searched(page: Page, deep: str) -> None:
    ask(page, deep, q="bulletin")
    page.get_by_role("button", name="Search older years").click()
    expect(page.get_by_role("status")).to_have_text("24 articles")
    page.locator(".search-result a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("24 articles")


def test_what_is_found_stays_when_older_years_do_not_load(context: BrowserContext, deep: str) -> None:
    page = context.new_page()
    page.route("**/catalogue.json", enlarge)
    page.route("**/2024/articles.json", lambda route: route.fulfill(status=404))
    ask(page, deep, q="timber")
    shows(page, "Sanctions reach the timber trade")
    expect(page.locator("[data-notes]")).to_have_text(
        "Older years could not be searched. Check the connection and try again."
    )
    page.unroute("**/2024/articles.json")
    page.get_by_role("button", name="Search older years").click()
    expect(page.locator("[data-reach]")).to_contain_text("All years have been searched.")


def test_texts_of_two_years_may_share_an_id(page: Page, deep: str) -> None:
    def share(route: Route) -> None:
        other = page.request.get(f"{deep}pagefind/2025/articles.json").json()["articles"]
        table = route.fetch().json()
        table["articles"] |= {key: [20240101, [], [], [], [], []] for key in other}
        route.fulfill(json=table)

    page.route("**/2024/articles.json", share)
    ask(page, deep, q="timber")
    expect(page.locator(".search-result time").first).to_have_attribute("datetime", re.compile("2025-03-1"))
    assert counts(page, "year")["2024"] == "0"
