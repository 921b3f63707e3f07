"""Undoing imports: content is as it was before, and what cannot be had back is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from backfile.errors import BackfileError
from backfile.ingest.changes.apply import Plan
from backfile.ingest.takeback.holdings import read_holdings
from backfile.ingest.takeback.undo import Undoing, chosen, plan_undoing
from backfile.model import Kind
from tests.ingest.importing import BRIDGE, DIGEST, PORT, PORT_ID, SNOW, Archive, actions

SNOW_STORY = """Snow halts the mountain railway

Heavy snow halted the mountain railway on Thursday night. Ploughs from the valley reached the two trains at six.
"""


def plan(archive: Archive, *named: str) -> Undoing:
    holdings = read_holdings(archive.content)
    return plan_undoing(chosen(named, holdings.receipts), holdings)


def undo(archive: Archive, *named: str) -> Undoing:
    undoing = plan(archive, *named)
    archive.do(undoing.plan)
    return undoing


def test_what_was_created_goes_with_raw_file_receipt_and_folders(archive: Archive) -> None:
    archive.take("evening.txt", DIGEST)
    done = undo(archive)
    assert (archive.files(), archive.folders(), done.plan.notes) == ({}, [], ())
    assert [name for name, _ in done.returned] == ["evening.txt"]


def test_the_last_import_is_all_of_one_run(archive: Archive) -> None:
    archive.take("evening.txt", DIGEST)
    before = archive.files()
    archive.take_all(archive.put("port.txt", PORT), archive.put("bridge.txt", BRIDGE))
    assert len(undo(archive).returned) == 2
    assert archive.files() == before


@pytest.mark.parametrize("by", ["name", "path", "sha256", "first digits", "kept file"])
def test_an_import_is_named_by_its_raw_file(archive: Archive, by: str) -> None:
    archive.take("port.txt", PORT)
    (kept,) = archive.content.glob("sources/??/*")
    names = {
        "name": "port.txt",
        "path": str(archive.raw / "port.txt"),
        "sha256": kept.stem,
        "first digits": kept.stem[:8],
        "kept file": str(kept),
    }
    archive.take("bridge.txt", BRIDGE)
    undo(archive, names[by])
    assert list(archive.held()) == ["2025/03/14/bridge-closed-for-a-month"]


def test_what_was_never_imported_is_said(archive: Archive) -> None:
    with pytest.raises(BackfileError, match="There is no import to undo"):
        plan(archive)
    archive.take("port.txt", PORT)
    with pytest.raises(BackfileError, match=r"other\.txt: is no raw file that was imported"):
        plan(archive, "other.txt")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PORT, PORT.replace("nine months", "ten months").replace("Port opens", "The port opens")),
        (DIGEST, DIGEST.replace("Heavy snow halted", "Heavy snow has halted")),
        (
            DIGEST,
            DIGEST.replace("Snow halts", "Bears leave their dens\nBears have left their dens early.\n\nSnow halts"),
        ),
    ],
    ids=["an article", "a brief", "places in a digest"],
)
def test_what_was_updated_gets_its_earlier_version_back(archive: Archive, first: str, second: str) -> None:
    archive.take("a.txt", first)
    before = archive.files()
    assert "update" in actions(archive.take("a.txt", second))
    undo(archive)
    assert archive.files() == before


def test_a_version_edited_by_hand_and_overwritten_comes_back(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    archive.edit(PORT_ID, "paid for it", "had to pay for it")
    before = archive.files()
    archive.take("port.txt", PORT.replace("nine", "ten"), force=True)
    undo(archive)
    assert archive.files() == before


def test_two_imports_are_undone_one_after_the_other(archive: Archive) -> None:
    states = []
    for months in ("nine", "ten", "eleven"):
        states.append(archive.files())
        archive.take("port.txt", PORT.replace("nine", months))
    for state in reversed(states):
        undo(archive)
        assert archive.files() == state


def test_all_versions_of_one_file_are_undone_at_once(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    archive.take("port.txt", PORT.replace("nine", "ten"))
    undo(archive, *(path.stem for path in archive.content.glob("sources/??/*")))
    assert archive.files() == {}


def test_a_later_version_is_to_be_undone_first(archive: Archive) -> None:
    archive.take("a.txt", PORT)
    archive.take("a.txt", PORT.replace("nine", "ten"))
    before = archive.files()
    (first,) = (path.stem for path in archive.content.glob("sources/??/*") if path.read_text() == PORT)
    done = undo(archive, first)
    assert archive.files() == before
    assert any("was changed by a later import: undo that first" in note for note in done.plan.notes)


def test_what_was_edited_since_stays_with_what_it_came_from(archive: Archive) -> None:
    archive.take("evening.txt", DIGEST)
    archive.edit(SNOW, "Heavy snow", "Very heavy snow")
    done = undo(archive)
    assert list(archive.held()) == [SNOW]
    assert archive.keeps(DIGEST)
    assert done.returned == ()
    assert f"{archive.held()[SNOW].path} was edited since, and stays" in done.plan.notes


def test_a_file_with_the_same_text_takes_nothing_with_it(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    before = archive.files()
    assert actions(archive.take("copy.txt", PORT + "\n")) == ["same"]
    undo(archive)
    assert archive.files() == before


def test_an_article_whose_text_another_file_has_is_made_of_that_one(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    archive.take("copy.txt", PORT + "\n")
    undo(archive, "port.txt")
    (held,) = archive.held().values()
    assert held.front.provenance is not None
    assert (held.front.provenance.file, held.edited) == ("copy.txt", False)
    assert archive.keeps(PORT + "\n")
    assert not archive.keeps(PORT)


def test_a_brief_no_longer_points_to_a_full_text_that_goes(archive: Archive) -> None:
    archive.take("evening.txt", DIGEST)
    before = archive.files()
    assert "supersede" in actions(archive.take("snow.txt", SNOW_STORY))
    undo(archive)
    assert archive.files() == before


def test_an_edited_brief_loses_the_pointer_and_nothing_else(archive: Archive) -> None:
    archive.take("evening.txt", DIGEST)
    archive.edit(SNOW, "Heavy snow", "Very heavy snow")
    before = archive.files()
    archive.take("snow.txt", SNOW_STORY)
    undo(archive)
    assert archive.held()[SNOW].front.full is None
    assert archive.files().keys() == before.keys()
    assert b"Very heavy snow" in archive.files()[archive.held()[SNOW].path]


def test_an_earlier_version_whose_raw_file_is_gone_can_not_be_had(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    archive.take("port.txt", PORT.replace("nine", "ten"))
    (old,) = (path for path in archive.content.glob("sources/??/*") if path.read_text() == PORT)
    old.unlink()
    done = undo(archive)
    assert "ten months" in archive.held()[PORT_ID].body
    assert any("its earlier version can't be had" in note for note in done.plan.notes)
    assert done.returned == ()


def test_words_of_the_editor_are_heeded_when_an_earlier_version_is_read_again(archive: Archive) -> None:
    archive.take("port.txt", PORT, source="Ostby Post", lang="en")
    before = archive.files()
    archive.take("port.txt", PORT.replace("nine", "ten"), source="Coast Times", force=True)
    undo(archive)
    assert archive.files() == before


def test_an_import_without_raw_files_is_undone_but_for_earlier_versions(archive: Archive) -> None:
    archive.take("port.txt", PORT, keep_sources=False)
    assert (undo(archive).returned, archive.files()) == ((), {})


@pytest.mark.parametrize(
    ("name", "text"),
    [("snow.txt", SNOW_STORY), ("evening.txt", DIGEST.replace("night.", "night, said the railway."))],
    ids=["full text", "update"],
)
def test_a_run_that_was_cut_short_is_finished_by_the_next(tmp_path: Path, name: str, text: str) -> None:
    def archive(run: int) -> Archive:
        (tmp_path / str(run)).mkdir()
        found = Archive(tmp_path / str(run))
        found.take("evening.txt", DIGEST)
        found.edit(SNOW, "Heavy snow", "Very heavy snow")
        found.take(name, text, force=True)
        return found

    whole = archive(0)
    changes = undo(whole).plan.changes
    for done in range(1, len(changes)):
        cut_short = archive(done)
        cut_short.do(Plan(plan(cut_short).plan.changes[:done]))
        undo(cut_short)
        assert cut_short.files() == whole.files()


def test_a_plan_writes_nothing(archive: Archive) -> None:
    archive.take("evening.txt", DIGEST)
    before = archive.files()
    plan(archive)
    assert archive.files() == before


def test_a_digest_that_goes_is_named_where_a_brief_stays(archive: Archive) -> None:
    archive.take("evening.txt", DIGEST)
    archive.edit(SNOW, "Heavy snow", "Very heavy snow")
    undo(archive)
    assert [held.front.kind for held in archive.held().values()] == [Kind.BRIEF]
