"""Why each take stands in its story: the member it is most like, and the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from backfile.model import Document, Join, Reason
from backfile.stories import reasons
from backfile.stories.editing.editor import EditorWord
from backfile.stories.events.edges import UNIT
from backfile.stories.structures.sets import Sets
from backfile.stories.traits.glances import Glances

if TYPE_CHECKING:
    from numpy.typing import NDArray

Known = Mapping[tuple[str, str], Sequence[Reason]]
Nearest = Mapping[int, tuple[int, float]]  # the text that each one is most like, and the chance


class Joins:
    """Answers for one grouping; made once, asked for each story with two takes or more."""

    def __init__(
        self,
        order: Sequence[Document],
        near: Nearest,
        copied: Iterable[tuple[int, int, float]],
        copies: Sets,
        glances: Glances,
        editor: EditorWord,
        known: Known | None = None,
    ) -> None:
        """Take texts in (date, id) order, what each is most like in its story, shared runs, and the editor's word.

        ``copies`` are the sets of copies: texts that share runs and stand in two of them share quotations.
        ``known`` are the reasons that were given before for joins of the same two texts.
        """
        self._order, self._glances, self._copies, self._known = order, glances, copies, known or {}
        self._near = near
        self._copied: dict[int, dict[int, float]] = {}
        for later, earlier, share in copied:
            _put(self._copied, later, earlier, share)
        self._said = {item for ids in editor.merge for item in ids} | set(editor.pins)

    def of(self, members: Sequence[int]) -> tuple[Join, ...]:
        """Return a join for each member but the first; ``members`` are positions, sorted."""
        inside = set(members)
        found = []
        for at in members[1:]:
            to, chance = self._nearest(at, inside, members[0])
            given = (*self._shared(at, to), *self._beyond(at, to, chance))
            found.append(Join(self._order[at].id, self._order[to].id, chance, given))
        return tuple(found)

    def _shared(self, at: int, to: int) -> Sequence[Reason]:
        """Return what two texts have in common, in words."""
        one, other = self._order[at], self._order[to]
        known = self._known.get((one.id, other.id))
        if known is None:
            return [Reason(*each) for each in reasons.shared(self._glances[one], self._glances[other])]
        return [reason for reason in known if reason.kind in reasons.SHARED]

    def _nearest(self, at: int, inside: set[int], first: int) -> tuple[int, float]:
        """Return the member that ``at`` is a copy of, or most like; the first where it is like none."""
        copied = [(share, -other) for other, share in self._copied.get(at, {}).items() if other in inside]
        if copied:
            share, other = max(copied)
            return -other, share
        return self._near.get(at, (first, 0.0))

    def _beyond(self, at: int, to: int, chance: float) -> Iterator[Reason]:
        """Yield what is known beyond shared words: copy or quotation, days apart, score, the editor's word."""
        if to in self._copied.get(at, {}):
            copies = self._copies.find(at) == self._copies.find(to)
            yield Reason("copy", (str(round(100 * chance)),)) if copies else Reason("quotation")
        days = reasons.days_apart(self._order[at], self._order[to])
        if days is not None:
            yield days
        if chance and to not in self._copied.get(at, {}):
            yield reasons.score(chance)
        if self._order[at].id in self._said:
            yield Reason("editor")


def nearest(one: NDArray[Any], other: NDArray[Any], chance: NDArray[Any]) -> Nearest:
    """Return for each text the one that it is most like, the earlier of two, given edges from ``one`` to ``other``."""
    import numpy as np

    order = np.lexsort((other, -chance, one))
    first = order[np.flatnonzero(np.diff(one[order], prepend=-1))]
    best = zip(other[first].tolist(), (chance[first] / UNIT).tolist(), strict=True)
    return dict(zip(one[first].tolist(), best, strict=True))


def _put(near: dict[int, dict[int, float]], one: int, other: int, value: float) -> None:
    near.setdefault(one, {})[other] = value
    near.setdefault(other, {})[one] = value
