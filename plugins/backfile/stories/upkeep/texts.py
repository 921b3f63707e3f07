"""The features of texts by slot: a few facts of each at hand, the rest looked up when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from backfile.stories.structures.digests import Digests
from backfile.stories.traits.features import DIGEST, Couple, Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Rows of features: their numbers, of what kind, and their weights, if they have any.
ROWS: Final = (
    ("columns", "int32", "weights"),
    ("keys", "int32", "key_weights"),
    ("subjects", "int64", "subject_weights"),
    ("runs", "uint32", None),
)
BESIDE: Final = {"weights": "float32", "key_weights": "int32", "subject_weights": "int32"}
UNKNOWN: Final = 1 << 31  # numbers of outlets that are not known, all different, begin here


@dataclass(slots=True, eq=False)
class Texts:
    """Facts by slot. ``look`` gives the features of the texts of the start; ``outlets`` are numbers of ``names``.

    ``digests`` and ``run_digests`` are those of :class:`.traits.features.Features`.
    """

    look: Callable[[int], Features]
    tokens: NDArray[Any]
    sizes: NDArray[Any]
    outlets: NDArray[Any]
    names: dict[str, int]
    digests: Digests
    run_digests: Digests
    _seen: dict[int, Features]

    @classmethod
    def of(cls, texts: Sequence[Features]) -> Texts:
        """Return the facts of some texts."""
        import numpy as np

        nothing = np.zeros(0, dtype=np.int64)
        found = cls(
            texts.__getitem__, nothing.astype(np.float64), nothing, nothing, {}, Digests(DIGEST), Digests(DIGEST), {}
        )
        found.add(texts, keep=False)
        return found

    def add(self, texts: Iterable[Features], *, keep: bool = True) -> None:
        """Put in texts, in the slots that follow."""
        import numpy as np

        new = list(texts)
        start = len(self.tokens)
        if keep:
            self._seen |= dict(enumerate(new, start))
        outlets = [
            self.names.setdefault(text.outlet, len(self.names)) if text.outlet else UNKNOWN + slot
            for slot, text in enumerate(new, start)
        ]
        self.tokens = np.append(self.tokens, np.array([text.tokens for text in new], dtype=np.float64))
        self.sizes = np.append(self.sizes, np.array([text.size for text in new], dtype=np.int64))
        self.outlets = np.append(self.outlets, np.array(outlets, dtype=np.int64))
        self.digests.add(text.digest for text in new)
        self.run_digests.add(text.run_digest for text in new)

    def __getitem__(self, slot: int) -> Features:
        """Return the features of one text."""
        found = self._seen.get(slot)
        if found is None:
            found = self._seen[slot] = self.look(slot)
        return found

    def __len__(self) -> int:
        """Return how many slots there are."""
        return len(self.tokens)

    def keys(self, slot: int) -> Couple:
        """Return the row by which a text's neighbours are found."""
        return self[slot].keys, self[slot].key_weights

    def subjects(self, slot: int) -> Couple:
        """Return the row by which texts on the same affair are found."""
        return self[slot].subjects, self[slot].subject_weights

    def rows(self) -> Iterator[tuple[str, NDArray[Any]]]:
        """Yield the features of all texts as flat arrays, and their names, for :func:`look_in`."""
        import numpy as np

        texts = [self[slot] for slot in range(len(self))]
        tongues = {name: at for at, name in enumerate(dict.fromkeys(text.tongue for text in texts if text.tongue))}
        for name, kind, beside in ROWS:
            ends = np.cumsum([0, *(len(getattr(text, name)) for text in texts)], dtype=np.int64)
            yield f"{name}_ends", ends
            yield f"{name}_row", np.concatenate([np.zeros(0, dtype=kind), *(getattr(text, name) for text in texts)])
            if beside:
                nothing = np.zeros(0, dtype=BESIDE[beside])
                yield f"{beside}_row", np.concatenate([nothing, *(getattr(text, beside) for text in texts)])
        yield "lengths", np.array([text.lengths for text in texts], dtype=np.float64)
        yield "fresh", np.array([text.fresh for text in texts], dtype=bool)
        yield "again", np.array([text.again for text in texts], dtype=bool)
        yield "tongues", np.array([tongues.get(text.tongue or "", -1) for text in texts], dtype=np.int64)
        yield "tongue_names", np.frombuffer("\n".join(tongues).encode(), dtype=np.uint8)

    def picked(self, slots: NDArray[Any]) -> Texts:
        """Return some of the texts in slots of their own."""
        import numpy as np

        numbers = slots.tolist()
        outlets = self.outlets[slots]
        return Texts(
            lambda slot: self[numbers[slot]],
            self.tokens[slots],
            self.sizes[slots],
            np.where(outlets < UNKNOWN, outlets, UNKNOWN + np.arange(len(slots))),
            dict(self.names),
            self.digests.picked(slots),
            self.run_digests.picked(slots),
            {},
        )


def look_in(stored: Mapping[str, NDArray[Any]], days: NDArray[Any], texts: Texts) -> Callable[[int], Features]:
    """Return what gives the features of a text by slot from :meth:`Texts.rows`; its facts are those of ``texts``."""
    tongues = stored["tongue_names"].tobytes().decode().split("\n")
    outlets = list(texts.names)

    def look(slot: int) -> Features:
        rows = dict[str, Any]()
        for name, _, beside in ROWS:
            own = slice(*stored[f"{name}_ends"][slot : slot + 2])
            rows |= {part: stored[f"{part}_row"][own] for part in (name, beside) if part}
        day, outlet, tongue = int(days[slot]), int(texts.outlets[slot]), int(stored["tongues"][slot])
        return Features(
            **rows,
            lengths=stored["lengths"][slot],
            tokens=int(texts.tokens[slot]),
            fresh=bool(stored["fresh"][slot]),
            again=bool(stored["again"][slot]),
            day=day if day >= 0 else None,
            outlet=outlets[outlet] if outlet < UNKNOWN else None,
            tongue=tongues[tongue] if tongue >= 0 else None,
            digest=texts.digests[slot],
            run_digest=texts.run_digests[slot],
            size=int(texts.sizes[slot]),
        )

    return look
