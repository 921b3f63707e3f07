from __future__ import annotations

from backfile.ingest.itemised.cuts import FORM_NAMES, cuts_of
from backfile.ingest.itemised.judged import Judged, candidates, judged
from backfile.ingest.itemised.looks import looks_of
from backfile.ingest.itemised.seen import units_of
from backfile.ingest.itemised.weights import BETTER, DIGEST, FORM, NEAR
from backfile.ingest.lines.layout import blocks_of

STORIES = (
    ("Trams return to Hallin", "Drivers accepted a week of extra leave and begin at five tomorrow."),
    ("Amsel wins the recount", "Her rival Tomas Brede conceded after three hours in a school gym of Tarn."),
    ("Museum loses its roof", "Investigators in Osk blame a kiln below the stairs for the fire of Sunday."),
    ("Rye costs more than wheat", "Millers on the Ilver pay 240 crowns a sack, for the first time since 1931."),
    ("Last lamplighter retires", "Ada Storm lit the 90 lamps of Kestrel Lane for forty winters."),
)
PARTS = (
    ("Where the ferry lies", "The ferry lies at the northern quay, and the ferry's crew sleeps on board."),
    ("Why the ferry waits", "However, the ferry waits for an anchor that the yard has promised its crew."),
    ("What the crew says", "They say that nobody told the crew of the ferry when the anchor would come."),
    ("When the ferry sails", "So the ferry will sail when the crew of the ferry has the yard's anchor."),
    ("What the ferry costs", "It costs the yard and the crew more than the ferry brought them last year."),
)
# Of every shape one: what they share is that a line stands above a text, close to it.
MIXED = ("{} ...\n", "* {}\n", "{}:\n", "4) {}\n", "= {} =\n")


def laid(items: tuple[tuple[str, str], ...]) -> str:
    return "\n\n".join(shape.format(head) + text for shape, (head, text) in zip(MIXED, items, strict=True))


def best(text: str, title: str) -> Judged:
    blocks = blocks_of(text)
    return max(candidates(blocks, units_of(blocks), title, page=False), key=lambda one: one.rank)


def test_items_of_several_shapes_are_cut_by_what_they_share() -> None:
    found = best(laid(STORIES), "Tarn Letter")
    assert [item.units[0].text.strip(" .:=") for item in found.laid.items] == [head for head, _ in STORIES]


def test_stories_are_a_digest_and_parts_of_one_text_in_the_same_shapes_are_none() -> None:
    stories, parts = blocks_of(laid(STORIES)), blocks_of(laid(PARTS))
    assert judged(stories, units_of(stories), "Tarn Letter, 4 May", page=False) is not None
    assert judged(parts, units_of(parts), "Tarn Letter, 4 May", page=False) is None
    assert best(laid(STORIES), "The ferry").weight > 0 > best(laid(PARTS), "The ferry").weight + 5


def test_every_weight_is_of_a_number_that_cuts_have() -> None:
    found = best(laid(STORIES), "Tarn Letter")
    assert len(found.cut.row) == len(FORM_NAMES) == len(set(FORM_NAMES))
    assert set(FORM) <= set(FORM_NAMES)
    assert set(NEAR) <= {"one", *FORM_NAMES}
    assert {*BETTER, *DIGEST} <= set(found.bears)
    assert len(found.bears) > len(found.form) > len(FORM_NAMES)


def test_what_has_no_two_items_has_no_cuts() -> None:
    assert cuts_of(looks_of(units_of(blocks_of("One line")))) == []
    assert cuts_of(looks_of([])) == []
