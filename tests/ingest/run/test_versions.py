"""Versions of a text: which file holds one of a text that is there, and what becomes of the one before."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from backfile import frontmatter
from backfile.ingest.run import import_paths
from backfile.model import Revision
from tests.ingest.importing import NOW, TODAY, actions
from tests.ingest.run.content import articles, put, run, snapshot
from tests.ingest.short_texts import PORT

STORM = """The storm took the roof of the market hall at Ostby shortly before dawn on Friday. Nobody was hurt, since
the traders had been warned on Thursday evening and had left their stalls. The council will decide on Monday whether the
hall can be used again this spring, said its clerk. Until then the traders may use the square before the old station,
free of charge, as long as they leave the way to the quay open. Repairs will cost about nine hundred thousand crowns.
"""


def page(text: str = STORM, url: str = "", source: str = "", title: str = "Storm takes a roof") -> str:
    stated = {"canonical": url, "source": source}
    return frontmatter.dump({"title": title, **{key: value for key, value in stated.items() if value}}, text)


def test_the_same_text_in_another_file_is_there_already(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT))
    assert actions(run(content, put(raw, "copy.txt", PORT.replace("\n", "\r\n")))) == ["same"]
    assert len(articles(content)) == 1


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (page(), page(f"{STORM}\nShare this article with your friends.\n"), "update"),
        (page(f"{STORM}\nShare this article with your friends.\n"), page(), "same"),
        (page(), page(STORM.replace("nine", "six").replace("Monday", "Friday")), "create"),
        (
            page(source="Ostby Post"),
            page(STORM.replace("nine", "six").replace("Monday", "Friday"), source="Ostby Post"),
            "update",
        ),
        (page(source="Ostby Post"), page(source="Coast Times"), "create"),
        (page(source="Ostby Post"), page(), "create"),
        (
            page(url="https://ostby.example/roof", source="Ostby Post"),
            page(url="https://ostby.example/roof", source="C"),
            "create",
        ),
    ],
    ids=[
        "more around it",
        "less",
        "two prints",
        "corrected",
        "another outlet",
        "no outlet",
        "print that names the first",
    ],
)
def test_next_to_the_same_text_in_another_file(
    raw: Path, content: Path, first: str, second: str, expected: str
) -> None:
    run(content, put(raw, "a.md", first))
    assert actions(run(content, put(raw, "b.md", second))) == [expected]


def test_the_same_words_on_another_day_are_another_text(raw: Path, content: Path) -> None:
    run(content, put(raw, "a.md", page()))
    assert actions(run(content, put(raw, "b.md", page(f"{STORM} Again.")), day=TODAY)) == ["create"]


def test_a_copy_that_was_there_already_changes_nothing_when_its_article_has_been_corrected(
    raw: Path, content: Path
) -> None:
    run(content, put(raw, "a.md", page(source="Ostby Post")))
    copy = put(raw, "b.md", page(source="Ostby Post").replace("\n", "\r\n"))
    assert actions(run(content, copy)) == ["same"]
    corrected = page(STORM.replace("nine", "six").replace("Monday", "Friday"), source="Ostby Post")
    run(content, put(raw, "d.md", corrected))
    before = snapshot(content)
    assert set(actions(run(content, copy))) == {"same"}
    assert snapshot(content) == before


def test_a_corrected_text_from_the_same_address_is_a_revision(raw: Path, content: Path) -> None:
    old = page(url="https://ostby.example/roof")
    run(content, put(raw, "a.md", old))
    new = page(
        STORM.replace("nine hundred", "seven hundred"), "http://ostby.example/roof/?utm_source=x#top", title="Roof"
    )
    assert actions(run(content, put(raw, "b.md", new), day=TODAY)) == ["update"]
    ((path, (front, body)),) = articles(content).items()
    assert path == "articles/2025/03/storm-takes-a-roof.md"
    assert "seven hundred" in body
    (earlier,) = front.revisions
    sha256 = hashlib.sha256(old.encode()).hexdigest()
    assert earlier == Revision("2025-03-20T09:30:00+00:00", sha256, "Storm takes a roof")
    assert (content / "sources" / sha256[:2] / f"{sha256}.md").read_text() == old


def test_reading_the_same_bytes_again_is_no_revision(raw: Path, content: Path) -> None:
    path = put(raw, "a.md", page())
    run(content, path)
    run(content, path, force=True)
    assert [front.revisions for front, _ in articles(content).values()] == [()]


def test_what_was_edited_by_hand_is_kept_when_it_is_overwritten(raw: Path, content: Path) -> None:
    path = put(raw, "port.txt", PORT)
    run(content, path)
    (article,) = (content / "articles").rglob("*.md")
    article.write_text(article.read_text().replace("paid", "has paid"))
    run(content, path, force=True)
    ((front, _),) = articles(content).values()
    sha256 = front.revisions[0].sha256 or ""
    assert "has paid" in (content / "sources" / sha256[:2] / f"{sha256}.md").read_text()


def test_what_an_update_replaces_is_kept_where_raw_files_are_not(raw: Path, content: Path) -> None:
    for text in (PORT, PORT.replace("nine", "ten")):
        import_paths([put(raw, "port.txt", text)], content, today=TODAY, now=NOW, keep_sources=False)
    ((front, _),) = articles(content).values()
    sha256 = front.revisions[0].sha256 or ""
    assert "nine months" in (content / "sources" / sha256[:2] / f"{sha256}.md").read_text()
