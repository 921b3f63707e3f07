"""Copies of one text bear one word, by which a search puts them together."""

from __future__ import annotations

from backfile.archive import Editorial, assemble
from backfile.pages import FilePlan, PagePlan, plans, sections
from backfile.pages.records import ArticlePage, Site
from tests.factory import article

FERRY = "The ferry Nordlys ran aground off Skagen with 140 people on board; tugs pulled it free at noon."
FIRST = article("Ferry aground", FERRY)
COPY = article("Nordlys runs aground", FERRY, outlet="Coast Times", day="2025-03-15")
ALONE = article("Bakers meet", "Forty bakers met to judge bread.")


def test_pages_and_lists_of_titles_say_it() -> None:
    site = Site("Archive", "", "en", "", searchable=True)
    found = list(plans(sections(assemble([FIRST, COPY, ALONE], Editorial()), site, (), {}, {})))
    made = [plan.make() for plan in found if isinstance(plan, PagePlan)]
    said = {page.id: page.same_text for page in made if isinstance(page, ArticlePage)}
    assert said == {FIRST.id: FIRST.id, COPY.id: FIRST.id, ALONE.id: None}
    (titles,) = (plan.make().decode() for plan in found if isinstance(plan, FilePlan) and "titles/2025" in plan.save_as)
    assert titles.count(f',"{FIRST.id}"]') == 2
