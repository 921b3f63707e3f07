"""What reasons need of texts: their names, phrases and telling words, as a reader sees them.

All of it is worked out from one text alone, in any process, and kept packed: a reason is
given for the pairs that a reader will see, and of a text that is compared most of the time
nothing is in common with the other one.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from backfile.candidates import candidate_names
from backfile.model import Document
from backfile.names import Names, word_key
from backfile.stories.structures.line import Line
from backfile.stories.traits.blocks import pair_hash
from backfile.stories.traits.features import plain
from backfile.stories.words.background import TELLING, load_background
from backfile.stories.words.tokens import NUMBER, STOP, Codes, Written, stems
from backfile.wordlists import word_set

if TYPE_CHECKING:
    from numpy.typing import NDArray

READ_CHARS: Final = 1800  # characters read for reasons: a text says early what it is about
KEPT: Final = 1 << 11  # glances kept unpacked, some 13 kB each: those of two years of one outlet
RARE_PAIR: Final = 6.0  # weight (log-rarity) from which two neighbouring words are a telling phrase
_AGENCIES = word_set("reuters ap afp interfax tass ukrinform bbc cnn")
_BETWEEN: Final = "\0"  # what stands between names, words, phrases; no text has it
_WORD: Final = 32  # bits of a word in the key of a phrase


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """Words or phrases of a text: their keys by rarity in the world, the rarest first, and all as they are written."""

    keys: tuple[int, ...]
    written: str

    def shared(self, other: Telling) -> list[tuple[int, str]]:
        """Return the keys, and what is written here, of those that another text has, too."""
        distinct, written = _taken_apart(self)
        both = distinct.intersection(other.keys)
        return [(key, written[at]) for at, key in enumerate(self.keys) if key in both] if both else []


@lru_cache(maxsize=2)  # one text is compared with many others, one after the other
def _taken_apart(telling: Telling) -> tuple[frozenset[int], list[str]]:
    return frozenset(telling.keys), telling.written.split(_BETWEEN)


@dataclass(frozen=True, slots=True)
class Glance:
    """What reasons need of one text: its names by key, as written, phrases and telling words.

    ``surnames`` says of the last word of each name whether it stands for a name by itself, too. A phrase's key is
    its two words' (``word << 32 | word``).
    """

    names: dict[tuple[str, ...], str]
    surnames: dict[str, bool]
    phrases: Telling
    words: Telling


# A glance as bytes, which thousands are held as: marshalled are names (joined), for each whether it is one of the
# archive's table, words, phrases of two words, and the keys of both.
Packed = bytes


def opened(packed: Packed) -> Glance:
    """Return a glance from its packed form."""
    called, tabled, written, couples, word_keys, phrase_keys = marshal.loads(packed)  # noqa: S302 -- our own
    names: dict[tuple[str, ...], str] = {}
    for name, is_tabled in zip(called.split(_BETWEEN), tabled, strict=False):
        names.setdefault((name.casefold(),) if is_tabled else _keys(name), name)
    surnames: dict[str, bool] = {}
    for key in names:
        surnames[key[-1]] = len(key) == 1 or surnames.get(key[-1], False)
    phrases, words = Telling(tuple(array("Q", phrase_keys)), couples), Telling(tuple(array("I", word_keys)), written)
    return Glance(names, surnames, phrases, words)


def _keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name's words; those of most are what they are in lower case."""
    return tuple(name.lower().split() if name.isascii() and "'" not in name else map(word_key, name.split()))


class Glances:
    """The glances at texts, each worked out when it is first asked for; the last :data:`KEPT` are kept unpacked."""

    def __init__(
        self, names: Names, known: Codes | None = None, found: MutableMapping[str, Packed] | None = None
    ) -> None:
        """Take the archive's table of names, the codes of words that were met before, and glances at texts by id."""
        self._names, self._known = names, Codes() if known is None else known
        self.found: MutableMapping[str, Packed] = {} if found is None else found
        self._seen: dict[str, tuple[Document, Glance]] = {}

    def packed(self, documents: Sequence[Document]) -> dict[str, Packed]:
        """Return the glances at some texts, by id, packed."""
        texts = [plain(f"{document.title}\n{document.text[:READ_CHARS]}") for document in documents]
        telling = _telling(texts, self._known)
        return {
            document.id: marshal.dumps((*_names(document, text, self._names), *told))
            for document, text, told in zip(documents, texts, telling, strict=True)
        }

    def __getitem__(self, document: Document) -> Glance:
        """Return the glance at a text."""
        found = self._seen.pop(document.id, None)
        if found is None or (found[0] is not document and found[0] != document):
            packed = self.found.get(document.id)
            if packed is None:
                packed = self.found[document.id] = self.packed([document])[document.id]
            found = document, opened(packed)
            if len(self._seen) >= KEPT:
                del self._seen[next(iter(self._seen))]
        self._seen[document.id] = found
        return found[1]


class ById(MutableMapping[str, Packed]):
    """Glances at the texts that are there, by id, for glances by slot."""

    def __init__(self, line: Line, by_slot: MutableMapping[int, Packed]) -> None:
        """Take the texts that are there, and glances that stay by slot."""
        self._line, self._by_slot = line, by_slot

    def __getitem__(self, id_: str) -> Packed:
        """Return the glance at a text."""
        return self._by_slot[self._line.slots[id_]]

    def __setitem__(self, id_: str, found: Packed) -> None:
        """Keep the glance at a text."""
        self._by_slot[self._line.slots[id_]] = found

    def __delitem__(self, id_: str) -> None:
        """Drop the glance at a text."""
        del self._by_slot[self._line.slots[id_]]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return (id_ for id_, slot in self._line.slots.items() if slot in self._by_slot)

    def __len__(self) -> int:
        """Return how many texts have been glanced at."""
        return sum(1 for _ in self)


def _names(document: Document, text: str, names: Names) -> tuple[str, bytes]:
    """Return the names in a text, and which of them are those of the archive's table."""
    found = [(name.name, True) for name in names.find(text)]
    for run in candidate_names(text, document.lang):
        if run.casefold() not in _AGENCIES:
            table = names.fold(run) if names.names else None
            found.append((table or run, bool(table)))
    return _BETWEEN.join(name for name, _ in found), bytes(tabled for _, tabled in found)


def _telling(texts: Sequence[str], known: Codes) -> Iterator[tuple[str, str, bytes, bytes]]:
    """Yield the words of each text that are rare enough to tell something, its phrases of two words, and their keys."""
    import numpy as np

    background = load_background()
    written = Written(texts, known)
    tokens, owners = written.codes, written.owners
    hashes, numeral = stems(tokens), tokens & NUMBER > 0
    plainly = (hashes > 0) & (tokens & STOP == 0)
    rarity = background.word_weights(hashes)
    telling = rarity > TELLING
    telling[numeral] = [len(number) > 2 for number in written.said(np.flatnonzero(numeral))]
    alone = np.flatnonzero(plainly & telling)
    both = plainly[:-1] & plainly[1:] & (np.maximum(rarity[:-1], rarity[1:]) > TELLING)
    pairs = np.flatnonzero(both & (owners[:-1] == owners[1:]))
    pairs = pairs[background.pair_weights(pair_hash(hashes[pairs], hashes[pairs + 1])) >= RARE_PAIR]
    keys = hashes.astype(np.uint64)
    own = alone[_ranked(owners[alone], keys[alone], rarity[alone])]
    two = pairs[_ranked(owners[pairs], keys[pairs] << _WORD | keys[pairs + 1], rarity[pairs] + rarity[pairs + 1])]
    words, word_keys = written.said(own), keys[own].astype(np.uint32)
    phrases, phrase_keys = (
        list(map(" ".join, zip(written.said(two), written.said(two + 1), strict=True))),
        keys[two] << _WORD | keys[two + 1],
    )
    ends = (pairwise(np.searchsorted(owners[part], np.arange(len(texts) + 1)).tolist()) for part in (own, two))
    for (low, high), (begin, end) in zip(*ends, strict=True):
        yield (
            _BETWEEN.join(words[low:high]),
            _BETWEEN.join(phrases[begin:end]),
            word_keys[low:high].tobytes(),
            phrase_keys[begin:end].tobytes(),
        )


def _ranked(owners: NDArray[Any], keys: NDArray[Any], rarity: NDArray[Any]) -> NDArray[Any]:
    """Return the places at which each text's keys stand for the first time, by text, the rarest first, then by key."""
    import numpy as np

    order = np.lexsort((keys, -rarity, owners))
    again = (np.diff(owners[order]) == 0) & (np.diff(keys[order]) == 0)
    return order[np.concatenate(([True], ~again))] if len(order) else order
