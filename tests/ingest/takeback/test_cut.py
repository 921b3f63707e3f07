"""A brief is cut out of its digest, in every form that digests have, and all else stays."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.ingest.changes.known import runs
from backfile.ingest.pipeline import examine
from backfile.ingest.records import Given, Item, RawDocument
from backfile.ingest.takeback.cut import without_brief
from backfile.ingest.vocabulary.words import words
from backfile.model import Kind

SECOND = Path(__file__).parents[2] / "fixtures/ingest/digests/second"
DIGESTS = sorted(path for path in SECOND.iterdir() if path.name != "labels.txt")


def read(path: Path) -> tuple[Item, ...]:
    return examine(RawDocument(path.read_bytes(), path.name), Given()).items


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.name)
def test_every_brief_of_a_digest_can_be_cut_out_alone(path: Path) -> None:
    digest, *briefs = read(path)
    for brief in briefs if digest.kind is Kind.DIGEST else ():
        others = [other for other in briefs if other is not brief]
        left = without_brief(digest.markdown, brief.title, brief.markdown, [other.title for other in others])
        assert runs(left).isdisjoint(runs(brief.markdown))
        assert brief.title not in left
        gone = (
            Counter(words(digest.markdown)) - Counter(words(left)) - Counter(words(f"{brief.title} {brief.markdown}"))
        )
        assert set(gone) & {word for other in others for word in words(other.title)} <= set(words(left))
        assert gone.total() <= 8  # its link, its time


BODY = """Good evening.

{head}Lost ring{tail}

{rule}A plain gold ring was handed in after the jumble sale.

[Read more](https://a.example/ring)

{head}[Found ring](https://a.example/found){tail}

{rule}Another ring of silver was found under the old quay.
"""


@pytest.mark.parametrize(
    ("head", "tail", "rule"),
    [("## ", "", ""), ("**", "**", ""), ("", "", "---\n\n"), ("- 07:05 ", "", ""), ("⚡️ ", " (Ostby)", "")],
    ids=["heading", "bold", "underlined", "time", "sign and place"],
)
def test_what_hangs_on_it_goes_with_it(head: str, tail: str, rule: str) -> None:
    body = BODY.format(head=head, tail=tail, rule=rule)
    text = "A plain gold ring was handed in after the jumble sale."
    left = without_brief(body, "Lost ring", text, ["Found ring"])
    found = body[body.index(f"{head}[Found") :]
    assert left == f"Good evening.\n\n{found}"


def test_another_item_with_the_same_headline_stays() -> None:
    body = "## In brief\n\nThe ferry left at noon today.\n\n## In brief\n\nThe bakery opens at six on Monday.\n"
    left = without_brief(body, "In brief", "The ferry left at noon today.", ["In brief"])
    assert left == "## In brief\n\nThe bakery opens at six on Monday.\n"


@given(st.text("ab #-[]()\n", max_size=60), st.text("ab #", max_size=9), st.text("ab \n", max_size=30))
def test_no_line_is_invented(body: str, title: str, text: str) -> None:
    left = Counter(line for line in without_brief(body, title, text).split("\n") if line)
    assert left <= Counter(line for line in body.split("\n") if line)
