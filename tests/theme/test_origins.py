"""How many outlets, how many independent texts, and whose: on the story page and in the data."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from backfile.archive import Editorial, assemble
from backfile.pages.articles import story_sections
from backfile.pages.build import plans
from backfile.pages.data import STORIES, data_sections
from backfile.pages.entries import Catalogue
from backfile.pages.periods import front_section, period_sections
from backfile.pages.plans import LinesPlan, PagePlan
from tests.factory import article

from .records.teasers import SITE
from .rendering import render

REPORT = (
    "The ferry Nordlys ran aground off Skagen early on Friday with 140 people on board. Tugs pulled it free at noon, "
    "and nobody was hurt. The harbour master has opened an inquiry into the steering gear, renewed in spring."
)
CUT = "With new steering gear the Nordlys ran aground off Skagen on Friday; 140 people were on board the ferry."
OWN = (
    "On Friday the ferry Nordlys lay on a sandbank off Skagen until noon. Its 140 passengers were not hurt. The "
    "harbour master looks into why the steering gear failed."
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """An archive of one story: three prints of a dispatch, one cut from it, and a report by an unknown outlet."""
    told = [
        (f"SKAGEN (TASS) — {REPORT}", "Alpha"),
        (f"{REPORT} More to come.", "Beta"),
        (REPORT, "Gamma"),
        (f"{CUT}\n\n— TASS", "Delta"),
        (OWN, None),
    ]
    articles = [
        article(f"Ferry Nordlys aground off Skagen {at}", text, outlet=outlet) for at, (text, outlet) in enumerate(told)
    ]
    return Catalogue(assemble(articles, Editorial()), {})


@pytest.mark.parametrize(
    ("lang", "facts", "note"),
    [
        (
            "en",
            "4 outlets 1 text whose outlet is not known 2 independent texts 4 texts from TASS",
            "From TASS: Alpha, Beta, Gamma, Delta.",
        ),
        (
            "uk",
            "4 видання 1 текст невідомого видання 2 незалежні тексти 4 тексти, джерело яких — ТАСС",
            "Джерело — ТАСС: Alpha, Beta, Gamma, Delta.",
        ),
        (
            "ru",
            "4 издания 1 текст неизвестного издания 2 независимых текста 4 текста, источник которых — ТАСС",
            "Источник — ТАСС: Alpha, Beta, Gamma, Delta.",
        ),
    ],
)
def test_the_story_page_says_who_copied_whom(catalogue: Catalogue, lang: str, facts: str, note: str) -> None:
    (plan,) = plans(story_sections(catalogue))
    assert isinstance(plan, PagePlan)
    shown = BeautifulSoup(render(plan.make(), replace(SITE, lang=lang)), "html.parser")
    said = shown.select_one(".page-head .facts")
    assert said is not None
    assert " ".join(said.get_text().split()).startswith(facts)
    assert [" ".join(line.get_text().split()) for line in shown.select("[aria-labelledby=takes] .note")] == [note]


def test_the_data_say_it_too(catalogue: Catalogue) -> None:
    planned = (plan for plan in plans(data_sections(catalogue)) if isinstance(plan, LinesPlan))
    made = {plan.save_as: plan.make() for plan in planned}
    (story,) = json.loads(made[STORIES])["stories"]
    first, *others = story["takes"][:4]
    assert (story["outlets"], story["outlet_unknown"], story["independent"]) == (4, 1, 2)
    assert story["origins"] == [
        {"takes": [first, *others], "agencies": ["TASS"], "copies": False},
        {"takes": [story["takes"][4]], "agencies": [], "copies": True},
    ]


@pytest.mark.parametrize("page", ["front", "day"])
def test_a_list_counts_the_texts_of_unknown_outlets(catalogue: Catalogue, page: str) -> None:
    sections = [front_section(catalogue, SITE), *period_sections(catalogue, SITE)]
    made = [plan.make() for plan in plans(sections) if isinstance(plan, PagePlan)]
    (found,) = (each for each in made if page in (each.template, getattr(each, "span", "")))
    shown = BeautifulSoup(render(found), "html.parser").get_text()
    assert re.search(r"4 outlets\s+(?:· )?1 text whose outlet is not known", shown)
