"""Finds labelled phrases in text, overlapping ones too; what a word matches is decided in ``names``.

Words are looked up in a dictionary by their first key, so the time depends on the length
of the text and not on the number of phrases. Rejected: one regular expression with all
phrases (each word of a text then tries each phrase).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, islice
from typing import Generic, NamedTuple, TypeVar

from backfile.chunks import Chunks
from backfile.names import case_fits, keyed_words, split_words, word_key

Label = TypeVar("Label")

_KEPT = 1 << 16  # chunks: of most of them nothing is known but that no phrase begins there


def fold(phrase: str) -> tuple[str, ...]:
    """Return the keys of a phrase's words, by which two spellings of one phrase are equal."""
    return tuple(map(word_key, split_words(phrase)))


class _Begun(NamedTuple, Generic[Label]):
    """A phrase that begins in a chunk, and the keys that must follow, from its word ``place`` on."""

    place: int
    rest: tuple[str, ...]
    label: Label


class Phrases(Generic[Label]):
    """A set of phrases, each with a label; several phrases may carry one label, and one phrase several."""

    def __init__(self, phrases: Iterable[tuple[str, Label]]) -> None:
        self._by_first: defaultdict[str, list[tuple[tuple[str, ...], str, Label]]] = defaultdict(list)
        for phrase, label in phrases:
            if keys := fold(phrase):
                self._by_first[keys[0]].append((keys[1:], phrase, label))
        self._begun = Chunks(self._begun_in, _KEPT)

    def find(self, text: str) -> Iterator[Label]:
        """Yield the label of each phrase found, in the order of the text, as often as it is found."""
        chunks = text.split()
        begun = self._begun.of(chunks)
        for at, phrases in compress(enumerate(begun), begun):
            for place, rest, label in phrases:
                if not rest or tuple(islice(_keys(chunks, at), place, place + len(rest))) == rest:
                    yield label

    def count(self, text: str) -> Counter[Label]:
        """Return how often each label's phrases are found in a text."""
        return Counter(self.find(text))

    def _begun_in(self, chunk: str) -> tuple[_Begun[Label], ...]:
        """Return the phrases that begin in a chunk if their other words follow."""
        table = self._by_first
        words = [(at, word, key) for at, (word, key) in enumerate(keyed_words(chunk), start=1) if key in table]
        return tuple(
            _Begun(at, rest, label)
            for at, word, key in words
            for rest, phrase, label in table[key]
            if case_fits(phrase, word)
        )


def _keys(chunks: Sequence[str], start: int) -> Iterator[str]:
    """Yield the keys of the words from a chunk on."""
    words = chain.from_iterable(map(keyed_words, islice(chunks, start, None)))
    return (key for _, key in words)
