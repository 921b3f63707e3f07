"""Where the address of a published story leads when its founding article is no longer to be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backfile.archive import Editorial, assemble
from backfile.model import Article, Status
from backfile.pages.data import redirects
from backfile.pages.entries import Catalogue
from backfile.stories import Ledger, entries, load_ledger
from tests.factory import article

FERRY = "The ferry Nordlys ran aground off Skagen with 140 people on board; tugs pulled it free at noon."
TAKES = [article(f"Ferry Nordlys aground {at}", FERRY, outlet=f"Outlet {at}", day=f"2025-03-1{at}") for at in range(3)]
ALONE = article("Bakers meet", "Forty bakers met to judge bread.")


def catalogue(articles: list[Article], ledger: Ledger | None = None) -> Catalogue:
    return Catalogue(assemble(articles, Editorial(ledger=ledger or Ledger())), {})


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load_ledger(entries(catalogue([*TAKES, ALONE]).archive.stories, Ledger()))


@pytest.mark.parametrize("status", [Status.HIDDEN, None])
def test_a_story_without_its_founding_article_keeps_its_address(ledger: Ledger, status: Status | None) -> None:
    first = [replace(TAKES[0], status=status)] if status else []
    found = catalogue([*first, *TAKES[1:], ALONE], ledger)
    assert [story.id for story in found.archive.stories if len(story.takes) > 1] == list(ledger.founders)
    assert list(redirects(found)) == []
    assert found.archive.findings == ()


def test_what_is_left_of_a_story_takes_its_address_over(ledger: Ledger) -> None:
    found = catalogue([TAKES[2], ALONE], ledger)
    (story,) = ledger.founders
    assert list(redirects(found)) == [(f"stories/{story}/", f"{TAKES[2].id}/")]


def test_nothing_left_is_said(ledger: Ledger) -> None:
    found = catalogue([ALONE], ledger)
    assert [finding.code for finding in found.archive.findings] == ["S302"]
