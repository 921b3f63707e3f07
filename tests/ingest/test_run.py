"""Import as an editor meets it: files in, content and a report out."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from backfile import frontmatter
from backfile.frontmatter import FrontMatter
from backfile.ingest.receipt import Report
from backfile.ingest.run import import_paths, take_inbox
from backfile.model import DateBasis, Kind, Revision

TODAY = date(2025, 3, 20)
NOW = datetime(2025, 3, 20, 9, 30, tzinfo=UTC)
PORT = "Port opens again\n\nThe port opened on Friday after nine months of work. The council paid for it.\n"
DIGEST = """Evening digest

Drought closes two canals to barges
Two canals in the lowlands were closed to barges because of the drought.

Snow halts the mountain railway
Heavy snow halted the mountain railway on Thursday night.
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "content"


def run(
    content: Path, *paths: Path, day: date | None = date(2025, 3, 14), force: bool = False, dry: bool = False
) -> Report:
    return import_paths(paths, content, today=TODAY, now=NOW, date=day, force=force, dry_run=dry)


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def actions(report: Report) -> list[str]:
    return [intent.action for entry in report.entries for intent in entry.intents]


def refused(report: Report) -> list[str]:
    return [entry.receipt.refused or "" for entry in report.entries if entry.receipt.refused]


def articles(content: Path) -> dict[str, tuple[FrontMatter, str]]:
    return {
        path.relative_to(content).as_posix(): frontmatter.parse(path.read_text(encoding="utf-8"), path.name)
        for path in sorted((content / "articles").rglob("*.md"))
    }


def places(content: Path) -> dict[str, int]:
    briefs = [front for front, _ in articles(content).values() if front.digest_item]
    return {front.title: front.digest_item or 0 for front in sorted(briefs, key=lambda front: front.digest_item or 0)}


def snapshot(content: Path) -> dict[str, tuple[bytes, int]]:
    files = sorted(path for path in content.rglob("*") if path.is_file())
    return {path.as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


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


def receipts(content: Path) -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (content / "imports").glob("??/*.json")}


def test_a_receipt_is_kept_for_each_raw_file(raw: Path, content: Path) -> None:
    run(content, put(raw, "evening.txt", DIGEST), put(raw, "z.txt", ""))
    ((sha256, receipt),) = receipts(content).items()
    assert sha256 == receipt["sha256"] == hashlib.sha256(DIGEST.encode()).hexdigest()
    assert (receipt["file"], receipt["guessed"], receipt["retrieved"]) == (
        "evening.txt",
        ["lang"],
        "2025-03-20T09:30:00+00:00",
    )
    assert {content / item["path"] for item in receipt["items"]} == set((content / "articles").rglob("*.md"))


def test_a_receipt_does_not_tell_what_was_there_before(raw: Path, content: Path) -> None:
    path = put(raw, "evening.txt", DIGEST)
    run(content, path)
    before = receipts(content)
    shutil.rmtree(content / "sources")  # as if the import had been cut short
    next((content / "articles").rglob("snow*.md")).unlink()
    run(content, path)
    assert receipts(content) == before


def test_briefs_name_the_digest_that_they_came_from(raw: Path, content: Path) -> None:
    run(content, put(raw, "evening.txt", DIGEST))
    found = {front.title: front for front, _ in articles(content).values()}
    assert found["Evening digest"].kind is Kind.DIGEST
    assert found["Snow halts the mountain railway"].kind is Kind.BRIEF
    assert found["Snow halts the mountain railway"].digest == "2025/03/14/evening-digest"


def test_a_text_that_nobody_dates_gets_the_day_of_import_and_says_so(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT), day=None)
    ((path, (front, _)),) = articles(content).items()
    assert path == "articles/2025/03/port-opens-again.md"
    assert (front.date, front.date_basis) == (TODAY, DateBasis.IMPORTED)
    assert front.guessed == ("date", "lang")


def test_importing_the_same_again_touches_nothing(raw: Path, content: Path) -> None:
    files = put(raw, "port.txt", PORT), put(raw, "evening.txt", DIGEST)
    run(content, *files)
    before = snapshot(content)
    assert actions(run(content, *files)) == ["same"] * 4
    assert snapshot(content) == before


def test_another_date_for_known_bytes_changes_nothing_and_says_so(raw: Path, content: Path) -> None:
    path = put(raw, "port.txt", PORT)
    run(content, path)
    report = run(content, path, day=TODAY)
    assert actions(report) == ["same"]
    assert "imported before, with the date 2025-03-14" in "\n".join(report.lines())


def test_force_reads_known_bytes_again_and_keeps_the_address(raw: Path, content: Path) -> None:
    path = put(raw, "port.txt", PORT)
    run(content, path)
    report = run(content, path, day=TODAY, force=True)
    assert actions(report) == ["update"]
    assert "its date stays 2025-03-14" in "\n".join(report.lines())
    assert [front.date for front, _ in articles(content).values()] == [date(2025, 3, 14)]


def test_the_same_text_in_another_file_is_there_already(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT))
    assert actions(run(content, put(raw, "copy.txt", PORT.replace("\n", "\r\n")))) == ["same"]
    assert len(articles(content)) == 1


def test_a_changed_file_updates_its_article_in_place(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT))
    changed = PORT.replace("nine months", "ten months").replace("Port opens", "The port opens")
    report = run(content, put(raw, "port.txt", changed))
    assert actions(report) == ["update"]
    assert any("updated article" in line for line in report.lines())
    ((path, (front, body)),) = articles(content).items()
    assert path == "articles/2025/03/port-opens-again.md"
    assert (front.title, front.slug) == ("The port opens again", "port-opens-again")
    assert "ten months" in body


def test_only_what_changed_in_a_digest_is_written_anew(raw: Path, content: Path) -> None:
    run(content, put(raw, "evening.txt", DIGEST))
    report = run(content, put(raw, "evening.txt", DIGEST.replace("Heavy snow halted", "Heavy snow has halted")))
    assert actions(report) == ["update", "same", "update"]


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


def test_an_old_version_that_comes_again_does_not_win(raw: Path, content: Path) -> None:
    old, new = put(raw, "port.txt", PORT), PORT.replace("nine", "ten")
    run(content, old)
    run(content, put(raw, "port.txt", new))
    before = snapshot(content)
    assert actions(run(content, put(raw, "port.txt", PORT))) == ["same"]
    assert snapshot(content) == before


STORM = """The storm took the roof of the market hall at Ostby shortly before dawn on Friday. Nobody was hurt, since
the traders had been warned on Thursday evening and had left their stalls. The council will decide on Monday whether the
hall can be used again this spring, said its clerk. Until then the traders may use the square before the old station,
free of charge, as long as they leave the way to the quay open. Repairs will cost about nine hundred thousand crowns.
"""


def page(text: str = STORM, url: str = "", source: str = "", title: str = "Storm takes a roof") -> str:
    stated = {"canonical": url, "source": source}
    return frontmatter.dump({"title": title, **{key: value for key, value in stated.items() if value}}, text)


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


def test_another_text_under_the_same_name_is_another_article(raw: Path, content: Path) -> None:
    run(content, put(raw, "1.txt", PORT))
    other = "Bridge closed for a month\n\nEngineers found cracks in two piers of the bridge at Ostby.\n"
    assert actions(run(content, put(raw, "1.txt", other))) == ["create"]
    assert len(articles(content)) == 2


def test_the_next_day_of_a_digest_does_not_replace_the_last(raw: Path, content: Path) -> None:
    run(content, put(raw, "evening.txt", DIGEST))
    report = run(
        content, put(raw, "evening.txt", DIGEST + "\nWolves return to the forest\nWolves have returned.\n"), day=TODAY
    )
    assert actions(report)[0] == "create"


def test_an_article_edited_by_hand_is_left_alone_unless_forced(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT))
    (path,) = (content / "articles").rglob("*.md")
    path.write_text(path.read_text().replace("---\n\n", "topics: [ports]\n---\n\n").replace("paid", "has paid"))
    changed = put(raw, "port.txt", PORT.replace("nine", "ten"))
    report = run(content, changed)
    assert actions(report) == ["refuse"]
    assert "edited by hand" in next(line for line in report.lines() if "refused" in line and "“" in line)
    assert "has paid" in path.read_text()
    assert actions(run(content, changed, force=True)) == ["update"]
    ((front, body),) = articles(content).values()
    assert "ten months" in body
    assert front.topics == ("ports",)


def test_windows_line_ends_are_no_edit(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.txt", PORT))
    (path,) = (content / "articles").rglob("*.md")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert actions(run(content, put(raw, "port.txt", PORT.replace("nine", "ten")))) == ["update"]


def test_two_texts_with_one_title_on_one_day_get_two_addresses(raw: Path, content: Path) -> None:
    put(raw, "a.txt", PORT)
    put(raw, "b.txt", "Port opens again\n\nFishermen sang when the first boat left the quay at dawn.\n")
    run(content, raw)
    first, second = articles(content)
    assert {first, second} > {"articles/2025/03/port-opens-again.md"}
    assert len({front.slug for front, _ in articles(content).values()}) == 2


def test_a_text_and_a_handwritten_article_never_share_an_address(raw: Path, content: Path) -> None:
    own = content / "articles" / "mine.md"
    own.parent.mkdir(parents=True)
    own.write_text("---\ntitle: Port opens again\ndate: 2025-03-14\n---\n\nMine.\n")
    run(content, put(raw, "port.txt", PORT))
    (imported,) = set(articles(content)) - {"articles/mine.md"}
    assert imported.startswith("articles/2025/03/port-opens-again-")
    assert own.read_text().endswith("Mine.\n")


def test_an_article_that_was_deleted_can_be_imported_again(raw: Path, content: Path) -> None:
    path = put(raw, "port.txt", PORT)
    run(content, path)
    next((content / "articles").rglob("*.md")).unlink()
    assert actions(run(content, path, day=TODAY)) == ["create"]


def test_a_dry_run_plans_and_writes_nothing(raw: Path, content: Path) -> None:
    report = run(content, put(raw, "port.txt", PORT), dry=True)
    assert actions(report) == ["create"]
    assert not content.exists()
    assert "would create article" in "\n".join(report.lines())


def test_one_bad_file_never_stops_the_others(raw: Path, content: Path) -> None:
    put(raw, "a-empty.txt", "")
    put(raw, "b-binary.txt", b"\x00\x01\x02" * 99)
    put(raw, "c-silent.txt", "...\n\n!!!\n")
    put(raw, "d-broken.md", "---\ntitle: [\n---\n\nThe port opened on Friday.\n")
    put(raw, "e-page.html", "<!doctype html><p> </p>")
    (raw / "f-link.txt").symlink_to("/etc/hostname")
    (raw / "g.txt").mkdir()
    put(raw, "h-good.txt", PORT)
    report = run(content, raw, raw / "missing.txt")
    assert [line.split(":")[0] for line in refused(report)] == [
        "a-empty.txt",
        "b-binary.txt",
        "c-silent.txt",
        "d-broken.md",
        "e-page.html",
        "f-link.txt",
        "missing.txt",
    ]
    assert all("\n" not in line for line in refused(report))
    assert len(articles(content)) == 1
    assert len(report.failed) == 7
    assert [path for path in content.rglob("*") if path.name.startswith(".import")] == []


def test_hidden_files_and_backups_are_left_alone(raw: Path, content: Path) -> None:
    for name in (".gitkeep", ".a.txt", "a.txt~", "#a.txt#"):
        put(raw, name, PORT)
    report = run(content, raw)
    assert report.entries == ()
    assert report.skipped == ("#a.txt#: an editor's backup", ".a.txt: hidden", "a.txt~: an editor's backup")


@pytest.mark.parametrize("where", ["articles", "articles/2025", "sources"])
def test_nothing_is_written_through_a_symbolic_link(raw: Path, content: Path, tmp_path: Path, where: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    link = content / where
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    report = run(content, put(raw, "port.txt", PORT))
    assert "symbolic link" in refused(report)[0]
    assert list(outside.iterdir()) == []


def test_a_broken_article_in_content_only_holds_its_place(raw: Path, content: Path) -> None:
    taken = content / "articles" / "2025" / "03" / "port-opens-again.md"
    taken.parent.mkdir(parents=True)
    taken.write_text("---\ntitle: [\n")
    assert actions(run(content, put(raw, "port.txt", PORT))) == ["create"]
    assert taken.read_text() == "---\ntitle: [\n"


def test_front_matter_of_the_raw_file_is_kept(raw: Path, content: Path) -> None:
    run(content, put(raw, "port.md", f"---\nTitle: 'A: b'\ntags: [x]\nweather: wet\n---\n\n{PORT}"))
    ((front, _),) = articles(content).values()
    assert front.title == "A: b"
    assert front.extra == {"tags": ["x"], "weather": "wet"}


def test_a_wrong_type_in_foreign_front_matter_is_refused_by_name(raw: Path, content: Path) -> None:
    report = run(content, put(raw, "port.md", f"---\nstatus: frozen\n---\n\n{PORT}"))
    assert actions(report) == ["refuse"]
    assert "frozen" in "\n".join(report.lines())


def test_a_future_date_is_noted(raw: Path, content: Path) -> None:
    report = run(content, put(raw, "port.txt", PORT), day=date(2031, 1, 1))
    assert report.entries[0].receipt.notes == ("date: 2031-01-01 lies in the future",)


def test_the_inbox_is_emptied_of_what_is_safely_kept(tmp_path: Path, content: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, text in (("README.md", "Put texts here."), ("port.txt", PORT), ("empty.txt", ""), (".gitkeep", "")):
        put(inbox, name, text)
    report = take_inbox(inbox, content, today=TODAY, now=NOW)
    assert sorted(path.name for path in inbox.iterdir()) == [".gitkeep", "README.md", "empty.txt"]
    assert len(articles(content)) == 1
    assert len(refused(report)) == 1


def test_a_known_file_leaves_the_inbox_and_a_refused_one_stays(tmp_path: Path, content: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    put(inbox, "port.txt", PORT)
    take_inbox(inbox, content, today=TODAY, now=NOW)
    put(inbox, "port.txt", PORT)
    take_inbox(inbox, content, today=TODAY, now=NOW)
    assert list(inbox.iterdir()) == []
    (path,) = (content / "articles").rglob("*.md")
    path.write_text(path.read_text().replace("paid", "has paid"))
    put(inbox, "port.txt", PORT.replace("nine", "ten"))
    take_inbox(inbox, content, today=TODAY, now=NOW)
    assert [path.name for path in inbox.iterdir()] == ["port.txt"]


def test_no_inbox_is_nothing_to_do(tmp_path: Path, content: Path) -> None:
    assert take_inbox(tmp_path / "none", content, today=TODAY, now=NOW) == Report()


def test_a_report_for_people_and_for_machines(raw: Path, content: Path) -> None:
    put(raw, "evening.txt", DIGEST.replace("Drought", "1. Drought").replace("Snow", "2. Snow"))
    put(raw, "z.txt", "")
    report = run(content, raw)
    lines = list(report.lines())
    assert lines[0].startswith("evening.txt: 3 created; ")
    assert "  dropped: 4 characters, marks of digest items" in lines
    assert "  guessed: lang" in lines
    assert lines[-1] == "2 files: 3 created, 1 file refused"
    data = json.loads(json.dumps(report.as_data()))
    assert data["files"][0]["dropped"] == {"marks of digest items": 4}
    assert [item["action"] for item in data["files"][0]["items"]] == ["create"] * 3


@pytest.mark.parametrize("terminal", [True, False])
def test_a_report_is_shown_whole(raw: Path, content: Path, terminal: bool) -> None:
    put(raw, "port.txt", PORT.replace("Port", "[bold]Port"))
    put(raw, "z.txt", "")
    with Path(os.devnull).open("w") as nowhere:
        console = Console(file=nowhere, force_terminal=terminal, record=True, width=160)
        run(content, raw).show(console)
    shown = console.export_text()
    assert "[bold]Port opens again" in shown
    assert "refused z.txt: is empty" in shown


def test_raw_files_need_not_be_kept(tmp_path: Path, content: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    put(inbox, "port.txt", PORT)
    assert actions(take_inbox(inbox, content, today=TODAY, now=NOW, keep_sources=False)) == ["create"]
    assert list(inbox.iterdir()) == []
    assert not (content / "sources").exists()
    assert len(receipts(content)) == 1
    before = snapshot(content)
    put(inbox, "port.txt", PORT)
    assert actions(take_inbox(inbox, content, today=TODAY, now=NOW, keep_sources=False)) == ["same"]
    assert (list(inbox.iterdir()), snapshot(content)) == ([], before)


def test_what_an_update_replaces_is_kept_where_raw_files_are_not(raw: Path, content: Path) -> None:
    for text in (PORT, PORT.replace("nine", "ten")):
        import_paths([put(raw, "port.txt", text)], content, today=TODAY, now=NOW, keep_sources=False)
    ((front, _),) = articles(content).values()
    sha256 = front.revisions[0].sha256 or ""
    assert "nine months" in (content / "sources" / sha256[:2] / f"{sha256}.md").read_text()


def test_a_raw_file_that_was_not_kept_is_when_it_comes_again_and_may_be(raw: Path, content: Path) -> None:
    path = put(raw, "port.txt", PORT)
    import_paths([path], content, today=TODAY, now=NOW, date=date(2025, 3, 14), keep_sources=False)
    assert actions(run(content, path)) == ["same"]
    assert [file.read_text() for file in (content / "sources").rglob("*.txt")] == [PORT]
