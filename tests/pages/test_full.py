"""A brief whose full article has come: one text in lists, two pages, and no address lost."""

from __future__ import annotations

from backfile.archive import Editorial, assemble
from backfile.model import Kind
from backfile.pages.articles import article_sections
from backfile.pages.entries import Catalogue
from backfile.pages.records import ArticlePage
from backfile.stories import Ledger
from tests.factory import article

DIGEST = article("Evening list", kind=Kind.DIGEST)
FULL = article("Bridge opens", "The bridge at Ostby has opened after a year of work.", day="2025-03-15")
BRIEF = article(
    "Bridge opens", "The bridge has opened.", kind=Kind.BRIEF, digest=DIGEST.id, full=FULL.id, digest_item=1
)
OTHER = article("Snow falls", "Snow fell.", kind=Kind.BRIEF, digest=DIGEST.id, digest_item=2)


def catalogue(ledger: Ledger | None = None) -> Catalogue:
    return Catalogue(assemble([DIGEST, BRIEF, OTHER, FULL], Editorial(ledger=ledger or Ledger())), {})


def page_of(id_: str) -> ArticlePage:
    plans = (plan for section in article_sections(catalogue()) for plan in section.plans())
    (page,) = (plan.make() for plan in plans if plan.save_as == f"{id_}/index.html")
    assert isinstance(page, ArticlePage)
    return page


def test_lists_show_the_full_article_once() -> None:
    takes = [take for story in catalogue().archive.stories for take in story.takes]
    assert sorted(takes) == sorted([DIGEST.id, OTHER.id, FULL.id])


def test_the_digest_leads_to_the_full_article_in_the_place_of_the_brief() -> None:
    page = page_of(DIGEST.id)
    assert [teaser.address for teaser in page.briefs] == [f"{FULL.id}/", f"{OTHER.id}/"]


def test_the_brief_keeps_its_page_and_points_on() -> None:
    page = page_of(BRIEF.id)
    assert (page.id, page.listed, page.digest and page.digest.title) == (BRIEF.id, False, "Evening list")
    assert page.full is not None
    assert page.full.address == f"{FULL.id}/"


def test_a_story_that_the_brief_founded_keeps_its_address() -> None:
    stories = catalogue(Ledger({"the-bridge": BRIEF.id})).archive.stories
    assert [story.takes for story in stories if story.id == "the-bridge"] == [(FULL.id,)]


def test_a_full_article_that_is_not_there_is_reported() -> None:
    archive = assemble([BRIEF, DIGEST], Editorial())
    assert BRIEF.id in archive.articles
    assert [finding.code for finding in archive.findings] == ["B152"]
