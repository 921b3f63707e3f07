"""What a query finds, and in which order."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect
from tests.browser.search.asking import ask, counts, found, line, shows, titles
from tests.search.archive import BULLETINS
from tests.support.serving import serving

from backfile.search.index import BUNDLE, index_program, index_shard, read_extract, write_catalogue

FORMS = yaml.safe_load((Path(__file__).parents[2] / "search/forms.yaml").read_text(encoding="utf-8"))


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
