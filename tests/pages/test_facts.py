"""Facts tell all that a page depends on: pages, files and sections whose facts are equal are equal.

What facts leave out would stand stale in the output, for a build compares nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from random import Random
from typing import Any

import pytest

from backfile import frontmatter
from backfile.archive import Editorial, assemble
from backfile.marks import mark_of
from backfile.model import Name, Receipt, Rights, Rules, Topic
from backfile.pages import Plan, Section, sections, topics
from backfile.pages.records import Site
from backfile.reading import read_article
from backfile.stories import EditorWord, Ledger

SEEDS = 8  # archives from which each value is changed by itself, the first of them with all first values
SITE = Site("Archive", "", "en", "https://archive.example", searchable=True)
BRIDGE = "The bridge at Ostby has opened after a year of work, said the mayor Anna Lind on Friday. It cost nine crowns."
LONGER = "It is the longest of the coast. Two hundred people came to walk over it, and a band played until night fell."
SHA = "ab" * 32

# What each article says: for each field the values that it may have; the first ones make one archive.
ARTICLES: tuple[dict[str, list[Any]], ...] = (
    {
        "title": ["Bridge opens", "Bridge opens at last"],
        "slug": ["bridge-opens"],
        "source": ["The Harbour Post", "Coast Times", None],
        "summary": [None, "A bridge has opened."],
        "authors": [(), ("Eva Holm",)],
        "topics": [(), ("Snow",)],
        "body": [BRIDGE, f"{BRIDGE} Ferries stop.", f"{BRIDGE}\n\n![A bridge]({{static}}/pictures/bridge.png)"],
        "provenance": [None, {"file": "bridge.txt", "sha256": SHA}],
        "revisions": [(), [{"seen": "2025-04-01"}]],
    },
    {
        "title": ["A bridge is opened"],
        "date": [date(2025, 3, 15), date(2025, 3, 16)],
        "slug": ["a-bridge"],
        "source": ["Coast Times", "coast times", "The Harbour Post"],
        "status": ["published", "hidden", "draft"],
        "topics": [("Snow",), ()],
        "body": [
            BRIDGE,
            f"{BRIDGE} {LONGER}",
            "Anna Lind, the mayor of Ostby, spoke of schools and of the new ferry for an hour.",
        ],
    },
    {
        "title": ["Evening list"],
        "kind": ["digest", "article"],
        "topics": [(), ("Snow",)],
        "body": ["- Snow falls\n- Bridge opens"],
    },
    {
        "title": ["Snow falls", "Snow falls in Ostby"],
        "slug": ["snow-falls"],
        "kind": ["brief"],
        "digest": ["2025/03/14/evening-list"],
        "digest_item": [1, 2],
        "full": [None, "2025/03/14/snow"],
        "people": [(), ("Anna Lind",)],
        "body": ["Snow fell in Ostby, and nobody was hurt."],
    },
    {
        "title": ["Ten centimetres of snow in Ostby"],
        "slug": ["snow", "snow-in-ostby"],
        "formerly": [(), ("2025/03/14/snow",)],
        "lang": ["en", None],
        "body": ["Ten centimetres of snow fell in Ostby in one night; the mayor Anna Lind closed the schools."],
    },
    {
        "title": ["Ferry fares rise", "Ferry fares are to rise"],
        "date": [date(2024, 12, 31), date(2024, 12, 30)],
        "slug": ["fares", "ferry-fares"],
        "source": ["Coast Times", "coast times", {"name": "Coast Times", "url": "https://coast.example"}],
        "digest": ["2025/03/14/evening-list", None],
        "digest_item": [None, 1],
        "body": ["The ferry will cost more.", "From the new year on, the tram will cost more."],
    },
    {
        "title": ["Wolf seen", "A wolf has been seen"],
        "date": [date(2025, 3, 20), date(2025, 3, 15)],
        "slug": ["wolf", "wolf-seen"],
        "source": ["coast times", "Coast Times"],
        "body": ["Foresters have seen a wolf in the north."],
    },
)
BRIDGES = ("2025/03/14/bridge-opens", "2025/03/15/a-bridge")
PERSON = Name("Anna Lind", kind="person")
PLACE = Name("Ostby", spellings=("Ostbi",), kind="place")
SNOW = Topic("snow", "Snow", "topics/snow.md", intro='<img src="{static}/map.png">', links=("map.png",))

# And what stands beside them.
BESIDE: dict[str, list[Any]] = {
    "names": [(PERSON, PLACE), (PERSON,), (Name("Mayor Lind", spellings=("Anna Lind",), kind="person"), PLACE)],
    "topics": [
        (SNOW,),
        (Topic("snow", "Winter", "topics/snow.md", aliases=("snow",)),),
        (SNOW, Topic("ostby", "Ostby", "topics/ostby.md", rules=Rules(any=("mayor",)), parent="snow")),
        (),
    ],
    "editor": [
        EditorWord(),
        EditorWord(titles=dict.fromkeys(("bridge-opens", "a-bridge", "the-bridge"), "The bridge of Ostby")),
        EditorWord(merge=(BRIDGES,)),
        EditorWord(split=(BRIDGES,)),
    ],
    "ledger": [Ledger(), Ledger({"the-bridge": BRIDGES[0]})],
    "rights": [{}, {"the-harbour-post": Rights.EXCERPT}, {"the-harbour-post": Rights.HEADLINE}],
    "files": [{}, {"pictures/bridge.png": "bridge.png", "map.png": "map.png"}],
    "receipts": [{}, {SHA: Receipt(b"1", dict)}],
    "default_lang": ["en", "uk"],
}

CHOICES = [(at, field, len(values)) for at, own in enumerate((*ARTICLES, BESIDE)) for field, values in own.items()]
State = dict[tuple[int, str], int]  # the place of the value chosen, by article (the last: what stands beside) and field


def planned(state: State) -> dict[str, Section]:
    beside = {field: values[state[len(ARTICLES), field]] for field, values in BESIDE.items()}
    articles = []
    for at, own in enumerate(ARTICLES):
        values = {"date": date(2025, 3, 14)} | {field: choice[state[at, field]] for field, choice in own.items()}
        articles.append(article(at, values, beside["default_lang"]))
    editorial = Editorial(
        names=beside["names"],
        topics=beside["topics"],
        editor=beside["editor"],
        ledger=beside["ledger"],
        rights=beside["rights"],
    )
    archive = assemble([each for each in articles if each.status != "draft"], editorial)
    return dict(named(sections(archive, SITE, (), beside["receipts"], beside["files"])))


def named(parts: Iterable[Section | Plan]) -> Iterator[tuple[str, Section]]:
    for part in parts:
        if isinstance(part, Section):
            yield part.name, part
            yield from named(part.parts())


def plans(found: Mapping[str, Section]) -> dict[str, Plan]:
    parts = (part for section in found.values() for part in section.parts())
    return {part.save_as: part for part in parts if not isinstance(part, Section)}


def told(section: Section) -> dict[str, bytes]:
    return {plan.save_as: mark_of(plan.facts) for plan in section.plans()}


def article(at: int, values: Mapping[str, Any], default_lang: str) -> Any:
    front = {field: value for field, value in values.items() if field != "body" and value not in (None, ())}
    text = frontmatter.dump(front, values["body"])
    return read_article(text, f"articles/{at}.md", default_lang=default_lang)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_has_equal_facts_is_equal(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "MOST_STORIES", 2)  # so that there are pages of years
    chance = Random(seed)  # noqa: S311  # repeatable, not secret
    state = {(at, field): chance.randrange(number) if seed else 0 for at, field, number in CHOICES}
    before = planned(state)
    pages = plans(before)
    made = {path: plan.make() for path, plan in pages.items()}
    for at, field, number in CHOICES:
        for value in {*range(number)} - {state[at, field]}:
            now = planned(state | {(at, field): value})
            for path, plan in plans(now).items():
                if path in pages and mark_of(pages[path].facts) == mark_of(plan.facts):
                    assert made[path] == plan.make(), (path, at, field, value)
            for name in before.keys() & now.keys():
                if (facts := now[name].facts) and mark_of(facts) == mark_of(before[name].facts):
                    assert told(before[name]) == told(now[name]), (name, at, field, value)
