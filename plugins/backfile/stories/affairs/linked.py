"""The links of texts as they are kept: plain values in few bytes, made records when they are asked for."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence

from backfile.model import Link, Reason
from backfile.stories.events.neighbours import Found
from backfile.stories.reasons import Shared

# What two texts have in common, by the other's number, as kinds and values of reasons; and a text's links: the other's
# number and id, the score, and the days between the two. Plain values, which are packed and unpacked quickly.
Common = dict[int, Shared]
Picked = tuple[tuple[int, str, float, str | None], ...]
Linked = tuple[Picked, Common]


class Links(Mapping[str, tuple[Link, ...]]):
    """The links of texts, by id; kept as bytes until they are asked for.

    ``listed`` are the pairs of texts that share subjects, of all texts that were grouped.
    """

    def __init__(self, ids: Sequence[str], packed: Sequence[bytes], listed: Found) -> None:
        """Take the ids of some texts, and for each its links, and what was found in common on the way, pickled."""
        self.listed = listed
        self._packed = dict(zip(ids, packed, strict=True))

    def __getitem__(self, id_: str) -> tuple[Link, ...]:
        """Return a text's links, best first."""
        return records(pickle.loads(self._packed[id_]))  # noqa: S301 -- what this module has packed itself

    def packed(self, id_: str) -> bytes:
        """Return a text's links, and what it has in common with others by position, pickled."""
        return self._packed[id_]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._packed)

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self._packed)


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
