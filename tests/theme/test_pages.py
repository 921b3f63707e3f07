"""Every kind of page, rendered: valid, whole, safe, and pointing where it should."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

import html5lib  # type: ignore[import-untyped]  # it has no types
import pytest
from bs4 import BeautifulSoup

from backfile.pages.records import ArticlePage, Crumb, Ref

from .records.articles import HOSTILE
from .records.every import every_page
from .records.teasers import SITE
from .rendering import attribute, one, render

PAGES = every_page()
ARTICLES = {name: page for name, page in PAGES.items() if isinstance(page, ArticlePage)}
FRAMED = [name for name, page in PAGES.items() if page.template != "redirect"]
INLINE_DATA = "application/ld+json"


@cache
def html(name: str, lang: str = "en") -> str:
    return render(PAGES[name], replace(SITE, lang=lang))


@cache
def soup(name: str) -> BeautifulSoup:
    return BeautifulSoup(html(name), "html5lib")


@pytest.mark.parametrize("lang", ["en", "uk"])
@pytest.mark.parametrize("name", PAGES)
def test_html_is_valid(name: str, lang: str) -> None:
    html5lib.HTMLParser(strict=True).parse(html(name, lang))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_renders_without_a_public_address(name: str) -> None:
    assert SITE.url not in render(PAGES[name], replace(SITE, url=""))


@pytest.mark.parametrize("name", PAGES)
def test_scripts_and_styles_are_files(name: str) -> None:
    page = soup(name)
    scripts = [tag for tag in page("script") if not tag.get("src") and tag.get("type") != INLINE_DATA]
    styled = page.select("style, [style]")
    listening = [tag for tag in page(True) for attribute in tag.attrs if attribute.startswith("on")]
    assert (scripts, styled, listening) == ([], [], [])


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_fetched_from_another_host(name: str) -> None:
    wanted = [attribute(tag, "src") for tag in soup(name).select("[src]")]
    wanted += [attribute(tag, "href") for tag in soup(name).select("link:not([rel~=canonical], [rel~=alternate])")]
    assert [address for address in wanted if not address.startswith(f"{PAGES[name].root}theme/")] == []


@pytest.mark.parametrize("name", FRAMED)
def test_the_policy_comes_before_everything_it_governs(name: str) -> None:
    first = next(tag for tag in soup(name).select("head > *") if attribute(tag, "charset") == "")
    assert attribute(first, "http-equiv") == "Content-Security-Policy"
    assert "unsafe-inline" not in attribute(first, "content")


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_from_the_page_to_the_root(name: str) -> None:
    page = PAGES[name]
    links = [attribute(a, "href") for a in soup(name)("a")]
    inner = [link for link in links if not link.startswith(("#", "https://", "data:"))]
    resolved = [urljoin(f"{SITE.url}/{page.address}", link) for link in inner]
    assert "" not in inner
    assert [link for link in resolved if not link.startswith(f"{SITE.url}/")] == []


@pytest.mark.parametrize("name", PAGES)
def test_what_is_named_is_there_once(name: str) -> None:
    page = soup(name)
    ids = [tag["id"] for tag in page.select("[id]")]
    named = {tag.get("aria-labelledby") or tag.get("for") for tag in page.select("[aria-labelledby], label[for]")}
    assert (len(ids), named - set(ids)) == (len(set(ids)), set())


@pytest.mark.parametrize("name", PAGES)
def test_headings_begin_with_one_and_leave_none_out(name: str) -> None:
    levels = [int(tag.name[1]) for tag in soup(name).select("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - level <= 1 for level, later in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_the_tab_begins_with_what_differs(name: str) -> None:
    title = PAGES[name].title if name.startswith("front") else f"{PAGES[name].title} ·"
    assert one(soup(name), "head > title").get_text().startswith(title)


def facts(name: str) -> dict[str, Any]:
    """Return what the page tells machines about its article."""
    data = one(soup(name), f"script[type='{INLINE_DATA}']").string
    assert data
    told: dict[str, Any] = json.loads(data)
    return told


# What search finds


@pytest.mark.parametrize("name", PAGES)
def test_only_listed_articles_are_indexed(name: str) -> None:
    page = PAGES[name]
    expected = 1 if isinstance(page, ArticlePage) and page.listed else 0
    assert len(soup(name).select("[data-pagefind-body]")) == expected


def test_the_index_gets_the_text_and_not_the_furniture() -> None:
    indexed = one(BeautifulSoup(html("article"), "html5lib"), "[data-pagefind-body]")
    for ignored in indexed.select("[data-pagefind-ignore]"):
        ignored.decompose()
    text = indexed.get_text()
    assert [part in text for part in (PAGES["article"].title, "Nineteen ships put to sea", "each pilot every")] == [
        True
    ] * 3
    assert [part in text for part in ("Port Ledger", "14 March", "Grain corridor")] == [False] * 3


def test_the_index_gets_facets_and_a_date_to_sort_by() -> None:
    filters = {
        (attribute(tag, "data-pagefind-filter").partition("[")[0], attribute(tag, "content"))
        for tag in soup("article").select("meta[data-pagefind-filter]")
    }
    assert filters == {
        ("topic", "Grain corridor"),
        ("topic", "Dredging"),
        ("topic", "Ice"),
        ("source", "The Port Ledger"),
        ("kind", "article"),
        ("lang", "en"),
        ("year", "2025"),
    }
    assert attribute(one(soup("article"), "[data-pagefind-sort='date[content]']"), "content") == "2025-03-14"


# Languages


@pytest.mark.parametrize(("name", "lang"), [("article-ukrainian", "uk"), ("article-hebrew", "he"), ("topic", "en")])
def test_an_article_speaks_its_own_language(name: str, lang: str) -> None:
    assert attribute(one(soup(name), "html"), "lang") == lang


def test_what_stands_around_an_article_speaks_the_interface_language() -> None:
    text = one(soup("article-hebrew"), "[data-pagefind-body]")
    assert attribute(one(soup("article-hebrew"), "body"), "lang") == "en"
    assert (attribute(text, "lang"), attribute(text, "dir")) == ("he", "rtl")


def test_titles_of_topics_texts_and_neighbours_say_which_language_they_are_in() -> None:
    abroad = Ref("Крига", "kryha/", lang="uk")
    page = replace(ARTICLES["article"], topics=(abroad,), previous=Crumb("Крига", "2025/03/13/kryha/", "uk"))
    shown = BeautifulSoup(render(page, replace(SITE, pages=(abroad,))), "html5lib")
    said = [title.parent.get("lang") for title in shown.find_all(string="Крига") if title.parent]
    assert said == ["uk"] * 5  # in the crumbs, the margin, the pager, the header and the footer


def test_a_text_in_the_interface_language_does_not_say_so_again() -> None:
    assert attribute(one(soup("article"), "[data-pagefind-body]"), "lang") == ""


def test_the_interface_speaks_ukrainian() -> None:
    page = BeautifulSoup(html("article", "uk"), "html5lib")
    assert "Звідки цей текст" in page.get_text()
    assert "14 березня 2025" in page.get_text()


# Honesty


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("article", "date taken from the text"),
        ("article-brief", "date not known, so this is the day of import"),
    ],
)
def test_a_guessed_date_says_so_beside_the_date(name: str, said: str) -> None:
    byline = one(soup(name), "[data-pagefind-ignore] .byline")
    assert said in byline.get_text()


def test_a_day_of_import_is_not_told_to_machines_as_the_day_of_publication() -> None:
    assert "published_time" not in html("article-brief")
    assert "datePublished" not in html("article-brief")


def test_who_wrote_a_text_stands_under_its_headline() -> None:
    byline = one(soup("article"), "[data-pagefind-ignore] .byline")
    assert byline.get_text().split("\n")[2] == "Ada Holm and Piet de Vries and Sons"


def test_an_unknown_outlet_is_said_to_be_unknown() -> None:
    record = soup("article-brief").select(".provenance dd")[0]
    assert record.get_text() == "not known"


def test_a_summary_that_repeats_the_text_is_left_out() -> None:
    assert soup("article-brief").select(".standfirst") == []


def test_a_brief_says_which_digest_it_came_from() -> None:
    digest = ARTICLES["article-brief"].digest
    assert digest is not None
    assert soup("article-brief").select(f".note a[href$='{digest.address}']") != []


def test_a_digest_lists_its_briefs() -> None:
    listed = [attribute(a, "href") for a in soup("article-digest").select("[aria-labelledby=briefs] .headline")]
    assert listed == [f"../../../../{brief.address}" for brief in ARTICLES["article-digest"].briefs]


def test_each_related_article_has_its_reasons() -> None:
    assert [
        len(item.select(".reasons li")) for item in soup("article").select("aside [aria-labelledby=related] .teaser")
    ] == [2, 2, 3]


# Malice


def test_a_hostile_text_adds_no_element() -> None:
    page = soup("article-hostile")
    assert page("img") == []
    assert [attribute(tag, "src") for tag in page("script")] == ["../../../../theme/js/backfile.js", ""]


def test_a_hostile_title_is_shown_as_it_is() -> None:
    assert one(soup("article-hostile"), "h1").get_text() == HOSTILE


def test_a_hostile_title_is_data_in_json_ld() -> None:
    assert facts("article-hostile")["headline"] == HOSTILE


def test_a_hostile_address_stays_within_its_attribute() -> None:
    canonical = ARTICLES["article-hostile"].canonical
    assert attribute(one(soup("article-hostile"), "a[rel=external]"), "href") == canonical


# Machines


def test_json_ld_says_what_is_known_and_nothing_else() -> None:
    assert facts("article-brief") == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": PAGES["article-brief"].title,
        "inLanguage": "en",
        "description": PAGES["article-brief"].description,
        "mainEntityOfPage": f"{SITE.url}/{PAGES['article-brief'].address}",
    }


@pytest.mark.parametrize("name", ["front", "article", "topic"])
def test_the_permalink_is_the_canonical_address(name: str) -> None:
    link = one(soup(name), "link[rel=canonical]")
    assert attribute(link, "href") == f"{SITE.url}/{PAGES[name].address}"


def test_a_page_for_lost_addresses_has_no_address_of_its_own() -> None:
    assert soup("not-found").select("link[rel=canonical]") == []


def test_a_retired_address_leads_on() -> None:
    refresh = one(soup("redirect"), "meta[http-equiv=refresh]")
    assert attribute(refresh, "content") == "0; url=../../stories/new/"


# What is much, what is nothing


def test_bars_of_weeks_say_from_which_week_to_which() -> None:
    ends = soup("topic").select_one(".bars-ends")
    assert ends
    assert ends.get_text() == "Weeks of 3 June 2024 – 3 March 2025"


def test_a_list_counts_the_takes_it_does_not_show() -> None:
    entries = [len(entry.select(".entry-takes li")) for entry in soup("front").select(".entry")]
    assert max(entries) == 4


def test_many_takes_fold_rather_than_stand_side_by_side() -> None:
    page = soup("story-forty")
    assert (len(page.select("details.column")), len(page.select(".columns"))) == (40, 0)


@pytest.mark.parametrize("name", ["front-empty", "topic-empty", "index-empty"])
def test_an_empty_place_says_what_would_be_there(name: str) -> None:
    empty = one(soup(name), ".empty")
    assert len(empty.get_text()) > 20
