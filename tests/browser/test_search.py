from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no type marker
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.search.archive import BULLETINS, build, bulletins
from tests.support.serving import serving

from backfile.search.index import BUNDLE, index_program, index_shard, read_extract, write_catalogue

FORMS = yaml.safe_load((Path(__file__).parents[1] / "search/forms.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("search"), base="/an/archive/")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """The archive below a path of a host, so that an address that forgets it fails every test."""
    with serving(folder, "/an/archive/") as address:
        yield address


@pytest.fixture(scope="module")
def workbench(browser: Browser, site: str) -> Iterator[Page]:
    """One open search page, for asking its scripts directly."""
    context = browser.new_context()
    page = context.new_page()
    ask(page, site)
    yield page
    context.close()


def found(workbench: Page, query: str) -> list[str]:
    """Return the headlines of all that a query finds, best first."""
    titles: list[str] = workbench.evaluate(
        """async (query) => {
          const { match, openIndex, words } = backfileSearch;
          globalThis.opened ??= openIndex(new URL("../", location));
          const archive = await globalThis.opened;
          const engine = await archive.open(archive.shards);
          const { hits } = await match.answer(engine, words.parse(query, archive.spell));
          const shown = await Promise.all(match.ordered(engine, hits, {}, false).map((id) => engine.show(id, [])));
          return shown.map(({ title }) => title[0].text);
        }""",
        query,
    )
    return titles


def ask(page: Page, site: str, **parameters: str) -> None:
    """Open the search page with a query in its address, and wait for the answer."""
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    page.goto(f"{site}search/?{query}")
    settled(page)


def settled(page: Page) -> None:
    expect(page.locator("[data-results]")).to_have_attribute("aria-busy", "false")


def line(page: Page) -> Any:
    return page.get_by_role("searchbox")


def titles(page: Page) -> list[str]:
    return page.locator(".search-result h3").all_inner_texts()


def shows(page: Page, *expected: str) -> None:
    """Expect these headlines in this order; waits for them."""
    expect(page.locator(".search-result h3")).to_have_text(list(expected))


def counts(page: Page, facet: str) -> dict[str, str]:
    rows = page.locator(f"[data-facet={facet}] li")
    return {row.locator("label").inner_text(): row.locator(".count").inner_text() for row in rows.all()}


# ---- what is found ----


def test_a_word_is_found_as_it_is_typed_and_leads_to_its_article(page: Page, site: str) -> None:
    page.goto(f"{site}search/")
    line(page).press_sequentially("goncha")
    shows(page, "A bridge that hums")
    expect(page.locator(".search-result mark")).to_have_text("Goncharovka")
    expect(page.locator(".search-result .byline")).to_have_text(re.compile("The Valley Courier\\s+29 June 2024"))
    expect(page.get_by_role("status")).to_have_text("1 article")
    page.locator(".search-result a").click()
    expect(page).to_have_url(f"{site}2024/06/29/a-bridge-that-hums/")


IN_KYIV = [
    "Sanctions reach the timber trade",
    "Two drones fall near the old mill",
    "Завод закрыт на ремонт",
    "Над млином збили кілька дронів",
    "Пакет санкцій проти лісової галузі",
    "Удары по складам леса",
]


@pytest.mark.parametrize("spelling", ["Kyiv", "Kiev", "Київ", "Киев", "Києва", "Киеве", "kyiv", "Kyiv’s"])
def test_every_spelling_and_case_of_a_name_finds_the_same(workbench: Page, spelling: str) -> None:
    assert sorted(found(workbench, spelling)) == IN_KYIV


def test_results_of_all_spellings_are_counted_once(page: Page, site: str) -> None:
    ask(page, site, q="Київ")
    assert sorted(titles(page)) == IN_KYIV
    assert counts(page, "topic") == {"Drones": "3", "Railways": "0", "Sanctions": "2"}
    assert counts(page, "year") == {"2025": "5", "2024": "1", "2023": "0"}
    expect(page.locator("[data-notes]")).to_contain_text("Київ is also looked for as Kyiv, Kiev and Киев.")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("drone", 2, id="English plural"),
        pytest.param("санкції", 2, id="Ukrainian cases"),
        pytest.param("удар", 3, id="Russian cases"),
        pytest.param("Грушко", 2, id="a surname in any spelling"),
        pytest.param("Елена Грушко", 1, id="a whole name in any spelling"),
        pytest.param("nra", 2, id="an abbreviation and the whole name"),
        pytest.param("timber drone", 1, id="all words"),
        pytest.param('"old mill"', 1, id="a phrase"),
        pytest.param("«old mill» Kyiv", 1, id="a phrase and a word"),
        pytest.param('"mill old"', 0, id="a phrase in its order"),
        pytest.param("the bridge", 1, id="a word that every text has is left out"),
        pytest.param("Harbour Post", 2 + BULLETINS, id="an outlet"),
        pytest.param("US", 1, id="an abbreviation is no beginning"),
        pytest.param("U.S.", 1, id="points in an abbreviation"),
        pytest.param("13.1", 1, id="a number with a point"),
        pytest.param("F-16", 1, id="a sign of letter and number"),
        pytest.param("Poltava-Kharkiv", 1, id="words with a hyphen in any order"),
        pytest.param("2025", 0, id="a date is no word of the text"),
        pytest.param("brief", 0, id="a kind is no word of the text"),
        pytest.param("axyzzy", 0, id="not what begins the word"),
        pytest.param("timber axyzzy", 0, id="no word is dropped in silence"),
    ],
)
def test_how_many_are_found(workbench: Page, query: str, expected: int) -> None:
    assert len(found(workbench, query)) == expected


def test_the_headline_that_has_the_whole_query_is_best(workbench: Page) -> None:
    assert found(workbench, "northern rail")[0] == "Rail authority buys forty carriages"
    assert found(workbench, "northern line")[0] == "Minister Hrushko opens the northern line"


def test_text_is_shown_as_text(page: Page, site: str) -> None:
    ask(page, site, q="publishes")
    expect(page.locator(".search-excerpt")).to_contain_text("& publishes <its> figures.")


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case["asked"])
def test_forms_of_a_word(workbench: Page, case: dict[str, Any]) -> None:
    reached = workbench.evaluate(
        """([asked, written]) => {
          const { fold, forms } = backfileSearch.words;
          const reaches = (form, word) => (form.exact ? word === form.text : word.startsWith(form.text));
          return written.filter((word) => forms(asked).some((form) => reaches(form, fold(word))));
        }""",
        [case["asked"], [*case.get("finds", []), *case.get("misses", [])]],
    )
    assert reached == case.get("finds", [])


# ---- facets, order, address ----


def test_facets_narrow_and_stay_where_they_are(page: Page, site: str) -> None:
    ask(page, site, q="Kyiv")
    rows = "[...document.querySelectorAll('[data-facet] li')]"
    places = f"() => {rows}.map((row) => JSON.stringify(row.getBoundingClientRect()))"
    before = page.evaluate(places)
    page.get_by_role("checkbox", name="Drones").check()
    expect(page.get_by_role("status")).to_have_text("3 articles")
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
    expect(page.get_by_role("status")).to_have_text(re.compile("32 articles can be searched"))
    assert counts(page, "kind") == {"article": "30", "brief": "2"}
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


def test_newest_first(page: Page, site: str) -> None:
    ask(page, site, q="drones")
    shows(page, "Two drones fall near the old mill", "Sanctions reach the timber trade")
    page.get_by_role("radio", name="newest first").check()
    shows(page, "Sanctions reach the timber trade", "Two drones fall near the old mill")
    expect(page).to_have_url(f"{site}search/?q=drones&sort=newest")


def test_a_shared_address_restores_everything(page: Page, site: str) -> None:
    ask(page, site, q="Kyiv", topic="Drones", year="2025", sort="newest")
    expect(line(page)).to_have_value("Kyiv")
    expect(page.get_by_role("checkbox", name="Drones")).to_be_checked()
    expect(page.get_by_role("checkbox", name="2025")).to_be_checked()
    expect(page.get_by_role("radio", name="newest first")).to_be_checked()
    expect(page.get_by_role("status")).to_have_text("3 articles")


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


# ---- hints ----


def test_a_word_that_is_nowhere_is_named_and_can_be_left_out(page: Page, site: str) -> None:
    ask(page, site, q="timber axyzzy")
    expect(page.locator("[data-notes]")).to_contain_text("Nowhere in the archive: “axyzzy”.")
    page.get_by_role("button", name="Search for timber only").click()
    shows(page, "Sanctions reach the timber trade")


def test_an_index_that_does_not_load_is_said_plainly(context: BrowserContext, site: str) -> None:
    page = context.new_page()
    page.route("**/pagefind/catalogue.json", lambda route: route.fulfill(status=404))
    ask(page, site, q="timber")
    expect(page.get_by_role("status")).to_contain_text("The search index could not be loaded.")


# ---- years ----


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An archive with enough to find in each of its three years."""
    folder = build(tmp_path_factory.mktemp("deep"), more=[*bulletins(2025, 12), *bulletins(2024, 12)])
    with serving(folder) as address:
        yield address


def enlarge(route: Route) -> None:
    """Have the page take each shard for a thousand times as large as it is."""
    catalogue = route.fetch().json()
    catalogue["shards"] = [[*shard, 1000 * count] for *shard, count in catalogue["shards"]]
    route.fulfill(json=catalogue)


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
    assert counts(page, "year") == {"2025": "17,000", "2024": "16,000", "2023": "23,000"}


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
        table["articles"] |= {key: [20240101, [], [], [], []] for key in other}
        route.fulfill(json=table)

    page.route("**/2024/articles.json", share)
    ask(page, deep, q="timber")
    expect(page.locator(".search-result time").first).to_have_attribute("datetime", re.compile("2025-03-1"))
    assert counts(page, "year")["2024"] == "0"


def test_an_archive_without_articles_says_so(page: Page, site: str) -> None:
    empty: dict[str, list[str]] = {name: [] for name in ("shards", "topic", "source", "kind", "lang")}
    page.route("**/catalogue.json", lambda route: route.fulfill(json=empty))
    ask(page, site, q="timber")
    expect(page.get_by_role("status")).to_have_text("There are no articles to search yet.")


@pytest.fixture(scope="module")
def undivided(browser: Browser, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The open search page of the same archive, all of it in one shard."""
    whole = shutil.copytree(folder, tmp_path_factory.mktemp("undivided") / "site")
    shutil.rmtree(whole / BUNDLE)
    pages = {path.relative_to(whole).as_posix(): read_extract(path) for path in whole.glob("20*/*/*/*/index.html")}
    texts = {path: text for path, text in pages.items() if text}
    table = index_shard(texts, whole / BUNDLE / "0000", whole.parent)
    assert table
    index_program(whole / BUNDLE, whole.parent)
    write_catalogue(whole / BUNDLE, {"0000": table})
    with serving(whole) as address:
        page = browser.new_context().new_page()
        ask(page, address)
        yield page
        page.context.close()


@pytest.mark.parametrize(
    "query", ["Kyiv", "drone", "санкції", "Грушко", '"old mill"', "harb", "the", "axyzzy", "mi dr"]
)
def test_what_is_found_does_not_depend_on_shards(workbench: Page, undivided: Page, query: str) -> None:
    assert sorted(found(workbench, query)) == sorted(found(undivided, query))


# ---- keyboard ----


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


# ---- other ways to open the archive ----


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


# ---- for everyone ----


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_nothing_stands_in_the_way(browser: Browser, site: str, deep: str, width: int, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.route(f"{deep}**/catalogue.json", enlarge)
    for address, query in (
        (site, {}),
        (site, {"q": "Kyiv"}),
        (site, {"q": "timber axyzzy"}),
        (deep, {"q": "bulletin"}),
    ):
        ask(page, address, **query)
        report = Axe().run(page)
        assert report.violations_count == 0, json.dumps(report.response["violations"], indent=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
