"""Copies of one text, and what is none."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from backfile.model import Document
from backfile.stories import group

WIRE = (
    "A volcano erupted near the fishing town of Grindheim on Wednesday for the fifth time since December, "
    "spewing lava fifty metres into the sky. The town and the nearby spa had been evacuated hours before. "
    "Scientists had warned for weeks that magma was gathering under the Sundar ridge. The airport of the "
    "capital stayed open throughout the night."
)
FOOTER = (
    "Sign up for our morning newsletter and never miss a story that matters to you. Follow us on every network that "
    "you use, share this report with your friends, and read more news from the region on our pages today."
)
OTHERS = (
    "The council of Marlow voted on Tuesday to close the swimming pool for a year.",
    "A goat herd blocked the road between Elm and Oakley for three hours.",
    "Pia Lund will coach Rovers for another two seasons, the club said.",
    "Bakers in Tarn protest against the price of butter.",
    "The painter Ida Falk died in Lisbon at the age of ninety-one.",
)
DAY = date(2024, 5, 30)


def sets(*texts: str, outlet: str | None = None) -> list[list[int]]:
    documents = [Document(f"{at:02}", "", text, DAY, outlet or f"outlet {at}") for at, text in enumerate(texts)]
    labels = group(documents).duplicates
    return [[at for at in range(len(texts)) if labels[f"{at:02}"] == f"{first:02}"] for first in range(len(texts))]


def test_a_frame_and_a_cut_leave_a_copy_a_copy() -> None:
    assert sets(WIRE, f"(AP) {WIRE} {FOOTER}", WIRE[:230])[0] == [0, 1, 2]


def test_an_outlets_footer_under_short_texts_makes_no_copies() -> None:
    assert sets(*(f"{text} {FOOTER}" for text in OTHERS), outlet="Kontur") == [[at] for at in range(len(OTHERS))]


def test_one_footer_of_many_outlets_under_longer_texts_makes_no_copies() -> None:
    texts = [f"{text} {' '.join(f'{word}{at}' for word in text.split())} {FOOTER}" for at, text in enumerate(OTHERS)]
    assert sets(*texts) == [[at] for at in range(len(OTHERS))]


def test_a_wire_text_in_many_outlets_is_no_boilerplate() -> None:
    assert sets(*(f"{WIRE} Outlet {at} adds this line of its own." for at in range(12)))[0] == list(range(12))


def test_a_story_counts_independent_texts() -> None:
    own = "Lava rose fifty metres when a volcano near Grindheim erupted on Wednesday, the fifth time since December."
    texts = (WIRE, WIRE + " " + FOOTER, own)
    documents = [
        Document(str(at), "Volcano erupts near Grindheim", text, DAY, f"o{at}") for at, text in enumerate(texts)
    ]
    (story,) = group(documents).stories
    assert (story.independent, story.copies) == (2, (("0", "1"),))


def test_a_copy_is_a_reason_with_its_share() -> None:
    (story,) = group([Document(str(at), "", WIRE, DAY, f"o{at}") for at in range(2)]).stories
    assert [(reason.kind, reason.values) for reason in story.joins[0].reasons][-2:] == [
        ("copy", ("100",)),
        ("days", ("0",)),
    ]


FORM = (
    "The Bank of Ardenia lowered its key rate by a quarter point to {} per cent on Thursday. Governor Emil Varga "
    "pointed to weak growth and said that the next decision would depend on prices."
)


@pytest.mark.parametrize(("days", "stories"), [(0, 1), (3, 1), (28, 2)])
def test_a_form_that_is_filled_in_anew_is_a_copy_for_a_few_days_only(days: int, stories: int) -> None:
    documents = [
        Document("a", text=FORM.format("4.5"), date=DAY, source="A"),
        Document("b", text=FORM.format("4.25"), date=DAY + timedelta(days=days), source="B"),
    ]
    grouping = group(documents)
    assert (len(grouping.stories), len(set(grouping.duplicates.values()))) == (stories, stories)


@pytest.mark.parametrize("other", [DAY.replace(year=2023), DAY.replace(year=1970), None])
def test_clocks_that_disagree_part_no_copies(other: date | None) -> None:
    documents = [
        Document("a", text=WIRE, date=DAY, source="A"),
        Document("b", text=f"{WIRE} More soon.", date=other, source="B"),
    ]
    (story,) = group(documents).stories
    assert story.independent == 1


def test_ten_thousand_equal_texts_are_one_story() -> None:
    documents = [Document(str(at), "Volcano", WIRE, DAY, f"o{at}") for at in range(10_000)]
    grouping = group(documents, explain=False)
    assert [len(story.takes) for story in grouping.stories] == [10_000]
    assert all(one < other for one, other in pairwise(grouping.stories[0].takes))
