"""Numbers and names that tellings of one point give differently.

A take that leaves something out says nothing against it. So numbers differ only when
each of two takes gives one that the other does not, of the same thing (the word after
it), or when each gives exactly one of its own. Names differ only when they look like two
forms of one: the same surname with other given names, or the other way round.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

from backfile.candidates import candidate_names, likely_pairs
from backfile.chunks import Chunks
from backfile.names import Names, word_key
from backfile.stories.words.everyday import SETTING
from backfile.stories.words.tokens import NUMERALS, stem

Wordings = Sequence[tuple[str, str]]
Values = tuple[tuple[str, tuple[str, ...]], ...]
Counts = dict[str, tuple[str, str]]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_NUMERALS = NUMERALS | {word.replace("'", "’"): value for word, value in NUMERALS.items()}


def numbers(text: str) -> Counts:
    """Return the numbers of a sentence by value: as written, and the stem of the word after it ("" for none).

    1,076 and 1076 are one value, and so are *three* and 3.
    """
    return _with_stems(_written(text))


def _written(text: str) -> Counts:
    """Return the numbers of a sentence by value: as written, and the token after it ("" for none)."""
    chunks = text.split()
    held = _held().of(chunks)
    found: Counts = {}
    if any(held):
        for at, numbers in enumerate(held):
            for value, token, after in numbers:
                found.setdefault(value, (token, after or _first_token(chunks[at + 1 :])))
    return found


@cache
def _held() -> Chunks[tuple[tuple[str, str, str], ...]]:
    """Return the numbers in chunks: value, as written, and the token after it, "" where that is in another chunk."""
    return Chunks(_numbers_in)


def _numbers_in(chunk: str) -> tuple[tuple[str, str, str], ...]:
    tokens = (*_TOKEN.findall(chunk), "")
    return tuple(
        (_NUMERALS.get(word) or token.replace(",", "" if _GROUPED.fullmatch(token) else "."), token, after)
        for token, after in pairwise(tokens)
        if (word := token.casefold()) in _NUMERALS or word[0].isdigit()
    )


def _first_token(chunks: Iterable[str]) -> str:
    return next((found[0] for found in map(_TOKEN.search, chunks) if found), "")


def _with_stems(written: Counts) -> Counts:
    return {
        value: (token, stem(after) if after and not after[0].isdigit() else "")
        for value, (token, after) in written.items()
    }


def differences(wordings: Wordings, names: Names) -> Iterator[tuple[str, Values]]:
    """Yield ("numbers" or "names", what each take gives) where tellings of one point disagree."""
    told: dict[str, str] = {}
    for take, text in wordings:
        told[take] = f"{told[take]} {text}" if take in told else text
    texts = set(told.values())
    if len(texts) == 1:  # copies of one text do not disagree
        return
    # Most tellings can't disagree; what takes time is done for the others alone.
    found = {text: _written(text) for text in texts}
    numbered = filter(None, found.values())
    if any(one.keys() - other.keys() and other.keys() - one.keys() for one, other in combinations(numbered, 2)):
        counts = {text: _with_stems(written) for text, written in found.items()}
        if differing := _numbers({take: counts[text] for take, text in told.items()}):
            yield "numbers", differing
    if doubtful := _doubtful(texts):
        named = {text: _persons(text, names) if text in doubtful else [] for text in texts}
        if differing := _names({take: named[text] for take, text in told.items()}):
            yield "names", differing


def _doubtful(texts: Iterable[str]) -> set[str]:
    """Return the texts with two words that, if they are names, look like another form of a name in these texts."""
    pairs = {text: set(likely_pairs(text)) for text in texts}
    keys = {(one, other): (word_key(one), word_key(other)) for one, other in set().union(*pairs.values())}
    distinct = set(keys.values())
    firsts, lasts = Counter(first for first, _ in distinct), Counter(last for _, last in distinct)
    if len(firsts) == len(lasts) == len(distinct):
        return set()
    alike = {pair for pair, (first, last) in keys.items() if firsts[first] > 1 or lasts[last] > 1}
    return {text for text, own in pairs.items() if not own.isdisjoint(alike)}


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
    """Return the names of two words in a sentence that the table of names does not know."""
    runs = (tuple(run.split()) for run in candidate_names(text))
    return [run for run in runs if len(run) == 2 and run[0] not in SETTING and names.fold(" ".join(run)) is None]


def _names(persons: Mapping[str, list[tuple[str, ...]]]) -> Values:
    """Return names that look like two forms of one, by take."""
    keys = {run: (word_key(run[0]), word_key(run[1])) for runs in persons.values() for run in runs}
    found: dict[str, dict[str, None]] = {}
    for one, other in combinations([take for take, runs in persons.items() if runs], 2):
        for mine in persons[one]:
            first, last = keys[mine]
            for theirs in persons[other]:
                also_first, also_last = keys[theirs]
                if (first == also_first) != (last == also_last):
                    found.setdefault(one, {})[" ".join(mine)] = None
                    found.setdefault(other, {})[" ".join(theirs)] = None
    return tuple((take, tuple(found[take])) for take in persons if take in found)
