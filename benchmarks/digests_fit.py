"""Fit the weights of ``backfile.ingest.itemised.judged`` on labelled documents and print them as the module they are.

usage: python -m benchmarks.digests_fit [--without NAME]... [--others FILE.jsonl.xz]... > plugins/…/itemised/weights.py
       python -m benchmarks.digests_fit --why DOCUMENT

The labelled documents are those of the tests, the sets that ``benchmarks.digests`` reads among them; ``--without``
leaves sets out, to score them afterwards with the weights that this gives. ``--others`` are files of one document a
line (``html``, or ``title`` and ``text``) that are no digests. Four tables are fitted one after the other: which
cut of a digest has its items, by form alone (a conditional logit over all its cuts); whether that cut may be a
digest's (logistic regression); which of the best three it is, by texts; and whether that one is a digest's. Each
with a ridge, and once more without what weighs next to nothing. ``--why`` prints what speaks for and against
a document's best cuts.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from benchmarks.digests import SETS
from numpy.typing import NDArray
from scipy.optimize import minimize
from tests.ingest.cases import INGEST, digest_cases
from tests.ingest.itemised.labelled import cases, in_order

from backfile.errors import IngestError
from backfile.ingest import RawDocument, examine, issue_page, steps
from backfile.ingest.itemised import judged
from backfile.ingest.itemised.cuts import FORM_NAMES, Cut, cuts_of, laid_out
from backfile.ingest.itemised.items import Items
from backfile.ingest.itemised.looks import looks_of
from backfile.ingest.itemised.seen import units_of
from backfile.ingest.itemised.split import untitled
from backfile.ingest.itemised.taken import Split
from backfile.ingest.itemised.weights import DIGEST
from backfile.ingest.records import Block
from backfile.model import Kind

Floats = NDArray[np.float64]
_RIDGES = {"form": 1.0, "texts": 3.0, "digest": 10.0, "near": 30.0}
_LEAST = 0.06  # weight, where a number is as far from its mean as numbers are on average
_NEARLY = 0.8  # F1 of a cut that has the items of a digest
_NONE_OF_SET, _OTHER = 2.0, 0.3  # how much documents count that are none
_WIDTH = 120
_OF_UNITS = ("within", "mixed", "second")  # say where items begin, not whether it is a digest


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked the splitter: the blocks, the title, whether it is a page."""

    blocks: tuple[Block, ...]
    title: str | None
    page: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with its cuts, the F1 of each against the labels, and how much it counts; without labels it is none."""

    asked: Asked
    cuts: tuple[Cut, ...]
    laid: tuple[Items, ...]
    worth: Floats
    is_digest: bool
    counts: float


def asked_of(raw: RawDocument) -> list[Asked]:
    """Return what the splitter is asked while a document is read, each question once."""
    found: dict[Asked, None] = {}

    def ask(blocks: tuple[Block, ...], title: str | None, *, page: bool = False, **_: bool) -> Split:
        found[Asked(blocks, title, page)] = None
        return Split(Kind.ARTICLE, blocks)

    with patch.object(steps, "split_items", ask), patch.object(issue_page, "split_items", ask):
        try:
            examine(raw)
        except IngestError:
            return []
    return list(found)


def sample(asked: Asked, labels: Sequence[str], counts: float) -> Sample | None:
    """Return the cuts of a text and what each is worth; nothing when there are none."""
    looks = looks_of(untitled(units_of(asked.blocks), asked.title))
    pairs = [(cut, items) for cut in cuts_of(looks) if (items := laid_out(looks, cut)) is not None]
    if not pairs:
        return None
    worth = np.array([f1(labels, items) for _, items in pairs])
    cuts, laid = zip(*pairs, strict=True)
    return Sample(asked, cuts, laid, worth, bool(labels), counts)


def f1(labels: Sequence[str], items: Items) -> float:
    """Return how well ``items`` are those that are labelled."""
    briefs = [(item.head or item.text[:100], item.text) for item in items.items]
    return 2 * in_order(list(labels), briefs) / (len(briefs) + len(labels))


def labelled(without: Sequence[str]) -> Iterator[tuple[RawDocument, list[str]]]:
    """Yield the labelled documents that the tests read, but for sets ``without``, each with the briefs in it."""
    for path, lines in cases(INGEST / "shapes", *(folder for folder in SETS if folder.name not in without)):
        yield RawDocument(path.read_bytes(), path.name), [text for kind, text in lines if kind == "H"]
    for case in digest_cases():
        name = "x.md" if "Markdown" in case.name else "x.txt"
        yield RawDocument(case.text.encode(), name), [headline for headline, _ in case.briefs]


def samples(without: Sequence[str], others: Sequence[Path]) -> Iterator[Sample]:
    """Yield the texts of the labelled sets, but for those ``without``, and of other documents."""
    for raw, labels in labelled(without):
        for asked in asked_of(raw):
            if found := sample(asked, labels, 1.0 if labels else _NONE_OF_SET):
                yield found
    for file in others:
        yield from samples_of_others(file)


def samples_of_others(file: Path) -> Iterator[Sample]:
    """Yield the texts of documents that are no digests."""
    with lzma.open(file, "rt", encoding="utf-8") as stream:
        for row in map(json.loads, filter(str.strip, stream)):
            for asked in asked_of(document(row)):
                if found := sample(asked, [], _OTHER):
                    yield found


def document(row: dict[str, str]) -> RawDocument:
    """Return a line of a file of other documents: a page, or a title with its text in Markdown."""
    if html := row.get("html"):
        return RawDocument(html.encode(), "x.html", url=row.get("url"))
    return RawDocument(f"# {row.get('title') or ''}\n\n{row.get('text') or ''}".encode(), "x.md")


def choice(rows: Floats, sizes: Sequence[int], worth: Floats, base: Floats, ridge: float) -> Floats:
    """Return the weights by which the best row of each group, by its worth, comes first; ``base`` is added to all."""
    starts = np.cumsum([0, *sizes[:-1]])
    best = np.repeat(np.maximum.reduceat(worth, starts), sizes)
    gain = np.log(np.where(worth >= best - 1e-9, 1.0, np.where(worth > 0.6, 0.3 * worth**8, 1e-30)))

    def total(scores: Floats) -> tuple[float, Floats]:
        top = np.maximum.reduceat(scores, starts)
        odds = np.exp(scores - np.repeat(top, sizes))
        sums = np.add.reduceat(odds, starts)
        return float((np.log(sums) + top).sum()), odds / np.repeat(sums, sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights + base
        (right, toward), (every, away) = total(scores + gain), total(scores)
        return float(every - right + ridge / 2 * weights @ weights), rows.T @ (away - toward) + ridge * weights

    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x)


def decision(rows: Floats, held: Floats, counts: Floats, ridge: float) -> Floats:
    """Return the weights of a logistic regression; the first column is 1 and has no ridge."""
    ridges = np.full(rows.shape[1], ridge)
    ridges[0] = 0

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = rows @ weights
        lost = counts @ np.logaddexp(0, np.where(held > 0, -scores, scores))
        slope = rows.T @ (counts * (1 / (1 + np.exp(-scores)) - held))
        return float(lost + (ridges * weights) @ weights / 2), slope + ridges * weights

    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x)


def table(rows: Floats, names: Sequence[str], fit: Callable[[Floats], Floats]) -> dict[str, float]:
    """Return the weights that ``fit`` gives to columns of like spread, without those next to nothing."""
    spread = rows.std(0)
    spread[spread < 1e-9] = 1.0
    weighs = np.abs(fit(rows / spread)) >= _LEAST
    kept = np.array([at for at, name in enumerate(names) if weighs[at] or name == "one"])
    weights = fit(rows[:, kept] / spread[kept]) / spread[kept]
    return {names[at]: float(f"{weight:.3g}") for at, weight in zip(kept, weights, strict=True)}


def form_table(data: Sequence[Sample]) -> dict[str, float]:
    """Return the weights by which a digest's items are told from its other cuts, by form."""
    digests = [one for one in data if one.is_digest and one.worth.max() > _NEARLY]
    rows = np.array([cut.row for one in digests for cut in one.cuts])
    worth, sizes = np.concatenate([one.worth for one in digests]), [len(one.cuts) for one in digests]
    return table(rows, FORM_NAMES, lambda rows: choice(rows, sizes, worth, np.zeros(len(rows)), _RIDGES["form"]))


@dataclass(frozen=True, slots=True)
class Best:
    """The best cuts of a text by form: what each bears, its weight so far, its worth."""

    of: Sample
    bears: list[dict[str, float]]
    weights: Floats
    worth: Floats


def best_of(one: Sample, form: Mapping[str, float]) -> Best:
    """Return the cuts of a text that are the best by their form."""
    weights = np.array([cut.row for cut in one.cuts]) @ np.array([form.get(name, 0.0) for name in FORM_NAMES])
    best = np.argsort(-weights, kind="stable")[: judged.BEST]
    asked = one.asked
    found = [judged.Judged(one.cuts[at], one.laid[at], asked.blocks, asked.title, asked.page) for at in best]
    return Best(one, [each.bears for each in found], weights[best], one.worth[best])


def better_table(data: Sequence[Best], names: Sequence[str]) -> dict[str, float]:
    """Return the weights by which a digest's items are told from its other best cuts, by texts."""
    digests = [one for one in data if one.of.is_digest and one.of.worth.max() > _NEARLY]
    rows = np.array([[bears[name] for name in names] for one in digests for bears in one.bears])
    base, worth = (np.concatenate(parts) for parts in zip(*((one.weights, one.worth) for one in digests), strict=True))
    sizes = [len(one.bears) for one in digests]
    return table(rows, names, lambda rows: choice(rows, sizes, worth, base, _RIDGES["texts"]))


def digest_table(data: Sequence[Best], names: Sequence[str], better: Mapping[str, float]) -> dict[str, float]:
    """Return the weights by which digests are told from other texts, by their best cut."""
    rows, held, counts = [], [], []
    for one in data:
        more = [sum(weight * bears[name] for name, weight in better.items()) for bears in one.bears]
        best = int(np.argmax(one.weights + more))
        if not one.of.is_digest or one.worth[best] > 0.6:
            rows.append([1.0, *(one.bears[best][name] for name in names)])
            held.append(float(one.of.is_digest))
            counts.append(one.of.counts)
    known, weights = np.array(held), np.array(counts)
    return table(np.array(rows), ["one", *names], lambda rows: decision(rows, known, weights, _RIDGES["digest"]))


def near_table(data: Sequence[Best]) -> dict[str, float]:
    """Return the weights by which what may be a digest is told by the form of its best cut."""
    names = ["one", *FORM_NAMES]
    known = [one for one in data if not one.of.is_digest or one.worth[0] > 0.6]
    rows = np.array([[one.bears[0][name] for name in names] for one in known])
    held = np.array([float(one.of.is_digest) for one in known])
    counts = np.array([one.of.counts for one in known])
    return table(rows, names, lambda rows: decision(rows, held, counts, _RIDGES["near"]))


def fitted(data: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """Return the tables by name."""
    form = form_table(data)
    best = [best_of(one, form) for one in data]
    borne = [name for name in best[0].bears[0] if name != "one"]
    texts = [name for name in borne if name not in FORM_NAMES]
    better = better_table(best, texts)
    whole = [name for name in borne if name in texts or name.partition(" ")[0] not in _OF_UNITS]
    return {"FORM": form, "NEAR": near_table(best), "BETTER": better, "DIGEST": digest_table(best, whole, better)}


def module_of(tables: Mapping[str, Mapping[str, float]]) -> str:
    """Return the tables as the module that they are pasted into."""
    found = [(Path(judged.__file__).parent / "weights.py").read_text(encoding="utf-8").partition("\nFORM:")[0]]
    for name, weights in tables.items():
        lines = ["   "]
        for entry in (f' "{key}": {weight:g},' for key, weight in weights.items()):
            if len(lines[-1] + entry) > _WIDTH:
                lines.append("   ")
            lines[-1] += entry
        found.append("\n".join([f"{name}: Final[Mapping[str, float]] = {{", *lines, "}  # fmt: skip"]))
    return "\n".join(found) + "\n"


def why(path: Path) -> Iterator[str]:
    """Yield what speaks for and against the best cuts of a document, the heaviest first."""
    for asked in asked_of(RawDocument(path.read_bytes(), path.name)):
        units = untitled(units_of(asked.blocks), asked.title)
        for one in judged.candidates(asked.blocks, units, asked.title, page=asked.page):
            heads = ", ".join(item.text[:30] for item in one.laid.items)
            yield f"{one.weight:+.2f} (as items {one.rank:+.2f}): {heads}"
            parts = sorted(
                ((weight * one.bears[name], name) for name, weight in DIGEST.items()), key=lambda part: -abs(part[0])
            )
            yield from (f"    {part:+.2f} {name} ({one.bears[name]:.2f})" for part, name in parts[:12])


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", action="append", default=[], help="a set that is left out")
    parser.add_argument("--others", action="append", default=[], type=Path, help="documents that are no digests")
    parser.add_argument("--why", type=Path, help="a document to explain, with the weights that stand")
    options = parser.parse_args()
    lines = why(options.why) if options.why else [module_of(fitted(list(samples(options.without, options.others))))]
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
