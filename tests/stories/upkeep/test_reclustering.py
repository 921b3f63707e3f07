"""Clustering that follows changed edges comes to the parts, and the merges, of a whole run."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from backfile.stories.events.cluster import Merge, cluster
from backfile.stories.events.edges import Edges
from backfile.stories.structures.line import Line
from backfile.stories.structures.parts import Parts
from backfile.stories.upkeep.merges import Merges
from backfile.stories.upkeep.reclustering import Reclustering

Graph = dict[tuple[int, int], int]  # chances of pairs of slots
CHANCES = [20, 100, 240, 260, 300, 500, 560, 560, 700, 900, 990]


def whole(line: Line, graph: Graph) -> tuple[set[frozenset[int]], dict[int, list[Merge]]]:
    """The parts of a whole run, by slots, and the merges of each by its label."""
    order, place = line.order.tolist(), line.place
    pairs = sorted(tuple(sorted((int(place[one]), int(place[other])), reverse=True)) for one, other in graph)
    chances = {tuple(sorted((int(place[one]), int(place[other])))): chance for (one, other), chance in graph.items()}
    later, earlier = (np.array([pair[end] for pair in pairs], dtype=np.int64) for end in (0, 1))
    found = np.array([chances[two, one] for one, two in pairs], dtype=np.int64)
    sets, made = cluster(len(order), Edges(later, earlier, found, found))
    parts = {frozenset(order[at] for at in group) for group in sets.groups()}
    merges: dict[int, list[Merge]] = {min(part): [] for part in parts}
    home = {slot: min(part) for part in parts for slot in part}
    for one, other, between in made:
        merges[home[order[one]]].append((order[one], order[other], between))
    return parts, merges


def strong(graph: Graph) -> Any:
    """What gives the edges of texts."""

    def edges(slots: list[int]) -> Any:
        rows = [
            (at, *({*pair} - {slot}), chance)
            for at, slot in enumerate(slots)
            for pair, chance in graph.items()
            if slot in pair
        ]
        return tuple(np.array(rows, dtype=np.int64).reshape(-1, 3).T)

    return edges


@pytest.mark.parametrize("seed", range(40))
def test_edges_that_come_and_go(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- test data, no secret
    count, share = chance.choice([6, 12, 25]), chance.choice([0.15, 0.3, 0.6])
    line = Line([f"{at:03}" for at in range(count)], [1] * count)
    graph: Graph = {pair: chance.choice(CHANCES) for pair in combinations(range(count), 2) if chance.random() < share}
    there = set(range(count))
    start, merged = whole(line, graph)
    parts = Parts.of(count, start)
    merges = Merges.of([merge for label in sorted(merged) for merge in merged[label]], parts.labels)
    for _ in range(12):
        gone = chance.sample(sorted(there), min(chance.choice([0, 0, 1]), len(there)))
        new = line.add([(f"{chance.randrange(count):03}{chance.random()}", 1)] * chance.choice([0, 1, 1]))
        parts.grow(len(line.ids))
        there = (there | {*new}) - {*gone}
        before = dict(graph)
        graph = {pair: value for pair, value in graph.items() if there.issuperset(pair)}
        for slot in new:
            others = chance.sample(sorted(there - {slot}), min(chance.randint(0, 5), len(there) - 1))
            graph |= {(min(slot, other), max(slot, other)): chance.choice(CHANCES) for other in others}
        for pair in chance.sample(sorted(graph), min(chance.choice([0, 0, 2]), len(graph))):
            graph[pair] = chance.choice(CHANCES)
        changed = [pair for pair in before.keys() | graph.keys() if before.get(pair) != graph.get(pair)]
        live = {chance.choice(pair) for pair in changed if there.issuperset(pair)}
        renewed, made = Reclustering(line, parts, merges, strong(graph)).run(live, gone)
        old = parts.all_with(slot for part in renewed for slot in part)
        assert {slot for part in old for slot in part} == {slot for part in renewed for slot in part}
        parts.put(renewed)
        merges.put({min(part): [] for part in old} | made)
        line.drop(gone)
        expected, whole_merges = whole(line, graph)
        assert {frozenset(parts[slot]) for slot in there} == expected
        assert {label: merges[label] for label in whole_merges} == whole_merges
