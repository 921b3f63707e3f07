"""The links of texts as they are kept: plain values in few bytes, made records when they are asked for."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence

from backfile.model import Link, Reason
from backfile.stories.events.neighbours import Found
from backfile.stories.reasons import Shared
from backfile.stories.structures.packed import joined

# What two texts have in common, by the other's number, as kinds and values of reasons; and a text's links: the other's
# number and id, the score, and the days between the two. Plain values, which are packed and unpacked quickly.
Common = dict[int, Shared]
Picked = tuple[tuple[int, str, float, str | None], ...]
Linked = tuple[Picked, Common]


class Links(Mapping[str, tuple[Link, ...]]):
    """The links of texts, by id; kept as bytes until they are asked for.

    ``listed`` are the pairs of texts that share subjects, of all texts that were grouped.
    """

    def __init__(self, ids: Sequence[str], packed: Iterable[bytes], listed: Found) -> None:
        """Take the ids of some texts, and for each its links, and what was found in common on the way, pickled."""
        self.listed = listed
        self.packed = joined(packed)  # bytes on end, and where those of each text begin: tens of thousands are large
        self._places = {id_: at for at, id_ in enumerate(ids)}

    def __getitem__(self, id_: str) -> tuple[Link, ...]:
        """Return a text's links, best first."""
        at, (content, ends) = self._places[id_], self.packed
        return records(pickle.loads(content[ends[at] : ends[at + 1]].tobytes()))  # noqa: S301 -- made here

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self._places)


def records(linked: Linked) -> tuple[Link, ...]:
    """Return a text's links as records."""
    picked, common = linked
    return tuple(
        Link(
            article,
            score,
            (*(Reason(*each) for each in common[other]), *([] if days is None else [Reason("days", (days,))])),
        )
        for other, article, score, days in picked
    )
