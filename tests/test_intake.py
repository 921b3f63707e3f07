"""What the words of `invoke import` stand for, up to what is in the archive then."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from backfile import frontmatter
from backfile.frontmatter import FrontMatter
from backfile.ingest.report.receipt import Report
from backfile.intake import import_texts
from tests.ingest.fetch.world import World, redirect, reply, serving

URL = "https://news.example/ferry"
PAGE = """<!doctype html><html lang="en"><head><title>Ferry sails again</title>
<meta property="article:published_time" content="2025-03-14T08:00:00+02:00"></head>
<body><article><h1>Ferry sails again</h1>
<p>The ferry to the islands sails again since Friday, after a winter in which only the post boat had kept going.</p>
<p>Its captain said that nobody had missed the sea more than he had, and that every berth was taken until May.</p>
<p>{end}</p></article></body></html>"""
FERRY = PAGE.format(end="Tickets cost four crowns, and children sail free of charge, as they did before the war.")
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay</title><link>https://news.example/</link>
<item><title>Bakers meet</title><link>https://news.example/bakers</link><pubDate>Fri, 14 Mar 2025 08:00:00 GMT</pubDate>
<description>Forty bakers have met in the old hall to judge each other's bread.</description></item>
<item><title>Mill closes</title><link>https://news.example/mill</link><pubDate>Thu, 13 Mar 2025 08:00:00 GMT</pubDate>
<description>The last mill on the river closes in May, said its owner on Thursday.</description></item>
</channel></rss>"""


@pytest.fixture
def world() -> Any:
    with serving() as found:
        yield found


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "content"


def run(world: World, content: Path, *words: str | Path, dry_run: bool = False) -> Report:
    return import_texts(
        [str(word) for word in words],
        content.parent / "inbox",
        content,
        day="",
        source="",
        lang="",
        force=False,
        dry_run=dry_run,
        fetch=world.fetcher().fetch,
    )


def actions(report: Report) -> list[str]:
    return [intent.action for entry in report.entries for intent in entry.intents]


def articles(content: Path) -> dict[str, FrontMatter]:
    paths = sorted((content / "articles").rglob("*.md"))
    fronts = (frontmatter.parse(path.read_text(encoding="utf-8"), path.name)[0] for path in paths)
    return {front.title: front for front in fronts}


def test_a_page_is_kept_beside_what_was_made_of_it(world: World, content: Path) -> None:
    world.replies["news.example/f"] = redirect("/ferry")
    world.replies["news.example/ferry"] = reply(FERRY, Content_Type="text/html; charset=utf-8")
    report = run(world, content, "https://news.example/f")
    assert f"  was led to {URL}" in report.lines()
    front = articles(content)["Ferry sails again"]
    assert (front.canonical, front.date.isoformat()) == (URL, "2025-03-14")
    came = front.provenance
    assert came is not None
    assert came.sha256 is not None
    assert (came.file, came.retrieved) == ("https://news.example/f", "2025-03-20T09:30:00+00:00")
    (kept,) = (content / "sources").rglob(f"{came.sha256}*")
    assert (kept.suffix, kept.read_bytes()) == (".html", FERRY.encode())
    receipt = json.loads(next((content / "imports").rglob("*.json")).read_text(encoding="utf-8"))
    assert receipt["retrieved"] == came.retrieved
    assert receipt["fetched"] == {
        "url": URL,
        "via": ["https://news.example/f"],
        "status": 200,
        "media_type": "text/html",
        "charset": "utf-8",
        "last_modified": None,
        "noarchive": False,
    }


def test_a_page_again_is_the_same_and_a_changed_one_a_revision(world: World, content: Path) -> None:
    world.replies["news.example/ferry"] = reply(FERRY)
    assert actions(run(world, content, URL)) == ["create"]
    assert actions(run(world, content, URL)) == ["same"]
    world.replies["news.example/ferry"] = reply(PAGE.format(end="Tickets cost five crowns from Monday, and dogs pay."))
    assert actions(run(world, content, URL)) == ["update"]
    (front,) = articles(content).values()
    assert [revision.seen for revision in front.revisions] == ["2025-03-20T09:30:00+00:00"]


def test_a_feed_s_entries_are_imported_and_nothing_that_they_name_is_fetched(world: World, content: Path) -> None:
    world.replies["news.example/feed"] = reply(FEED, Content_Type="application/rss+xml")
    assert actions(run(world, content, "https://news.example/feed")) == ["create", "create"]
    found = articles(content)
    assert found["Bakers meet"].canonical == "https://news.example/bakers"
    receipts = [json.loads(path.read_text(encoding="utf-8")) for path in (content / "imports").rglob("*.json")]
    assert {receipt["fetched"]["url"] for receipt in receipts} == {"https://news.example/feed"}
    assert world.asked == ["news.example/feed"]


def test_one_bad_address_never_stops_the_others(world: World, content: Path, tmp_path: Path) -> None:
    world.replies["news.example/ferry"] = reply(FERRY)
    file = tmp_path / "mill.txt"
    file.write_text("Mill closes\n\nThe last mill on the river closes in May, said its owner.\n", encoding="utf-8")
    words = ("http://news.example/", "https://news.example/none", "ftp://a", "file:///etc/passwd", file, URL)
    report = run(world, content, *words)
    assert [entry.receipt.file for entry in report.failed] == [str(word) for word in words[:4]]
    assert set(articles(content)) == {"Mill closes", "Ferry sails again"}


def test_a_dry_run_fetches_and_writes_nothing(world: World, content: Path) -> None:
    world.replies["news.example/ferry"] = reply(FERRY)
    assert actions(run(world, content, URL, dry_run=True)) == ["create"]
    assert not content.exists()


def given(monkeypatch: pytest.MonkeyPatch, data: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))


def test_standard_input_is_a_document_whose_name_says_nothing(
    world: World, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "---\ntitle: Mill closes\nsource: {}\n---\n\nThe last mill on the river closes in May, said its owner.\n"
    for source in ("The Quay", "The Weir"):
        given(monkeypatch, text.format(source))
        assert actions(run(world, content, "-")) == ["create"]
    assert {path.suffix for path in (content / "sources").rglob("*.*")} == {".md"}
    given(monkeypatch, "")
    (entry,) = run(world, content, "-").failed
    assert entry.receipt.refused == "standard input: is empty; put the text into it"
