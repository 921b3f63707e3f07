"""A text that was taken back: its address says so, and what it held together goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backfile.archive import Archive, Editorial, assemble
from backfile.errors import ContentError
from backfile.model import Article, Kind
from backfile.pages import FilePlan, PagePlan, Plan, plans, sections
from backfile.pages.records import Page, RedirectPage, Site, WithdrawnPage
from backfile.stories import Ledger
from backfile.withdrawals import Withdrawal
from tests.factory import article

SITE = Site("Archive", "", "en", "", searchable=False)
TEXT = "The bridge at Ostby has opened after a year of work, said the mayor Anna Lind on Friday."
FIRST = article("Bridge opens", TEXT)
SECOND = article("A bridge is opened", f"{TEXT} It cost nine crowns.", outlet="Coast Times", day="2025-03-15")
GONE = Withdrawal(FIRST.id, date(2025, 4, 2), "The outlet asked for it.", formerly=("2025/03/13/bridge-opens",))


def archive(*articles: Article, gone: tuple[Withdrawal, ...] = (GONE,), ledger: Ledger | None = None) -> Archive:
    return assemble(articles, Editorial(ledger=ledger or Ledger(), withdrawn=gone))


def pages(of: Archive) -> dict[str, Page]:
    return {plan.address: plan.make() for plan in planned(of) if isinstance(plan, PagePlan)}


def planned(of: Archive) -> list[Plan]:
    return list(plans(sections(of, SITE, (), {}, {})))


def leads(page: Page) -> str:
    assert isinstance(page, RedirectPage)
    return page.to


def test_a_tombstone_stands_at_its_address_and_former_ones_lead_there() -> None:
    found = pages(archive(SECOND))
    stone = found[f"{FIRST.id}/"]
    assert isinstance(stone, WithdrawnPage)
    assert (stone.day, stone.reason) == (date(2025, 4, 2), "The outlet asked for it.")
    assert leads(found["2025/03/13/bridge-opens/"]) == f"{FIRST.id}/"


def test_no_list_feed_or_data_file_leads_to_a_tombstone() -> None:
    files = [plan for plan in planned(archive(SECOND)) if isinstance(plan, FilePlan)]
    assert [plan.save_as for plan in files if FIRST.slug.encode() in plan.make()] == []
    assert [address for address, page in pages(archive(SECOND)).items() if FIRST.slug in repr(page)] == [
        f"{FIRST.id}/",
        "2025/03/13/bridge-opens/",
        "2025/03/13/",  # nothing else stood on these two days
        "2025/03/14/",
    ]


def test_a_story_that_it_founded_goes_on_with_its_heir() -> None:
    found = archive(SECOND, gone=(replace(GONE, heir=SECOND.id),), ledger=Ledger({"the-bridge": FIRST.id}))
    assert found.findings == ()
    assert [story.id for story in found.stories] == ["the-bridge"]
    assert leads(pages(found)["stories/the-bridge/"]) == f"{SECOND.id}/"


def test_a_story_of_which_nothing_is_left_leads_to_the_last_tombstone() -> None:
    both = (replace(GONE, heir=SECOND.id), Withdrawal(SECOND.id, date(2025, 4, 3)))
    found = archive(article("Snow falls"), gone=both, ledger=Ledger({"the-bridge": FIRST.id}))
    assert found.findings == ()
    assert leads(pages(found)["stories/the-bridge/"]) == f"{SECOND.id}/"


def test_the_next_one_that_the_ledger_names_goes_before_nothing() -> None:
    ledger = Ledger({"the-bridge": FIRST.id}, heirs={"the-bridge": ("2025/03/15/gone", SECOND.id)})
    found = archive(SECOND, ledger=ledger)
    assert (found.findings, [story.id for story in found.stories]) == ((), ["the-bridge"])


def test_heirs_that_name_each_other_end_somewhere() -> None:
    both = (replace(GONE, heir=SECOND.id), Withdrawal(SECOND.id, date(2025, 4, 3), heir=FIRST.id))
    gone = archive(gone=both, ledger=Ledger({"the-bridge": FIRST.id})).withdrawn
    assert [story for one in gone for story in one.stories] == ["the-bridge"]


def test_what_names_it_is_no_fault() -> None:
    brief = article("Bridge", "The bridge has opened.", kind=Kind.BRIEF, full=FIRST.id, digest=FIRST.id)
    found = archive(brief)
    assert (list(found.articles), found.findings) == ([brief.id], ())


def test_an_article_at_a_tombstone_is_an_error() -> None:
    with pytest.raises(ContentError, match=r"was withdrawn on 2025-04-02\..*B147"):
        archive(FIRST)


def test_a_story_goes_on_with_an_heir_that_has_moved_and_ends_where_its_founder_was_last() -> None:
    former = "2025/03/13/bridge-opens"
    moved = replace(SECOND, formerly=("2025/03/20/a-bridge-is-opened",))
    heir = archive(
        moved, gone=(replace(GONE, heir="2025/03/20/a-bridge-is-opened"),), ledger=Ledger({"bridge": former})
    )
    assert [story.takes for story in heir.stories if story.id == "bridge"] == [(SECOND.id,)]
    assert leads(pages(archive(SECOND, ledger=Ledger({"bridge": former})))["stories/bridge/"]) == f"{FIRST.id}/"
