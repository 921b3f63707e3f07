"""Finds labelled phrases in text, overlapping ones too; what a word matches is decided in ``names``.

Words are looked up in a dictionary by their first key, so the time depends on the length
of the text and not on the number of phrases. Rejected: one regular expression with all
phrases (each word of a text then tries each phrase).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from backfile.names import case_fits, split_words, word_key

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

    def find(self, text: str) -> Iterator[Label]:
        """Yield the label of each phrase found, in the order of the text, as often as it is found."""
        written = split_words(text)
        keys = [word_key(word) for word in written]
        for at, key in enumerate(keys):
            for wanted, phrase, label in self._by_first.get(key, ()):
                if tuple(keys[at : at + len(wanted)]) == wanted and case_fits(phrase, written[at]):
                    yield label

    def count(self, text: str) -> Counter[Label]:
        """Return how often each label's phrases are found in a text."""
        return Counter(self.find(text))
