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
from backfile.ingest.web.tree import HEADINGS, Box, Leaf

_MIN_REPORTS = 2
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
    def title_place(self) -> int | None:
        """Where the page shows its title: its first ``h1`` of that text, or else the first block that is it."""
        key = key_of(self.title)
        places = [place for place, leaf in enumerate(self.leaves) if leaf.key == key]
        headings = [place for place, leaf in enumerate(self.leaves) if leaf.tag == "h1" and leaf.key in self.titles]
        return headings[0] if headings else places[0] if places else None

    @cached_property
    def reports(self) -> Sequence[Box]:
        """The articles below the title that are parts of one: side by side, each with a time, led to by no link."""
        if self.title_place is None:
            return ()
        boxes: dict[int, Box] = {}
        seen: set[int] = set()
        for leaf in self.leaves[self.title_place + 1 :]:
            box: Box | None = leaf.box
            while box is not None and id(box) not in seen:
                seen.add(id(box))
                if box.tag == "article":
                    boxes[id(box)] = box
                    break
                box = box.parent
        around = {id(box) for box in self.leaves[self.title_place].box.above()}
        parts = [box for box in boxes.values() if id(box) not in around]
        beside = {id(box.parent) for box in parts}
        if len(parts) < _MIN_REPORTS or len(parts) < len(boxes) or len(beside) > 1:
            return ()
        return parts if all(map(_is_report, parts)) else ()

    @cached_property
    def in_reports(self) -> frozenset[int]:
        """The places of all that stands in such articles."""
        return frozenset(place for box in self.reports for place in box.places)


def _is_report(box: Box) -> bool:
    leaves = box.leaves()
    is_linked = any(leaf.href or (leaf.tag in HEADINGS and leaf.linked) for leaf in leaves)
    return next(box.element.iter("time"), None) is not None and any(map(is_prose, leaves)) and not is_linked


Chosen = frozenset[int]
Step = Callable[[Body, Chosen], Chosen]


def is_prose(leaf: Leaf) -> bool:
    """Tell whether ``leaf`` is running text: long enough, and not mostly links."""
    return len(leaf.text) >= PROSE and leaf.linked * 2 < len(leaf.text)


def weight(body: Body, places: Iterable[int]) -> int:
    """Count the letters and digits of the leaves at ``places``."""
    return sum(body.leaves[place].wordy for place in places)
