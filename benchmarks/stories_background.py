"""Make ``plugins/backfile/stories/background.npz`` from corpora of your own.

usage: python benchmarks/stories_background.py VERSION OUT.npz CORPUS.jsonl[.xz]...

Each corpus holds one kind of text, one JSON object a line (``title``, ``text``, ``lang``).
The snapshot that ships, version 2026-11, was counted over press releases of a justice
department, government news and posts, a technical newsletter, a language project's blog,
Wikinews, short items "in the news" in English, Ukrainian and Russian, and reports of
local newspapers. It holds hashes and shares, no text.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from backfile.model import Document
from backfile.stories.background import STEPS
from backfile.stories.features import PAIR_BIT, pair_hash, plain
from backfile.stories.tokens import SHIFT, STOP, Codes, codes

LANGUAGES = (None, "", "en", "uk", "ru")
FEWEST = {"words": 3, "pairs": 12}  # what fewer documents hold is left to the weight of the unseen


def documents(path: Path) -> Iterator[Document]:
    """Yield the texts of a corpus that are in a language we count."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            if row.get("lang") in LANGUAGES:
                yield Document(row["id"], row.get("title") or "", row.get("text") or "")


def count(path: Path) -> tuple[int, Counter[int]]:
    """Return how many texts a corpus has and in how many each word and pair stands."""
    known, held, total = Codes(), Counter[int](), 0
    for document in documents(path):
        tokens = np.array(codes(plain(f"{document.title}\n{document.text}"), known), dtype=np.int64)
        hashes = tokens >> SHIFT
        words = hashes[hashes > 0]
        near = hashes[(hashes == 0) | (tokens & STOP == 0)]
        both = (near[:-1] > 0) & (near[1:] > 0)
        held.update(np.unique(words).tolist())
        held.update((np.unique(pair_hash(near[:-1][both], near[1:][both])) + PAIR_BIT).tolist())
        total += 1
    return total, held


def shares(paths: list[Path]) -> dict[str, dict[int, float]]:
    """Return the root mean square over corpora of the share of documents, by hash, for words and pairs."""
    squares: dict[int, float] = {}
    seen: Counter[int] = Counter()
    for path in paths:
        total, held = count(path)
        for number, documents_with in held.items():
            squares[number] = squares.get(number, 0.0) + (documents_with / total) ** 2
        seen.update(held)
    parts: dict[str, dict[int, float]] = {"words": {}, "pairs": {}}
    for number, square in squares.items():
        part = "pairs" if number >= PAIR_BIT else "words"
        if seen[number] >= FEWEST[part]:
            parts[part][number % PAIR_BIT] = (square / len(paths)) ** 0.5
    return parts


def main() -> None:
    """Count, and write the snapshot: hashes as differences, which pack well, and one byte a share."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version")
    parser.add_argument("out", type=Path)
    parser.add_argument("corpora", type=Path, nargs="+")
    options = parser.parse_args()
    stored: dict[str, np.ndarray] = {"version": np.array(options.version)}
    for part, table in shares(options.corpora).items():
        hashes = np.array(sorted(table), dtype=np.int64)
        logs = np.array([-np.log(table[number]) for number in hashes.tolist()])
        stored[part] = np.diff(hashes, prepend=0).astype(np.uint32)
        stored[part[:-1] + "_shares"] = np.clip(np.round(logs * STEPS), 0, 255).astype(np.uint8)
    np.savez_compressed(options.out, **stored)  # type: ignore[arg-type]  # numpy's stub takes the names for options


if __name__ == "__main__":
    main()
