"""What grouping compares: one sparse vector a text, of its words and pairs of neighbouring words.

Theory: two texts on one event share words that are rare elsewhere (Salton's TF-IDF, with
frozen document shares), and above all the same words side by side (names in full, ages,
sums, places). So a text is two unit vectors, one of words and one of pairs, put together
with fixed weights and made a unit vector again; the similarity of two texts is the cosine.
News says what matters first: only the upper part of a text is read, and the title counts
double. Measured figures stand in ``benchmarks/stories.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backfile.model import Document
from backfile.stories.background import Background
from backfile.stories.tokens import SHIFT, STOP, Codes, codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
TITLE = 2.0  # a title's word counts as two: a headline names the event
READ_WORDS = 400  # tokens of the body that are read; the tail of a report is background
READ_CHARS = 20_000  # characters that are looked at to find them: bounds a text of any size
PAIR_SHARE = 0.3  # weight of pairs against words (1 - PAIR_SHARE)
PAIR_BIT = 1 << 32  # keeps the hash of a pair apart from the hash of a word

_LINK = re.compile(r"\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|https?://\S+")


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """One text as sorted feature numbers and their weights; the weights have length one together."""

    numbers: NDArray[Any]
    weights: NDArray[Any]


def features(document: Document, known: Codes, background: Background) -> Features:
    """Return the features of one text; empty arrays for a text without words."""
    import numpy as np

    title = np.array(codes(plain(document.title), known), dtype=np.int64)
    body = np.array(codes(plain(document.text[:READ_CHARS]), known)[:READ_WORDS], dtype=np.int64)
    tokens = np.concatenate((title, np.zeros(1, dtype=np.int64), body))
    boosts = np.where(np.arange(len(tokens)) < len(title), TITLE, 1.0)
    return features_of_tokens(tokens, boosts, background)


def features_of_tokens(tokens: NDArray[Any], boosts: NDArray[Any], background: Background) -> Features:
    """Return the features of a run of token codes, each counted ``boosts`` times."""
    import numpy as np

    hashes = tokens >> SHIFT
    content = (hashes > 0) & (tokens & STOP == 0)
    kept = (hashes == 0) | content
    near = hashes[kept]
    both = (near[:-1] > 0) & (near[1:] > 0)
    pairs = pair_hash(near[:-1][both], near[1:][both])
    words, word_weights = _block(hashes[content], boosts[content], background.word_weights)
    couples, couple_weights = _block(pairs, boosts[kept][:-1][both], background.pair_weights)
    numbers = np.concatenate((words, couples + PAIR_BIT))
    weights = np.concatenate((word_weights * (1 - PAIR_SHARE) ** 0.5, couple_weights * PAIR_SHARE**0.5))
    length = float(np.sqrt(np.sum(weights**2)))
    return Features(numbers, (weights / length if length else weights).astype(np.float32))


def plain(text: str) -> str:
    """Return a text without the targets of its links, which are no words of its own."""
    return _LINK.sub(" ", text) if "http" in text or "](" in text else text


def pair_hash(left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """Return a 32-bit hash of two word hashes, order kept."""
    mixed: NDArray[Any] = (left * 0x9E3779B1 + right * 0x85EBCA6B) & 0xFFFFFFFF
    return mixed


def _block(hashes: NDArray[Any], boosts: NDArray[Any], weigh: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return distinct hashes and their weights (1 + log of the boosted count, times rarity), of length one."""
    import numpy as np

    distinct, where = np.unique(hashes, return_inverse=True)
    counts = np.bincount(where, weights=boosts, minlength=len(distinct))
    weights = (1 + np.log(np.maximum(counts, 1))) * weigh(distinct) if len(distinct) else counts
    length = float(np.sqrt(np.sum(weights**2)))
    return distinct, weights / length if length else weights
