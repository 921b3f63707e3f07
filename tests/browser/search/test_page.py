"""How the page keeps its line, choices, address and results in step."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no type marker
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.search.asking import ask, counts, enlarge, line, shows
from tests.search.archive import BULLETINS


def test_facets_narrow_and_stay_where_they_are(page: Page, site: str) -> None:
    ask(page, site, q="Kyiv")
    rows = "[...document.querySelectorAll('[data-facet] li')]"
    places = f"() => {rows}.map((row) => JSON.stringify(row.getBoundingClientRect()))"
    before = page.evaluate(places)
    page.get_by_role("checkbox", name="Drones").check()
    expect(page.get_by_role("status")).to_have_text("3 articles")
    expect(page.get_by_role("checkbox", name="Drones")).to_have_accessible_description("3")
    # Its own facet keeps counting what else could be chosen; the others count what is left.
    assert counts(page, "topic") == {"Drones": "3", "Railways": "0", "Sanctions": "2"}
    assert counts(page, "year") == {"2025": "3", "2024": "0", "2023": "0"}
    page.get_by_role("checkbox", name="Sanctions").check()
    expect(page.get_by_role("status")).to_have_text("5 articles")
    page.get_by_role("checkbox", name="Вісник затоки").check()
    expect(page.get_by_role("status")).to_have_text("2 articles")
    assert page.evaluate(places) == before


def test_facets_alone_list_articles_newest_first(page: Page, site: str) -> None:
    ask(page, site)
    expect(page.get_by_role("status")).to_have_text(re.compile("34 articles can be searched"))
    assert counts(page, "kind") == {"article": "32", "brief": "2"}
    expect(page.locator("[data-notes]")).to_be_empty()
    page.get_by_role("checkbox", name="2024").check()
    shows(
        page,
        "Minister Hrushko opens the northern line",
        "Завод закрыт на ремонт",
        "Rail authority buys forty carriages",
        "A bridge that hums",
    )
    assert "brief" in page.locator(".byline").nth(1).inner_text()


def test_choices_that_leave_nothing_can_be_dropped(page: Page, site: str) -> None:
    ask(page, site, q="timber", topic="Railways")
    expect(page.get_by_role("status")).to_have_text("Nothing found with these choices.")
    page.get_by_role("button", name="Drop the choices").click()
    expect(page.get_by_role("status")).to_have_text("1 article")
    expect(page).to_have_url(f"{site}search/?q=timber")


def test_copies_of_a_text_stand_below_it(page: Page, site: str) -> None:
    ask(page, site, q="Skarv lamp")
    expect(page.get_by_role("status")).to_have_text("2 articles · 1 text")
    shows(page, "Keeper of the Skarv lamp goes ashore")
    fold = page.get_by_text("1 copy of this text · The Valley Courier")
    line(page).press("ArrowDown")
    page.keyboard.press("Tab")
    expect(fold).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Lighthouse keeper retires after forty winters").click()
    expect(page).to_have_url(f"{site}2023/02/03/lighthouse-keeper-retires-after-forty-winters/")


def test_a_chosen_outlet_shows_its_own_copy(page: Page, site: str) -> None:
    ask(page, site, q="Skarv lamp", source="The Valley Courier")
    expect(page.get_by_role("status")).to_have_text("1 article")
    shows(page, "Lighthouse keeper retires after forty winters")


def test_newest_first(page: Page, site: str) -> None:
    ask(page, site, q="drones")
    shows(page, "Two drones fall near the old mill", "Sanctions reach the timber trade")
    page.get_by_role("radio", name="newest first").check()
    shows(page, "Sanctions reach the timber trade", "Two drones fall near the old mill")
    expect(page).to_have_url(f"{site}search/?q=drones&sort=newest")


def test_a_shared_address_restores_everything(page: Page, site: str) -> None:
    ask(page, site, q="Kyiv", topic="Drones", year="2025", sort="newest")
    expect(line(page)).to_have_value("Kyiv")
    expect(page).to_have_title(re.compile("^Kyiv · Search · "))
    expect(page.get_by_role("checkbox", name="Drones")).to_be_checked()
    expect(page.get_by_role("checkbox", name="2025")).to_be_checked()
    expect(page.get_by_role("radio", name="newest first")).to_be_checked()
    expect(page.get_by_role("status")).to_have_text("3 articles")


def test_choices_are_seen_on_a_phone_where_the_facets_are_folded(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    ask(page, site, q="Kyiv", topic="Drones", kind="article")
    expect(page.get_by_text("Narrow by: Drones and article")).to_be_visible()


def test_back_goes_back_one_choice(page: Page, site: str) -> None:
    ask(page, site, q="Kyiv")
    page.get_by_role("checkbox", name="Drones").check()
    expect(page).to_have_url(f"{site}search/?q=Kyiv&topic=Drones")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("6 articles")
    expect(page.get_by_role("checkbox", name="Drones")).not_to_be_checked()


def test_back_from_an_article_finds_the_same_results_open(page: Page, site: str) -> None:
    ask(page, site, q="bulletin", sort="newest")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".search-result")).to_have_count(20)
    expect(page.locator(".search-result a").nth(10)).to_be_focused()
    page.locator(".search-result a").nth(15).click()
    expect(page).to_have_url(re.compile("harbour-bulletin-8/$"))
    page.go_back()
    expect(page.locator(".search-result")).to_have_count(20)
    expect(page.locator(".search-result a").nth(15)).to_be_focused()
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".search-result")).to_have_count(BULLETINS)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_back_goes_back_one_query(page: Page, site: str) -> None:
    ask(page, site, q="Kyiv")
    line(page).press("Enter")
    line(page).fill("timber")
    expect(page).to_have_url(f"{site}search/?q=timber")
    line(page).press("Enter")
    line(page).fill("timber drone")
    expect(page).to_have_url(f"{site}search/?q=timber+drone")
    page.go_back()
    expect(line(page)).to_have_value("timber")
    page.go_back()
    expect(line(page)).to_have_value("Kyiv")
    expect(page.get_by_role("status")).to_have_text("6 articles")


def test_a_date_leads_to_its_page(page: Page, site: str) -> None:
    ask(page, site, q="June 2024")
    expect(page.get_by_role("status")).to_have_text("No article has these words, but the archive has this date.")
    link = page.get_by_role("link", name="Everything of June 2024")
    expect(link).to_have_attribute("href", f"{site}2024/06/")
    line(page).fill("July 2024")
    expect(link).to_have_count(0)
    expect(page.locator("[data-notes]")).not_to_contain_text("Everything")


@pytest.mark.parametrize(
    ("query", "span"),
    [
        ("2025-3-14", "2025-03-14"),
        ("14.03.2025", "2025-03-14"),
        ("14 March 2025", "2025-03-14"),
        ("Mar 14, 2025", "2025-03-14"),
        ("14 березня 2025 року", "2025-03-14"),
        ("март 2025", "2025-03"),
        ("2025", "2025"),
        ("31.02.2025", ""),
        ("war 2025", ""),
    ],
)
def test_dates_as_people_write_them(workbench: Page, query: str, span: str) -> None:
    assert workbench.evaluate("(query) => backfileSearch.dates.read(query)", query) == span


def test_a_word_that_is_nowhere_is_named_and_can_be_left_out(page: Page, site: str) -> None:
    ask(page, site, q="timber axyzzy")
    expect(page.locator("[data-notes]")).to_contain_text("Nowhere in the archive: “axyzzy”.")
    page.get_by_role("button", name="Search for timber only").click()
    shows(page, "Sanctions reach the timber trade")


def test_where_no_article_has_all_words_those_with_most_are_shown(page: Page, site: str) -> None:
    ask(page, site, q="timber drone carriages")
    expect(page.get_by_role("status")).to_have_text("No article has all of these words; 1 has 2 of them")
    shows(page, "Sanctions reach the timber trade")


def test_an_index_that_does_not_load_is_said_plainly(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    page.route("**/pagefind/catalogue.json", lambda route: route.fulfill(status=404))
    ask(page, site, q="timber")
    expect(page.get_by_role("status")).to_contain_text("The search index could not be loaded.")


def test_an_archive_without_articles_says_so(page: Page, site: str) -> None:
    empty: dict[str, list[str]] = {name: [] for name in ("shards", "topic", "source", "kind", "lang")}
    page.route("**/catalogue.json", lambda route: route.fulfill(json=empty))
    ask(page, site, q="timber")
    expect(page.get_by_role("status")).to_have_text("There are no articles to search yet.")


def test_keyboard(page: Page, site: str) -> None:
    ask(page, site, q="drones")
    links = page.locator(".search-result a")
    page.keyboard.press("/")
    expect(line(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(line(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(line(page)).to_have_value("")
    expect(links).to_have_count(0)
    expect(page).to_have_url(f"{site}search/")


def test_many_values_of_a_facet_unfold(page: Page, site: str) -> None:
    page.route(
        "**/search/",
        lambda route: route.fulfill(
            body=re.sub(
                r'(<li data-value="2023">.*?</li>)',
                lambda row: row[1] + "".join(row[1].replace("2023", str(year)) for year in range(2022, 2010, -1)),
                route.fetch().text(),
                flags=re.DOTALL,
            ),
            content_type="text/html",
        ),
    )
    page.goto(f"{site}search/")
    expect(page.get_by_role("checkbox", name="2011")).to_be_hidden()
    page.get_by_role("button", name="Show all 15").click()
    expect(page.get_by_role("checkbox", name="2011")).to_be_visible()
    expect(page.get_by_role("checkbox", name="2017")).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_nothing_stands_in_the_way(browser: Browser, site: str, deep: str, width: int, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.route(f"{deep}**/catalogue.json", enlarge)
    visits = [(site, {"q": "Kyiv"}), (deep, {"q": "bulletin"})]
    if width == 320:  # a wide page shows nothing more of these
        visits += [(site, {}), (site, {"q": "timber axyzzy"})]
    for address, query in visits:
        ask(page, address, **query)
        report = Axe().run(page)
        assert report.violations_count == 0, json.dumps(report.response["violations"], indent=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
