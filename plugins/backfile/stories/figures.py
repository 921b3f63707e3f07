"""Numbers and names that tellings of one point give differently.

A take that leaves something out says nothing against it. So numbers differ only when
each of two takes gives one that the other does not, of the same thing (the word after
it), or when each gives exactly one of its own. Names differ only when they look like two
forms of one: the same surname with other given names, or the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from backfile.candidates import candidate_names
from backfile.names import Names, word_key
from backfile.stories.everyday import SETTING
from backfile.stories.tokens import NUMERALS, stem

Wordings = Sequence[tuple[str, str]]
Values = tuple[tuple[str, tuple[str, ...]], ...]
Counts = dict[str, tuple[str, str]]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")


def numbers(text: str) -> Counts:
    """Return the numbers of a sentence by value: as written, and the stem of the word after it ("" for none).

    1,076 and 1076 are one value, and so are *three* and 3.
    """
    found: Counts = {}
    tokens = _TOKEN.findall(text)
    for at, token in enumerate(tokens):
        value = NUMERALS.get(token.casefold().replace("’", "'"))
        if token[0].isdigit():
            value = token.replace(",", "" if _GROUPED.fullmatch(token) else ".")
        if value is not None:
            after = tokens[at + 1] if at + 1 < len(tokens) else ""
            found.setdefault(value, (token, stem(after) if after and not after[0].isdigit() else ""))
    return found


def differences(wordings: Wordings, names: Names) -> Iterator[tuple[str, Values]]:
    """Yield ("numbers" or "names", what each take gives) where tellings of one point disagree."""
    told: dict[str, str] = {}
    for take, text in wordings:
        told[take] = f"{told[take]} {text}" if take in told else text
    texts = set(told.values())
    if len(texts) == 1:  # copies of one text do not disagree
        return
    found = {text: numbers(text) for text in texts}
    counts = {take: found[text] for take, text in told.items()}
    if differing := _numbers(counts):
        yield "numbers", differing
    named = {text: _persons(text, names) for text in texts}
    persons = {take: named[text] for take, text in told.items()}
    if differing := _names(persons):
        yield "names", differing


def _numbers(counts: Mapping[str, Counts]) -> Values:
    """Return the numbers that some two takes give differently, by take."""
    found: dict[str, dict[str, None]] = {}
    for one, other in combinations(counts, 2):
        mine = {value: said for value, said in counts[one].items() if value not in counts[other]}
        theirs = {value: said for value, said in counts[other].items() if value not in counts[one]}
        things = {thing for _, thing in mine.values() if thing} & {thing for _, thing in theirs.values()}
        alone = len(mine) == len(theirs) == 1
        for take, own in ((one, mine), (other, theirs)):
            for written, thing in own.values():
                if alone or thing in things:
                    found.setdefault(take, {})[written] = None
    return tuple((take, tuple(found[take])) for take in counts if take in found)


def _persons(text: str, names: Names) -> list[tuple[str, ...]]:
    """Return the names of two words or more in a sentence that the table of names does not know."""
    runs = (tuple(run.split()) for run in candidate_names(text))
    return [run for run in runs if len(run) > 1 and run[0] not in SETTING and names.fold(" ".join(run)) is None]


def _names(persons: Mapping[str, list[tuple[str, ...]]]) -> Values:
    """Return names that look like two forms of one, by take."""
    found: dict[str, dict[str, None]] = {}
    for one, other in combinations(persons, 2):
        for mine in persons[one]:
            for theirs in persons[other]:
                first = word_key(mine[0]) == word_key(theirs[0])
                last = word_key(mine[-1]) == word_key(theirs[-1])
                if first != last and len(mine) == len(theirs) == 2:
                    found.setdefault(one, {})[" ".join(mine)] = None
                    found.setdefault(other, {})[" ".join(theirs)] = None
    return tuple((take, tuple(found[take])) for take in persons if take in found)
