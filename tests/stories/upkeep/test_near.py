"""Pairs kept up to date are the pairs of a full search, whatever came and went."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from backfile.stories.events import slices
from backfile.stories.events.slices import sliced
from backfile.stories.structures.line import Line
from backfile.stories.traits.features import UNITS
from backfile.stories.upkeep import near
from backfile.stories.upkeep.near import Lists, Near, lists_of

Row = tuple[NDArray[Any], NDArray[Any]]
WINDOW, FLOOR, MOST = 30, 0.05, 3


def some_row(chance: random.Random) -> Row:
    """A row of unit length over few features, so that crowds and ties are many."""
    numbers = np.array(sorted(chance.sample(range(8), chance.randint(0, 4))), dtype=np.int64)
    weights = np.array([chance.choice([1.0, 1.0, 2.0]) for _ in numbers])
    return numbers, np.rint(weights / max(float(np.sqrt(np.sum(weights**2))), 1.0) * UNITS).astype(np.int32)


def whole(line: Line, rows: dict[int, Row], there: set[int]) -> dict[str, list[tuple[str, int]]]:
    """The lists that a full search gives, by id."""
    order = [slot for slot in line.order.tolist() if slot in there]
    pairs = sliced(
        [rows[slot] for slot in order], line.days[order], np.full(len(order), MOST), window=WINDOW, floor=FLOOR
    )
    return listed(line, lists_of(len(line.ids), pairs, order)[0], there)


def listed(line: Line, lists: Lists, there: set[int]) -> dict[str, list[tuple[str, int]]]:
    return {
        line.ids[slot]: [
            (line.ids[other], step) for other, step in zip(*(part.tolist() for part in lists[slot]), strict=True)
        ]
        for slot in there
    }


@pytest.mark.parametrize("seed", range(25))
def test_rows_that_come_and_go(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (slices, near):
        monkeypatch.setattr(module, "CROWD", 3)
    monkeypatch.setattr(slices, "SLICE", 8)
    chance = random.Random(seed)  # noqa: S311 -- test data, no secret
    first = sorted((chance.choice([None, *range(7, 80, 6)]) or 0, f"{chance.random()}") for _ in range(seed))
    line = Line([id_ for _, id_ in first], [day or -1 for day, _ in first])
    rows = {slot: some_row(chance) for slot in range(seed)}
    start = sliced(list(rows.values()), line.days, np.full(seed, MOST), window=WINDOW, floor=FLOOR)
    kept = Near(
        line,
        lists_of(seed, start)[0],
        range(seed),
        None,
        rows.__getitem__,
        lambda _: MOST,
        window=WINDOW,
        floor=FLOOR,
    )
    there = set(range(seed))
    for _ in range(40):
        out = [slot for slot in sorted(there) if chance.random() < 0.1]
        absent = [slot for slot in line.order.tolist() if slot not in there]
        new = [slot for slot in absent if chance.random() < 0.2]
        for slot in [*out, -1]:
            if chance.random() < 0.6:  # often in the place of one that goes, and much like it
                day = int(line.days[slot]) if slot in out else chance.choice([-1, *range(7, 80, 6)])
                (came,) = line.add([(f"{chance.random()}", None if day < 0 else day)])
                rows[came] = rows[slot] if slot in out and chance.random() < 0.5 else some_row(chance)
                new.append(came)
        kept.change(out, new)
        there = there.difference(out).union(new)
        line.drop([slot for slot in out if chance.random() < 0.8])
        assert listed(line, kept.lists, there) == whole(line, rows, there)
