"""Fit the weights of ``backfile.stories.events.evidence`` on labelled sets and print them as a table to paste.

usage: python benchmarks/stories_fit.py [--without FOLD] benchmarks/data/affairs.yaml SET.jsonl[.xz][+]...

A set holds one article a line: ``id, title, text, date, source, lang, cluster``. Every set
counts the same. One whose name is given with a ``+`` is taken three times: as it is, with
half of the articles cut to a headline and a sentence, and without dates. ``affairs.yaml``
holds invented items of the kind that no public set has: several events of one affair on
one day; it is taken as it is, without dates, without outlets, cut, and as headlines alone.
``--without`` leaves the clusters of one fold (0, 1 or 2) out, to score them afterwards.
Logistic regression by Newton's method with a small ridge; inputs as in ``evidence``.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import yaml
from numpy.typing import NDArray

from backfile.model import Document
from backfile.sentences import split_sentences
from backfile.stories.events.evidence import ACROSS, WITHIN, pair_inputs, rows
from backfile.stories.events.neighbours import neighbours
from backfile.stories.traits.features import Features, features
from backfile.stories.words.background import load_background
from backfile.stories.words.tokens import Codes

RIDGE = 3.0
Labelled = tuple[list[Document], Mapping[str, str]]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """Candidate pairs of one set: inputs by name, whether foreign, whether one event, fold of each end, weight."""

    name: str
    inputs: dict[str, Floats]
    foreign: NDArray[np.bool_]
    same: NDArray[np.bool_]
    folds: NDArray[np.int64]
    weight: Floats


def load(path: Path) -> Labelled:
    """Return the documents of a set and the cluster of each."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        if path.suffix == ".yaml":
            found = [
                {"id": f"{affair['affair']}/{at}", **item, "cluster": f"{affair['affair']}/{item['story']}"}
                for affair in yaml.safe_load(stream)
                for at, item in enumerate(affair["items"])
            ]
        else:
            found = [json.loads(line) for line in stream if line.strip()]
    return load_rows(found)


def load_rows(found: list[dict[str, Any]]) -> Labelled:
    """Return rows as documents, and the cluster of each."""
    documents = [
        Document(
            row["id"],
            row.get("title") or "",
            row.get("text") or "",
            date.fromisoformat(str(row["date"])[:10]) if row.get("date") else None,
            row.get("source") or None,
            None,
            row.get("lang") or None,
        )
        for row in found
    ]
    return documents, {row["id"]: row["cluster"] for row in found}


def variants(given: str) -> Iterator[tuple[str, float, Labelled]]:
    """Yield name, weight and content of each form in which a set is taken."""
    path = Path(given.removesuffix("+"))
    documents, clusters = load(path)
    undated = [replace(one, date=None) for one in documents]
    yield path.name, 1.0 + (path.suffix == ".yaml"), (documents, clusters)
    if path.suffix == ".yaml":
        yield path.name + " undated", 0.5, (undated, clusters)
        yield path.name + " unsourced", 0.5, ([replace(one, source=None) for one in documents], clusters)
        yield path.name + " cut", 0.5, ([cut(one) for one in documents], clusters)
        yield path.name + " headlines", 0.7, ([replace(one, text="") for one in documents], clusters)
    elif given.endswith("+"):
        yield (
            path.name + " cut",
            1.0,
            ([cut(one) if crc32(one.id.encode()) % 2 else one for one in documents], clusters),
        )
        if any(one.date for one in documents):
            yield path.name + " undated", 1.0, (undated, clusters)


def cut(document: Document) -> Document:
    """Return a document as a brief: its title and its first sentence."""
    sentences = split_sentences(document.text[:2000], document.lang)
    return replace(document, text=sentences[0] if sentences else "")


def prepared(documents: list[Document]) -> tuple[list[Document], list[Features]]:
    """Return documents in (date, id) order and their features."""
    order = sorted(documents, key=lambda document: (document.date or date.min, document.id))
    known, background = Codes(), load_background()
    return order, features(order, known, background)


def sample(name: str, weight: float, labelled: Labelled) -> Sample:
    """Return the candidate pairs of a set, weighted so that its true pairs count ``weight`` together."""
    documents, clusters = labelled
    order, texts = prepared(documents)
    table = rows(texts)
    later, earlier, _ = neighbours(texts)
    inputs, foreign = pair_inputs(table, later, earlier)
    label = np.array([clusters[document.id] for document in order])
    fold = np.array([crc32(cluster.encode()) % 3 for cluster in label])
    same = label[later] == label[earlier]
    print(f"{name}: {len(same)} pairs, {same.sum()} of one event")  # noqa: T201 -- a report is what this script is for
    return Sample(
        name, inputs, foreign, same, np.stack([fold[later], fold[earlier]], 1), np.full(len(same), weight / same.sum())
    )


def fit(samples: list[Sample], names: list[str], *, foreign: bool, without: int | None = None) -> dict[str, float]:
    """Return the weights of one table, fitted on pairs with no end in fold ``without``."""
    columns, truth, weight = [], [], []
    for one in samples:
        use = one.foreign == foreign
        if without is not None:
            use &= (one.folds != without).all(1)
        columns.append(np.stack([one.inputs[name][use] for name in names], 1))
        truth.append(one.same[use])
        weight.append(one.weight[use])
    matrix, same, weights = np.concatenate(columns), np.concatenate(truth).astype(float), np.concatenate(weight)
    weights *= len(weights) / weights.sum()
    scale = np.where(matrix.std(0) > 0, matrix.std(0), 1.0)
    matrix = matrix / scale
    ridge = np.diag([0.0 if name == "one" else RIDGE for name in names])
    found = np.zeros(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-matrix @ found))
        gradient = matrix.T @ (weights * (same - chance)) - ridge @ found
        curve = (matrix * (weights * chance * (1 - chance))[:, None]).T @ matrix + ridge + 1e-6 * np.eye(len(names))
        step = np.linalg.solve(curve, gradient)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, (found / scale).tolist(), strict=True))


def show(title: str, weights: Mapping[str, float]) -> None:
    """Print one table."""
    print(f"{title}: Final = {{")  # noqa: T201 -- a report is what this script is for
    for name, value in weights.items():
        print(f'    "{name}": {value:.2f},')  # noqa: T201 -- a report is what this script is for
    print("}")  # noqa: T201 -- a report is what this script is for


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", type=int, help="leave out the clusters of one fold (0, 1, 2)")
    parser.add_argument("sets", nargs="+")
    options = parser.parse_args()
    samples = [sample(*variant) for given in options.sets for variant in variants(given)]
    show("WITHIN", fit(samples, list(WITHIN), foreign=False, without=options.without))
    show("ACROSS", fit(samples, list(ACROSS), foreign=True, without=options.without))


if __name__ == "__main__":
    main()
