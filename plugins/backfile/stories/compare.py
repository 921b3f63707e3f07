"""How each take told it: the points that takes share, what only one says, where figures differ.

Method: every sentence is a unit vector of its words and pairs of neighbouring words,
weighted by rarity in the world (``words.background``) and by rarity within the story: in a
story about Grozev, *Grozev* says nothing about which sentence answers which. Two
sentences of two takes say the same when each is the other's nearest in that take and
they are alike enough (mutual nearest neighbours, so that one general sentence does not
match everything). Matches become points, the surest first; a point holds one sentence of
a take. A sentence that is very near to a sentence of a point, though its own take has a
nearer one, says it too: one desk's two sentences are the other's one.

Known failures: a paraphrase without a common word is "only here"; a sentence that denies
what another says is alike, and is shown as the same point, side by side for the reader.
Source of the idea: sentence alignment for monolingual comparable corpora by cosine and
mutual best match (Barzilay & Elhadad 2003). Rejected: letting matches chain (a sees b, b
sees c): one vague sentence then draws half a report into one point.

Cost: one sparse product of all sentences with all, so 20 takes of 200 sentences take
about a second; of longer takes what comes after :data:`MOST_SENTENCES` is "only here".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from backfile.names import Names
from backfile.stories import figures
from backfile.stories.traits.blocks import OWNER_AT, Batch, ordered, text_blocks
from backfile.stories.words.background import load_background
from backfile.stories.words.tokens import STOP, Codes, codes_of_all

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
ALIKE: Final = 0.12  # two sentences that are each other's nearest say the same from here
ECHO: Final = 0.24  # a sentence whose take has a nearer one already says it too from here
PAIR_SHARE: Final = 0.7  # of the weight of a pair of words against that of a word
MOST_SENTENCES: Final = 400  # sentences of a take that are compared
_ROWS: Final = 64  # sentences that are looked at together
_KEPT: Final = 1 << 15  # words whose codes stories share
FEWEST_WORDS: Final = 3  # a shorter sentence (a heading, "he said") is no point


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


@dataclass(frozen=True, slots=True, eq=False)
class _Vectors:
    """Sentences (``owners``, rising), their ``words`` (numbered, rising in each) and ``weights``: each is one long.

    ``sharing`` are the places of all words once more, each beside those of other sentences that are the same.
    """

    owners: NDArray[Any]
    words: NDArray[Any]
    weights: NDArray[Any]
    sharing: NDArray[Any]


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
    """Return for each sentence the number of its point, or None where no other take says it."""
    point: list[int | None] = [None] * len(spots)
    if count < 2 or not spots:
        return point
    sure, echoes = _matches(spots)
    members: list[list[int]] = []
    for one, other in sure:
        left, right = point[one], point[other]
        if left is not None and right is not None:
            if left != right and not _takes(members[left], spots) & _takes(members[right], spots):
                for place in members[right]:
                    point[place] = left
                members[left] += members[right]
                members[right] = []
        elif left is None and right is None:
            point[one] = point[other] = len(members)
            members.append([one, other])
        else:
            place, number = (one, right) if left is None else (other, left)
            assert number is not None  # noqa: S101 -- narrows for mypy: one of the two is known here
            if spots[place].take not in _takes(members[number], spots):
                point[place] = number
                members[number].append(place)
    for one, other in echoes:
        for place, near in ((one, other), (other, one)):
            if point[place] is None and point[near] is not None:
                point[place] = point[near]
    return point


def _takes(places: Sequence[int], spots: Sequence[_Spot]) -> set[int]:
    return {spots[place].take for place in places}


def _matches(spots: Sequence[_Spot]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return pairs of places that are each other's nearest, and pairs that are very near, both surest first."""
    import numpy as np

    takes = np.array([spot.take for spot in spots])
    row, column, likeness = _alike(_vectors(spots), takes)
    mutual = _nearest(row, column, likeness, takes) & _nearest(column, row, likeness, takes)
    return _surest_first(row, column, likeness, mutual), _surest_first(row, column, likeness, likeness >= ECHO)


def _nearest(own: NDArray[Any], other: NDArray[Any], likeness: NDArray[Any], takes: NDArray[Any]) -> NDArray[Any]:
    """Tell of each pair whether ``other`` is what its take has nearest to ``own``; of several, the first is."""
    import numpy as np

    order = np.lexsort((other, -likeness, takes[other], own))
    own, whose = own[order], takes[other][order]
    first = np.ones(len(own), dtype=bool)
    first[1:] = (own[1:] != own[:-1]) | (whose[1:] != whose[:-1])
    nearest = np.empty_like(first)
    nearest[order] = first
    return nearest


def _alike(vectors: _Vectors, takes: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the places of sentences of two takes that are alike enough, the first before the other, and how alike.

    Most products are of sentences that are not, so they are looked through a few rows at a time. They are
    added up word by word, in the order of words: so they are the same wherever this is done, and whichever
    of the two sentences is asked first. Only later takes are looked for: ``sharing`` has them last of each word.
    """
    import numpy as np

    owners, weights, sharing = vectors.owners, vectors.weights, vectors.sharing
    count = len(takes)
    words, whose = vectors.words[sharing], takes[owners[sharing]]
    after, end = np.empty_like(sharing), np.empty_like(sharing)
    after[sharing], end[sharing] = _ends(words * count + whose), _ends(words)
    many = end - after
    found = []
    for low in range(0, count, _ROWS):
        own = slice(*np.searchsorted(owners, (low, low + _ROWS)).tolist())
        each = many[own]
        one = np.repeat(np.arange(own.start, own.stop), each)
        other = sharing[np.arange(len(one)) + np.repeat(end[own] - np.cumsum(each), each)]
        cells = (owners[one] - low) * count + owners[other]
        products = np.bincount(cells, weights=weights[one] * weights[other])
        cells = np.flatnonzero(products >= ALIKE)
        found.append((cells // count + low, cells % count, products[cells]))
    row, column, likeness = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return row, column, likeness.round(6)


def _ends(rising: NDArray[Any]) -> NDArray[Any]:
    """Return of each number the place behind the last that is the same."""
    import numpy as np

    ends = np.flatnonzero(np.diff(rising, append=-1)) + 1
    return np.repeat(ends, np.diff(ends, prepend=0))


def _surest_first(
    row: NDArray[Any], column: NDArray[Any], likeness: NDArray[Any], kept: NDArray[Any]
) -> list[tuple[int, int]]:
    """Return the kept pairs by likeness, then place."""
    import numpy as np

    row, column, likeness = row[kept], column[kept], likeness[kept]
    order = np.lexsort((column, row, -likeness))
    return list(zip(row[order].tolist(), column[order].tolist(), strict=True))


@cache
def _known() -> Codes:
    """Return the codes of words, which stories share; what it keeps is bounded."""
    return Codes(nameless=True, most=_KEPT)


def _vectors(spots: Sequence[_Spot]) -> _Vectors:
    """Return the sentences as vectors; of a long take, not all are compared."""
    import numpy as np

    seen: Counter[int] = Counter()
    texts: list[str] = []
    for spot in spots:
        seen[spot.take] += 1
        texts.append(spot.text if seen[spot.take] <= MOST_SENTENCES else "")
    tokens, starts = codes_of_all(texts, _known())
    whose = np.repeat(np.arange(len(texts)), np.diff(starts, append=len(tokens)))
    words = np.bincount(whose[(tokens > 0) & (tokens & STOP == 0)], minlength=len(texts))
    kept = (words >= FEWEST_WORDS)[whose] | (np.diff(whose, append=len(texts)) > 0)  # of each, its end at least
    tokens, whose = tokens[kept], whose[kept]
    batch = Batch(tokens, whose, np.ones(len(tokens), dtype=np.int64), np.zeros(len(tokens), dtype=bool))
    (words, word_weights), (pairs, pair_weights) = text_blocks(batch, load_background())
    keys, order = ordered(np.concatenate((words, pairs)))
    weights = np.concatenate((word_weights, pair_weights * PAIR_SHARE))[order]
    owners = keys >> OWNER_AT
    columns, sharing = ordered(keys & ((1 << OWNER_AT) - 1))
    starts = np.flatnonzero(np.diff(columns, prepend=-1))
    held = np.diff(starts, append=len(columns))
    columns = np.empty_like(sharing)
    columns[sharing] = np.repeat(np.arange(len(starts)), held)
    filled = max(np.count_nonzero(np.bincount(owners)), 1)
    weights = weights * np.log(1 + filled / held)[columns]
    lengths = np.sqrt(np.bincount(owners, weights=weights**2, minlength=len(spots)))
    return _Vectors(owners, columns, weights / np.maximum(lengths[owners], 1e-9), sharing)
