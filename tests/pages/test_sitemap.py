from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest

from backfile.archive import Archive, Editorial, assemble
from backfile.model import Provenance, Revision, Status
from backfile.pages import FilePlan, PagePlan, plans, sections
from backfile.pages.entries import Catalogue
from backfile.pages.records import Site
from backfile.pages.sitemap import SITEMAP, sitemaps
from backfile.withdrawals import Withdrawal
from tests.factory import article

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = Site("Archive", "", "en", "https://coast.example/archive", searchable=False)
HOME = f"{SITE.url}/"
TEXT = "The bridge at Ostby has opened after a year of work, said the mayor Anna Lind on Friday."
FIRST = article("Bridge opens", TEXT)
SECOND = article("A bridge is opened", f"{TEXT} It cost nine crowns.", outlet="Coast Times", day="2025-03-15")
HIDDEN = article("Between us", "Nobody is to find this by chance.", status=Status.HIDDEN)
GONE = Withdrawal("2025/03/16/gone", date(2025, 4, 2), "It was asked for.", formerly=("2025/03/13/gone",))


@pytest.fixture
def archive() -> Archive:
    return assemble([FIRST, SECOND, HIDDEN], Editorial(withdrawn=(GONE,)))


def files(archive: Archive, site: Site = SITE) -> dict[str, bytes]:
    found = (plan for plan in plans(sections(archive, site, (), {}, {})) if isinstance(plan, FilePlan))
    return {plan.save_as: plan.make() for plan in found if "sitemap" in plan.save_as}


def listed(data: bytes) -> dict[str | None, str | None]:
    return {item.findtext(f"{SPACE}loc"): item.findtext(f"{SPACE}lastmod") for item in ET.fromstring(data)}


def test_a_site_without_a_public_address_has_no_sitemap(archive: Archive) -> None:
    assert files(archive, replace(SITE, url="")) == {}


def test_every_page_that_may_be_found_is_listed_and_no_other(archive: Archive) -> None:
    (data,) = files(archive).values()
    pages = {HOME + plan.address for plan in plans(sections(archive, SITE, (), {}, {})) if isinstance(plan, PagePlan)}
    gone = ("2025/03/16/gone/", "2025/03/16/", "2025/03/13/gone/", "2025/03/13/")
    left_out = ("2025/03/14/between-us/", *gone, "search/", "404.html")
    assert pages - listed(data).keys() == {HOME + address for address in left_out}
    assert listed(data).keys() <= pages


def test_a_story_changed_when_its_newest_text_did(archive: Archive) -> None:
    (data,) = files(archive).values()
    days = {address: day for address, day in listed(data).items() if day}
    assert sorted(days.values()) == ["2025-03-14", "2025-03-15", "2025-03-15"]
    assert days[f"{HOME}stories/bridge-opens/"] == "2025-03-15"


def test_a_text_changed_when_its_newest_version_was_fetched() -> None:
    revised = replace(
        FIRST, revisions=(Revision(seen="2025-04-01"),), provenance=Provenance(retrieved="2025-04-07T08:00:00Z")
    )
    (data,) = files(assemble([revised], Editorial())).values()
    assert listed(data)[f"{HOME}2025/03/14/bridge-opens/"] == "2025-04-07"


def test_more_addresses_than_a_file_may_hold_stand_in_further_files(archive: Archive) -> None:
    (whole,) = files(archive).values()
    made = {plan.save_as: plan.make() for plan in sitemaps(Catalogue(archive, {}), SITE, (), most=2)}
    index = listed(made.pop(SITEMAP))
    assert index == {f"{HOME}sitemap-1.xml": "2025-03-15", f"{HOME}sitemap-2.xml": "2025-03-15"}
    parts = [listed(data) for data in made.values()]
    assert [len(part) for part in parts] == [2, 1]
    assert {**parts[0], **parts[1]}.items() <= listed(whole).items()
