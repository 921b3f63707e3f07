"""Taking a text back: how it is named, what goes with it, and the record that stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from backfile.errors import BackfileError
from backfile.ingest.changes.apply import Plan
from tests.ingest.importing import BRIDGE, DIGEST, PORT, PORT_ID, SNOW, Archive
from tests.ingest.withdraw.withdrawing import DIGEST_ID, plan, withdraw, withdrawn, words_left


def test_article_raw_file_and_receipt_go_and_a_record_stays(archive: Archive) -> None:
    archive.take("bridge.txt", BRIDGE)
    before = archive.files()
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID, reason="The outlet asked for it.")
    assert archive.files().keys() - before.keys() == {"withdrawn.jsonl"}
    assert {path: archive.files()[path] for path in before} == before
    (one,) = withdrawn(archive)
    assert (one.id, one.reason, one.kind, len(one.sha256)) == (PORT_ID, "The outlet asked for it.", "article", 1)


def test_no_word_of_it_is_left(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID)
    assert words_left(archive, "Port opens", "opened", "council", "schoolchildren") == []


def test_a_folder_that_is_empty_then_goes(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID)
    assert archive.folders() == []


@pytest.mark.parametrize(
    "named",
    [
        PORT_ID,
        f"/{PORT_ID}/",
        f"https://archive.example/under/{PORT_ID}/index.html#cite",
        "articles/2025/03/port-opens-again.md",
        "content/articles/2025/03/port-opens-again.md",
        "content\\articles\\2025\\03\\port-opens-again.md",
    ],
)
def test_an_article_is_named_by_id_address_or_file(archive: Archive, named: str) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, named)
    assert archive.held() == {}


def test_what_is_no_article_is_said_before_anything_is_done(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    with pytest.raises(BackfileError, match=r"2025/03/14/other: is no article\. Name its id"):
        plan(archive, PORT_ID, "2025/03/14/other")
    with pytest.raises(BackfileError, match=rf"Did you mean {PORT_ID}\?"):
        plan(archive, PORT_ID[:-2])


def test_what_was_withdrawn_before_is_said(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    withdraw(archive, PORT_ID)
    with pytest.raises(BackfileError, match=r"was withdrawn on [-0-9]+; there is nothing left to take back"):
        plan(archive, PORT_ID)


def test_a_plan_writes_nothing(archive: Archive) -> None:
    archive.take("port.txt", PORT)
    before = archive.files()
    plan(archive, PORT_ID)
    assert archive.files() == before


@pytest.mark.parametrize("named", [SNOW, DIGEST_ID], ids=["brief", "digest"])
def test_a_run_that_was_cut_short_is_finished_by_the_next(tmp_path: Path, named: str) -> None:
    def archive(run: int) -> Archive:
        (tmp_path / str(run)).mkdir()
        found = Archive(tmp_path / str(run))
        found.take("evening.txt", DIGEST)
        found.take("evening.txt", DIGEST.replace("night.", "night, said the railway."))
        return found

    whole = archive(0)
    changes = withdraw(whole, named, reason="Asked for.").changes
    for done in range(1, len(changes)):
        cut_short = archive(done)
        cut_short.do(Plan(plan(cut_short, named, reason="Asked for.").changes[:done]))
        withdraw(cut_short, named)
        assert cut_short.files() == whole.files()
