"""A digest and its briefs: their places, their next versions, and the articles that tell them in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from backfile.model import Kind
from tests.ingest.importing import TODAY, actions
from tests.ingest.run.content import articles, places, put, run, snapshot
from tests.ingest.short_texts import DIGEST


def test_briefs_name_the_digest_that_they_came_from(raw: Path, content: Path) -> None:
    run(content, put(raw, "evening.txt", DIGEST))
    found = {front.title: front for front, _ in articles(content).values()}
    assert found["Evening digest"].kind is Kind.DIGEST
    assert found["Snow halts the mountain railway"].kind is Kind.BRIEF
    assert found["Snow halts the mountain railway"].digest == "2025/03/14/evening-digest"


def test_briefs_know_their_places_in_the_digest(raw: Path, content: Path) -> None:
    run(content, put(raw, "evening.txt", DIGEST))
    assert places(content) == {"Drought closes two canals to barges": 1, "Snow halts the mountain railway": 2}


def test_a_brief_that_moved_in_its_digest_gets_its_new_place(raw: Path, content: Path) -> None:
    run(content, put(raw, "evening.txt", DIGEST))
    first, others = DIGEST.split("\n\n", 1)
    new = "Wolves return to the forest\nWolves have returned to the northern forest."
    report = run(content, put(raw, "evening.txt", f"{first}\n\n{new}\n\n{others}"))
    assert "another place in its digest" in "\n".join(report.lines())
    assert places(content) == {
        "Wolves return to the forest": 1,
        "Drought closes two canals to barges": 2,
        "Snow halts the mountain railway": 3,
    }


def test_only_what_changed_in_a_digest_is_written_anew(raw: Path, content: Path) -> None:
    run(content, put(raw, "evening.txt", DIGEST))
    report = run(content, put(raw, "evening.txt", DIGEST.replace("Heavy snow halted", "Heavy snow has halted")))
    assert actions(report) == ["update", "same", "update"]


def test_the_next_day_of_a_digest_does_not_replace_the_last(raw: Path, content: Path) -> None:
    run(content, put(raw, "evening.txt", DIGEST))
    report = run(
        content, put(raw, "evening.txt", DIGEST + "\nWolves return to the forest\nWolves have returned.\n"), day=TODAY
    )
    assert actions(report)[0] == "create"


SNOW = """Snow halts the mountain railway

Heavy snow halted the mountain railway on Thursday night. Two trains with many passengers stood up there till dawn.
Ploughs from the valley reached them at six.
"""


@pytest.mark.parametrize(
    "names", [("digest.txt", "snow.txt"), ("snow.txt", "digest.txt")], ids=["brief first", "article first"]
)
def test_a_brief_points_to_its_full_article(raw: Path, content: Path, names: tuple[str, str]) -> None:
    texts = {"digest.txt": DIGEST, "snow.txt": SNOW}
    reports = [run(content, put(raw, name, texts[name])) for name in names]
    found = {front.kind: front for front, _ in articles(content).values() if front.title.startswith("Snow")}
    slug = found[Kind.ARTICLE].slug
    assert found[Kind.BRIEF].full == f"2025/03/14/{slug}"
    assert ("supersede" in actions(reports[1])) == (names[0] == "digest.txt")
    before = snapshot(content)
    assert set(actions(run(content, raw))) == {"same"}
    assert snapshot(content) == before


def test_a_brief_edited_by_hand_stays_so_when_it_is_pointed_on(raw: Path, content: Path) -> None:
    run(content, put(raw, "digest.txt", DIGEST))
    (path,) = (content / "articles").rglob("snow*.md")
    path.write_text(path.read_text().replace("Heavy", "Very heavy"))
    run(content, put(raw, "snow.txt", SNOW))
    assert "full: " in path.read_text()
    assert actions(run(content, put(raw, "digest.txt", DIGEST.replace("halted", "stopped")))).count("refuse") == 1
