"""Copies kept up to date are the copies of all texts at once, whatever came and went."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from backfile.model import Document
from backfile.stories.copies import duplicates
from backfile.stories.grouping import copies_among
from backfile.stories.structures.line import Line
from backfile.stories.traits.features import Features, features
from backfile.stories.upkeep import nearcopies, ownruns
from backfile.stories.upkeep.copying import Copying
from backfile.stories.upkeep.nearcopies import Start
from backfile.stories.upkeep.texts import Texts
from backfile.stories.words.background import load_background
from backfile.stories.words.tokens import Codes

WORDS = ["storm", "ferry", "harbour", "bridge", "mayor", "police", "fire", "river", "council", "budget", "train"]


def some_text(chance: random.Random, sentences: list[str]) -> str:
    """A text of a few sentences, of which many stand in other texts too."""
    return " ".join(chance.choice(sentences) for _ in range(chance.randint(0, 7)))


def whole(line: Line, texts: dict[int, Features]) -> dict[str, dict[str, float]]:
    order = line.order.tolist()
    _, _, pairs = copies_among([texts[slot] for slot in order])
    found: dict[str, dict[str, float]] = {line.ids[slot]: {} for slot in order}
    for later, earlier, share in pairs:
        one, other = line.ids[order[later]], line.ids[order[earlier]]
        found[one][other] = found[other][one] = share
    return found


def kept(line: Line, copying: Copying) -> dict[str, dict[str, float]]:
    return {
        line.ids[slot]: {line.ids[other]: share for other, share in copying[slot].items()}
        for slot in line.order.tolist()
    }


@pytest.mark.parametrize("seed", range(25))
def test_texts_that_come_and_go(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (duplicates, nearcopies):
        monkeypatch.setattr(module, "BACK", 2)
    for module in (duplicates, ownruns):
        monkeypatch.setattr(module, "OWN", 1 + seed % 2)
    chance = random.Random(seed)  # noqa: S311 -- test data, no secret
    sentences = [" ".join(chance.choice(WORDS) for _ in range(chance.randint(3, 9))) + "." for _ in range(16)]
    known, background = Codes(), load_background()

    def come(number: int) -> list[tuple[Document, Features]]:
        documents = [
            Document(
                f"{chance.random()}",
                text=some_text(chance, sentences),
                date=chance.choice([None, date(2025, 1, 1) + timedelta(chance.randint(0, 20))]),
                source=chance.choice([None, "A", "A", "B"]),
            )
            for _ in range(number)
        ]
        return sorted(
            zip(documents, features(documents, known, background), strict=True),
            key=lambda pair: (pair[0].date or date.min, pair[0].id),
        )

    start = come(seed)
    line = Line([document.id for document, _ in start], [text.day or -1 for _, text in start])
    texts = dict(enumerate(text for _, text in start))

    held = Texts.of(list(texts.values()))
    distinct, found, _ = copies_among(list(texts.values()))
    copied = Copying(line, held, Start.of(len(texts), distinct, found))
    assert kept(line, copied) == whole(line, texts)
    for _ in range(25):
        order = line.order.tolist()
        removed = chance.sample(order, min(len(order), chance.choice([0, 0, 1, 2])))
        new = come(chance.choice([0, 1, 1, 3]))
        ids = [line.ids[slot] for slot in removed[:1] if chance.random() < 0.5]  # an article that has changed
        ids += [document.id for document, _ in new]
        added = line.add([(id_, text.day) for id_, (_, text) in zip(ids, new, strict=False)])
        texts.update(zip(added, (text for _, text in new), strict=True))
        held.add(text for _, text in new)
        before = kept(line, copied)
        changed = copied.change(removed, added)
        line.drop(removed)
        after = kept(line, copied)
        assert after == whole(line, texts)
        assert {id_ for id_ in after if before.get(id_) != after[id_]} <= {line.ids[slot] for slot in changed}
