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

from backfile.stories.evidence import log_odds, rows
from backfile.stories.features import Features
from backfile.stories.neighbours import neighbours

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
CROWD: Final = 6  # better neighbours that make a text's surroundings dense; smaller stories are left alone
DENSE: Final = 5.0  # log-odds beyond which surroundings are not called denser: copies must not push takes out
PULL: Final = 2.0  # how much of the shortfall against the surroundings is taken off, again
SHORT: Final = (20.0, 80.0)  # tokens: below the first no local scale, from the second in full
LEAST: Final = 20  # edges below this many thousandths count as none
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

    def strong(self) -> Iterator[tuple[int, int, int]]:
        """Yield (later, earlier, chance) for the pairs that grouping counts, in order."""
        kept = self.chance >= LEAST
        yield from zip(self.later[kept].tolist(), self.earlier[kept].tolist(), self.chance[kept].tolist(), strict=True)


def edges(texts: Sequence[Features]) -> Edges:
    """Return the graph of texts given in (date, id) order, those without a date first."""
    import numpy as np

    table = rows(texts)
    later, earlier, likeness = neighbours(texts)
    odds = np.round(log_odds(table, later, earlier), 3)
    shorter = np.minimum(table.tokens[later], table.tokens[earlier])
    odds = _scaled(later, earlier, odds, shorter, len(texts))
    return Edges(later, earlier, np.round(UNIT / (1 + np.exp(-odds))).astype(np.int64), likeness)


def _scaled(
    later: NDArray[Any], earlier: NDArray[Any], odds: NDArray[Any], shorter: NDArray[Any], count: int
) -> NDArray[Any]:
    """Return the log-odds after the local scale."""
    import numpy as np

    ends = np.concatenate((later, earlier))
    both = np.concatenate((odds, odds))
    order = np.lexsort((-both, ends))
    starts = np.searchsorted(ends[order], np.arange(count + 1))
    crowded = np.flatnonzero(np.diff(starts) >= CROWD)
    around = np.full(count, -DENSE)
    around[crowded] = np.minimum(both[order][starts[crowded] + CROWD - 1], DENSE)
    shortfall = np.maximum((around[later] + around[earlier]) / 2 - odds, 0)
    low, high = SHORT
    scaled: NDArray[Any] = odds - PULL * np.clip((shorter - low) / (high - low), 0, 1) * shortfall
    return scaled
