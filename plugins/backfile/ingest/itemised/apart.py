"""Are these texts of their own, or parts of one: what their words say of it.

A text that goes on about one thing repeats its words (lexical cohesion: Halliday and Hasan 1976), and where the
words change the subject has changed, which is how TextTiling finds the seams of a text (Hearst 1997). Items
of a digest are short, so that single seams are noise; the mean over all pairs of items is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from statistics import fmean

from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import ADDRESS, PRONOUN
from backfile.ingest.vocabulary.words import words
from backfile.sentences import split_sentences

_NAME = re.compile(r"(?<=[^.!?…\s] )[^\W\d_a-zа-яіїєґё]\w|\d|[«“\"„]")
_NAMED = re.compile(r"(?<=[^.!?…:\s»”\"] )[«“\"„(]?([^\W\d_a-zа-яіїєґё]\w{2,})")
_NEARER = 1.5  # times as many words in common
_BY_CHANCE = 0.02
_MOST = 0.5
_SUBJECT = 2  # words; parts of one text have more in common
_CAPITAL = re.compile(r"[^\W\d_a-zа-яіїєґё]\w")


def cohesion(items: Sequence[str], subject: frozenset[str] = frozenset()) -> float:
    """Return the mean share of words that two items have in common, of those of the shorter one; ``subject`` aside."""
    stems = [content_stems(text) - subject for text in items]
    shares = [_shared(a, b) for a, b in combinations(stems, 2)]
    return sum(shares) / len(shares) if shares else 0.0


def runs_on(items: Sequence[str]) -> bool:
    """Tell whether neighbours have far more words in common than others: then some are parts of one text."""
    stems = [content_stems(text) for text in items]
    near = [_shared(a, b) for a, b in pairwise(stems)]
    far = [_shared(a, b) for at, a in enumerate(stems) for b in stems[at + 2 :]]
    return bool(far) and fmean(near) > _NEARER * fmean(far) + _BY_CHANCE


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def protagonist(items: Sequence[str]) -> float:
    """Return in which share of the items the name stands that stands in most of them."""
    counts = _names(items)
    return max(counts.values(), default=0) / max(1, len(items))


def own_names(items: Sequence[str]) -> float:
    """Return which share of the items has a name that no other has."""
    counts = _names(items)
    return sum(any(counts[name] == 1 for name in names_in(text)) for text in items) / max(1, len(items))


def _names(items: Sequence[str]) -> Counter[str]:
    return Counter(name for text in items for name in names_in(text))


@lru_cache(maxsize=256)  # of the forms of one document many have the same items
def names_in(text: str) -> frozenset[str]:
    """Return the words with a capital within the sentences of ``text``, cut to what their forms have in common."""
    return frozenset(word.casefold()[:5] for word in _NAMED.findall(text))


def subject_of(items: Sequence[str]) -> frozenset[str]:
    """Return the one or two words that most of the items have: the trade, or the company, that an issue is about."""
    counts = Counter(stem for text in items for stem in content_stems(text))
    common = [stem for stem, count in counts.items() if count > _MOST * len(items)]
    return frozenset(sorted(common, key=lambda stem: (-counts[stem], stem))[:_SUBJECT])


def about(title: str, items: Sequence[str], subject: frozenset[str] = frozenset()) -> float:
    """Return which share of the items has a word of ``title``; 0 when it has none that says anything."""
    wanted = content_stems(title) - subject
    return sum(bool(wanted & content_stems(text)) for text in items) / len(items) if wanted else 0.0


def named(items: Sequence[str]) -> float:
    """Return which share of the items has a name, a figure or a quotation."""
    return sum(_NAME.search(text) is not None for text in items) / len(items)


def leaning(items: Sequence[str]) -> float:
    """Return which share of the items begins with a sentence that leans on what was said before.

    It begins with "However", or has a "she" and no name before it.
    """
    return sum(map(_leans, items)) / len(items)


@lru_cache(maxsize=256)
def _leans(text: str) -> bool:
    if lexicon.ANAPHORA.match(text):
        return True
    first = (split_sentences(text) or [text])[0]
    match = PRONOUN.search(first)
    if match is None:
        return False
    before = first[: match.start()]
    return _CAPITAL.search(before[1:]) is None and len(words(before)) <= _NEAR


_NEAR = 5  # words; farther on, somebody has been named by what they do


def addressed(items: Sequence[str]) -> float:
    """Return which share of the items speaks to the reader, or of the writer, outside of quotations."""
    return sum(map(_addresses, items)) / len(items)


@lru_cache(maxsize=256)
def _addresses(text: str) -> bool:
    return ADDRESS.search(_QUOTED.sub("", text)) is not None


_ADDRESS = re.compile(r"https?://\S+")
_ENDING = re.compile("['’][^ ]*")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2,}")
_QUOTED = re.compile(r"[“\"„«][^“”\"„«»]*[”\"“»]")


@lru_cache(maxsize=256)
def content_stems(text: str) -> frozenset[str]:
    """Return the words of ``text`` that say what it is about, cut to what their forms have in common."""
    found = _ENDING.sub("", " ".join(words(_ADDRESS.sub(" ", text))).casefold()).split(" ")
    if _UNSPACED.search(text):  # two signs of such a script say about as much as a word
        found += [run[at : at + 2] * 2 for run in _UNSPACED.findall(text) for at in range(len(run) - 1)]
    return frozenset(
        word[: 4 if len(word) < 7 else 5]
        for word in set(found)
        if len(word) > 3 and not word.isdigit() and word not in lexicon.COMMON
    )
