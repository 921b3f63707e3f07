"""The blocks of features, worked out for many texts at once from their token codes.

| block | holds | asks |
|---|---|---|
| WORDS | stems without stop words | do they speak of the same things? |
| PAIRS | two neighbouring words | ... in the same words: full names, places, offices? |
| NAMES | skeletons of words that may be names, in any script | ... of the same people and places? |
| FIGURES | numbers | the same ages, sums, times, counts? |
| COUNTED | a number with the word after it ("23 pirates") | do they agree in figures ... |
| COUNTABLE | the word after a number ("… pirates") | ... or give others for the same thing? |

Weights are TF-IDF (Salton & Buckley 1988: ``1 + log`` of the count, times rarity) with
rarity from a frozen snapshot (``words.background``); COUNTED and COUNTABLE are plain ones.
A feature is a column number: the hash of what it stands for, cut to the block's width.
Two different words that fall on one column in two texts that are compared are rarer than
one in a million. A text's features do not depend on which texts are worked out with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.words.background import RAREST, Background
from backfile.stories.words.skeleton import WEIGHTS
from backfile.stories.words.tokens import CAPITAL, NUMBER, STOP, bones, stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCKS: Final = ("WORDS", "PAIRS", "NAMES", "FIGURES", "COUNTED", "COUNTABLE")
WORDS, PAIRS, NAMES, FIGURES, COUNTED, COUNTABLE = range(6)
_BITS: Final = (20, 22, 20, 18, 18, 18)
STARTS: Final = tuple(sum(1 << bits for bits in _BITS[:block]) for block in range(len(_BITS) + 1))
COLUMNS: Final = STARTS[-1]
OWNER_AT: Final = 24  # in a key, the bits below are the column, those above the text

FIRST_WORD: Final = 0.5  # weight of a name that opens a sentence, where any word has a capital
_MOST: Final = 4000  # counts beyond this count as this

Entries = tuple["NDArray[Any]", "NDArray[Any]"]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The tokens of many texts on end, a mark that ends a sentence after each text.

    ``owners`` are the texts' numbers, rising; a token counts ``boosts`` times (whole
    numbers); ``nameless`` tokens have capitals that mean nothing.
    """

    tokens: NDArray[Any]
    owners: NDArray[Any]
    boosts: NDArray[Any]
    nameless: NDArray[Any]


def all_blocks(batch: Batch, background: Background) -> Entries:
    """Return the keys (``owner << OWNER_AT | column``), sorted, and weights of a batch's features."""
    import numpy as np

    parts = (*text_blocks(batch, background), _names(batch, background), *_figures(batch, background))
    keys, order = ordered(np.concatenate([keys for keys, _ in parts]))
    return keys, np.concatenate([weights for _, weights in parts])[order]


def text_blocks(batch: Batch, background: Background) -> tuple[Entries, Entries]:
    """Return the blocks WORDS and PAIRS, each sorted by key."""
    kept = batch.tokens & STOP == 0
    hashes, owners, boosts = stems(batch.tokens[kept]), batch.owners[kept], batch.boosts[kept]
    both = (hashes[:-1] > 0) & (hashes[1:] > 0)
    couples = pair_hash(hashes[:-1][both], hashes[1:][both])
    content = hashes > 0
    return (
        _weighed(WORDS, hashes[content], owners[content], boosts[content], background.word_weights),
        _weighed(PAIRS, couples, owners[:-1][both], boosts[:-1][both], background.pair_weights),
    )


def pair_hash(left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """Return a 32-bit hash of two word hashes, order kept."""
    mixed: NDArray[Any] = (left * 0x9E3779B1 + right * 0x85EBCA6B) & 0xFFFFFFFF
    mixed ^= mixed >> 15
    return mixed


def _names(batch: Batch, background: Background) -> Entries:
    """Return the block NAMES: skeletons of capitalised words, those that open a sentence at half weight."""
    import numpy as np

    keys, lengths = bones(batch.tokens)
    opens = np.ones(len(keys), dtype=bool)
    opens[1:] = batch.tokens[:-1] == 0
    may = (lengths > 1) & ~batch.nameless
    keys = keys[may]
    sure = np.where(opens[may] & (batch.tokens[may] & CAPITAL > 0), FIRST_WORD, 1.0)
    distinct, order, starts = _ordered(NAMES, keys, batch.owners[may])
    if not len(distinct):
        return distinct, np.zeros(0)
    weights = np.maximum.reduceat((np.array(WEIGHTS)[lengths[may]] * sure)[order], starts)
    return distinct, weights * background.bone_weights(keys[order][starts]) / RAREST


def _figures(batch: Batch, background: Background) -> tuple[Entries, Entries, Entries]:
    """Return the blocks FIGURES, COUNTED and COUNTABLE."""
    import numpy as np

    tokens, owners, hashes = batch.tokens, batch.owners, stems(batch.tokens)
    numeral = tokens & NUMBER > 0
    figures = _weighed(FIGURES, hashes[numeral], owners[numeral], batch.boosts[numeral], background.word_weights)
    follows = numeral[:-1] & ~numeral[1:] & (hashes[1:] > 0) & (tokens[1:] & STOP == 0)
    things, whose = hashes[1:][follows], owners[1:][follows]
    counted, _, _ = _ordered(COUNTED, pair_hash(hashes[:-1][follows], things), whose)
    countable, _, _ = _ordered(COUNTABLE, things, whose)
    return figures, (counted, np.ones(len(counted))), (countable, np.ones(len(countable)))


def _weighed(
    block: int,
    hashes: NDArray[Any],
    owners: NDArray[Any],
    boosts: NDArray[Any],
    weigh: Callable[[NDArray[Any]], NDArray[Any]],
) -> Entries:
    """Return the distinct keys of a block and their TF-IDF weights."""
    import numpy as np

    distinct, order, starts = _ordered(block, hashes, owners)
    if not len(distinct):
        return distinct, np.zeros(0)
    counts = np.add.reduceat(boosts[order], starts)
    return distinct, _damped()[np.minimum(counts, _MOST)] * weigh(hashes[order][starts])


@cache
def _damped() -> NDArray[Any]:
    """Return ``1 + log`` of each count."""
    import numpy as np

    return 1 + np.log(np.maximum(np.arange(_MOST + 1), 1))


def _ordered(block: int, hashes: NDArray[Any], owners: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return a block's distinct keys, the order that sorts ``hashes`` by key, and where each key begins in it."""
    import numpy as np

    keys, order = ordered(owners << OWNER_AT | (hashes & ((1 << _BITS[block]) - 1)) + STARTS[block])
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else keys
    return keys[starts], order, starts


def ordered(keys: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return whole numbers sorted, and the stable order that sorts them.

    Sorting numbers with their places in their low bits is many times faster than a stable
    sort of places, as far as both fit into 63 bits.
    """
    import numpy as np

    bits = len(keys).bit_length()
    if len(keys) and int(keys.max()) >= 1 << (63 - bits):
        order = np.argsort(keys, kind="stable")
        return keys[order], order
    packed = np.sort(keys.astype(np.int64) << bits | np.arange(len(keys)))
    return packed >> bits, packed & ((1 << bits) - 1)
