"""How likely two texts tell one event, from what they share: a small logistic model with its table.

Theory: no single likeness serves a headline, a brief and a long report alike. So the
cosines of the blocks (``traits.blocks``), the amount (not only the share) of rare words
in common, figures that agree or contradict, days apart, the shorter text's length and
whether one outlet printed both are weighed together (logistic regression; Cox 1958). The
sum is log-odds: 0 is even, 3 is 20 to 1. Texts in two languages share names, figures and
days, but no words; they have weights of their own.

The weights below were fitted by ``benchmarks/stories_fit.py`` on labelled public sets of
different kinds (reports, the same cut to a headline and a sentence, the same without
dates, headlines alone, one-line items in many languages), each counting the same. They
are facts about news, not about one archive: change them only with the script, and say so
in CHANGELOG. One was set by hand afterwards: "same outlet, ln late", since labelled sets hold
few pairs of one outlet weeks apart (.6 of those that were joined told one event), and an
archive of one court or ministry is full of them.

Rejected: one cosine with a threshold for each length (pair F1 lower by .10 on look-alike
events); boosted trees (better by .01, and no table to read); capitalised words as a block
of their own within a language (no gain over word pairs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.spread import Spread, alone, parts
from backfile.stories.traits.blocks import BLOCKS, COLUMNS, COUNTABLE, COUNTED, FIGURES, NAMES, PAIRS, STARTS, WORDS
from backfile.stories.traits.features import Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Each input and its weight in log-odds. `√` is the square root of a cosine (0..1), `ln` is log(1 + x).
# An input with two names is their product. Inputs go together, so no weight says much alone.
WITHIN: Final = {
    "one": -2.26,  # the start
    "√words": -9.95,  # with its product below: from e**2.6 (14) tokens on, words in common speak for one event
    "√pairs": 1.12,  # ... and all the more when they stand side by side
    "√names": 1.49,  # the same people and places, however spelt
    "√figures": 3.58,  # the same ages, sums, times
    "ln words": 1.21,  # rare words in common, by amount: a brief can't have as many as a report
    "ln days": -0.33,  # days apart; 0 where a date is missing
    "brief, ln days": -1.47,  # more where the shorter text is a brief: in full up to 20 tokens, not at all from 80
    "fresh, ln days": -0.51,  # more where both say "overnight", "on Monday": each tells of its own day
    "again, ln days": -0.70,  # more where the later text says "again": it tells what came after
    "undated": -1.90,  # one of the two has no date, so likeness is all there is to go by
    "ln tokens": -2.11,  # of the shorter text
    "same outlet": -2.87,  # an outlet has its own turns of phrase, and seldom tells one thing twice on one day ...
    "same outlet, ln days": 0.46,  # ... but follows it up later
    "same outlet, ln late": -1.00,  # days beyond a week: what it tells again in the same words is seldom the same case
    "no names": 1.13,  # one of the two names nobody (or is set in title case): names can't be held against it
    "ln differ": -1.43,  # things counted differently in the two ("23 pirates", "26 pirates")
    "headline": 2.79,  # the shorter text is a headline: in full up to 12 tokens, not at all from 24
    "√words, ln tokens": 3.77,  # likeness says more the longer the texts are
    "√pairs, ln tokens": 0.29,
}
# For texts in two languages.
ACROSS: Final = {
    "one": -1.17,  # the start
    "√names": 1.43,  # the same people and places, in any script
    "√words": 6.45,  # names in the same letters, and words that two languages share
    "√figures": 1.85,  # the same numbers
    "ln days": -0.85,  # days apart
    "undated": -1.75,  # one of the two has no date
}
# Words that two languages share say what kind of event it is ("border crossing"), and not which one: without a
# name or a figure in common nothing could be shown to a reader as the reason, so there is no join.
UNTOLD: Final = -9.0
LATE: Final = 7  # days
BRIEF: Final = (20.0, 80.0)  # tokens
HEADLINE: Final = (12.0, 24.0)  # tokens: up to the first a text is all headline, from the second it is more
CHUNK: Final = 2_048  # pairs worked out at once: more of them take more memory, and no less time
MANY: Final = 1_000  # texts from which the sparse library pays for its loading


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Texts, with what pairs need besides."""

    texts: Sequence[Features]
    lengths: NDArray[Any]
    tokens: NDArray[Any]
    fresh: NDArray[Any]
    again: NDArray[Any]
    days: NDArray[Any]
    outlets: NDArray[Any]
    tongues: NDArray[Any]


def rows(texts: Sequence[Features]) -> Rows:
    """Return texts in the order given. Unknown days are -1, unknown outlets all different."""
    import numpy as np

    outlets = {name: at for at, name in enumerate(dict.fromkeys(text.outlet for text in texts if text.outlet))}
    tongues = {name: at for at, name in enumerate(dict.fromkeys(text.tongue for text in texts if text.tongue))}
    return Rows(
        texts,
        np.array([text.lengths for text in texts], dtype=np.float64).reshape(-1, len(BLOCKS)),
        np.array([text.tokens for text in texts], dtype=np.float64),
        np.array([text.fresh for text in texts], dtype=np.float64),
        np.array([text.again for text in texts], dtype=np.float64),
        np.array([-1 if text.day is None else text.day for text in texts], dtype=np.int64),
        np.array([outlets[text.outlet] if text.outlet else -1 - at for at, text in enumerate(texts)]),
        np.array([tongues[text.tongue] if text.tongue else -1 for text in texts]),
    )


def _shared(texts: Rows, one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """Return the sums of the products of weights that two texts have in common, by pair and block."""
    pairs = [[texts.texts[at] for at in ends.tolist()] for ends in (one, other)]
    return _few_sums(*pairs) if len(texts.texts) < MANY else _sums(_matrix(pairs[0]).multiply(_matrix(pairs[1])))


def _matrix(texts: Sequence[Features]) -> Any:
    import numpy as np
    from scipy import sparse

    starts = np.cumsum([0, *(len(text.columns) for text in texts)], dtype=np.int32)
    columns = np.concatenate([text.columns for text in texts])
    weights = np.concatenate([text.weights for text in texts])
    return sparse.csr_array((weights, columns, starts), shape=(len(texts), COLUMNS))


def _few_sums(one: Sequence[Features], other: Sequence[Features]) -> NDArray[Any]:
    """Do it for a few pairs without the sparse library, which takes longer to load; the sums are the same to a bit."""
    import numpy as np

    keys, weights = [], []
    for side in (one, other):
        pairs = np.repeat(np.arange(len(side)), [len(text.columns) for text in side])
        columns = np.concatenate([np.zeros(0, dtype=np.int64), *(text.columns for text in side)])
        keys.append(pairs * COLUMNS + columns)
        weights.append(np.concatenate([np.zeros(0, dtype=np.float32), *(text.weights for text in side)]))
    both, left, right = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    blocks = np.searchsorted(STARTS, both % COLUMNS, side="right") - 1
    where, size = both // COLUMNS * len(BLOCKS) + blocks, len(one) * len(BLOCKS)
    return np.bincount(where, weights=weights[0][left] * weights[1][right], minlength=size).reshape(-1, len(BLOCKS))


def _sums(products: Any) -> NDArray[Any]:
    """Return the sums of a sparse matrix by row and block."""
    import numpy as np

    products = products.tocsr()
    count = products.shape[0]
    owners = np.repeat(np.arange(count), np.diff(products.indptr))
    blocks = np.searchsorted(STARTS, products.indices, side="right") - 1
    sums = np.bincount(owners * len(BLOCKS) + blocks, weights=products.data, minlength=count * len(BLOCKS))
    return sums.reshape(count, len(BLOCKS))


def log_odds(texts: Rows, one: NDArray[Any], other: NDArray[Any], spread: Spread = alone) -> NDArray[Any]:
    """Return the log-odds that the texts at positions ``one`` and ``other`` tell one event, pair by pair."""
    import numpy as np

    found = spread(partial(_odds, texts, one, other), parts(len(one), CHUNK), here=True)
    return np.concatenate([np.zeros(0), *found])


def _odds(texts: Rows, one: NDArray[Any], other: NDArray[Any], part: range) -> NDArray[Any]:
    """Return the log-odds of some of the pairs."""
    import numpy as np

    own = slice(part.start, part.stop)
    inputs, foreign = pair_inputs(texts, one[own], other[own])
    within = sum(weight * inputs[name] for name, weight in WITHIN.items())
    across = sum(weight * inputs[name] for name, weight in ACROSS.items())
    nameless = (inputs["√names"] == 0) & (inputs["√figures"] == 0)
    across = np.where(nameless, UNTOLD, across)
    found: NDArray[Any] = np.where(foreign, across, within)
    return found


def pair_inputs(texts: Rows, one: NDArray[Any], other: NDArray[Any]) -> tuple[dict[str, NDArray[Any]], NDArray[Any]]:
    """Return the model's inputs by name for each pair, and whether the two are in different languages."""
    import numpy as np

    sums = _shared(texts, one, other)
    both = texts.lengths[one] * texts.lengths[other]
    root = np.sqrt(np.clip(sums / np.maximum(both, 1e-9), 0, 1))
    undated = (texts.days[one] < 0) | (texts.days[other] < 0)
    apart = np.where(undated, 0, np.abs(texts.days[one] - texts.days[other]))
    days = np.log1p(apart)
    shorter = np.minimum(texts.tokens[one], texts.tokens[other])
    tokens = np.log1p(shorter)
    outlet = (texts.outlets[one] == texts.outlets[other]).astype(np.float64)
    tongues = texts.tongues[one], texts.tongues[other]
    inputs = {
        "one": np.ones(len(one)),
        "√words": root[:, WORDS],
        "√pairs": root[:, PAIRS],
        "√names": root[:, NAMES],
        "√figures": root[:, FIGURES],
        "ln words": np.log1p(sums[:, WORDS]),
        "ln days": days,
        "brief, ln days": days * np.clip((BRIEF[1] - shorter) / (BRIEF[1] - BRIEF[0]), 0, 1),
        "fresh, ln days": days * texts.fresh[one] * texts.fresh[other],
        "again, ln days": days * np.where(texts.days[one] > texts.days[other], texts.again[one], texts.again[other]),
        "undated": undated.astype(np.float64),
        "ln tokens": tokens,
        "same outlet": outlet,
        "same outlet, ln days": outlet * days,
        "same outlet, ln late": outlet * np.log1p(np.maximum(apart - LATE, 0)),
        "no names": (both[:, NAMES] == 0).astype(np.float64),
        "ln differ": np.log1p(np.maximum(sums[:, COUNTABLE] - sums[:, COUNTED], 0)),
        "headline": np.clip((HEADLINE[1] - shorter) / (HEADLINE[1] - HEADLINE[0]), 0, 1),
        "√words, ln tokens": root[:, WORDS] * tokens,
        "√pairs, ln tokens": root[:, PAIRS] * tokens,
    }
    # Unknown (-1) is Latin letters without a stated language, which may be the same; its words would tell.
    foreign = (tongues[0] != tongues[1]) & ((np.minimum(*tongues) >= 0) | (sums[:, WORDS] == 0))
    return inputs, foreign
