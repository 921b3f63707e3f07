"""Stories that a build goes on from, in its cache or in memory, are those of all texts at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backfile.archive import Asked, Told, tell
from backfile.incremental import told
from backfile.incremental.cache import Cache
from backfile.incremental.memory import Memory
from backfile.marks import mark_of
from backfile.model import Document
from backfile.names import Names
from backfile.stories import EditorWord, Ledger

STORM = "A storm hit Skagen on Friday. Waves broke the harbour wall, and the ferry Nordlys stayed in port all night."
TALKS = "The council of Skagen and the dockers' union talk about wages again, with a strike on Monday in view."


def text(day: int, name: str, words: str) -> Document:
    return Document(f"2025/03/{day:02}/{name}", f"{name} at Skagen", words, date(2025, 3, day), source=name)


def asked(texts: Mapping[str, Document]) -> Asked:
    def head(id_: str) -> Document:
        return replace(texts[id_], text="")

    ids = sorted(texts)
    hashes = {id_: mark_of(texts[id_]) for id_ in ids}
    return Asked(hashes, texts.__getitem__, head, Names(), EditorWord(), Ledger())


def said(found: Told) -> tuple[Any, ...]:
    """Return all that was told, reasons and all."""
    stories = [replace(story, joins=tuple(story.joins), origins=tuple(story.origins)) for story in found.stories]
    related = {id_: (each.ids, each.hash, each.read()) for id_, each in found.related.items()}
    return stories, {story.id: found.hashes[story.id] for story in stories}, [*related.items()], found.findings


@pytest.mark.parametrize("lasts", [False, True], ids=["from the cache", "in memory"])
def test_a_change_after_another(lasts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "FEW", 1)  # from two changes on, what was told is a base
    monkeypatch.setattr(told, "SHARE", 0)
    one, two, three = text(1, "post", STORM), text(1, "wire", f"{STORM} Nobody was hurt."), text(4, "talks", TALKS)
    four, five = text(2, "storm", f"{STORM} The wall will cost a million."), text(5, "wages", f"{TALKS} A million.")
    memory = Memory(lasts=lasts)
    there: dict[str, Document] = {}
    for new, gone in (
        ([one, two, three], []),
        ([], []),
        ([four], []),
        ([replace(two, text=TALKS), five], []),
        ([], [one.id]),
        ([two], []),
        ([], [four.id, five.id]),
    ):
        there = {id_: each for id_, each in there.items() if id_ not in gone} | {each.id: each for each in new}
        cache = Cache(tmp_path / "cache.sqlite", b"one")
        found = told.tell_again(cache, memory, asked(there))
        assert said(found) == said(tell(asked(there)))
        cache.commit()
