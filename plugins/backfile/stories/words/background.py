"""How common words are in the world: a frozen snapshot, shipped with the package.

A small archive can't tell which of its words are common, and one that learnt it from
itself would judge old pairs anew with every article. So the shares of documents that
hold a word, or two neighbouring words, were counted once over several corpora of
different kinds (``benchmarks/stories_background.py`` made the file and names them) and
are kept as numbers: hash of the stem, share. No text can be had back from it. Over the
corpora a high power mean is taken, nearer to the largest share than to the mean: a word
that is common in one field tells little in an archive of that field. What is common in
world news everywhere is added from general knowledge (``words.everyday``).

Ukrainian and Russian are thin in those corpora, so the shares of their common words come
from lists of word frequencies, kept in a file of their own, ``words_uk_ru.npz`` (derived
from the package wordfreq 3.1 by Robyn Speer, CC BY-SA 4.0; the file is under that licence
too).

Honest limits: pairs of words and names are counted almost only in English; words of other
languages all weigh the same, as words not met before.

Changing the file changes judgements: give it a new version and say so in CHANGELOG.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNSEEN = 3000.0  # a word that no corpus knows is taken to stand in one document of so many
RAREST = math.log(UNSEEN)  # the weight of such a word, the largest there is
_SPARE: Final = 3  # bits by which a table of starts is larger than that of hashes
_BEHIND: Final = 16  # entries behind the last one: more than begin with the same bits
_FEW: Final = 1 << 16  # hashes that are looked up, few or many at a time, in the time that it takes to make a table
STEPS = 24.0  # a share is kept as one byte: steps of 1/24 in its natural logarithm
TELLING = 4.0  # a word in less than one document of e**4 (55) is worth naming as a reason


class Shares:
    """Weights by hash: hashes, sorted, and beside them ``-log(share)`` of documents, at most :data:`RAREST`."""

    def __init__(self, hashes: NDArray[Any], steps: NDArray[Any]) -> None:
        """Take hashes, and the logarithms in :data:`STEPS`."""
        import numpy as np

        # Behind the last entry stand some that no hash is beyond, or equal to.
        self.hashes = np.concatenate((hashes, np.full(_BEHIND, np.iinfo(np.int64).max)))
        logs = np.concatenate((steps / STEPS, np.zeros(_BEHIND)))
        self.logs = np.minimum(logs, RAREST).astype(np.float32)
        self._asked = 0

    def weights(self, hashes: NDArray[Any]) -> NDArray[Any]:
        """Return the weight of each hash; that of one which is not there is :data:`RAREST`."""
        import numpy as np

        self._asked += len(hashes)
        at = np.searchsorted(self.hashes, hashes) if self._asked < _FEW else self._places(hashes)
        return np.where(self.hashes[at] == hashes, self.logs[at], np.float32(RAREST))

    def _places(self, hashes: NDArray[Any]) -> NDArray[Any]:
        """Return what to bisect would: several times faster, once there is a table."""
        import numpy as np

        starts, shift, longest = self._table
        at: NDArray[Any] = starts[np.minimum(hashes >> shift, len(starts) - 1)]
        for _ in range(longest):
            at += self.hashes[at] < hashes
        return at

    @cached_property
    def _table(self) -> tuple[NDArray[Any], int, int]:
        """What leads from the first bits of a hash, all but the last ``shift``, to the first entry that may have it.

        Then ``shift``, and how many entries away at most that is.
        """
        import numpy as np

        hashes = self.hashes[:-_BEHIND]
        last = int(hashes[-1])
        shift = max(last.bit_length() - len(hashes).bit_length() - _SPARE, 0)
        starts = np.concatenate(([0], np.cumsum(np.bincount(hashes >> shift)))).astype(np.int32)
        return starts, shift, int(np.diff(starts).max())


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """Shares of documents that hold a word, two neighbouring words, a skeleton of a name."""

    version: str
    words: Shares
    pairs: Shares
    bones: Shares

    def word_weights(self, hashes: NDArray[Any]) -> NDArray[Any]:
        """Return the weight of each word."""
        return self.words.weights(hashes)

    def pair_weights(self, hashes: NDArray[Any]) -> NDArray[Any]:
        """Return the weight of each pair of neighbouring words."""
        return self.pairs.weights(hashes)

    def bone_weights(self, hashes: NDArray[Any]) -> NDArray[Any]:
        """Return the weight of each skeleton of a name."""
        return self.bones.weights(hashes)


@cache
def load_background() -> Background:
    """Return the snapshot that ships with the package, read once a process."""
    import numpy as np

    general, more = _stored("background.npz"), _stored("words_uk_ru.npz")
    numbers = np.concatenate((general["words"], more["words"]))
    logs = np.concatenate((general["word_shares"], more["word_shares"]))
    order = np.lexsort((logs, numbers))  # of a word in both, the larger share is the smaller logarithm
    words, first = np.unique(numbers[order], return_index=True)
    return Background(
        str(general["version"]),
        Shares(words, logs[order][first]),
        Shares(general["pairs"], general["pair_shares"]),
        Shares(general["bones"], general["bone_shares"]),
    )


def _stored(name: str) -> dict[str, NDArray[Any]]:
    """Return the tables of one file, hashes put together again from their differences."""
    import numpy as np

    data = files("backfile.stories.words").joinpath(name).read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return {
            part: np.cumsum(stored[part].astype(np.int64)) if part in ("words", "pairs", "bones") else stored[part]
            for part in stored.files
        }
