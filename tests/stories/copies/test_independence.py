"""How many texts are independent: copies, agencies, and quotations, which count as neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from backfile.model import Document, Origin, Story
from backfile.stories import group
from backfile.stories.copies.agencies import credit
from backfile.stories.copies.independence import origins
from backfile.stories.words.quotations import own_words

CREDITS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "fixtures/stories/credits.yaml").read_text(encoding="utf-8")
)
SENTENCE = "The ferry Nordlys ran aground off Skagen early on Wednesday with 140 people on board."
DAY = date(2024, 11, 20)

REPORT = (
    "The ferry Nordlys ran aground off Skagen early on Wednesday with 140 people on board. Tugs pulled it free at "
    "noon, and nobody was hurt. The harbour master has opened an inquiry into the steering gear, which was renewed "
    "in spring. Passengers were given soup and blankets in the old fish hall until buses came for them."
)
CUT = (
    "The steering gear of the ferry Nordlys, which ran aground near Skagen on Wednesday, was new. That is what the "
    "harbour master wants to look into. The 140 people on board spent the morning in a fish hall."
)
STATEMENT = (
    "We are deeply sorry for the fear that our passengers have lived through this morning, and we will not rest "
    "until we know why a gear that was renewed in spring and checked in October did not answer the helm of the ship"
)


def told(*texts: str | Document) -> Story:
    """Return the one story of these takes, each by an outlet of its own."""
    documents = [
        text if isinstance(text, Document) else Document(str(at), "Ferry Nordlys aground", text, DAY, f"Outlet {at}")
        for at, text in enumerate(texts)
    ]
    (story,) = group(documents).stories
    return story


@pytest.mark.parametrize("case", CREDITS, ids=lambda case: f"{case.get('title', '')}{case['text'][:40]}")
def test_credits(case: dict[str, Any]) -> None:
    found = credit(
        Document(
            "x",
            case.get("title", ""),
            case["text"].replace("…", SENTENCE),
            source=case.get("source"),
            authors=tuple(case.get("authors", ())),
        )
    )
    expected = (case.get("by", []), case.get("with", []), case.get("unnamed", False))
    assert (list(found.authors), list(found.helpers), found.unnamed) == expected


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("He said: “We go on.” Then he left.", "He said: Then he left."),
        ('He said: "We go on." Then he left.', "He said: Then he left."),
        ("Він сказав: «Ідемо далі». І пішов.", "Він сказав: . І пішов."),
        ("Er sagte: „Weiter.“ Dann ging er.", "Er sagte: Dann ging er."),
        ("He said:\n“We go on.\n“And on.”\nThen he left.", "He said: Then he left."),
        ("He said:\n> We go on.\nThen he left.", "He said: Then he left."),
        ('A 6" pipe burst.', 'A 6" pipe burst.'),
        ("The firm's men can't.", "The firm's men can't."),
    ],
)
def test_own_words(text: str, own: str) -> None:
    assert " ".join(own_words(text).split()) == own


def test_block_quotes_are_set_aside_too() -> None:
    own = own_words("He said:\n\nWe go on.\n\nThen he left.", ("We go on.",))
    assert " ".join(own.split()) == "He said: Then he left."


def test_copies_of_an_agency_s_text_are_one_text_and_it_is_named_where_one_of_them_says_so() -> None:
    story = told(f"SKAGEN (AP) — {REPORT}", REPORT, f"{REPORT} Buses ran late.", f"{CUT} Own report.")
    assert story.independent == 2
    assert story.origins == (Origin(("0", "1", "2"), ("AP",)), Origin(("3",)))


def test_one_agency_s_texts_are_one_origin_however_they_were_cut() -> None:
    story = told(f"SKAGEN (Reuters) - {REPORT}", f"{CUT} — Reuters", CUT.replace("fish hall", "hall for fish"))
    assert [(origin.takes, origin.agencies, origin.copies) for origin in story.origins] == [
        (("0", "1", "2"), ("Reuters",), False)
    ]


def test_a_text_of_several_agencies_belongs_to_none_of_them() -> None:
    story = told(f"SKAGEN (Reuters) - {REPORT}", f"{CUT}\n\nAFP/Reuters")
    assert story.independent == 2


@pytest.mark.parametrize(("line", "independent"), [("", 2), ("\n\nWith agency material", 1)])
def test_a_credit_and_shared_runs_together_tell_a_common_text(line: str, independent: int) -> None:
    mixed = (
        f"{SENTENCE} Tugs pulled it free at noon, and nobody was hurt. Fishermen had warned of the sandbank for years, "
        "Lars Moe of their guild recalls at his table in the inn. In his father's day a light stood there, he says, and"
        " a bell; the light was given up when the ships got radar, and the bell was sold to a museum in Aarhus. He has "
        "written to three ministers since, and one of them has answered."
    )
    documents = [Document("0", text=REPORT, date=DAY), Document("1", text=mixed + line, date=DAY)]
    assert len(origins(documents, ())) == independent


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»"])
def test_two_reports_that_share_a_quotation_alone_are_independent(marks: str) -> None:
    said = marks.format(f"{STATEMENT},")
    story = told(
        f"The ferry Nordlys ran aground off Skagen on Wednesday. {said} its owner Karin Moe said at noon.",
        f"Karin Moe, who owns the Nordlys, spoke in Skagen after the ferry had run aground. {said} she said.",
    )
    assert (story.independent, story.copies) == (2, ())
    assert "quotation" in {reason.kind for reason in story.joins[0].reasons}


def test_a_text_with_a_quotation_in_it_is_copied_all_the_same() -> None:
    text = f"{REPORT} “{STATEMENT},” said the owner, Karin Moe."
    assert told(text, f"{text} Buses ran late.").independent == 1


def test_block_quotes_make_no_copies() -> None:
    takes = [
        Document(str(at), "Ferry Nordlys aground off Skagen", f"{before}\n\n{STATEMENT}.\n\n{after}", DAY, f"O{at}")
        for at, (before, after) in enumerate(
            (
                ("The owner of the ferry Nordlys, Karin Moe, wrote at noon:", "The ferry ran aground off Skagen."),
                ("Off Skagen a ferry ran aground, the Nordlys.", "So Karin Moe, who owns it, in a letter."),
            )
        )
    ]
    assert told(*takes).independent == 1
    assert told(*(replace(take, quotes=(f"{STATEMENT}.",)) for take in takes)).independent == 2
