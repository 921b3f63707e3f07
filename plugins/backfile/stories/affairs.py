"""Related texts: the same affair, another event.

A link needs likeness that is too little for one story, and a reason that a reader would
accept: a shared name that is more than a country, or a phrase of telling words. That two
texts both speak of Russia is no reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backfile.model import Document, Link, Reason, Story
from backfile.names import Names, word_key
from backfile.stories import reasons
from backfile.stories.background import load_background
from backfile.stories.edges import Edges
from backfile.wordlists import word_set

MOST = 6  # links shown for a text
LOOK = 18  # nearest texts that are looked at to find them
LIKE = 0.05  # likeness from which two texts may be related

_WIDE = frozenset(
    word_key(word)
    for word in word_set(
        "Russia Ukraine America USA US U.S United States Kingdom Britain UK England France Germany Italy Spain",
        "Poland China Japan India Iran Iraq Israel Turkey Canada Mexico Brazil Australia Europe EU Asia Africa",
        "Kremlin Moscow Washington London Kyiv Kiev Brussels Beijing West East Western Eastern European White",
        "House Congress Senate Росія Россия Україна Украина США Європа Европа ЄС ЕС Польща Польша Німеччина",
        "Германия Франція Франция Британія Британия Китай Японія Япония Індія Индия Іран Иран Ізраїль Израиль",
        "Туреччина Турция Канада Москва Київ Киев Вашингтон Лондон Брюссель Захід Запад Кремль",
    )
)


def links(
    documents: Sequence[Document], order: Sequence[Document], graph: Edges, stories: Sequence[Story], names: Names
) -> Mapping[str, tuple[Link, ...]]:
    """Return up to six links for each of ``documents``, best first, none within its own story."""
    where = {document.id: at for at, document in enumerate(order)}
    home = {take: number for number, story in enumerate(stories) for take in story.takes}
    neighbours = _both_ways(graph, len(order))
    background = load_background()
    seen: dict[int, reasons.Glance] = {}

    def glance(at: int) -> reasons.Glance:
        if at not in seen:
            seen[at] = reasons.glance(order[at], names, background)
        return seen[at]

    found: dict[str, tuple[Link, ...]] = {}
    for document in documents:
        at = where[document.id]
        near = [
            (likeness, other)
            for likeness, other in neighbours[at]
            if likeness >= LIKE and home[order[other].id] != home[document.id]
        ]
        near.sort(key=lambda pair: (-pair[0], pair[1]))
        kept: list[Link] = []
        for likeness, other in near[:LOOK]:
            common = reasons.shared(glance(at), glance(other))
            if len(kept) < MOST and _real(common):
                days = reasons.days_apart(document, order[other])
                kept.append(Link(order[other].id, round(likeness, 4), (*common, *([days] if days else []))))
        found[document.id] = tuple(kept)
    return found


def _both_ways(graph: Edges, count: int) -> list[list[tuple[float, int]]]:
    """Return for each text its (likeness, other) in both directions of time."""
    near: list[list[tuple[float, int]]] = [[] for _ in range(count)]
    for later, earlier, likeness in zip(
        graph.later.tolist(), graph.earlier.tolist(), graph.likeness.round(4).tolist(), strict=True
    ):
        near[later].append((likeness, earlier))
        near[earlier].append((likeness, later))
    return near


def _real(common: Sequence[Reason]) -> bool:
    """Say whether shared names and phrases are more than countries and capitals."""
    for reason in common:
        for value in reason.values:
            if any(word_key(word) not in _WIDE for word in value.split()):
                return True
    return False
