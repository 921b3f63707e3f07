"""Finds labelled phrases in text, overlapping ones too; what a word matches is decided in ``names``.

Words are looked up in a dictionary by their first key, so the time depends on the length
of the text and not on the number of phrases. Rejected: one regular expression with all
phrases (each word of a text then tries each phrase).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from backfile.chunks import Chunks
from backfile.names import case_fits, keyed_words, split_words, word_key

Label = TypeVar("Label")

# Chunks (what stands between two white spaces) are remembered, in nearly all of which no phrase begins: so many, but
# no long ones, so that texts in a script without spaces can't fill memory.
_KEPT = 1 << 17
_LONG = 40


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
        self._idle: set[str] = set()
        self._begun: dict[str, Sequence[_Begun[Label]]] = {}
        self._words = Chunks(keyed_words)

    def find(self, text: str) -> Iterator[Label]:
        """Yield the label of each phrase found, in the order of the text, as often as it is found."""
        chunks = text.split()
        idle = self._idle
        for at in [at for at, chunk in enumerate(chunks) if chunk not in idle]:
            for place, rest, label in self._begun.get(chunks[at]) or self._begun_in(chunks[at]):
                if not rest or self._goes_on(chunks, at, place, rest):
                    yield label

    def count(self, text: str) -> Counter[Label]:
        """Return how often each label's phrases are found in a text."""
        return Counter(self.find(text))

    def _begun_in(self, chunk: str) -> Sequence[_Begun[Label]]:
        """Return the phrases that begin in a chunk if their other words follow."""
        words = keyed_words(chunk)
        begun = [
            _Begun(at, rest, label)
            for at, (word, key) in enumerate(words, start=1)
            if key in self._by_first
            for rest, phrase, label in self._by_first[key]
            if case_fits(phrase, word)
        ]
        if len(chunk) <= _LONG:
            if len(self._idle) + len(self._begun) >= _KEPT:
                self._idle.clear()
                self._begun.clear()
            if begun:
                self._begun[chunk] = begun
            else:
                self._idle.add(chunk)
        return begun

    def _goes_on(self, chunks: Sequence[str], at: int, place: int, rest: Sequence[str]) -> bool:
        """Tell whether the words from a chunk on, but for the first ``place`` of them, have these keys."""
        words = self._words[chunks[at]][place:]
        while len(words) < len(rest):
            at += 1
            if at == len(chunks) or any(key != wanted for (_, key), wanted in zip(words, rest, strict=False)):
                return False
            words = words + self._words[chunks[at]]
        return all(key == wanted for (_, key), wanted in zip(words, rest, strict=False))
