"""The whole road on a small invented archive: what a reader finds on the pages."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from backfile.check import check_site
from tests.building import ARCHIVE, build, files_of, run_pelican
from tests.site.conftest import Pages

CRANE = "2025/03/14/crane-falls-in-odesa-harbour-after-night-storm/"
STORM = "2025/03/14/storm-topples-port-crane-in-odesa-terminal-closed/"
STORY = "stories/crane-falls/"


def text(soup: Any) -> str:
    return " ".join(soup.get_text(" ").split())


def hrefs(soup: Any) -> list[str]:
    return [a["href"] for a in soup.find_all("a", href=True)]


def test_every_kind_of_page_is_there(site: Path) -> None:
    expected = {
        "",
        CRANE,
        STORY,
        "topics/harbour/",
        "sources/the-harbour-post/",
        "people/taras-hrynko/",
        "places/odesa/",
        "2025/",
        "2025/03/",
        "2025/03/14/",
        "topics/",
        "sources/",
        "people/",
        "places/",
        "archive/",
        "search/",
        "about/",
    }
    assert {address for address in expected if not (site / address / "index.html").exists()} == set()
    assert (site / "404.html").exists()


def test_the_front_page_shows_a_story_once_with_its_takes(pages: Pages) -> None:
    main = pages[""].main
    assert [h.get_text() for h in main.find_all(["h2", "h3"])].count("The crane at berth 7") == 1
    assert STORY in hrefs(main)
    assert "Coastline Daily" in text(main)


def test_two_tellings_are_one_story_with_reasons(pages: Pages) -> None:
    page = pages[STORY]
    assert page.h1.get_text() == "The crane at berth 7"
    assert "2 outlets" in text(page)
    assert "Taras Hrynko" in text(page.find(id="why").parent)


def test_a_retired_story_address_leads_to_the_story_that_took_it_in(site: Path) -> None:
    page = (site / "stories/storm-topples-port-crane/index.html").read_text(encoding="utf-8")
    assert "../../stories/crane-falls/" in page


def test_a_brief_names_its_digest_and_the_digest_lists_its_briefs(pages: Pages) -> None:
    digest = "2025/03/15/morning-list-of-the-coast/"
    brief = "2025/03/15/ferry-to-varna-starts-again-in-april/"
    assert any(digest in href for href in hrefs(pages[brief].main))
    assert any(brief in href for href in hrefs(pages[digest].main))


def test_a_digest_lists_its_briefs_in_its_own_order(pages: Pages) -> None:
    listed = pages["2025/03/15/morning-list-of-the-coast/"].find(id="briefs").parent
    assert [link["href"].rstrip("/").rpartition("/")[2] for link in listed.select("a.headline")] == [
        "lighthouse-keeper-retires-after-forty-one-years",
        "ferry-to-varna-starts-again-in-april",
        "fishermen-of-izmail-end-a-nine-day-strike",
    ]


def test_an_article_leads_to_the_receipt_of_its_import(site: Path, pages: Pages) -> None:
    (address,) = (href for href in hrefs(pages[CRANE].main) if "data/imports/" in href)
    receipt = json.loads((site / CRANE / address).read_text(encoding="utf-8"))
    assert receipt["dropped"] == {"repeated title": 10}
    assert [item["article"] for item in receipt["items"]] == [CRANE.rstrip("/")]  # and not the draft


def test_an_article_shows_its_earlier_versions(pages: Pages) -> None:
    record = text(pages[CRANE].find(id="provenance").parent)
    assert "seen 14 March 2025, changed 15 March 2025: “Crane falls in Odesa harbour”" in record


def test_a_topic_counts_articles_and_outlets_and_folds_takes_in(pages: Pages) -> None:
    main = pages["topics/harbour/"].main
    assert [p.get_text() for p in main.find_all(class_="chronicle-title")].count("The crane at berth 7") == 1
    assert "Вісник узбережжя" in text(main)
    assert main.find(id="day-2025-03-14")


def test_a_narrower_topic_names_its_parent(pages: Pages) -> None:
    assert any("topics/strikes/" in href for href in hrefs(pages["topics/danube-strikes/"].main))
    assert "sprat" in text(pages["topics/danube-strikes/"].main)


def test_a_guessed_date_says_so(pages: Pages) -> None:
    page = pages["2025/03/18/v-odesse-podnimayut-upavshiy-kran/"]
    assert "import" in text(page.main).lower()


def test_article_text_carries_its_language_and_direction(pages: Pages) -> None:
    page = pages["2025/03/18/port-note-in-arabic/"]
    assert page.html["lang"] == "ar"
    assert page.find(attrs={"data-pagefind-body": True})["dir"] == "rtl"


def test_links_to_files_and_to_other_articles_lead_to_their_pages(site: Path, pages: Pages) -> None:
    page = pages["2024/06/02/everything-that-a-text-may-hold/"]
    assert f"../../../../{CRANE}" in hrefs(page.main)
    assert page.main.img["src"] == "../../../../images/harbour-plan.svg"
    assert (site / "images/harbour-plan.svg").exists()


def test_a_story_of_three_outlets_counts_two_texts_where_one_is_a_copy(pages: Pages) -> None:
    told = text(pages["stories/nineteen-old-ships-sail-for-constanta/"].main)
    assert "3 outlets" in told
    assert "2 independent texts" in told


def test_nothing_is_wrong_with_the_built_site(site: Path) -> None:
    assert check_site(site) == ()


def test_a_hidden_article_has_a_page_and_stands_in_no_list(site: Path, pages: Pages) -> None:
    address = "2025/03/16/an-unlisted-note/"
    assert "breakwater" in text(pages[address].main)
    assert not pages[address].find(attrs={"data-pagefind-body": True})
    elsewhere = [name for name, data in files_of(site).items() if b"an-unlisted-note" in data]
    assert elsewhere == [f"{address}index.html"]


def test_a_draft_is_nowhere(site: Path) -> None:
    assert [name for name, data in files_of(site).items() if b"zebrafish" in data] == []


def test_only_articles_are_indexed_for_search(site: Path) -> None:
    marked = {name for name, data in files_of(site).items() if b"data-pagefind-body" in data}
    assert len(marked) == 14
    assert all(name.count("/") == 4 for name in marked)


def test_a_topic_feed_has_its_articles(site: Path) -> None:
    feed = ET.fromstring((site / "feeds/topics/harbour.atom").read_bytes())
    titles = [title.text for title in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert "Storm topples port crane in Odesa, terminal closed" in titles


def test_stories_for_machines_say_why(site: Path) -> None:
    data = json.loads((site / "data/stories.json").read_bytes())
    stories = {s["id"]: s for s in data["stories"]}
    assert stories["crane-falls"]["takes"] == [CRANE[:-1], STORM[:-1]]
    assert stories["crane-falls"]["joins"][0]["reasons"]
    related = [json.loads((site / file).read_bytes())["related"] for file in data["related"]]
    links = [link for year in related for own in year.values() for link in own]
    assert links
    assert all(link["reasons"] for link in links)


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    assert [name for name, data in files_of(site).items() if b'src="http' in data or b'src="//' in data] == []


def test_an_empty_archive_builds(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    site = build(tmp_path / "content", tmp_path / "output", SEARCH_INDEX=False)
    assert (site / "index.html").exists()


BAD = {
    "broken front matter": ("---\ntitle: [a\n---\nx\n", "articles/bad.md:", "B103"),
    "a date that does not exist": (
        "---\ntitle: A\ndate: 2025-02-30\n---\nx\n",
        "articles/bad.md:3: date:",
        "2025-02-30",
    ),
    "no text": ("---\ntitle: A\ndate: 2025-02-28\n---\n", "articles/bad.md", "B120"),
    "an address that is taken": (
        "---\ntitle: A\ndate: 2025-03-14\nslug: crane-falls-in-odesa-harbour-after-night-storm\n---\nx\n",
        "articles/bad.md",
        "articles/2025/03/crane-falls-in-odesa-harbour-after-night-storm.md",
    ),
    "a slug that would leave the output": (
        "---\ntitle: A\ndate: 2025-03-14\nslug: ../../../../etc\n---\nx\n",
        "articles/bad.md:4: slug:",
        "../../../../etc",
    ),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive that has been built: ``content`` and ``output`` side by side."""
    place = tmp_path_factory.mktemp("good")
    article = "articles/2025/03/crane-falls-in-odesa-harbour-after-night-storm.md"
    (place / "content" / article).parent.mkdir(parents=True)
    shutil.copy(ARCHIVE / article, place / "content" / article)
    build(place / "content", place / "output", SEARCH_INDEX=False)
    return place


@pytest.mark.parametrize(("content", "where", "what"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_fails_the_build_and_the_last_good_site_stays(
    good: Path, content: str, where: str, what: str
) -> None:
    before = files_of(good / "output")
    bad = good / "content/articles/bad.md"
    bad.write_text(content, encoding="utf-8")
    done = run_pelican(good / "content", good / "output", SEARCH_INDEX=False)
    bad.unlink()
    assert done.returncode != 0
    assert where in done.stderr + done.stdout
    assert what in done.stderr + done.stdout
    assert "Traceback" not in done.stderr + done.stdout
    assert files_of(good / "output") == before
