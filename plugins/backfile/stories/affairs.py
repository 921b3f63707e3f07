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

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from backfile.model import Document, Link, Reason, Story
from backfile.names import word_key
from backfile.stories import everyday, neighbours, reasons
from backfile.stories.edges import Edges
from backfile.stories.features import Features
from backfile.stories.reasons import Glances
from backfile.stories.slices import sliced

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
MOST: Final = 6  # links shown for a text
LOOK: Final = 24  # nearest texts that are looked at to find them
LIKE: Final = 0.12  # likeness of subjects, faded by time, from which two texts may be related
WINDOW: Final = 400  # days; older texts of an affair are found through its topic
FADE: Final = 200.0  # days after which likeness counts 1/e


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
) -> Mapping[str, tuple[Link, ...]]:
    """Return up to six links for each of ``documents``: each story's best text, best first, then further ones."""
    where = {document.id: at for at, document in enumerate(order)}
    home = {where[take]: number for number, story in enumerate(stories) for take in story.takes}
    near = _near(texts, graph, {where[document.id] for document in documents})
    found: dict[str, tuple[Link, ...]] = {}
    for document in documents:
        at = where[document.id]

        looked_at = glances.common[document.id] = dict[str, tuple[Reason, ...]]()

        def common(
            other: int, document: Document = document, seen: dict[str, tuple[Reason, ...]] = looked_at
        ) -> tuple[Reason, ...]:
            id_ = order[other].id
            if id_ not in seen:
                seen[id_] = telling(reasons.shared(glances[document], glances[order[other]]))
            return seen[id_]

        ranked = [other for _, other in sorted((-likeness, other) for likeness, other in near.get(at, ()))]
        scores = {other: likeness for likeness, other in near.get(at, ())}
        found[document.id] = tuple(
            link(document, order[other], scores[other], common(other))
            for other in chosen(at, ranked, home.__getitem__, scores, common)
        )
    return found


def chosen(
    at: int,
    ranked: Sequence[int],
    home: Callable[[int], int],
    scores: Mapping[int, float],
    common: Callable[[int], tuple[Reason, ...]],
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


def link(document: Document, other: Document, score: float, common: tuple[Reason, ...]) -> Link:
    """Return the record of one link."""
    days = reasons.days_apart(document, other)
    return Link(other.id, score, (*common, *([days] if days else [])))


def _near(texts: Sequence[Features], graph: Edges, asked: set[int]) -> dict[int, list[tuple[float, int]]]:
    """Return for each text asked for the others that share subjects, with likeness."""
    days = neighbours.days(texts)
    later, earlier, likeness = listed(texts)
    count = max(len(texts), 1)
    whole = dict(zip((graph.later * count + graph.earlier).tolist(), graph.likeness.tolist(), strict=True))
    values = faded(likeness, days[later], days[earlier])
    found: dict[int, list[tuple[float, int]]] = {}
    for one, other, value in zip(later.tolist(), earlier.tolist(), values.tolist(), strict=True):
        total = summed(value, whole.get(one * count + other, 0.0))
        if total < LIKE:
            continue
        if one in asked:
            found.setdefault(one, []).append((total, other))
        if other in asked:
            found.setdefault(other, []).append((total, one))
    return found


def listed(texts: Sequence[Features]) -> neighbours.Found:
    """Return each text's list of the earlier texts that share most with it in subjects, as pairs with cosines."""
    import numpy as np

    rows = [(text.subjects, text.subject_weights) for text in texts]
    return sliced(rows, neighbours.days(texts), np.full(len(rows), LOOK), window=WINDOW, floor=LIKE)


def faded(likeness: NDArray[Any], one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """Return the likeness of subjects after the days between two texts, -1 for no date."""
    import numpy as np

    values: NDArray[Any] = likeness * np.exp(-np.where((one < 0) | (other < 0), 0, np.abs(one - other)) / FADE)
    return values


def summed(subjects: float, whole: float) -> float:
    """Return the score of a link from the likeness of subjects and of whole texts."""
    return round(min(subjects + whole, 1.0), 3)


def telling(common: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return shared names and phrases with the telling ones first, or nothing if they are all setting."""
    found: list[Reason] = []
    real = False
    for reason in common:
        setting = [value for value in reason.values if _is_setting(value)]
        own = [value for value in reason.values if value not in setting]
        if reason.kind == "phrases":
            setting = []
        real = real or any(not _is_leader(value) for value in own) or len(own) > 1
        if own or setting:
            found.append(Reason(reason.kind, (*own, *setting)))
    return tuple(found) if real else ()


def _is_setting(value: str) -> bool:
    return all(word_key(word) in _setting_keys() for word in value.split())


def _is_leader(value: str) -> bool:
    return any(word in everyday.LEADERS for word in value.split())
