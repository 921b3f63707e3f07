"""Finds labelled phrases in text, overlapping ones too; what a word matches is decided in ``names``.

Words are looked up in a dictionary by their first key, so the time depends on the length
of the text and not on the number of phrases. Rejected: one regular expression with all
phrases (each word of a text then tries each phrase).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Generic, TypeVar

from backfile.chunks import Chunks
from backfile.names import case_fits, keyed_words, split_words, word_key

Label = TypeVar("Label")


def fold(phrase: str) -> tuple[str, ...]:
    """Return the keys of a phrase's words, by which two spellings of one phrase are equal."""
    return tuple(map(word_key, split_words(phrase)))


class Phrases(Generic[Label]):
    """A set of phrases, each with a label; several phrases may carry one label, and one phrase several."""

    def __init__(self, phrases: Iterable[tuple[str, Label]]) -> None:
        self._by_first: defaultdict[str, list[tuple[tuple[str, ...], str, Label]]] = defaultdict(list)
        for phrase, label in phrases:
            if keys := fold(phrase):
                self._by_first[keys[0]].append((keys, phrase, label))
        # Of most chunks of a text this is all that need be known.
        self._beginnings = Chunks(partial(_beginnings, self._by_first.keys()))

    def find(self, text: str) -> Iterator[Label]:
        """Yield the label of each phrase found, in the order of the text, as often as it is found."""
        chunks = text.split()
        for at, places in enumerate(map(self._beginnings.__getitem__, chunks)):
            for place in places:
                yield from self._beginning_with(islice(_words(chunks, at), place, None))

    def _beginning_with(self, words: Iterator[tuple[str, str]]) -> Iterator[Label]:
        """Yield the label of each phrase that begins with the first of some words (and their keys)."""
        written, first = next(words)
        keys = [first]
        for wanted, phrase, label in self._by_first[first]:
            keys.extend(key for _, key in islice(words, max(len(wanted) - len(keys), 0)))
            if tuple(keys[: len(wanted)]) == wanted and case_fits(phrase, written):
                yield label

    def count(self, text: str) -> Counter[Label]:
        """Return how often each label's phrases are found in a text."""
        return Counter(self.find(text))


def _beginnings(firsts: Collection[str], chunk: str) -> tuple[int, ...]:
    """Return which words of a chunk have one of some keys."""
    return tuple(at for at, (_, key) in enumerate(keyed_words(chunk)) if key in firsts)


def _words(chunks: Sequence[str], start: int) -> Iterator[tuple[str, str]]:
    """Yield the words from a chunk on, with their keys."""
    for at in range(start, len(chunks)):
        yield from keyed_words(chunks[at])
