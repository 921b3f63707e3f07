"""A brief that is taken back is cut out of its digest, and a digest goes with its briefs."""

from __future__ import annotations

import pytest

from backfile.model import Kind
from tests.ingest.importing import DIGEST, SNOW, Archive, actions
from tests.ingest.withdraw.withdrawing import DIGEST_ID, take_digest, withdraw, withdrawn, words_left


def test_a_brief_is_cut_out_of_its_digest_and_the_raw_file_goes(archive: Archive) -> None:
    take_digest(archive)
    done = withdraw(archive, SNOW)
    assert words_left(archive, "Snow halts", "Heavy snow", "mountain railway") == []
    digest = archive.held()[DIGEST_ID]
    assert "Drought closes two canals" in digest.body
    assert "Wolves have been seen" in digest.body
    assert sum("came from the raw file" in note for note in done.notes) == 3


def test_what_shares_its_raw_file_keeps_the_hash_of_it_and_the_receipt(archive: Archive) -> None:
    take_digest(archive)
    shas = {held.front.provenance.sha256 for held in archive.held().values() if held.front.provenance}
    withdraw(archive, SNOW)
    assert {held.front.provenance.sha256 for held in archive.held().values() if held.front.provenance} == shas
    receipt = archive.receipt(DIGEST)
    assert receipt is not None
    assert [item["title"] for item in receipt["items"]] == [
        "Evening digest",
        "Drought closes two canals to barges",
        "Wolves return to the forest",
    ]
    assert any("was withdrawn on" in note for note in receipt["notes"])


@pytest.mark.parametrize("force", [False, True], ids=["", "forced"])
def test_the_same_digest_again_brings_no_word_back(archive: Archive, force: bool) -> None:
    take_digest(archive)
    withdraw(archive, SNOW)
    before = archive.files()
    for _ in range(2):
        report = archive.take("evening.txt", DIGEST, force=force)
        assert actions(report).count("refuse") == 2  # the digest, which has its words, and the brief
        assert report.failed == ()
        assert words_left(archive, "Heavy snow") == []
    assert force or archive.files() == before


def test_a_summary_that_was_its_words_goes(archive: Archive) -> None:
    take_digest(archive)
    assert archive.held()[DIGEST_ID].front.summary
    withdraw(archive, "2025/03/14/drought-closes-two-canals-to-barges")
    assert archive.held()[DIGEST_ID].front.summary is None
    assert words_left(archive, "lowlands") == []


def test_a_digest_goes_with_its_briefs(archive: Archive) -> None:
    take_digest(archive)
    withdraw(archive, DIGEST_ID)
    assert list(archive.files()) == ["withdrawn.jsonl"]
    assert [one.kind for one in withdrawn(archive)].count(Kind.BRIEF) == 3


def test_a_digest_of_which_nothing_is_left_goes_too(archive: Archive) -> None:
    take_digest(archive)
    withdraw(archive, *(id_ for id_, held in archive.held().items() if held.front.kind is Kind.BRIEF))
    assert archive.held() == {}


def test_an_earlier_version_of_the_digest_that_has_its_words_goes(archive: Archive) -> None:
    take_digest(archive)
    archive.edit(DIGEST_ID, "Wolves have been seen", "Wolves were seen")
    archive.take("evening.txt", DIGEST.replace("since the war", "since 1946"), force=True)
    withdraw(archive, SNOW)
    assert words_left(archive, "Heavy snow", "Snow halts") == []


def test_a_brief_that_it_told_in_full_comes_back_and_is_named(archive: Archive) -> None:
    take_digest(archive)
    story = "Heavy snow halted the mountain railway on Thursday night. Ploughs from the valley reached it at six."
    archive.take("snow.txt", f"Snow halts the mountain railway\n\n{story}\n")
    (full,) = (held for held in archive.held().values() if held.front.title.startswith("Snow") and held.id != SNOW)
    done = withdraw(archive, full.id)
    assert any("was told in full by it" in note for note in done.notes)
    assert SNOW in archive.held()
