"""The article that an import writes: its date, its fields and its address."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from backfile.model import DateBasis
from tests.ingest.importing import TODAY, actions
from tests.ingest.run.content import articles, put, run
from tests.ingest.short_texts import PORT


def test_an_article_and_its_raw_file(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT))
    ((path, (front, body)),) = articles(content).items()
    assert path == "articles/2025/03/port-opens-again.md"
    assert (front.title, front.slug, front.lang) == ("Port opens again", "port-opens-again", "en")
    assert (front.date, front.date_basis) == (date(2025, 3, 14), DateBasis.GIVEN)
    assert body == "The port opened on Friday after nine months of work. The council paid for it.\n"
    came = front.provenance
    assert came is not None
    assert (came.file, came.retrieved) == ("port.txt", "2025-03-20T09:30:00+00:00")
    assert came.sha256 is not None
    assert (content / "sources" / came.sha256[:2] / f"{came.sha256}.txt").read_bytes() == PORT.encode()


def test_a_text_that_nobody_dates_gets_the_day_of_import_and_says_so(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT), day=None)
    ((path, (front, _)),) = articles(content).items()
    assert path == "articles/2025/03/port-opens-again.md"
    assert (front.date, front.date_basis) == (TODAY, DateBasis.IMPORTED)
    assert front.guessed == ("date", "lang")


def test_a_future_date_is_noted(raw: Path, content: Path) -> None:
    report = run(content, put(raw, "port.txt", PORT), day=date(2031, 1, 1))
    assert report.entries[0].receipt.notes == ("date: 2031-01-01 lies in the future",)


def test_front_matter_of_the_raw_file_is_kept(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.md", f"---\nTitle: 'A: b'\ntags: [x]\nweather: wet\n---\n\n{PORT}"))
    ((front, _),) = articles(content).values()
    assert front.title == "A: b"
    assert front.extra == {"tags": ["x"], "weather": "wet"}


def test_a_wrong_type_in_foreign_front_matter_is_refused_by_name(raw: Path, content: Path) -> None:
    report = run(content, put(raw, "port.md", f"---\nstatus: frozen\n---\n\n{PORT}"))
    assert actions(report) == ["refuse"]
    assert "frozen" in "\n".join(report.lines())


def test_two_texts_with_one_title_on_one_day_get_two_addresses(raw: Path, content: Path) -> None:
    put(raw, "a.txt", PORT)
    put(raw, "b.txt", "Port opens again\n\nFishermen sang when the first boat left the quay at dawn.\n")
    run(content, raw)
    first, second = articles(content)
    assert {first, second} > {"articles/2025/03/port-opens-again.md"}
    assert len({front.slug for front, _ in articles(content).values()}) == 2


def test_another_text_under_the_same_name_is_another_article(raw: Path, content: Path) -> None:
    run(content, put(raw, "1.txt", PORT))
    other = "Bridge closed for a month\n\nEngineers found cracks in two piers of the bridge at Ostby.\n"
    assert actions(run(content, put(raw, "1.txt", other))) == ["create"]
    assert len(articles(content)) == 2


def test_a_text_and_a_handwritten_article_never_share_an_address(raw: Path, content: Path) -> None:
    own = content / "articles" / "mine.md"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: Port opens again\ndate: 2025-03-14\n---\n\nMine.\n")
    run(content, put(raw, "port.txt", PORT))
    (imported,) = set(articles(content)) - {"articles/mine.md"}
    assert imported.startswith("articles/2025/03/port-opens-again-")
    assert own.read_text().endswith("Mine.\n")


def test_a_broken_article_in_content_only_holds_its_place(raw: Path, content: Path) -> None:
    taken = content / "articles" / "2025" / "03" / "port-opens-again.md"
    taken.parent.mkdir(parents=True)
    taken.write_text("---\ntitle: [\n")
    assert actions(run(content, put(raw, "port.txt", PORT))) == ["create"]
    assert taken.read_text() == "---\ntitle: [\n"
