"""The graph of texts that may tell one event, with a probability on each edge.

``neighbours -> evidence -> local scale``. The last step looks at an edge from where its
two ends stand: where both have :data:`CROWD` better neighbours, a middling likeness is
no sign of one event any more but of another like it (self-tuning after Zelnik-Manor &
Perona 2004, on log-odds). That keeps apart two arrests of pirates by one navy; headlines
alone, which have no words for such differences, are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.events import neighbours
from backfile.stories.events.evidence import log_odds, rows
from backfile.stories.spread import Spread, alone
from backfile.stories.traits.features import Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
CROWD: Final = 6  # better neighbours that make a text's surroundings dense; smaller stories are left alone
DENSE: Final = 5.0  # log-odds beyond which surroundings are not called denser: copies must not push takes out
PULL: Final = 2.0  # how much of the shortfall against the surroundings is taken off, again
SHORT: Final = (20.0, 80.0)  # tokens: below the first no local scale, from the second in full
LEAST: Final = 20  # edges below this many thousandths count as none
_ODDS_BITS: Final = 32  # for log-odds in thousandths, which are far below 2**31
UNIT: Final = 1000  # probabilities are whole thousandths, so that sums do not depend on their order


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Pairs of positions that were looked at, later text first, sorted by (later, earlier).

    ``chance`` that the two tell one event, in thousandths; ``likeness`` is a cosine (0..1).
    """

    later: NDArray[Any]
    earlier: NDArray[Any]
    chance: NDArray[Any]
    likeness: NDArray[Any]

    def picked(self, those: NDArray[Any]) -> Edges:
        """Return some of the pairs."""
        return Edges(self.later[those], self.earlier[those], self.chance[those], self.likeness[those])

    def strong(self) -> Iterator[tuple[int, int, int]]:
        """Yield (later, earlier, chance) for the pairs that grouping counts, in order."""
        kept = self.chance >= LEAST
        yield from zip(self.later[kept].tolist(), self.earlier[kept].tolist(), self.chance[kept].tolist(), strict=True)


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """How the edges were found, for ``upkeep.graph``: the pairs that :func:`.events.neighbours.listed` gives.

    ``odds`` are their log-odds before the local scale, in thousandths (0: too far apart in
    time), ``around`` each text's :func:`surroundings`.
    """

    later: NDArray[Any]
    earlier: NDArray[Any]
    likeness: NDArray[Any]
    odds: NDArray[Any]
    around: NDArray[Any]


def edges(texts: Sequence[Features], spread: Spread = alone) -> tuple[Edges, Listed]:
    """Return the graph of texts given in (date, id) order, those without a date first, and how it was found."""
    import numpy as np

    table = rows(texts)
    listed = neighbours.listed(texts, spread)
    near = neighbours.close(table.days[listed[0]], table.days[listed[1]], listed[2])
    later, earlier, likeness = (part[near] for part in listed)
    odds = rounded(log_odds(table, later, earlier, spread))
    around = surroundings(np.concatenate((later, earlier)), np.concatenate((odds, odds)), len(texts))
    shorter = np.minimum(table.tokens[later], table.tokens[earlier])
    found = chances(odds, around[later], around[earlier], shorter)
    every = np.zeros(len(near), dtype=np.int64)
    every[near] = odds
    return Edges(later, earlier, found, likeness), Listed(*listed, every, around)


def rounded(odds: NDArray[Any]) -> NDArray[Any]:
    """Return log-odds in whole thousandths."""
    import numpy as np

    thousandths: NDArray[Any] = np.rint(odds * UNIT).astype(np.int64)
    return thousandths


def surroundings(ends: NDArray[Any], odds: NDArray[Any], count: int) -> NDArray[Any]:
    """Return for each of ``count`` texts the log-odds, in thousandths, from which its neighbourhood counts as dense.

    ``ends`` are texts, ``odds`` those of one edge at each: an edge is given twice, once for each end.
    """
    import numpy as np

    # By text, then by log-odds, the highest first: numbers are sorted many times faster than places.
    ranked = np.sort((ends << _ODDS_BITS) + (1 << _ODDS_BITS - 1) - odds)
    starts = np.searchsorted(ranked, np.arange(count + 1) << _ODDS_BITS)
    crowded = np.flatnonzero(np.diff(starts) >= CROWD)
    around = np.full(count, -round(DENSE * UNIT))
    sixth = ranked[starts[crowded] + CROWD - 1]
    around[crowded] = np.minimum((1 << _ODDS_BITS - 1) - (sixth & (1 << _ODDS_BITS) - 1), round(DENSE * UNIT))
    return around


def chances(odds: NDArray[Any], one: NDArray[Any], other: NDArray[Any], shorter: NDArray[Any]) -> NDArray[Any]:
    """Return the chances of edges after the local scale, in thousandths.

    ``one`` and ``other`` are the surroundings of its ends, ``shorter`` the tokens of the shorter text.
    """
    import numpy as np

    odds = odds / UNIT
    shortfall = np.maximum((one + other) / (2 * UNIT) - odds, 0)
    low, high = SHORT
    scaled = odds - PULL * np.clip((shorter - low) / (high - low), 0, 1) * shortfall
    found: NDArray[Any] = np.round(UNIT / (1 + np.exp(-scaled))).astype(np.int64)
    return found
