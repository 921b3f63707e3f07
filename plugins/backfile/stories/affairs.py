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

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from backfile.model import Document, Link, Reason, Story
from backfile.names import word_key
from backfile.stories import everyday, reasons
from backfile.stories.edges import Edges
from backfile.stories.features import Features
from backfile.stories.reasons import Glances
from backfile.stories.slices import sliced

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
        best: list[Link] = []
        again: list[Link] = []
        told = {home[at]}
        for likeness, other in sorted(near.get(at, ()), key=lambda pair: (-pair[0], pair[1]))[:LOOK]:
            if len(best) == MOST:
                break
            if home[other] == home[at]:
                continue
            common = telling(reasons.shared(glances[document], glances[order[other]]))
            if common:
                days = reasons.days_apart(document, order[other])
                link = Link(order[other].id, likeness, (*common, *([days] if days else [])))
                (again if home[other] in told else best).append(link)
                told.add(home[other])
        kept = sorted((best + again)[:MOST], key=lambda link: -link.score)
        found[document.id] = tuple(kept)
    return found


def _near(texts: Sequence[Features], graph: Edges, asked: set[int]) -> dict[int, list[tuple[float, int]]]:
    """Return for each text asked for the others that share subjects, with likeness."""
    import numpy as np

    days = np.array([-1 if text.day is None else text.day for text in texts], dtype=np.int64)
    rows = [(text.subjects, text.subject_weights) for text in texts]
    later, earlier, likeness = sliced(rows, days, np.full(len(rows), LOOK), window=WINDOW, floor=LIKE)
    count = max(len(texts), 1)
    whole = dict(zip((graph.later * count + graph.earlier).tolist(), graph.likeness.tolist(), strict=True))
    found: dict[int, list[tuple[float, int]]] = {}
    gaps = np.where((days[later] < 0) | (days[earlier] < 0), 0, days[later] - days[earlier])
    faded = likeness * np.exp(-gaps / FADE)
    for one, other, value in zip(later.tolist(), earlier.tolist(), faded.tolist(), strict=True):
        total = round(min(value + whole.get(one * count + other, 0.0), 1.0), 3)
        if total < LIKE:
            continue
        if one in asked:
            found.setdefault(one, []).append((total, other))
        if other in asked:
            found.setdefault(other, []).append((total, one))
    return found


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
