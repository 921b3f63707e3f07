"""Whole documents: the text, what becomes of it, and what must hold of any of them."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from backfile.ingest import RawDocument, Reading, examine
from backfile.ingest.__main__ import item_as_data
from backfile.ingest.records import count_characters
from tests.ingest.cases import INGEST, DigestCase, digest_cases

DOCUMENTS = sorted(path for path in (INGEST / "documents").iterdir() if path.suffix != ".json")
PLAIN = [path for path in DOCUMENTS if path.suffix == ".txt"]


def read(path: Path) -> Reading:
    return examine(RawDocument(path.read_bytes(), path.name))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_becomes_what_stands_beside_it(path: Path) -> None:
    """Write what is found with SAVE_GOLDEN=1, and look at the difference before you commit it."""
    found = [item_as_data(item) for item in read(path).items]
    golden = path.with_suffix(".json")
    if os.environ.get("SAVE_GOLDEN"):
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_raw_html_comes_out(path: Path) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for item in read(path).items:
        tokens = parser.parse(item.markdown)
        assert not [token for token in tokens if token.type == "html_block"]
        assert not [child for token in tokens for child in token.children or () if child.type == "html_inline"]


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.name)
def test_the_receipt_counts_every_character(path: Path) -> None:
    receipt = read(path).receipt
    assert receipt.kept + sum(count for _, count in receipt.dropped) == receipt.characters
    assert receipt.characters == count_characters(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", digest_cases(), ids=lambda case: case.name)
def test_no_letter_is_lost_but_those_that_the_receipt_names(case: DigestCase) -> None:
    reading = examine(RawDocument(case.text.encode(), "x.txt"))
    shown = " ".join(
        f"{item.title} {item.markdown} {item.url} Source Джерело {item.source.name if item.source else ''}"
        f" {item.date.strftime('%d %m %Y') if item.date else ''}"
        for item in reading.items
    )
    lost = Counter(filter(str.isalnum, case.text)) - Counter(filter(str.isalnum, shown))
    assert lost.total() <= sum(count for _, count in reading.receipt.dropped)
