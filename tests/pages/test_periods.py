"""Years, months and days: their counts agree with each other."""

from __future__ import annotations

from backfile.archive import Editorial, assemble
from backfile.pages.build import plans
from backfile.pages.entries import Catalogue
from backfile.pages.indexes import index_pages
from backfile.pages.periods import period_sections, years
from backfile.pages.plans import PagePlan
from backfile.pages.records import PeriodPage, Site
from backfile.stories import EditorWord
from tests.factory import article

SITE = Site("Archive", "", "en", "", searchable=False)
# One story that is told on three days of two months.
TAKES = [article("Bridge opens", day=day) for day in ("2025-03-30", "2025-03-31", "2025-04-01")]

WORD = EditorWord(merge=(tuple(take.id for take in TAKES),))
CATALOGUE = Catalogue(assemble(TAKES, Editorial(editor=WORD)), {})


def test_a_story_of_many_days_counts_once_in_each_month() -> None:
    planned = plans(period_sections(CATALOGUE, SITE))
    pages = {plan.address: plan.make() for plan in planned if isinstance(plan, PagePlan)}
    year = pages["2025/"]
    assert isinstance(year, PeriodPage)
    assert (year.stories, [part.count for part in year.parts if part.count]) == (1, [1, 1])


def test_the_list_of_years_shows_the_same_months() -> None:
    archive = index_pages(SITE, [], years(CATALOGUE))[-1]
    assert [entry.count for entry in archive.entries] == [1]
    assert [(bar.address, bar.count) for bar in archive.bars if bar.count] == [("2025/03/", 1), ("2025/04/", 1)]
