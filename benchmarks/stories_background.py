"""Make ``plugins/backfile/stories/background.npz`` from corpora of your own.

usage: python benchmarks/stories_background.py VERSION OUT.npz CORPUS.jsonl[.xz]...
       python benchmarks/stories_background.py VERSION OUT.npz --frequencies LIST.tsv...

Each corpus holds one kind of text, one JSON object a line (``title``, ``text``, ``lang``).
The snapshot that ships, version 2026-11, was counted over press releases of a justice
department, government news and posts, a technical newsletter, a language project's blog,
Wikinews, short items "in the news" in English, Ukrainian and Russian, and reports of
local newspapers. It holds hashes and shares, no text.

The second form makes ``words_uk_ru.npz`` from lists of word frequencies (word, tab, its
share of running words): the share of documents is that of texts of 250 words. The file
that ships was made from the 20,000 commonest words of Ukrainian and of Russian in the
lists of the package wordfreq 3.1 (Robyn Speer, CC BY-SA 4.0).
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
from backfile.stories.traits.blocks import pair_hash
from backfile.stories.traits.features import plain
from backfile.stories.words import everyday
from backfile.stories.words.background import STEPS
from backfile.stories.words.tokens import STOP, Codes, bones, codes, stems

LANGUAGES = (None, "", "en", "uk", "ru")
FEWEST = {"words": 3, "pairs": 12, "bones": 3}  # what fewer documents hold is left to the weight of the unseen
POWER = 4.0  # of the mean over corpora: a word that is common in one field tells little in an archive of that field
WORDS_A_TEXT = 250  # a short report
EVERYDAY = 0.08  # share of documents that a word of world news stands in at least


def documents(path: Path) -> Iterator[Document]:
    """Yield the texts of a corpus that are in a language we count."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            if row.get("lang") in LANGUAGES:
                yield Document(row["id"], row.get("title") or "", row.get("text") or "")


def count(path: Path) -> tuple[int, dict[str, Counter[int]]]:
    """Return how many texts a corpus has and in how many each word, pair and skeleton stands."""
    known, held, total = Codes(), {part: Counter[int]() for part in FEWEST}, 0
    for document in documents(path):
        tokens = codes(plain(f"{document.title}\n{document.text}"), known)
        hashes = stems(tokens)
        near = hashes[tokens & STOP == 0]
        both = (near[:-1] > 0) & (near[1:] > 0)
        keys, lengths = bones(tokens)
        held["words"].update(np.unique(hashes[hashes > 0]).tolist())
        held["pairs"].update(np.unique(pair_hash(near[:-1][both], near[1:][both])).tolist())
        held["bones"].update(np.unique(keys[lengths > 1]).tolist())
        total += 1
    return total, held


def shares(paths: list[Path]) -> dict[str, dict[int, float]]:
    """Return the share of documents by hash: a high power mean over corpora, near to the largest share."""
    powers: dict[str, dict[int, float]] = {part: {} for part in FEWEST}
    seen: dict[str, Counter[int]] = {part: Counter() for part in FEWEST}
    for path in paths:
        total, held = count(path)
        for part, counted in held.items():
            for number, documents_with in counted.items():
                powers[part][number] = powers[part].get(number, 0.0) + (documents_with / total) ** POWER
            seen[part].update(counted)
    found = {
        part: {
            number: (power / len(paths)) ** (1 / POWER)
            for number, power in powers[part].items()
            if seen[part][number] >= FEWEST[part]
        }
        for part in FEWEST
    }
    known = Codes()
    tokens = codes(" ".join(sorted(everyday.NAMES | everyday.WORDS)), known)
    keys, lengths = bones(tokens)
    for part, numbers in (("words", stems(tokens)), ("bones", keys[lengths > 1])):
        for number in numbers.tolist():
            if number:
                found[part][number] = max(found[part].get(number, 0.0), EVERYDAY)
    return found


def spread(paths: list[Path]) -> dict[str, dict[int, float]]:
    """Return the share of documents by hash of the stem, from lists of word frequencies."""
    rates: dict[int, float] = {}
    for path in paths:
        own: dict[int, float] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            word, rate = line.split("\t")
            if word.isalpha():
                number = int(stems(codes(word, Codes(), 1))[0])
                own[number] = own.get(number, 0.0) + float(rate)
        for number, rate_of_stem in own.items():
            rates[number] = max(rates.get(number, 0.0), rate_of_stem)
    return {"words": {number: 1 - (1 - rate) ** WORDS_A_TEXT for number, rate in rates.items()}}


def main() -> None:
    """Count, and write the snapshot: hashes as differences, which pack well, and one byte a share."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version")
    parser.add_argument("out", type=Path)
    parser.add_argument("--frequencies", action="store_true")
    parser.add_argument("sources", type=Path, nargs="+")
    options = parser.parse_args()
    stored: dict[str, np.ndarray] = {"version": np.array(options.version)}
    for part, table in (spread if options.frequencies else shares)(options.sources).items():
        hashes = np.array(sorted(table), dtype=np.int64)
        logs = np.array([-np.log(table[number]) for number in hashes.tolist()])
        stored[part] = np.diff(hashes, prepend=0).astype(np.uint32)
        stored[part[:-1] + "_shares"] = np.clip(np.round(logs * STEPS), 0, 255).astype(np.uint8)
    np.savez_compressed(options.out, **stored)  # type: ignore[arg-type]  # numpy's stub takes the names for options


if __name__ == "__main__":
    main()
