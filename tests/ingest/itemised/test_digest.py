from __future__ import annotations

import pytest

from backfile.ingest import RawDocument, Reading, examine
from backfile.model import Kind
from tests.ingest.cases import DigestCase, digest_cases

CASES = digest_cases()


def split(case: DigestCase) -> Reading:
    return examine(RawDocument(case.text.encode(), "x.md" if "Markdown" in case.name else "x.txt"))


def briefs(reading: Reading) -> set[tuple[str, str]]:
    return {(item.title, item.summary or "") for item in reading.items if item.kind is Kind.BRIEF}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_case(case: DigestCase) -> None:
    assert briefs(split(case)) == set(case.briefs)


# The blind part was written by someone who had not seen the method.
@pytest.mark.parametrize("blind", [False, True], ids=["own", "blind"])
def test_precision_and_recall_of_boundaries(blind: bool) -> None:
    cases = [case for case in CASES if case.name.startswith("blind") is blind]
    found = [(briefs(split(case)), set(case.briefs)) for case in cases]
    right = sum(len(got & wanted) for got, wanted in found)
    assert right / sum(len(got) for got, _ in found) >= 0.98
    assert right / sum(len(wanted) for _, wanted in found) >= 0.95
    assert not any(got for got, wanted in found if not wanted)


@pytest.mark.parametrize("case", [case for case in CASES if case.briefs], ids=lambda case: case.name)
def test_the_kind_of_the_whole(case: DigestCase) -> None:
    whole = any(word in case.name for word in ("whole", "увесь", "весь", "Markdown"))
    assert split(case).items[0].kind is (Kind.DIGEST if whole else Kind.ARTICLE)


@pytest.mark.parametrize("case", [case for case in CASES if case.briefs], ids=lambda case: case.name)
def test_an_article_keeps_nothing_of_its_briefs(case: DigestCase) -> None:
    main = split(case).items[0]
    inside = [headline for headline, _ in case.briefs if headline in main.markdown]
    assert bool(inside) is (main.kind is Kind.DIGEST)


def test_a_digest_without_a_title_is_named_after_its_first_items() -> None:
    text = "\n\n".join(f"{who} wins the race in Tarn\nThe rider {who} won the race in Tarn." for who in ("Ann", "Bea"))
    main = examine(RawDocument(text.encode(), "x.txt")).items[0]
    assert main.title == "Ann wins the race in Tarn; Bea wins the race in Tarn"
    assert "title" in main.guessed


def test_what_may_be_a_digest_is_kept_whole_and_said() -> None:
    sections = "\n\n".join(
        f"Notes on the {what} of the island\nNobody counted these for a hundred years."
        for what in ("owls", "eels", "elms")
    )
    reading = examine(RawDocument(f"An island diary\n\nThe diary begins.\n\n{sections}".encode(), "x.txt"))
    assert len(reading.items) == 1
    assert "may be a digest: kept as one text" in reading.receipt.notes[0]


def test_an_item_keeps_its_address_and_source() -> None:
    items = "\n\n".join(
        f"{who} wins the race in Tarn\nThe rider {who} won the race in Tarn.\nSource: Quay {who}\nhttps://q.example/{who}"
        for who in ("Ann", "Bea")
    )
    found = examine(RawDocument(items.encode(), "x.txt")).items[1:]
    assert [(item.source.name if item.source else "", item.url) for item in found] == [
        ("Quay Ann", "https://q.example/Ann"),
        ("Quay Bea", "https://q.example/Bea"),
    ]
