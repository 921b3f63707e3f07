"""Which pairs of texts are worth a closer look, found without comparing all with all.

Every text is cut down to its keys, the heaviest of its features (rare words, pairs of words,
names): two texts on one event share several of these, two others hardly any. The pairs
are found by ``events.slices``; for those far apart in time twice the likeness is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.events.slices import sliced
from backfile.stories.spread import Spread, alone
from backfile.stories.traits.features import Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

Found = tuple["NDArray[Any]", "NDArray[Any]", "NDArray[Any]"]

# | constant | value | why |
# |---|---|---|
WINDOW: Final = 400  # days; a trial is reported a year after the deed, but little after that
FLOOR: Final = 0.05  # likeness below which no pair is looked at
MOST: Final = 32  # earlier texts kept for a report
MOST_SHORT: Final = 100  # ... and for a shorter text, whose likeness tells less: stories of headlines are large
REPORT: Final = 80  # tokens from which a text is a report
FAR: Final = 45  # days from which twice the likeness is asked


def neighbours(texts: Sequence[Features]) -> Found:
    """Return pairs of positions (later, earlier), sorted, and their cosines.

    Texts stand in (date, id) order, those without a date first.
    """
    later, earlier, likeness = listed(texts)
    near = close(days(texts)[later], days(texts)[earlier], likeness)
    return later[near], earlier[near], likeness[near]


def listed(texts: Sequence[Features], spread: Spread = alone) -> Found:
    """Return each text's list of its best earlier texts as such pairs, before distance in time has its say."""
    import numpy as np

    most = np.array([kept(text.tokens) for text in texts], dtype=np.int64)
    rows = [(text.keys, text.key_weights) for text in texts]
    return sliced(rows, days(texts), most, window=WINDOW, floor=FLOOR, spread=spread)


def days(texts: Sequence[Features]) -> NDArray[Any]:
    """Return the texts' days, -1 where there is none."""
    import numpy as np

    return np.array([-1 if text.day is None else text.day for text in texts], dtype=np.int64)


def kept(tokens: int) -> int:
    """Return how many earlier texts a text of so many tokens keeps."""
    return MOST if tokens >= REPORT else MOST_SHORT


def close(later: NDArray[Any], earlier: NDArray[Any], likeness: NDArray[Any]) -> NDArray[Any]:
    """Say of each pair, given the days of its two texts, whether it is alike enough for its distance in time."""
    near: NDArray[Any] = (later < 0) | (earlier < 0) | (later - earlier <= FAR) | (likeness >= 2 * FLOOR)
    return near
