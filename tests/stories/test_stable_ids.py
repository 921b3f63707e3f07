"""An id once published stays reachable: any articles, in any order of arrival, published at any moment.

What is promised, and tried here on wild histories:

- every id in the ledger leads to exactly one story, as its id or as one of its aliases: the one that
  holds its founding article, or, that being gone, the next article that stood there when it was published;
- a story whose members grow keeps its id; of stories that grow together the oldest id in the ledger
  stays; of a story that splits the id goes with the founding article;
- what articles there are and what was published decides everything; the order of arrival decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.model import Document, Story
from backfile.stories import Ledger, entries, group, load_ledger
from backfile.stories.editing.identity import missing_founders, story_ids

# Slugs are few, so that they clash.
POOL = [
    Document(f"2025/03/{1 + at:02}/{slug}", date=date(2025, 3, 1 + at))
    for at, slug in enumerate(["strike", "talks", "strike", "flood", "talks", "strike", "vote", "fire", "flood"])
]
# A step: for each document of the pool the story that it stands in, 0 where it is not there; and whether to publish.
steps = st.lists(
    st.tuples(st.lists(st.integers(0, 4), min_size=len(POOL), max_size=len(POOL)), st.booleans()),
    min_size=2,
    max_size=6,
)


def parted(where: Sequence[int]) -> list[list[Document]]:
    """Return the stories of a step in the order of their first members."""
    stories = {number: [POOL[at] for at, own in enumerate(where) if own == number] for number in set(where) - {0}}
    return sorted(stories.values(), key=lambda members: members[0].id)


def told(groups: Sequence[Sequence[Document]], ledger: Ledger) -> list[Story]:
    return [
        Story(id_, tuple(document.id for document in members), members[0].id, aliases=aliases)
        for members, (id_, aliases) in zip(groups, story_ids(groups, ledger), strict=True)
    ]


def assert_promises(stories: Sequence[Story], ledger: Ledger) -> None:
    """Every id of the ledger leads to one story, and to the right one; no story is called as another."""
    assert len({story.id for story in stories}) == len(stories)
    present = {take: story for story in stories for take in story.takes}
    for id_ in ledger.founders:
        leads_to = {story.id for story in stories if id_ in (story.id, *story.aliases)}
        expected = next((present[article] for article in ledger.holders(id_) if article in present), None)
        assert leads_to == ({expected.id} if expected else set())
    assert {id_ for id_ in ledger.founders if not any(id_ in (s.id, *s.aliases) for s in stories)} == set(
        missing_founders(ledger, {take: Document(take) for take in present})
    )
    for story in stories:
        own = [id_ for id_ in ledger.founders if id_ in (story.id, *story.aliases)]
        assert not own or story.id == own[0], "the oldest of its ids is a story's name"


@settings(max_examples=300, deadline=None)
@given(steps)
def test_every_published_id_leads_to_the_story_that_a_reader_expects(history: list[tuple[list[int], bool]]) -> None:
    lines = ""
    for where, publishes in history:
        stories = told(parted(where), load_ledger(lines))
        assert_promises(stories, load_ledger(lines))
        if publishes:
            before = lines
            lines += entries(stories, load_ledger(lines))
            assert lines.startswith(before)
            again = told(parted(where), load_ledger(lines))
            shown = [(story.id, story.takes) for story in stories if len(story.takes) > 1]
            assert [(s.id, s.takes) for s in again if len(s.takes) > 1] == shown, "publishing renames no page"


@settings(max_examples=200, deadline=None)
@given(steps, st.lists(st.integers(1, 4), min_size=len(POOL), max_size=len(POOL)))
def test_a_story_that_grows_keeps_its_id(history: list[tuple[list[int], bool]], later: list[int]) -> None:
    where = history[0][0]
    ledger = load_ledger(entries(told(parted(where), Ledger()), Ledger()))
    grown = [own or new for own, new in zip(where, later, strict=True)]
    now = {take: story.id for story in told(parted(grown), ledger) for take in story.takes}
    for story in told(parted(where), Ledger()):
        if len(story.takes) > 1:
            assert {now[take] for take in story.takes} == {story.id}


EVENTS = (
    (
        "Ferry Nordlys aground off Skagen",
        "The ferry Nordlys ran aground off Skagen with 140 people; tugs freed it at noon.",
    ),
    (
        "Novartek posts record loss",
        "The chip maker Novartek reported a record loss of 2.4 billion euros for last year.",
    ),
    (
        "Volcano erupts near Grindheim",
        "A volcano erupted near the town of Grindheim for the fifth time since December.",
    ),
)
OPENINGS = ("", "It happened at dawn. ", "Our reporter writes. ", "What is known so far: ")
ARTICLES = [
    Document(
        f"2025/03/{1 + number:02}/{title.split()[0].lower()}-{opening[:2].lower().strip() or 'first'}",
        title,
        opening + text,
        date(2025, 3, 1) + timedelta(days=number),
        f"Outlet {number}",
    )
    for title, text in EVENTS
    for number, opening in enumerate(OPENINGS)
]


@settings(max_examples=25, deadline=None)
@given(
    st.permutations(ARTICLES),
    st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=1, max_size=5),
    st.sets(st.sampled_from(range(len(ARTICLES))), max_size=3),
)
def test_the_order_of_arrival_decides_nothing(
    arriving: list[Document], batches: list[tuple[int, bool]], gone: set[int]
) -> None:
    here: list[Document] = []
    lines = ""
    for size, publishes in [*batches, (len(ARTICLES), False)]:
        here, arriving = here + arriving[:size], arriving[size:]
        stories = group(here, ledger=load_ledger(lines), explain=False).stories
        assert_promises(stories, load_ledger(lines))
        if publishes:
            lines += entries(stories, load_ledger(lines))
    ledger = load_ledger(lines)
    assert group(here, ledger=ledger).stories == group(ARTICLES, ledger=ledger).stories
    assert [(s.takes, s.lead, s.independent) for s in group(here, ledger=ledger).stories] == [
        (s.takes, s.lead, s.independent) for s in group(ARTICLES).stories
    ]
    left = [document for document in here if ARTICLES.index(document) not in gone]
    assert_promises(group(left, ledger=ledger, explain=False).stories, ledger)
