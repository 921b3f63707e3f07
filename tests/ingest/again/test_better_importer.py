"""A better importer reads again what was kept: what the old one wrote, and nobody edited, follows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from backfile.content import read_archive
from backfile.ingest.records import Item
from backfile.model import DateBasis, Kind
from tests.building import files_of
from tests.ingest.again.rereadings import Tell, again, articles, by_hand, first, only, take, told
from tests.ingest.short_texts import DIGEST, PORT


def test_what_nobody_edited_follows_the_importer(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    before = only(content)
    importer(first(title="Port of Ostby opens again", authors=("Ann Lee",), markdown="The port opened.\n"))
    assert told(again(content)) == {
        "title": ("Port opens again", "Port of Ostby opens again", ""),
        "authors": ((), ("Ann Lee",), ""),
        "body": (before.body, "The port opened.\n", ""),
    }
    now = only(content)
    assert (now.front.title, now.front.authors, now.body) == (
        "Port of Ostby opens again",
        ("Ann Lee",),
        "The port opened.\n",
    )
    assert (now.path, now.id, now.edited, now.front.revisions) == (before.path, before.id, False, ())
    assert again(content).changes == 0


def test_what_is_not_agreed_to_is_not_written(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    before = files_of(content)
    importer(first(title="Other"))
    assert again(content, agree=False).changes == 1
    assert files_of(content) == before


def test_what_is_a_guess_no_more_is_none(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    importer(first(guessed=()))
    assert told(again(content)) == {"guessed": (("date", "lang"), ("date",), "")}
    assert only(content).front.guessed == ("date",)


def test_a_better_day_moves_the_article_and_its_briefs(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path, DIGEST)
    by_hand(content, only(content, "Snow"), title="Snow halts the railway")
    day = date(2025, 2, 28)
    importer(lambda items: [replace(item, date=day, date_basis=DateBasis.TEXT) for item in items])
    report = again(content)
    assert "  /2025/03/20/evening-digest/ will lead to /2025/02/28/evening-digest/" in [*report.lines()]
    assert {path.rpartition("/")[0] for path in articles(content)} == {"articles/2025/02"}
    for held in articles(content).values():
        assert held.front.formerly == (f"2025/03/20/{held.slug}",)
        assert "date" not in held.front.guessed
        assert held.front.digest in (None, "2025/02/28/evening-digest")
        assert held.edited == held.front.title.startswith("Snow")
    assert read_archive(content, "en").findings == ()
    assert again(content).changes == 0


def test_an_article_that_has_moved_is_updated_where_it_is_and_its_old_address_stays(
    tmp_path: Path, importer: Tell
) -> None:
    content = take(tmp_path)
    importer(first(date=date(2025, 2, 28), date_basis=DateBasis.TEXT))
    again(content)
    take(tmp_path, PORT.replace("nine", "ten"))
    assert (only(content).id, only(content).front.formerly) == (
        "2025/02/28/port-opens-again",
        ("2025/03/20/port-opens-again",),
    )
    assert "ten months" in only(content).body


def test_a_day_that_is_no_longer_found_stays_and_is_a_guess(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path, f"{PORT}\nPublished: 12 March 2025\n")
    before = only(content)
    assert before.front.date_basis is not DateBasis.IMPORTED
    importer(first(date=None, date_basis=None))
    again(content)
    assert (only(content).id, only(content).front.date_basis) == (before.id, before.front.date_basis)
    assert "date" in only(content).front.guessed


def test_what_is_no_longer_found_is_told_and_kept(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path, DIGEST)
    importer(lambda items: (items[0], items[2]))
    report = again(content)
    assert "is no longer found in its file; it stays as it is" in "\n".join(report.lines())
    assert len(articles(content)) == 3
    assert only(content, "Snow").front.digest_item == 1
    receipt = json.loads(next((content / "imports").rglob("*.json")).read_bytes())
    assert {item["path"] for item in receipt["items"]} == set(articles(content))


def test_what_is_found_for_the_first_time_is_made_on_the_day_of_its_digest(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path, DIGEST)
    new = Item("Ferry sinks", Kind.BRIEF, "A ferry sank.\n", digest=0)
    importer(lambda items: (*items, new))
    assert again(content).changes == 1
    ferry = only(content, "Ferry")
    assert (ferry.id, ferry.front.digest, ferry.front.digest_item) == (
        "2025/03/20/ferry-sinks",
        "2025/03/20/evening-digest",
        3,
    )
    assert not ferry.edited
    assert again(content).changes == 0


def test_an_article_that_turns_out_to_be_a_digest_becomes_one(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    briefs = [Item(f"Brief {number}", Kind.BRIEF, f"{number}. {PORT}", digest=0) for number in (1, 2)]
    importer(lambda items: (replace(items[0], kind=Kind.DIGEST, markdown="Two items.\n"), *briefs))
    again(content)
    assert [(held.front.kind, held.front.digest_item) for held in articles(content).values()] == [
        (Kind.BRIEF, 1),
        (Kind.BRIEF, 2),
        (Kind.DIGEST, None),
    ]


def test_what_makes_no_front_matter_is_refused_and_the_others_go_on(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    take(tmp_path, DIGEST)
    importer(lambda items: [replace(item, url="nowhere") if "Port" in item.title else item for item in items])
    assert "canonical: “nowhere” is not allowed." in "".join(again(content).refused)
