"""A better importer reads again what was kept: what the old one wrote follows, what a hand wrote stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image

from backfile.amend import amend
from backfile.content import read_archive
from backfile.errors import IngestError
from backfile.ingest import pool
from backfile.ingest.again import Report, read_again
from backfile.ingest.catalogue import Held, read_held
from backfile.ingest.pipeline import examine
from backfile.ingest.records import Given, Item, RawDocument, Reading
from backfile.ingest.run import import_paths
from backfile.model import DateBasis, Kind, Source
from tests.cases import FIXTURES

NOW = datetime(2025, 3, 20, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
PORT = "Port opens again\n\nThe port opened on Friday after nine months of work. The council paid for it.\n"
DIGEST = """Evening digest

Drought closes two canals to barges
Two canals in the lowlands were closed to barges because of the drought.

Snow halts the mountain railway
Heavy snow halted the mountain railway on Thursday night.
"""

Better = Callable[[tuple[Item, ...]], Sequence[Item]]
Tell = Callable[[Better], None]


@pytest.fixture
def importer(monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Tell the importer how it reads from now on: what it makes of the items that it finds."""

    def tell(better: Better) -> None:
        def reading(raw: RawDocument, given: Given) -> Reading:
            found = examine(raw, given)
            return replace(found, items=tuple(better(found.items)))

        monkeypatch.setattr(pool, "examine", reading)

    return tell


def first(**values: Any) -> Better:
    """Read the first item otherwise."""
    return lambda items: (replace(items[0], **values), *items[1:])


def take(tmp_path: Path, text: str = PORT, **given: Any) -> Path:
    """Import a text; return the folder of content."""
    file = tmp_path / "raw.txt"
    file.write_text(text, encoding="utf-8")
    assert not import_paths([file], tmp_path / "content", today=TODAY, now=NOW, **given).failed
    return tmp_path / "content"


def again(content: Path, *words: str, agree: bool = True, force: bool = False) -> Report:
    return read_again(content, words, lambda _: agree, force=force)


def articles(content: Path) -> dict[str, Held]:
    found = {}
    for file in sorted((content / "articles").rglob("*.md")):
        path = file.relative_to(content).as_posix()
        found[path] = read_held(file.read_bytes().decode(), path)
    return found


def only(content: Path, title: str = "") -> Held:
    (held,) = (held for held in articles(content).values() if held.front.title.startswith(title))
    return held


def by_hand(content: Path, held: Held, body: str | None = None, **changes: Any) -> None:
    """Edit an article as a person would."""
    file = content / held.path
    file.write_text(amend(file.read_text(encoding="utf-8"), changes, held.path, body), encoding="utf-8")


def snapshot(content: Path) -> dict[str, bytes]:
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}


def told(report: Report) -> dict[str, tuple[Any, Any, str]]:
    """Return field -> (was, now, why it stays)."""
    return {row.field: (row.was, row.now, row.kept) for one in report.rereads for c in one.changes for row in c.rows}


def test_the_same_importer_changes_nothing(tmp_path: Path) -> None:
    content = take(tmp_path, DIGEST)
    before = snapshot(content)
    report = again(content)
    assert (report.changes, report.files, report.rereads) == (0, 1, ())
    assert snapshot(content) == before


@pytest.mark.parametrize("folder", ["fixtures/ingest/documents", "fixtures/ingest/web", "ingest/feeds", "ingest/mail"])
def test_every_kind_of_input_reads_again_as_it_was_read(tmp_path: Path, folder: str) -> None:
    inputs = (path for path in (FIXTURES.parent / folder).rglob("*") if path.is_file() and ".py" not in path.suffix)
    import_paths(sorted(inputs), tmp_path, today=TODAY, now=NOW, source="The Quay Post", lang="en")
    check_that_nothing_changes(tmp_path)


def test_documents_that_stood_in_others_read_again_as_they_were_read(tmp_path: Path) -> None:
    mail = "From a@quay.example Fri Mar 14 09:00:00 2025\nFrom: Quay <a@quay.example>\nSubject: {0}\n\n{0}. {1}\n\n"
    rows = [{"title": f"Row {number}", "text": f"{number}. {PORT}", "date": "2025-03-01"} for number in (1, 2)]
    texts = {
        "box.mbox": "".join(mail.format(title, PORT) for title in ("One", "Two")),
        "rows.jsonl": "".join(json.dumps(row) + "\n" for row in rows),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("digest.txt", DIGEST)
    inputs = [tmp_path / name for name in (*texts, "all.zip")]
    assert import_paths(inputs, tmp_path / "content", today=TODAY, now=NOW).changed == 7
    check_that_nothing_changes(tmp_path / "content")


def test_pictures_that_were_kept_are_known_again(tmp_path: Path) -> None:
    picture, text = tmp_path / "crane.png", tmp_path / "crane.md"
    Image.effect_mandelbrot((400, 300), (-2, -1, 1, 1), 20).save(picture)
    text.write_text(f"# Crane falls\n\n{PORT}\n\n![A crane](crane.png)\n\nIt fell.\n")
    import_paths([text], tmp_path / "content", today=TODAY, now=NOW)
    assert "![A crane]({static}/images/" in only(tmp_path / "content").body
    picture.unlink()
    check_that_nothing_changes(tmp_path / "content", least=1)


def check_that_nothing_changes(content: Path, least: int = 4) -> None:
    before = snapshot(content)
    report = again(content)
    assert report.files >= least
    assert [*report.lines()] == [f"{report.files} kept file{'s' * (report.files > 1)} read again, 0 articles to change"]
    assert snapshot(content) == before


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
    before = snapshot(content)
    importer(first(title="Other"))
    assert again(content, agree=False).changes == 1
    assert snapshot(content) == before


def test_a_hand_s_edit_stays_and_the_rest_follows(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), title="The port is open", people=("Ann Lee",))
    file = content / only(content).path
    file.write_text(file.read_text().replace("lang:", "# ours\nlang:"))
    importer(first(title="Port of Ostby opens again", authors=("Ann Lee",), markdown="The port opened.\n"))
    assert told(again(content))["title"] == ("The port is open", "Port of Ostby opens again", "edited by hand")
    now = only(content)
    assert (now.front.title, now.front.people) == ("The port is open", ("Ann Lee",))
    assert (now.front.authors, now.body, now.edited) == (("Ann Lee",), "The port opened.\n", True)
    assert "# ours\nlang:" in file.read_text()
    assert again(content).rereads == ()  # it was said once


def test_an_edit_of_the_text_stays(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), body="I wrote this.\n")
    importer(first(markdown="The port opened.\n", authors=("Ann Lee",)))
    assert told(again(content))["body"] == ("I wrote this.\n", "The port opened.\n", "edited by hand")
    assert (only(content).body, only(content).front.authors) == ("I wrote this.\n", ("Ann Lee",))


def test_a_field_that_a_hand_took_out_stays_out(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), summary=None)
    importer(first(authors=("Ann Lee",)))
    again(content)
    assert only(content).front.summary is None


def test_a_guess_that_was_confirmed_stays(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), guessed=("date",))  # the language was confirmed, and nothing else is changed
    importer(first(lang="uk"))
    assert told(again(content)) == {"lang": ("en", "uk", "edited by hand")}
    assert (only(content).front.lang, only(content).front.guessed) == ("en", ("date",))


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


def test_of_a_text_that_was_edited_nothing_is_taken_out(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), body="Mine.\n")
    brief = Item("Brief", Kind.BRIEF, PORT, digest=0)
    importer(lambda items: (replace(items[0], kind=Kind.DIGEST, markdown="One item.\n"), brief))
    report = again(content)
    assert "“Brief” is found, but the text that it stood in was edited by hand" in "\n".join(report.lines())
    assert (only(content).front.kind, only(content).body) == (Kind.ARTICLE, "Mine.\n")


def test_what_a_hand_removed_is_not_made_again(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path, DIGEST)
    (content / only(content, "Snow").path).unlink()
    report = again(content)
    assert report.changes == 0
    assert "was removed since: it stays so" in "\n".join(report.lines())
    importer(first(authors=("Ann Lee",)))
    assert again(content).changes == 1
    assert again(content).changes == 0
    assert len(articles(content)) == 2


def test_a_brief_whose_headline_and_text_were_edited_is_known_by_its_old_headline(
    tmp_path: Path, importer: Tell
) -> None:
    content = take(tmp_path, DIGEST)
    by_hand(content, only(content, "Snow"), title="White out", body="Nothing like it was.\n")
    importer(lambda items: [replace(item, authors=("Ann Lee",)) for item in items])
    again(content)
    assert len(articles(content)) == 3
    assert only(content, "White out").front.authors == ("Ann Lee",)
    importer(lambda items: [replace(item, authors=("Bo Ek",)) for item in items])
    again(content)
    assert only(content, "White out").front.authors == ("Bo Ek",)


def test_with_force_the_importer_has_the_last_word(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), title="The port is open", body="Mine.\n")
    importer(first(authors=("Ann Lee",)))
    again(content, force=True)
    assert (only(content).front.title, only(content).body[:8]) == ("Port opens again", "The port")


def test_the_editor_s_word_at_the_import_is_known_again(tmp_path: Path) -> None:
    content = take(tmp_path, source="The Quay Post", lang="uk", date=date(2025, 3, 1))
    assert again(content).rereads == ()


def forget(content: Path) -> None:
    """Make receipts as they were before they remembered what was written."""
    for file in (content / "imports").rglob("*.json"):
        receipt = json.loads(file.read_bytes())
        del receipt["read"]
        items = [{name: item[name] for name in ("kind", "title", "path")} for item in receipt["items"]]
        file.write_text(json.dumps({**receipt, "items": items}))


def test_without_a_memory_an_edited_file_stays(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    by_hand(content, only(content), summary="Mine.")
    forget(content)
    before = snapshot(content)
    assert again(content).rereads == ()  # the same importer: its mark shows what it wrote
    importer(first(title="Other", authors=("Ann Lee",)))
    report = again(content)
    assert {kept for _, _, kept in told(report).values()} == {"perhaps edited by hand"}
    assert (report.changes, snapshot(content)) == (0, before)


def test_without_a_memory_an_outlet_that_was_stated_stays(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path, source="The Quay Post", date=date(2025, 3, 1))
    forget(content)
    importer(first(authors=("Ann Lee",)))
    assert told(again(content))["source"][2] == "stated when it was imported, it seems"
    assert (only(content).front.source, only(content).front.date) == (Source("The Quay Post"), date(2025, 3, 1))


def test_without_a_receipt_what_nobody_edited_follows(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    next((content / "imports").rglob("*.json")).unlink()
    importer(first(title="Other"))
    assert again(content).changes == 1
    assert only(content).front.title == "Other"


def test_kept_bytes_that_were_changed_are_refused(tmp_path: Path) -> None:
    content = take(tmp_path)
    kept = next((content / "sources").rglob("*.txt"))
    kept.write_text("Something else.")
    assert again(content).refused == (f"raw.txt: {kept.name} is not what was imported; restore it, or import it anew",)
    kept.unlink()
    assert again(content).unkept == 1


def test_what_makes_no_front_matter_is_refused_and_the_others_go_on(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    take(tmp_path, DIGEST)
    importer(lambda items: [replace(item, url="nowhere") if "Port" in item.title else item for item in items])
    assert "canonical: “nowhere” is not allowed." in "".join(again(content).refused)


def test_articles_and_kept_files_can_be_named(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    take(tmp_path, DIGEST)
    importer(first(authors=("Ann Lee",)))
    port = only(content, "Port")
    origin = port.front.provenance
    assert origin is not None
    for word in (port.id, str(content / port.path), str(next(content.rglob(f"{origin.sha256}.txt")))):
        report = again(content, word, agree=False)
        assert [change.title for one in report.rereads for change in one.changes if change.text] == ["Port opens again"]
    with pytest.raises(IngestError, match="nowhere: no article is there"):
        again(content, "nowhere")


def test_a_file_that_is_edited_while_the_editor_thinks_is_not_overwritten(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)
    importer(first(title="Other"))

    def agree(_: Report) -> bool:
        by_hand(content, only(content), title="Mine")
        return True

    with pytest.raises(IngestError, match="was changed meanwhile; run the command again"):
        read_again(content, (), agree)
    assert only(content).front.title == "Mine"


def test_a_file_that_is_edited_while_others_are_read_is_not_overwritten(tmp_path: Path, importer: Tell) -> None:
    content = take(tmp_path)

    def better(items: tuple[Item, ...]) -> Sequence[Item]:
        by_hand(content, only(content), title="Mine")
        return first(title="Other")(items)

    importer(better)
    with pytest.raises(IngestError, match="was changed meanwhile; run the command again"):
        again(content)
    assert only(content).front.title == "Mine"
