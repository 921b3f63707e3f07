"""Numbers and names that tellings of one point give differently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from backfile.candidates import candidate_names
from backfile.names import Names, word_key
from backfile.stories.tokens import NUMERALS

Wordings = Sequence[tuple[str, str]]
Values = tuple[tuple[str, tuple[str, ...]], ...]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def numbers(text: str) -> dict[str, str]:
    """Return the numbers of a sentence by value (1,076 and 1076 are one, so are *three* and 3), as written."""
    found: list[tuple[int, str, str]] = []
    for match in _NUMBER.finditer(text):
        written = match[0]
        grouped = _GROUPED.fullmatch(written)
        value = written.replace(",", "") if grouped else written.replace(",", ".")
        found.append((match.start(), value, written))
    found += [
        (match.start(), spelt, match[0])
        for match in _WORD.finditer(text)
        if (spelt := NUMERALS.get(match[0].casefold().replace("’", "'"))) is not None
    ]
    return {value: written for _, value, written in sorted(found)}


def differences(wordings: Wordings, names: Names) -> Iterator[tuple[str, Values]]:
    """Yield ("numbers" or "names", what each take gives) where tellings of one point disagree.

    A difference needs two takes of which each gives something that the other does not: a
    take that leaves a number out says nothing against it.
    """
    by_take: dict[str, list[str]] = {}
    for take, text in wordings:
        by_take.setdefault(take, []).append(text)
    told = {take: " ".join(texts) for take, texts in by_take.items()}
    for what, give in (("numbers", numbers), ("names", lambda text: _names(text, names))):
        given = {take: give(text) for take, text in told.items()}
        common = set.intersection(*map(set, given.values()))
        own = {take: [text for key, text in values.items() if key not in common] for take, values in given.items()}
        if sum(bool(values) for values in own.values()) > 1 and _disagree(given):
            yield what, tuple((take, tuple(values)) for take, values in own.items() if values)


def _disagree(given: dict[str, dict[str, str]]) -> bool:
    """Say whether some two takes each give what the other does not."""
    sets = [frozenset(values) for values in given.values() if values]
    return any(one - other and other - one for at, one in enumerate(sets) for other in sets[:at])


def _names(text: str, names: Names) -> dict[str, str]:
    """Return the names of a sentence by key: the last word's, so that a surname alone is no difference."""
    found = {name.name.casefold(): name.name for name in names.find(text)}
    for run in candidate_names(text):
        known = names.fold(run) or names.fold(run.split()[-1])
        found.setdefault(known.casefold() if known else word_key(run.split()[-1]), run)
    return found
