"""Every type of page in a real browser: for every eye and hand, without scripts, on paper, from a stick."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.support.serving import serving
from tests.support.visits import MOST_STOPS, Visit, Visitor

from backfile.check.same import differences

CRANE = "2025/03/14/crane-falls-in-odesa-harbour-after-night-storm/"
STORY = "stories/crane-falls/"

PAGES = {
    "front": "",
    "article": CRANE,
    "article with all that Markdown has": "2024/06/02/everything-that-a-text-may-hold/",
    "article from right to left": "2025/03/18/port-note-in-arabic/",
    "brief": "2025/03/15/ferry-to-varna-starts-again-in-april/",
    "digest": "2025/03/15/morning-list-of-the-coast/",
    "hidden article": "2025/03/16/an-unlisted-note/",
    "story": STORY,
    "story of three outlets": "stories/nineteen-old-ships-sail-for-constanta/",
    "topic": "topics/harbour/",
    "narrower topic": "topics/danube-strikes/",
    "outlet": "sources/the-harbour-post/",
    "person": "people/taras-hrynko/",
    "place": "places/odesa/",
    "day": "2025/03/14/",
    "month": "2025/03/",
    "year": "2025/",
    "topics": "topics/",
    "years": "archive/",
    "search": "search/",
    "search with results": "search/?q=crane",
    "about": "about/",
    "404": "2025/03/14/crane-fell/",
    "redirect": "stories/storm-topples-port-crane/",
}
LARGE_PAGES = {
    "large topic, one year": "topics/tides/2023/",
    "front with earlier days": "",
}
# The others are what they are because a script has put something there.
WHOLE = [name for name in [*PAGES, *LARGE_PAGES] if name not in {"search", "search with results", "404"}]
FRAMED = [name for name in [*PAGES, *LARGE_PAGES] if name != "redirect"]
FROM_THE_TOP = [name for name in [*PAGES, *LARGE_PAGES] if name != "search"]  # whose line has the focus at once


@pytest.fixture
def visit(request: pytest.FixtureRequest, visitor: Visitor) -> Visit:
    """What was seen on the page that the test names."""
    name = request.param
    site = "address" if name in PAGES else "large_address"
    return visitor.visit(request.getfixturevalue(site) + {**PAGES, **LARGE_PAGES}[name])


every_page = pytest.mark.parametrize("visit", [*PAGES, *LARGE_PAGES], indirect=True)


@every_page
def test_axe_finds_nothing_in_a_wide_light_window(visit: Visit) -> None:
    assert visit.light.violations == ()


@every_page
def test_axe_finds_nothing_in_a_narrow_dark_window(visit: Visit) -> None:
    assert visit.dark.violations == ()


@every_page
def test_nothing_is_wider_than_the_window(visit: Visit) -> None:
    assert (visit.light.overflow, visit.dark.overflow) == (0, 0)


@every_page
def test_there_is_no_error_and_no_request_to_another_host(visit: Visit) -> None:
    assert visit.faults == ()


@every_page
def test_headings_begin_with_the_only_h1_and_leave_no_level_out(visit: Visit) -> None:
    levels = [level for level, _ in visit.headings]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert [step for step in pairwise(levels) if step[1] - step[0] > 1] == []
    assert all(words.strip() for _, words in visit.headings)


@pytest.mark.parametrize("visit", WHOLE, indirect=True)
def test_the_page_is_whole_before_any_script_runs(visit: Visit) -> None:
    assert visit.plain_text == visit.text
    assert visit.text


@pytest.mark.parametrize("visit", FROM_THE_TOP, indirect=True)
def test_tab_reaches_everything_in_order(visit: Visit) -> None:
    expected = list(enumerate(visit.stops))[:MOST_STOPS]
    assert [(stop.number, stop.element) for stop in visit.reached] == expected


@every_page
def test_what_has_the_focus_is_seen(visit: Visit) -> None:
    assert [stop.element for stop in visit.reached if not (stop.is_marked and stop.is_in_window)] == []


@pytest.mark.parametrize("visit", FRAMED, indirect=True)
def test_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    assert visit.stops[0] == "a “Skip to the text”"


@every_page
def test_light_is_dark_on_light_and_dark_is_light_on_dark(visit: Visit) -> None:
    assert brightness(visit.light.ink) < 60 < 200 < brightness(visit.light.paper)
    assert brightness(visit.dark.paper) < 60 < 200 < brightness(visit.dark.ink)


def brightness(colour: str) -> float:
    """Return the brightness of ``rgb(r, g, b)``, 0 to 255 (ITU-R BT.601)."""
    red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue


# ---- ways through the archive ----


def walk(page: Page) -> None:
    """Go from the front page into the archive, by links alone, and up again."""
    heading = page.get_by_role("heading", level=1)
    page.locator("main").get_by_role("link", name="The crane at berth 7").first.click()
    expect(heading).to_have_text("The crane at berth 7")
    page.locator("main").get_by_role("link", name="Storm topples port crane in Odesa").first.click()
    expect(heading).to_have_text("Storm topples port crane in Odesa, terminal closed")
    page.locator("main").get_by_role("link", name="Harbour", exact=True).first.click()
    expect(heading).to_have_text("Harbour")
    page.locator("main").get_by_role("link", name="14 March 2025").first.click()
    expect(heading).to_contain_text("14 March 2025")
    page.get_by_role("link", name="March 2025", exact=True).first.click()
    expect(heading).to_have_text("March 2025")
    page.get_by_role("link", name="Outlets").first.click()
    page.get_by_role("link", name="Вісник узбережжя").click()
    expect(heading).to_have_text("Вісник узбережжя")
    page.get_by_role("link", name="Backfile", exact=True).click()
    expect(heading).to_have_text("Backfile")


def test_links_lead_through_the_archive(page: Page, address: str) -> None:
    page.goto(address)
    walk(page)
    expect(page).to_have_url(address)


def test_links_lead_through_the_archive_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    walk(page)
    page.goto(address + "stories/storm-topples-port-crane/")
    expect(page).to_have_url(address + STORY)
    context.close()


def test_links_lead_through_an_archive_opened_from_a_file(page: Page, built: Path) -> None:
    page.goto((built / "index.html").as_uri())
    walk(page)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.get_by_role("searchbox").fill("crane")
    page.keyboard.press("Enter")
    expect(page.locator(".search-result").first).to_contain_text("Crane falls in Odesa harbour")


def test_back_returns_to_the_same_place(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 500})
    page.goto(address)
    link = page.get_by_role("link", name="Fishermen of Izmail end a nine-day strike").first
    link.scroll_into_view_if_needed()
    left = page.evaluate("scrollY")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fishermen of Izmail end a nine-day strike")
    page.go_back()
    expect(page).to_have_url(address)
    assert left > 0
    page.wait_for_function("(left) => Math.abs(scrollY - left) < 2", arg=left)


# ---- keyboard ----


def test_the_skip_link_leads_past_the_head_of_the_page(page: Page, address: str) -> None:
    page.goto(address + CRANE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("name", ["front", "article", "topic"])
def test_a_slash_goes_to_the_search_line_which_leads_to_results(page: Page, address: str, name: str) -> None:
    page.goto(address + PAGES[name])
    page.keyboard.press("/")
    page.keyboard.type("fallen boom")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}search/?q=fallen+boom")
    expect(page.locator(".search-results")).to_contain_text("Crane falls in Odesa harbour")


# ---- paper ----


@pytest.fixture
def printed(context: BrowserContext, address: str) -> Page:
    """An article as it goes on paper."""
    page = context.new_page()
    page.goto(address + CRANE)
    page.pdf()  # tells the page that it is printed
    page.emulate_media(media="print")
    return page


def test_on_paper_there_is_no_navigation(printed: Page) -> None:
    assert [part.inner_text() for part in printed.locator("nav, form, .skip-link").all() if part.is_visible()] == []


def test_on_paper_links_show_where_they_lead(printed: Page) -> None:
    link = printed.get_by_role("link", name="The fallen boom across berth 7")
    after = link.evaluate("(link) => getComputedStyle(link, '::after').content")
    assert "https://pictures.harbour-post.example/boom.jpg" in after


def test_on_paper_the_address_and_the_day_of_printing_stand_at_the_foot(printed: Page) -> None:
    foot = printed.get_by_role("contentinfo")
    expect(foot).to_contain_text(f"https://archive.example/some/archive/{CRANE}")
    expect(foot).to_contain_text(re.compile(r"\d{1,2} \w+ 20\d\d"))


def test_on_paper_no_column_of_a_table_is_cut_off(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 500, "height": 600})
    page.goto(address + PAGES["article with all that Markdown has"])
    page.emulate_media(media="print")
    assert page.locator(".table-scroll").first.evaluate("(table) => table.scrollWidth <= table.clientWidth")


# ---- search in a whole archive ----

# All that an index knows of a query: articles with their scores and places, best first, and what facets count.
ASK = """async (query) => {
  const { match, openIndex, words } = backfileSearch;
  const archive = await openIndex(new URL("../", location));
  const engine = await archive.open(archive.shards);
  const { hits } = await match.answer(engine, words.parse(query, archive.spell));
  const found = match.ordered(engine, hits, {}, false).map((id) => [id, hits.get(id)]);
  const none = { topic: new Set(), source: new Set(), kind: new Set(), year: new Set() };
  const counts = Object.values(match.facetCounts(engine, hits.keys(), none)).map((values) => [...values].sort());
  return [found, counts];
}"""
QUERIES = ["crane", "Odesa", "Одесса", "strike", "кран", '"grain ships"', "the", "axyzzy"]


def test_two_builds_under_other_conditions_are_the_same_and_answer_alike(
    page: Page, built: Path, built_again: Path, address: str
) -> None:
    assert differences(built, built_again) == ()
    with serving(built_again, "/some/archive/") as address_again:
        answers = []
        for site in (address, address_again):
            page.goto(f"{site}search/")
            answers.append({query: page.evaluate(ASK, query) for query in QUERIES})
    assert answers[0] == answers[1]
    assert [query for query, (found, _) in answers[0].items() if not found] == ["axyzzy"]


def test_a_word_leads_to_its_article(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    page.keyboard.type("Gdynia")
    expect(page.get_by_role("status")).to_have_text("1 article")
    page.locator(".search-result a").click()
    expect(page).to_have_url(address + CRANE)


def test_facets_narrow_what_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=crane")
    expect(page.get_by_role("checkbox", name="Coastline Daily")).to_be_visible()
    page.get_by_role("checkbox", name="Coastline Daily").check()
    expect(page.locator(".search-result h3")).to_have_text(["Storm topples port crane in Odesa, terminal closed"])


def test_a_name_is_found_in_all_its_spellings(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=Одесса")
    expect(page.get_by_role("status")).to_have_text("7 articles · 6 different texts")


def test_goncharovka_leads_to_the_brief_from_kursk(page: Page, own_address: str) -> None:
    page.goto(own_address)
    page.keyboard.press("/")
    page.keyboard.type("Goncharovka")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 article")
    page.locator(".search-result a").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kursk")
    expect(page.locator("article")).to_contain_text("Goncharovka")
