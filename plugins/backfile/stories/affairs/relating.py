"""Related texts: the same affair, another event.

Theory: what a text is about stands in its headline and first lines. So each text has
*subjects*: the names there, and words that are rare in the world. Two texts belong to one
affair when they share subjects, near in time; likeness of the whole texts, where it falls
short of one story, adds to that. Countries, capitals and offices are the setting and no
subject, and leaders whom half of all news names are a weak one: that two texts both speak
of Russia is no reason to read the one after the other.

A link must have a reason that a reader would accept, in words: a shared name that is more
than setting, or a phrase. Texts of one story are never linked; of each other story the best
text comes first and its further texts only where room is left, so that six links lead to
six events where there are six.

Known failures: an affair that changes its names (a bill that becomes a law); a subject
that first comes up in the third paragraph. Rejected: shared topics or tags (every NATO
article would be related to every other); likeness of whole texts alone (misses two briefs
that share one name).
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from backfile.model import Document, Story
from backfile.names import word_key
from backfile.stories import reasons
from backfile.stories.affairs.linked import Common, Linked, Links
from backfile.stories.events import neighbours
from backfile.stories.events.edges import Edges
from backfile.stories.events.slices import sliced
from backfile.stories.spread import Spread, alone, parts
from backfile.stories.traits.features import Features
from backfile.stories.traits.glances import Glance, Glances
from backfile.stories.words import everyday

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
MOST: Final = 6  # links shown for a text
LOOK: Final = 24  # nearest texts that are looked at to find them
LIKE: Final = 0.12  # likeness of subjects, faded by time, from which two texts may be related
WINDOW: Final = 400  # days; older texts of an affair are found through its topic
FADE: Final = 200.0  # days after which likeness counts 1/e
TEXTS: Final = 256  # texts whose links are made at once
_MOST_ALIKE: Final = 1000  # scores are whole parts of one
_SCORE_BITS: Final = 10  # for such a score


@cache
def _setting_keys() -> frozenset[str]:
    return frozenset(map(word_key, everyday.SETTING))


def links(
    documents: Sequence[Document],
    order: Sequence[Document],
    texts: Sequence[Features],
    graph: Edges,
    stories: Sequence[Story],
    glances: Glances,
    spread: Spread = alone,
) -> Links:
    """Return up to six links for each of ``documents``: each story's best text, best first, then further ones."""
    import numpy as np

    where = {document.id: at for at, document in enumerate(order)}
    home = np.zeros(len(order), dtype=np.int64)
    for number, story in enumerate(stories):
        home[[where[take] for take in story.takes]] = number
    shared = listed(texts, spread)
    near = _near(texts, graph, shared)
    asked = sorted(where[document.id] for document in documents)  # those that are compared with the same ones on end

    def work(part: range) -> list[bytes]:
        return [
            pickle.dumps(_links(at, order, near[at], home, glances), protocol=5) for at in asked[part.start : part.stop]
        ]

    packed = list(chain.from_iterable(spread(work, parts(len(asked), TEXTS))))
    return Links([order[at].id for at in asked], packed, shared)


def _links(
    at: int, order: Sequence[Document], near: tuple[NDArray[Any], NDArray[Any]], home: NDArray[Any], glances: Glances
) -> Linked:
    """Return the links of one text, given the others that it may be related to, best first, with their scores."""
    document = order[at]
    glance = glances[document]
    looked_at: Common = {}

    def common(other: int) -> Sequence[object]:
        if other not in looked_at:
            looked_at[other] = in_common(glance, glances[order[other]])
        return looked_at[other]

    ranked, scores = near[0].tolist(), dict(zip(*(part.tolist() for part in near), strict=True))
    homes = dict(zip([at, *ranked], home[[at, *ranked]].tolist(), strict=True))
    picked = chosen(at, ranked, homes.__getitem__, scores, common)
    return tuple(
        (other, order[other].id, scores[other], days_between(document, order[other])) for other in picked
    ), looked_at


def in_common(one: Glance, other: Glance) -> reasons.Shared:
    """Return the reasons, as kinds and values, for a link between two texts; none: there must be no link."""
    return telling(reasons.shared(one, other))


def chosen(
    at: int,
    ranked: Sequence[int],
    home: Callable[[int], int],
    scores: Mapping[int, float],
    common: Callable[[int], Sequence[object]],
) -> list[int]:
    """Return which of ``ranked`` (best first) to show for a text: of other stories, and with a reason to do so."""
    best: list[int] = []
    again: list[int] = []
    told = {home(at)}
    for other in ranked[:LOOK]:
        if len(best) == MOST:
            break
        if home(other) != home(at) and common(other):
            (again if home(other) in told else best).append(other)
            told.add(home(other))
    return sorted((best + again)[:MOST], key=lambda other: -scores[other])


def days_between(one: Document, other: Document) -> str | None:
    """Return the days between two texts, if both have a date."""
    days = reasons.days_apart(one, other)
    return days.values[0] if days else None


class _Near:
    """Those that each text may be related to, the :data:`LOOK` best of them, best first, with scores."""

    def __init__(self, one: NDArray[Any], other: NDArray[Any], scores: NDArray[Any], count: int) -> None:
        """Take pairs of texts, each given once, with scores."""
        import numpy as np

        ends, others = np.concatenate((one, other)), np.concatenate((other, one))
        unlike = _MOST_ALIKE - np.rint(np.concatenate((scores, scores)) * _MOST_ALIKE).astype(np.int64)
        # By text, the most alike first, then by the other: numbers are sorted many times faster than places.
        bits = count.bit_length()
        ranked = np.sort((ends << _SCORE_BITS | unlike) << bits | others)
        self._starts = np.searchsorted(ranked, np.arange(count + 1) << _SCORE_BITS + bits)
        self._others = ranked & (1 << bits) - 1
        self._scores = (_MOST_ALIKE - (ranked >> bits & (1 << _SCORE_BITS) - 1)) / _MOST_ALIKE

    def __getitem__(self, at: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return those that one text may be related to."""
        own = slice(self._starts[at], min(self._starts[at] + LOOK, self._starts[at + 1]))
        return self._others[own], self._scores[own]


def _near(texts: Sequence[Features], graph: Edges, shared: neighbours.Found) -> _Near:
    """Return for each text the others that share subjects, with likeness."""
    import numpy as np

    days, count = neighbours.days(texts), len(texts)
    later, earlier, likeness = shared
    edges, asked = graph.later * count + graph.earlier, later * count + earlier
    at = np.minimum(np.searchsorted(edges, asked), max(len(edges) - 1, 0))
    whole = np.where(edges[at] == asked, graph.likeness[at], 0.0) if len(edges) else np.zeros(len(asked))
    scores = summed(faded(likeness, days[later], days[earlier]), whole)
    kept = scores >= LIKE
    return _Near(later[kept], earlier[kept], scores[kept], count)


def listed(texts: Sequence[Features], spread: Spread = alone) -> neighbours.Found:
    """Return each text's list of the earlier texts that share most with it in subjects, as pairs with cosines."""
    import numpy as np

    rows = [(text.subjects, text.subject_weights) for text in texts]
    return sliced(rows, neighbours.days(texts), np.full(len(rows), LOOK), window=WINDOW, floor=LIKE, spread=spread)


def faded(likeness: NDArray[Any], one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """Return the likeness of subjects after the days between two texts, -1 for no date."""
    import numpy as np

    values: NDArray[Any] = likeness * np.exp(-np.where((one < 0) | (other < 0), 0, np.abs(one - other)) / FADE)
    return values


def summed(subjects: NDArray[Any], whole: NDArray[Any]) -> NDArray[Any]:
    """Return the scores of links, in whole thousandths, from the likeness of subjects and of whole texts."""
    import numpy as np

    scores: NDArray[Any] = np.rint(np.minimum(subjects + whole, 1.0) * _MOST_ALIKE) / _MOST_ALIKE
    return scores


def telling(common: reasons.Shared) -> reasons.Shared:
    """Return shared names and phrases with the telling ones first, or nothing if they are all setting."""
    found: list[tuple[str, tuple[str, ...]]] = []
    real = False
    for kind, values in common:
        own = tuple([value for value in values if not _is_setting(value)])
        setting = tuple([value for value in values if value not in own]) if kind != "phrases" else ()
        real = real or len(own) > 1 or not all(map(_is_leader, own))
        if own or setting:
            found.append((kind, own + setting))
    return tuple(found) if real else ()


@lru_cache(maxsize=1 << 16)
def _is_setting(value: str) -> bool:
    return all(word_key(word) in _setting_keys() for word in value.split())


@lru_cache(maxsize=1 << 16)
def _is_leader(value: str) -> bool:
    return any(word in everyday.LEADERS for word in value.split())
