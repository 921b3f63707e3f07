"""An archive that grew step by step is the archive grouped at once, whatever the steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from backfile.model import Document, Link, Name, Story
from backfile.names import Names
from backfile.stories import EditorWord, Ledger, group, related
from backfile.stories.events import slices
from backfile.stories.traits.features import features_of
from backfile.stories.upkeep import near
from backfile.stories.upkeep.incremental import Change, Grouped
from backfile.stories.upkeep.state import arrays, from_arrays

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "fixtures/stories/pairs.yaml").read_text(encoding="utf-8")
)
TEXTS = [(item.get("title", ""), item["text"], item.get("source")) for case in CASES for item in case["items"]]
FOOTER = " Sign up for our newsletter and read more stories from the harbour every morning."
NAMES = Names([Name("Nordlys", ("Нурдліс",))])

documents = st.builds(
    lambda text, cut, day, slug, source, footer: Document(
        f"{day or 'undated'}/{slug}".replace("-", "/"),
        title=text[0],
        text=text[1][: cut or None] + (FOOTER if footer else ""),
        date=day,
        source=source or text[2],
    ),
    st.sampled_from(TEXTS[:24]),
    st.sampled_from([0, 0, 0, 150, 300]),
    st.none() | st.integers(0, 12).map(lambda days: date(2025, 3, 1) + timedelta(days)),
    st.sampled_from(["storm", "ferry", "talks", "storm-2025-03-02", "fire"]),
    st.sampled_from([None, None, "Harbour Post", "Border Wire"]),
    st.booleans(),
)
ids = st.sampled_from(
    [f"2025/03/{day:02}/{slug}" for day in (1, 2, 3, 5) for slug in ("storm", "ferry", "talks", "fire")]
)
words = st.builds(
    EditorWord,
    merge=st.lists(st.lists(ids, min_size=2, max_size=3, unique=True).map(tuple), max_size=1).map(tuple),
    split=st.lists(st.lists(ids, min_size=2, max_size=3, unique=True).map(tuple), max_size=1).map(tuple),
    pins=st.dictionaries(ids, st.sampled_from(["storm", "ferry", "storm-2025-03-03", "old"]), max_size=1),
    titles=st.dictionaries(st.sampled_from(["storm", "fire"]), st.just("A title"), max_size=1),
)
ledgers = st.builds(
    Ledger,
    founders=st.dictionaries(st.sampled_from(["old", "older", "storm"]), ids, max_size=2),
    retired=st.sets(st.sampled_from(["old", "storm"]), max_size=1).map(frozenset),
    heirs=st.dictionaries(st.sampled_from(["old", "older", "storm"]), st.tuples(ids), max_size=1),
)
steps = st.lists(
    st.tuples(
        st.lists(documents, max_size=5, unique_by=lambda document: document.id),
        st.lists(st.integers(0, 99), max_size=2),
        st.just(EditorWord()) | words,
        st.just(Ledger()) | ledgers,
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


def start(documents: list[Document]) -> Grouped:
    grouping = group(documents, names=NAMES)
    return Grouped.of(grouping, related(documents, grouping), NAMES)


def again(grouped: Grouped) -> Grouped:
    """Store and load."""
    return Grouped(from_arrays(dict(arrays(grouped.state()))), NAMES)


def outcome(grouped: Grouped, there: Mapping[str, Document]) -> tuple[Any, ...]:
    return grouped.stories, grouped.duplicates, grouped.findings, {id_: grouped.related(id_) for id_ in there}


def whole(there: Mapping[str, Document], editor: EditorWord, ledger: Ledger) -> tuple[Any, ...]:
    grouping = group([*there.values()], names=NAMES, editor=editor, ledger=ledger)
    return grouping.stories, grouping.duplicates, grouping.findings, related([*there.values()], grouping)


def check(change: Change, before: tuple[Any, ...], after: tuple[Any, ...]) -> None:
    was, now = ({story.id: story for story in stories} for stories in (before[0], after[0]))
    assert change.stories == {id_: story for id_, story in now.items() if was.get(id_) != story}
    assert change.gone == was.keys() - now.keys()
    assert change.related >= {id_ for id_, links in after[3].items() if before[3].get(id_) != links}


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(steps)
def test_any_steps_lead_to_the_same(steps: list[Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (slices, near):
            patch.setattr(module, "CROWD", 4)
        grouped = start([])
        there: dict[str, Document] = {}
        before: tuple[tuple[Story, ...], Any, Any, dict[str, tuple[Link, ...]]] = ((), {}, (), {})
        for new, leaving, editor, ledger, stored in steps:
            removed = {id_ for at, id_ in enumerate(sorted(there)) if at in leaving}
            for id_ in removed:
                del there[id_]
            there |= {document.id: document for document in new}
            added = {document.id: features_of(document, NAMES) for document in new}
            change = grouped.regroup(removed, added, there, editor, ledger)
            after = outcome(grouped, there)
            assert after == whole(there, editor, ledger)
            check(change, before, after)
            before = after
            if stored:
                grouped = again(grouped)
                assert outcome(grouped, there) == after


def test_an_article_that_changes_is_a_new_one() -> None:
    one = Document("2025/03/01/storm", "Storm over Skagen", "A storm hit Skagen.", date(2025, 3, 1))
    grouped = start([one])
    changed = replace(one, title="Ferry aground off Skagen")
    change = grouped.regroup((), {one.id: features_of(changed, NAMES)}, {one.id: changed})
    assert change == Change({}, frozenset(), frozenset({one.id}))
    assert grouped.stories == group([changed]).stories
