"""Score grouping on labelled sets, beside simpler methods, and time it.

usage: python -m benchmarks.stories SET.jsonl[.xz]...
       python -m benchmarks.stories SET.jsonl[.xz]... --review
       python -m benchmarks.stories [CORPUS.jsonl[.xz]] --scale 1000 10000

A set holds one article a line: ``id, title, text, date, source, lang, cluster``. Printed
are precision, recall and F1 over articles (B-cubed; Bagga & Baldwin 1998) and over pairs.
Where the set marks edited copies (``edit``), the sets of copies are scored instead.
The other methods: **tf-idf**, cosine of words weighted within the set, single link above
.35; **minhash**, 64 permutations of word 3-grams, single link above .3; **tags**, two of an
article's five first names in common within 14 days, as a site generator relates posts
by tags. With ``--review``: how many of the first fifty things that an editor would be asked
about are mistakes.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import resource
import time
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

import numpy as np
import yaml
from benchmarks.generate import write_archive
from benchmarks.stories_fit import Labelled, load, load_rows
from scipy import sparse

from backfile.candidates import candidate_names
from backfile.incremental.workers import on_all_cores
from backfile.model import Document
from backfile.stories import Grouped, features_of, group, related
from backfile.stories.doubts import doubts
from backfile.stories.structures.sets import Sets
from backfile.stories.words.tokens import STOP, Codes, codes, stems

MORE = 20  # further articles, one after the other
ASKED = 50  # entries of a review

Scores = tuple[float, float, float]
Labels = Mapping[str, Hashable]


def f1(precision: float, recall: float) -> Scores:
    """Return precision, recall and their harmonic mean."""
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def scores(gold: Labels, found: Labels) -> tuple[Scores, Scores]:
    """Return B-cubed and pairwise scores."""
    golds, founds = Counter(gold.values()), Counter(found[one] for one in gold)
    both = Counter((gold[one], found[one]) for one in gold)
    count = len(gold)
    cubed = (
        sum(size**2 / founds[label] for (_, label), size in both.items()) / count,
        sum(size**2 / golds[label] for (label, _), size in both.items()) / count,
    )

    def pairs(sizes: Iterable[int]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes)

    shared = pairs(both.values())
    return f1(*cubed), f1(shared / max(pairs(founds.values()), 1), shared / max(pairs(golds.values()), 1))


def ours(documents: Sequence[Document]) -> tuple[Labels, Labels]:
    """Return stories and sets of copies."""
    grouping = group(documents, explain=False)
    return {take: story.id for story in grouping.stories for take in story.takes}, grouping.duplicates


def linked(documents: Sequence[Document], pairs: Iterable[tuple[int, int]]) -> Labels:
    """Return single-link labels."""
    sets = Sets(len(documents))
    for one, other in pairs:
        sets.join(one, other)
    return {document.id: sets.find(at) for at, document in enumerate(documents)}


def tf_idf(documents: Sequence[Document]) -> Labels:
    """Return single-link groups by cosine of words, rarity counted within the set."""
    known = Codes()
    owners, columns = [], []
    for at, document in enumerate(documents):
        tokens = codes(f"{document.title}\n{document.text}", known)
        words = stems(tokens[tokens & STOP == 0])
        owners += [at] * len(words)
        columns += words.tolist()
    _, numbers = np.unique(np.array(columns, dtype=np.int64), return_inverse=True)
    shape = (len(documents), int(numbers.max(initial=0)) + 1)
    table = sparse.csr_array((np.ones(len(owners)), (owners, numbers)), shape=shape)
    table.sum_duplicates()
    rarity = np.log(len(documents) / np.maximum(np.bincount(table.indices, minlength=shape[1]), 1))
    table.data = (1 + np.log(table.data)) * rarity[table.indices]
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    unit = sparse.diags_array(1 / np.maximum(lengths, 1e-9)) @ table
    alike = sparse.coo_array(unit @ unit.T)
    strong = (alike.data >= 0.35) & (alike.col < alike.row)
    return linked(documents, zip(alike.row[strong].tolist(), alike.col[strong].tolist(), strict=True))


def minhash(documents: Sequence[Document]) -> Labels:
    """Return single-link groups by MinHash of word 3-grams in 16 bands of 4."""
    rng = np.random.default_rng(1)
    factors, offsets = rng.integers(1, 2**31, 64), rng.integers(0, 2**31, 64)
    signatures, buckets, pairs = [], dict[tuple[int, bytes], int](), []
    for at, document in enumerate(documents):
        words = f"{document.title} {document.text}".casefold().split()
        grams = np.array([crc32(" ".join(words[i : i + 3]).encode()) for i in range(max(len(words) - 2, 1))])
        signature = ((grams[:, None] * factors + offsets) % (2**31 - 1)).min(axis=0)
        signatures.append(signature)
        for band in range(16):
            key = (band, signature[band * 4 : band * 4 + 4].tobytes())
            other = buckets.setdefault(key, at)
            if other != at and (signatures[other] == signature).mean() >= 0.3:
                pairs.append((at, other))
    return linked(documents, pairs)


def tags(documents: Sequence[Document]) -> Labels:
    """Return single-link groups by two shared names among the first five, within 14 days."""
    held: dict[tuple[str, str], list[int]] = {}
    for at, document in enumerate(documents):
        found = sorted(candidate_names(f"{document.title}\n{document.text[:2000]}", document.lang)[:5])
        for place, one in enumerate(found):
            for other in found[:place]:
                held.setdefault((other, one), []).append(at)

    def near(one: int, other: int) -> bool:
        first, last = documents[one].date, documents[other].date
        return first is None or last is None or abs((last - first).days) <= 14

    return linked(documents, (pair for places in held.values() for pair in pairwise(places) if near(*pair)))


def row(name: str, method: str, cubed: Scores, pairs: Scores, seconds: float) -> str:
    """Return one line of the table."""
    figures = " | ".join(f"{p:.3f} {r:.3f} **{f:.3f}**" for p, r, f in (cubed, pairs))
    return f"| {name} | {method} | {figures} | {seconds:.1f} |"


def score_set(path: Path) -> None:
    """Print the lines of one set."""
    documents, clusters = load(path)
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as stream:
        edited = "edit" in json.loads(stream.readline())
    documents = sorted(documents, key=lambda document: (str(document.date), document.id))
    begin = time.perf_counter()
    stories, copies = ours(documents)
    print(row(path.name, "backfile", *scores(clusters, copies if edited else stories), time.perf_counter() - begin))  # noqa: T201 -- the table is the output
    for method in (tf_idf, minhash, tags):
        begin = time.perf_counter()
        found = method(documents)
        print(row(path.name, method.__name__, *scores(clusters, found), time.perf_counter() - begin))  # noqa: T201 -- the table is the output


def review(path: Path) -> None:
    """Print how many of the first entries of a review are about a mistake."""
    documents, clusters = load(path)
    asked = doubts(group(documents), ASKED)
    wrong = [doubt for doubt in asked if doubt.joined != (len({clusters[id_] for id_ in doubt.articles}) == 1)]
    print(f"| {path.name} | {len(asked)} | {len(wrong)} |", flush=True)  # noqa: T201 -- the table is the output


def scale(sizes: Sequence[int], path: Path | None) -> None:
    """Time grouping of growing parts of a corpus, or of generated articles, and of one more article each time."""
    print("| articles | grouped, CPU s (s) | with links, CPU s (s) | peak above texts, MB | one more, CPU ms |")  # noqa: T201 -- the table is the output
    print("|---|---|---|---|---|")  # noqa: T201 -- the table is the output
    corpus = load_unlabelled(path)[0] if path else None
    spread = partial(on_all_cores, few=1, batch=1)
    for size in sizes:
        documents = (corpus or generated(size + MORE))[: size + MORE]
        chance = random.Random(size)  # noqa: S311 -- repeatable, not secret
        chance.shuffle(documents)
        texts = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begin = spent()
        group(documents[:-MORE], explain=False, spread=spread)
        cold = since(begin)
        peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - texts) / 1024
        begin = spent()
        grouping = group(documents[:-MORE], spread=spread)
        links = related(documents[:-MORE], grouping, spread=spread)
        whole = since(begin)
        grouped = Grouped.of(grouping, links)
        there = {document.id: document for document in documents}
        times = []
        for document in documents[-MORE:]:
            start = time.process_time()
            grouped.regroup((), {document.id: features_of(document)}, there)
            times.append(1000 * (time.process_time() - start))
        # The first one makes the indexes that a build finds in its cache.
        more = sorted(times[1:])
        one = f"{more[len(more) // 2]:.0f} (median), {more[-1]:.0f} (most)"
        print(f"| {len(documents) - MORE} | {cold} | {whole} | {peak:.0f} | {one} |", flush=True)  # noqa: T201 -- the table is the output


def spent() -> tuple[float, float]:
    """Return the seconds of processors that this process and its workers have had, and those on the clock."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses), time.perf_counter()


def since(begin: tuple[float, float]) -> str:
    """Return what has been spent since, in words."""
    return "{:.1f} ({:.1f})".format(*(now - then for now, then in zip(spent(), begin, strict=True)))


def generated(number: int) -> list[Document]:
    """Return invented articles whose statistics resemble news."""
    with TemporaryDirectory() as folder:
        write_archive(Path(folder), number)
        paths = sorted(Path(folder).glob("articles/**/*.md"))
        found = []
        for path in paths:
            values, body = read(path.read_text(encoding="utf-8"))
            found.append(
                Document(path.stem, values["title"], body, values["date"], values["source"]["name"], None, "en")
            )
    return found


def read(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter and the body of a generated file."""
    _, front, body = text.split("---\n", 2)
    return yaml.load(front, Loader=yaml.CSafeLoader), body


def load_unlabelled(path: Path) -> Labelled:
    """Return the documents of a corpus without clusters."""
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return load_rows([{**one, "cluster": ""} for one in rows])


def main() -> None:
    """Score or time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=int, nargs="+")
    parser.add_argument("--review", action="store_true")
    parser.add_argument("sets", type=Path, nargs="*")
    options = parser.parse_args()
    if options.scale:
        scale(options.scale, options.sets[0] if options.sets else None)
        return
    if options.review:
        print("| set | asked | mistakes |\n|---|---|---|")  # noqa: T201 -- the table is the output
        for path in options.sets:
            review(path)
        return
    print("| set | method | B-cubed P R F1 | pairs P R F1 | s |\n|---|---|---|---|---|")  # noqa: T201 -- the table is the output
    for path in options.sets:
        score_set(path)


if __name__ == "__main__":
    main()
