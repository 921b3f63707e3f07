"""What grouping compares: each text as one sparse row, in blocks that answer different questions.

| block | holds | asks |
|---|---|---|
| WORDS | stems without stop words | do they speak of the same things? |
| PAIRS | two neighbouring words | ... in the same words: full names, places, offices? |
| NAMES | skeletons of words that may be names, in any script | ... of the same people and places? |
| FIGURES | numbers | the same ages, sums, times, counts? |
| COUNTED | a number with the word after it ("23 pirates") | do they agree in figures ... |
| COUNTABLE | the word after a number ("… pirates") | ... or give others for the same thing? |

Weights are TF-IDF (Salton & Buckley 1988: ``1 + log`` of the count, times rarity) with
rarity from a frozen snapshot (:mod:`.background`); COUNTED and COUNTABLE are plain ones.
News says what matters first: only the upper part of a text is read, and a title's words
count double. A feature is a column number: the hash of what it stands for, cut to the
block's width. Two different words that fall on one column in two texts that are compared
are rarer than one in a million.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from backfile.candidates import title_case
from backfile.model import Document
from backfile.stories.background import RAREST, Background
from backfile.stories.copies import runs
from backfile.stories.skeleton import WEIGHTS
from backfile.stories.tokens import CAPITAL, FRESH, NUMBER, STOP, Codes, bones, codes, stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
TITLE: Final = 2.0  # a title's word counts as two: a headline names the event
READ_TOKENS: Final = 400  # tokens of the body that are read; the tail of a report is background
READ_CHARS: Final = 4_000  # characters that are looked at to find them: bounds a text of any size
LEAD: Final = 80  # tokens of the body that are its first lines
FIRST_WORD: Final = 0.5  # weight of a name that opens a sentence, where any word has a capital

BLOCKS: Final = ("WORDS", "PAIRS", "NAMES", "FIGURES", "COUNTED", "COUNTABLE")
WORDS, PAIRS, NAMES, FIGURES, COUNTED, COUNTABLE = range(6)
_BITS: Final = (20, 22, 20, 18, 18, 18)
STARTS: Final = tuple(sum(1 << bits for bits in _BITS[:block]) for block in range(len(_BITS) + 1))
COLUMNS: Final = STARTS[-1]

_LINK = re.compile(r"\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|https?://\S+")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэъЫЭЪ]")


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """One text: columns, sorted, and weights; how many tokens were read; day, outlet and language for pairs.

    ``fresh`` says that its first lines speak of a day just past. ``day`` is the date's
    ordinal or None. ``tongue`` is the language's primary subtag, or a guess from the
    script, or None where the script does not tell. ``runs`` are for :mod:`.copies`.
    """

    columns: NDArray[Any]
    weights: NDArray[Any]
    tokens: int
    fresh: bool
    day: int | None
    outlet: str | None
    tongue: str | None
    runs: NDArray[Any]


def features(document: Document, known: Codes, background: Background) -> Features:
    """Return the features of one text; no columns for a text without words."""
    import numpy as np

    title = codes(plain(document.title), known)
    body = codes(plain(document.text[:READ_CHARS]), known, READ_TOKENS)
    tokens = np.concatenate((title, np.zeros(1, dtype=np.int64), body))
    in_title = np.arange(len(tokens)) < len(title)
    boosts = np.where(in_title, TITLE, 1.0)
    nameless = in_title & title_case(document.title)
    parts = [
        *text_blocks(tokens, boosts, background),
        _names(tokens, nameless, background),
        *_figures(tokens, boosts, background),
    ]
    columns = np.concatenate([column + start for (column, _), start in zip(parts, STARTS, strict=False)])
    weights = np.concatenate([weight for _, weight in parts])
    return Features(
        columns.astype(np.int32),
        weights.astype(np.float32),
        int(np.count_nonzero(tokens)),
        bool(np.any(tokens[: len(title) + LEAD] & FRESH)),
        _ordinal(document.date),
        document.source,
        _tongue(document),
        runs(body),
    )


def plain(text: str) -> str:
    """Return a text without the targets of its links, which are no words of its own."""
    return _LINK.sub(" ", text) if "http" in text or "](" in text else text


def text_blocks(
    tokens: NDArray[Any], boosts: NDArray[Any], background: Background
) -> tuple[tuple[NDArray[Any], NDArray[Any]], tuple[NDArray[Any], NDArray[Any]]]:
    """Return the blocks WORDS and PAIRS of a run of token codes, each token counted ``boosts`` times."""
    hashes = stems(tokens)
    content = (hashes > 0) & (tokens & STOP == 0)
    near, near_boosts, _ = _near(hashes, tokens, boosts)
    both = (near[:-1] > 0) & (near[1:] > 0)
    couples = pair_hash(near[:-1][both], near[1:][both])
    return (
        _weighed(WORDS, hashes[content], boosts[content], background.word_weights),
        _weighed(PAIRS, couples, near_boosts[:-1][both], background.pair_weights),
    )


def _near(hashes: NDArray[Any], tokens: NDArray[Any], boosts: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """Return stems, boosts and codes without stop words, so that neighbours in meaning are neighbours."""
    kept = tokens & STOP == 0
    return hashes[kept], boosts[kept], tokens[kept]


def pair_hash(left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """Return a 32-bit hash of two word hashes, order kept."""
    mixed: NDArray[Any] = (left * 0x9E3779B1 + right * 0x85EBCA6B) & 0xFFFFFFFF
    mixed ^= mixed >> 15
    return mixed


def _names(tokens: NDArray[Any], nameless: NDArray[Any], background: Background) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the block NAMES: skeletons of capitalised words, those that open a sentence at half weight."""
    import numpy as np

    keys, lengths = bones(tokens)
    opens = np.ones(len(tokens), dtype=bool)
    opens[1:] = tokens[:-1] == 0
    may = (lengths > 1) & ~nameless
    keys = keys[may]
    sure = np.where(opens[may] & (tokens[may] & CAPITAL > 0), FIRST_WORD, 1.0)
    columns, order, starts = _ordered(NAMES, keys)
    if not len(columns):
        return columns, np.zeros(0)
    weights = np.maximum.reduceat((np.array(WEIGHTS)[lengths[may]] * sure)[order], starts)
    return columns, weights * background.bone_weights(keys[order][starts]) / RAREST


def _figures(tokens: NDArray[Any], boosts: NDArray[Any], background: Background) -> list[tuple[Any, Any]]:
    """Return the blocks FIGURES, COUNTED and COUNTABLE."""
    import numpy as np

    hashes = stems(tokens)
    numeral = tokens & NUMBER > 0
    figures = _weighed(FIGURES, hashes[numeral], boosts[numeral], background.word_weights)
    follows = numeral[:-1] & ~numeral[1:] & (hashes[1:] > 0) & (tokens[1:] & STOP == 0)
    counted, _, _ = _ordered(COUNTED, pair_hash(hashes[:-1][follows], hashes[1:][follows]))
    countable, _, _ = _ordered(COUNTABLE, hashes[1:][follows])
    return [figures, (counted, np.ones(len(counted))), (countable, np.ones(len(countable)))]


def _weighed(
    block: int, hashes: NDArray[Any], boosts: NDArray[Any], weigh: Callable[[NDArray[Any]], NDArray[Any]]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the distinct columns of a block and their TF-IDF weights."""
    import numpy as np

    columns, order, starts = _ordered(block, hashes)
    if not len(columns):
        return columns, np.zeros(0)
    counts = np.add.reduceat(boosts[order], starts)
    return columns, (1 + np.log(np.maximum(counts, 1))) * weigh(hashes[order][starts])


def _ordered(block: int, hashes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return a block's distinct columns, the order that sorts ``hashes`` by column, and where each begins in it.

    Sorting beats ``np.unique`` here, whose hash table costs more than a few hundred numbers are worth.
    """
    import numpy as np

    columns = _cut(block, hashes)
    order = np.argsort(columns, kind="stable")
    columns = columns[order]
    starts = np.flatnonzero(np.concatenate(([True], columns[1:] != columns[:-1]))) if len(columns) else columns
    return columns[starts], order, starts


def _cut(block: int, hashes: NDArray[Any]) -> NDArray[Any]:
    """Return hashes cut to the width of a block."""
    cut: NDArray[Any] = hashes & ((1 << _BITS[block]) - 1)
    return cut


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _tongue(document: Document) -> str | None:
    """Return a text's language as far as it is known: given, or told by its letters."""
    if document.lang:
        return document.lang.split("-")[0].casefold()
    sample = f"{document.title} {document.text[:600]}"
    latin, cyrillic = len(_LATIN.findall(sample)), len(_CYRILLIC.findall(sample))
    if latin >= cyrillic:
        return None if latin else "other"
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    return "uk" if ukrainian > russian else "ru"
