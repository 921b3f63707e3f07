"""The body of a page: which leaves are the article, as one visible list of steps.

Each step takes the :class:`Body` and the set of chosen leaves (by index) and returns a
new set. The first ones fill gaps that the oracle (:mod:`choose
<backfile.ingest.web.choose>`) left, the others take furniture away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from backfile.ingest.web.shown import key_of
from backfile.ingest.web.tree import Box, Leaf

PROSE = 60  # characters from which on a block with few links counts as prose


@dataclass(frozen=True)
class Body:
    """What the steps look at: the leaves in reading order, the title, the page's own description and address."""

    leaves: Sequence[Leaf]
    title: str
    titles: frozenset[str]  # keys of everything the page calls its title
    description: str
    url: str | None
    authors: tuple[str, ...] = ()

    @cached_property
    def index(self) -> dict[int, int]:
        """The place of each leaf (by ``id``) among the leaves."""
        return {id(leaf): place for place, leaf in enumerate(self.leaves)}

    def of(self, box: Box) -> range:
        """Return the places of the leaves under ``box``: they follow one another."""
        first = next(box.leaves(), None)
        if first is None:
            return range(0)
        count = sum(1 for _ in box.leaves())
        start = self.index[id(first)]
        return range(start, start + count)

    @cached_property
    def title_place(self) -> int | None:
        """Where the page shows its title: its first ``h1`` of that text, or else the first block that is it."""
        key = key_of(self.title)
        places = [place for place, leaf in enumerate(self.leaves) if leaf.key == key]
        headings = [place for place, leaf in enumerate(self.leaves) if leaf.tag == "h1" and leaf.key in self.titles]
        return headings[0] if headings else places[0] if places else None


Chosen = frozenset[int]
Step = Callable[[Body, Chosen], Chosen]


def is_prose(leaf: Leaf) -> bool:
    """Tell whether ``leaf`` is running text: long enough, and not mostly links."""
    return len(leaf.text) >= PROSE and leaf.linked * 2 < len(leaf.text)


def weight(body: Body, places: Iterable[int]) -> int:
    """Count the letters and digits of the leaves at ``places``."""
    return sum(body.leaves[place].wordy for place in places)
