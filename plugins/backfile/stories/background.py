"""How common words are in the world: a frozen snapshot, shipped with the package.

A small archive can't tell which of its words are common, and one that learnt it from
itself would judge old pairs anew with every article. So the shares of documents that
hold a word, or two neighbouring words, were counted once over several corpora of
different kinds (``benchmarks/stories_background.py`` made the file and names them) and
are kept as numbers: hash of the stem, share. No text can be had back from it. Over the
corpora the root of the mean square is taken, nearer to the largest share than to the
mean: a word that is common in one field tells little in an archive of that field.

Changing the file changes judgements: give it a new version and say so in CHANGELOG.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from backfile.stories.tokens import NUMBER, SHIFT, Codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNSEEN = 3000.0  # a word that no corpus knows is taken to stand in one document of so many
STEPS = 24.0  # a share is kept as one byte: steps of 1/24 in its natural logarithm
TELLING = 4.0  # a word in less than one document of e**4 (55) is worth naming as a reason


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """Shares of documents, by hash: sorted hashes and, beside them, ``-log(share)`` in steps."""

    version: str
    words: NDArray[Any]
    word_shares: NDArray[Any]
    pairs: NDArray[Any]
    pair_shares: NDArray[Any]

    def word_weights(self, hashes: NDArray[Any]) -> NDArray[Any]:
        """Return the weight of each word: ``log((1 + UNSEEN) / (UNSEEN * share))``, never below 0."""
        return _weights(self.words, self.word_shares, hashes)

    def pair_weights(self, hashes: NDArray[Any]) -> NDArray[Any]:
        """Return the weight of each pair of neighbouring words."""
        return _weights(self.pairs, self.pair_shares, hashes)

    def telling(self, word: str, known: Codes) -> bool:
        """Say whether a word is rare enough to be named as something that two texts share."""
        import numpy as np

        code = known[word]
        if code & NUMBER:
            return len(word) > 2
        return bool(self.word_weights(np.array([code >> SHIFT]))[0] > TELLING)


def _weights(table: NDArray[Any], shares: NDArray[Any], hashes: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    at = np.minimum(np.searchsorted(table, hashes), len(table) - 1)
    logs = np.where(table[at] == hashes, shares[at] / STEPS, np.log(UNSEEN))
    return np.minimum(logs, np.log(UNSEEN)).astype(np.float32)


@cache
def load_background() -> Background:
    """Return the snapshot that ships with the package, read once a process."""
    import numpy as np

    data = files("backfile.stories").joinpath("background.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        words = np.cumsum(stored["words"].astype(np.int64))
        pairs = np.cumsum(stored["pairs"].astype(np.int64))
        return Background(str(stored["version"]), words, stored["word_shares"], pairs, stored["pair_shares"])
