"""The three-way choice over wild histories: no hand's word is ever lost, and nothing else holds the importer back."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.frontmatter import FrontMatter, dump, parse
from backfile.ingest.again.merge import Base, Merged, merge
from backfile.ingest.changes.catalogue import Held
from backfile.ingest.changes.wrote import BODY, compared, hashes
from backfile.model import DateBasis

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": st.sampled_from(["One", "Два", "Three"]),
    "date": st.sampled_from([date(2025, 3, 14), date(2025, 3, 15)]),
    "date_basis": st.sampled_from(DateBasis),
    "lang": st.sampled_from([None, "en", "uk"]),
    "source": st.sampled_from([None, "The Quay", "Post"]),
    "authors": st.sampled_from([(), ("Ann Lee",), ("Ann Lee", "Bo Ek")]),
    "summary": st.sampled_from([None, "Short."]),
    "weather": st.sampled_from(["fine", "foul"]),
    "guessed": st.sampled_from([(), ("title",), ("lang", "date"), ("title", "source")]),
    BODY: st.sampled_from(["One.\n", "Two.\n"]),
}
written = st.fixed_dictionaries(VALUES)
edits = st.fixed_dictionaries({}, optional=VALUES)


def read(values: dict[str, Any]) -> tuple[FrontMatter, str]:
    return parse(dump({name: value for name, value in values.items() if name != BODY}, values[BODY]), "x.md")


def merged(
    then: dict[str, Any], hand: dict[str, Any], now: dict[str, Any], **how: Any
) -> tuple[Merged, dict[str, Any]]:
    """Return the choice, and what the article says after it."""
    held = Held("x.md", *read(then | hand), edited=bool(hand))
    front, body = read(then)
    base = Base(hashes(compared(front, body)), front.guessed) if how.pop("known", True) else None
    found = merge(held, *read(now), base, is_dated=True, **{"is_told": True, "force": False} | how)
    said = then | hand | dict(found.changes)
    return found, compared(*read(said if found.body is None else said | {BODY: found.body}))


@settings(max_examples=40)
@given(written, edits, written)
def test_a_hand_s_word_stays_and_all_else_is_the_importer_s(
    then: dict[str, Any], hand: dict[str, Any], now: dict[str, Any]
) -> None:
    found, after = merged(then, hand, now)
    before, old, new = (compared(*read(values)) for values in (then | hand, then, now))
    answered = set(then["guessed"]) ^ set((then | hand)["guessed"])
    for name in new:
        is_by_hand = before[name] != old[name] or name in answered
        assert after[name] == (before[name] if is_by_hand else new[name])
    assert all(row.was != row.now for row in found.rows)
    assert {row.field for row in found.rows if row.kept} <= {
        name for name in new if before[name] != old[name] or name in answered
    }


@settings(max_examples=40)
@given(written, edits, written)
def test_with_force_all_is_the_importer_s(then: dict[str, Any], hand: dict[str, Any], now: dict[str, Any]) -> None:
    _, after = merged(then, hand, now, force=True)
    assert after == compared(*read(now))


@settings(max_examples=40)
@given(written, edits, written)
def test_where_nothing_is_known_nothing_changes(
    then: dict[str, Any], hand: dict[str, Any], now: dict[str, Any]
) -> None:
    found, after = merged(then, hand, now, known=False)
    assert (found.changes, found.body) == ({}, None)
    assert after == compared(*read(then | hand))


@settings(max_examples=40)
@given(written, edits)
def test_the_same_importer_changes_nothing(then: dict[str, Any], hand: dict[str, Any]) -> None:
    found, _ = merged(then, hand, then)
    assert found.rows == ()
    assert found.body is None
