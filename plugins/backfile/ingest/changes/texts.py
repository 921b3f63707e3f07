"""Which articles have one text, or much of one in common: by hashes, worked out when they are first needed.

To tell this of an article takes all of its text. An archive has many of them, and an import of a
few documents asks after few titles and few days. So the articles of one title are read when a
text with that title comes, those of one day when a text of that day comes, each once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

# The most like ones; of texts that share four triples in five, next to none has less in common than so many others.
_MOST = 32
_BITS = 32  # of a number in a sketch


class Facts(NamedTuple):
    """What is kept of a text: what all copies of it share, and its sketch."""

    copies: str
    sketch: tuple[int, ...]


class Texts:
    """The texts of articles, each by its path; ``read`` gives the facts of one, None when there is no such text."""

    def __init__(self, read: Callable[[str], Facts | None]) -> None:
        self._read = read
        self._days: dict[str, date] = {}
        self._facts: dict[str, Facts] = {}
        self._waiting: dict[str | date, list[str]] = {}  # not read yet, by title and by day
        self._copies: dict[str, list[str]] = {}
        self._sketches: dict[int, list[str]] = {}

    def expect(self, path: str, title: str, day: date) -> None:
        """Take in an article whose text is read when it is needed; ``title`` is what copies of it share."""
        self._days[path] = day
        for key in (title, day):
            self._waiting.setdefault(key, []).append(path)

    def add(self, path: str, day: date, found: Facts) -> None:
        """Take in an article whose text is at hand."""
        self._days[path] = day
        self._facts[path] = found
        self._copies.setdefault(found.copies, []).append(path)
        for number in self._numbers(found.sketch, day):
            self._sketches.setdefault(number, []).append(path)

    def remove(self, path: str) -> None:
        """Forget an article."""
        day, found = self._days.pop(path, None), self._facts.pop(path, None)
        if day and found:
            self._copies[found.copies].remove(path)
            for number in self._numbers(found.sketch, day):
                self._sketches[number].remove(path)

    def same(self, key: str, title: str) -> list[str]:
        """Return the paths of the articles with a title that are copies of the text with this key, in order."""
        self._settle(title)
        return sorted(self._copies.get(key, ()))

    def alike(self, numbers: tuple[int, ...], day: date) -> list[str]:
        """Return the paths of those articles of a day whose texts are most like the one with this sketch, in order."""
        self._settle(day)
        counts = Counter(path for number in self._numbers(numbers, day) for path in self._sketches.get(number, ()))
        best = sorted(counts, key=lambda path: (-counts[path], path))
        return sorted(best[:_MOST])

    def _settle(self, key: str | date) -> None:
        for path in self._waiting.pop(key, ()):
            if path in self._days and path not in self._facts and (found := self._read(path)):
                self.add(path, self._days[path], found)

    def _numbers(self, numbers: tuple[int, ...], day: date) -> Iterator[int]:
        """Yield what a sketch is found by: one list a number and day, so that none is long."""
        return (day.toordinal() << _BITS | number for number in numbers)
