"""A text that was taken back is in no file of the site; its address says so, and what it held together goes on."""

from __future__ import annotations

import gzip
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from backfile.check import check_site
from backfile.ingest.changes.apply import carry_out
from backfile.takeback import plan_taking_back
from tests.building import ARCHIVE, build, files_of

CRANE = "2025/03/14/crane-falls-in-odesa-harbour-after-night-storm"
STORM = "2025/03/14/storm-topples-port-crane-in-odesa-terminal-closed"
WORDS = ("gusts of 31 metres", "We heard it before we saw it", "A loading crane collapsed", "Crane falls in Odesa")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The test archive with its search index, after one of two tellings of a story was taken back."""
    place = tmp_path_factory.mktemp("withdrawn")
    content = place / "content"
    shutil.copytree(ARCHIVE, content, copy_function=shutil.copy)
    plan = plan_taking_back([CRANE], content, reason="The harbour office asked for it.", default_lang="en")
    carry_out(plan.changes, content)
    return build(content, place / "output")


def test_its_words_are_nowhere(site: Path) -> None:
    files = {
        name: gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data for name, data in files_of(site).items()
    }
    assert any(b"terminal closed" in data for name, data in files.items() if name.endswith(".pf_fragment"))
    assert [(name, said) for name, data in files.items() for said in WORDS if said.encode() in data] == []


def test_no_list_or_export_has_its_address(site: Path) -> None:
    linked = [name for name, data in files_of(site).items() if CRANE.encode() in data and not name.endswith(".atom")]
    assert linked == ["2024/06/02/everything-that-a-text-may-hold/index.html"]  # its author's own link
    assert (site / CRANE / "index.html").exists()


def test_no_feed_has_an_entry_for_it(site: Path) -> None:
    feeds = [data for name, data in files_of(site).items() if name.endswith(".atom")]
    titles = [tag.text for feed in feeds for tag in ET.fromstring(feed).iter("{http://www.w3.org/2005/Atom}title")]
    assert "Storm topples port crane in Odesa, terminal closed" in titles
    assert "Crane falls in Odesa harbour after night storm" not in titles


def test_its_page_says_when_and_why_and_is_not_found_by_search(site: Path) -> None:
    page = BeautifulSoup((site / CRANE / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert page.select('meta[name="robots"][content="noindex"]')
    assert page.main is not None
    assert "The harbour office asked for it." in page.main.get_text()
    assert not page.select("[data-pagefind-body]")


def test_the_address_of_its_story_leads_to_the_text_that_is_left(site: Path) -> None:
    assert f"../../{STORM}/" in (site / "stories/crane-falls/index.html").read_text(encoding="utf-8")


def test_nothing_is_wrong_with_the_site(site: Path) -> None:
    assert check_site(site) == ()
