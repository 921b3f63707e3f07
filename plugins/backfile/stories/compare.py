"""How each take told it: the points that takes share, what only one says, where figures differ.

Method: every sentence is a unit vector of its words and pairs of neighbouring words,
weighted by rarity (:mod:`.background`), without stop words. Two sentences of two takes
say the same when each is the other's nearest in that take and they are alike enough
(mutual nearest neighbours guard against one general sentence matching everything).
Matches are joined into points, the surest first; a point holds one sentence of a take.
A sentence that is near enough to a point of which its own take already has a sentence
counts as said there too (one desk's two sentences are the other's one).

Known failures: a paraphrase without a common word is "only here"; a sentence that denies
what another says is alike, and shown as the same point, side by side for the reader.
Source of the idea: multi-document alignment by cosine and mutual best match (Barzilay &
Elhadad 2003, "Sentence alignment for monolingual comparable corpora").

Cost: one sparse product of all sentences with all, so 20 takes of 200 sentences take
less than a second; longer takes are read to :data:`MOST_SENTENCES`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backfile.names import Names
from backfile.stories import figures
from backfile.stories.background import Background, load_background
from backfile.stories.features import PAIRS, STARTS, text_blocks
from backfile.stories.tokens import Codes, codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
ALIKE = 0.26  # two sentences say the same from here
PAIR_SHARE = 0.5  # of the weight of a pair of words against that of a word
ECHO = 0.34  # a sentence joins a point that has a sentence of its take already from here
MOST_SENTENCES = 400  # sentences of a take that are compared; what follows is "only here"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a take. ``kind`` is ``all``, ``some`` or ``only``; ``point`` numbers its shared point."""

    text: str
    kind: str
    point: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One take: its sentences by paragraph, in its own order."""

    take: str
    paragraphs: tuple[tuple[Said, ...], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What two takes or more say: (take, sentence) in the order of the takes; ``number`` as in :class:`Said`."""

    number: int
    wordings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Differs:
    """Figures or names that takes give differently at one point: (take, what it gives). ``what``: numbers, names."""

    point: int
    what: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Takes side by side, in the order given; points in the order in which the first take that has them does."""

    takes: tuple[Told, ...]
    points: tuple[Point, ...]
    differences: tuple[Differs, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a sentence stands: take and paragraph by position, and the sentence."""

    take: int
    paragraph: int
    text: str


def compare(takes: Sequence[tuple[str, Sequence[Sequence[str]]]], *, names: Names | None = None) -> Comparison:
    """Compare takes, each an id and its paragraphs, each a sequence of plain sentences.

    Cut text into sentences with :func:`backfile.sentences.split_sentences`. The result
    does not depend on anything but the takes, their order and ``names``.
    """
    spots = [
        _Spot(at, number, sentence)
        for at, (_, paragraphs) in enumerate(takes)
        for number, paragraph in enumerate(paragraphs)
        for sentence in paragraph
    ]
    group = _points(spots, len(takes))
    order: dict[int, int] = {}
    for own in group:
        if own is not None:
            order.setdefault(own, len(order))
    numbered = [None if own is None else order[own] for own in group]
    members: list[list[int]] = [[] for _ in order]
    for place, number in enumerate(numbered):
        if number is not None:
            members[number].append(place)
    reach = [len({spots[place].take for place in places}) for places in members]
    ids = [take for take, _ in takes]
    points = tuple(
        Point(number, tuple((ids[spots[place].take], spots[place].text) for place in places))
        for number, places in enumerate(members)
    )
    differences = tuple(
        Differs(point.number, what, values)
        for point in points
        for what, values in figures.differences(point.wordings, names or Names())
    )
    return Comparison(_told(takes, spots, numbered, reach), points, differences)


def _told(
    takes: Sequence[tuple[str, Sequence[Sequence[str]]]],
    spots: Sequence[_Spot],
    numbered: Sequence[int | None],
    reach: Sequence[int],
) -> tuple[Told, ...]:
    """Return each take with its sentences marked."""
    paragraphs: list[list[list[Said]]] = [[[] for _ in own] for _, own in takes]
    for spot, number in zip(spots, numbered, strict=True):
        kind = "only" if number is None else "all" if reach[number] == len(takes) else "some"
        paragraphs[spot.take][spot.paragraph].append(Said(spot.text, kind, number))
    return tuple(
        Told(take, tuple(tuple(paragraph) for paragraph in own))
        for (take, _), own in zip(takes, paragraphs, strict=True)
    )


def _points(spots: Sequence[_Spot], count: int) -> list[int | None]:
    """Return for each sentence the smallest place of its point, or None where no other take says it."""
    found: list[int | None] = [None] * len(spots)
    if count < 2 or not spots:
        return found
    later, earlier, likeness = _matches(spots)
    takes_of: dict[int, set[int]] = {}
    members: dict[int, list[int]] = {}

    def root(place: int) -> int:
        return place if found[place] is None else int(found[place] or 0)

    for one, other, value in zip(later.tolist(), earlier.tolist(), likeness.tolist(), strict=True):
        left, right = root(one), root(other)
        if left == right:
            continue
        left_takes = takes_of.get(left, {spots[left].take})
        right_takes = takes_of.get(right, {spots[right].take})
        if left_takes & right_takes and value < ECHO:
            continue
        keep, drop = min(left, right), max(left, right)
        members[keep] = members.pop(keep, [keep]) + members.pop(drop, [drop])
        takes_of[keep] = left_takes | right_takes
        for place in members[keep]:
            found[place] = keep
    return found


def _matches(spots: Sequence[_Spot]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return pairs of places in different takes that are each other's nearest, or echoes, surest first."""
    import numpy as np
    from scipy import sparse

    matrix = _vectors(spots)
    product = sparse.coo_array(matrix @ matrix.T)
    takes = np.array([spot.take for spot in spots])
    kept = (takes[product.row] != takes[product.col]) & (product.data >= ALIKE)
    row, column, likeness = product.row[kept], product.col[kept], product.data[kept].round(6)
    # The nearest of sentence `row` in the take of `column`: the first of each (row, take) by likeness, then place.
    order = np.lexsort((column, -likeness, takes[column], row))
    row, column, likeness = row[order], column[order], likeness[order]
    first = np.ones(len(row), dtype=bool)
    first[1:] = (row[1:] != row[:-1]) | (takes[column[1:]] != takes[column[:-1]])
    nearest = set(zip(row[first].tolist(), column[first].tolist(), strict=True))
    pairs = zip(row.tolist(), column.tolist(), likeness.tolist(), strict=True)
    strong = np.array(
        [
            one > other and (value >= ECHO or ((one, other) in nearest and (other, one) in nearest))
            for one, other, value in pairs
        ],
        dtype=bool,
    )
    row, column, likeness = row[strong], column[strong], likeness[strong]
    order = np.lexsort((row, column, -likeness))
    return row[order], column[order], likeness[order]


def _vectors(spots: Sequence[_Spot]) -> Any:
    """Return the sentences as rows of a sparse matrix; those beyond :data:`MOST_SENTENCES` of a take are empty."""
    import numpy as np
    from scipy import sparse

    known, background = Codes(), load_background()
    seen: dict[int, int] = {}
    numbers, weights, lengths = [], [], [0]
    for spot in spots:
        seen[spot.take] = seen.get(spot.take, 0) + 1
        own = _sentence(spot.text if seen[spot.take] <= MOST_SENTENCES else "", known, background)
        numbers.append(own[0])
        weights.append(own[1])
        lengths.append(lengths[-1] + len(own[0]))
    _, columns = np.unique(np.concatenate(numbers), return_inverse=True)
    width = int(columns.max()) + 1 if len(columns) else 1
    return sparse.csr_array((np.concatenate(weights), columns, lengths), shape=(len(spots), width))


def _sentence(text: str, known: Codes, background: Background) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the features of one sentence: words and pairs of words, together of length one."""
    import numpy as np

    tokens = codes(text, known)
    (words, word_weights), (pairs, pair_weights) = text_blocks(tokens, np.ones(len(tokens)), background)
    weights = np.concatenate((word_weights, pair_weights * PAIR_SHARE))
    length = float(np.sqrt(np.sum(weights**2)))
    return np.concatenate((words, pairs + STARTS[PAIRS])), weights / length if length else weights
