"""Reasons for joins and links, as data, and in English for the command line.

Every reason is worked out from the two texts alone, after the judgement, for the pairs
that a reader will see: it explains a score, it does not make one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backfile.candidates import candidate_names
from backfile.model import Document, Reason
from backfile.names import Names, word_key
from backfile.stories.background import Background
from backfile.stories.tokens import STOP, Codes, stem
from backfile.wordlists import word_set

MOST_NAMES = 6
MOST_PHRASES = 3
_READ = 6000  # characters read for reasons: the upper part of a long text is what it is about
_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_PUBLISHERS = word_set("reuters ap afp interfax tass ukrinform bbc cnn")


@dataclass(frozen=True, slots=True)
class Glance:
    """What reasons need of one text: its names by key, its phrases and telling words by key, as written."""

    names: dict[tuple[str, ...], str]
    phrases: dict[tuple[str, ...], str]
    words: dict[str, str]


def glance(document: Document, names: Names, background: Background) -> Glance:
    """Return the names, phrases and telling words of a text."""
    text = f"{document.title}\n{document.text}"[:_READ]
    found: dict[tuple[str, ...], str] = {}
    for name in names.find(text):
        found.setdefault((name.name.casefold(),), name.name)
    for run in candidate_names(text, document.lang):
        if run.casefold() in _PUBLISHERS:
            continue
        known = names.fold(run)
        key = (known.casefold(),) if known else tuple(word_key(word) for word in run.split())
        found.setdefault(key, known or run)
    phrases, words = _telling(text, background)
    return Glance(found, phrases, words)


def _telling(text: str, background: Background) -> tuple[dict[tuple[str, ...], str], dict[str, str]]:
    """Return pairs of neighbouring words and single words that are rare enough to tell something."""
    known = Codes()
    phrases: dict[tuple[str, ...], str] = {}
    words: dict[str, str] = {}
    for line in text.split("\n"):
        before: tuple[str, str] | None = None
        for match in _WORD.finditer(line):
            word = match[0]
            if known[word] & STOP or len(word) < 3:
                before = None
                continue
            key = stem(word)
            if background.telling(word, known):
                words.setdefault(key, word)
            if before is not None:
                phrases.setdefault((before[0], key), f"{before[1]} {word}")
            before = (key, word)
    return phrases, words


def shared(one: Glance, other: Glance) -> tuple[Reason, ...]:
    """Return what two texts have in common: names first, then phrases and rare words."""
    names = _shared_names(one, other)
    taken = {word_key(word) for name in names for word in name.split()}
    phrases = [
        text
        for key, text in one.phrases.items()
        if key in other.phrases and not all(word_key(word) in taken for word in text.split())
    ]
    in_phrases = {stem(word) for phrase in phrases for word in phrase.split()}
    words = [
        text
        for key, text in one.words.items()
        if key in other.words and key not in in_phrases and word_key(text) not in taken
    ]
    telling = (phrases + words)[:MOST_PHRASES]
    reasons = []
    if names:
        reasons.append(Reason("names", tuple(names[:MOST_NAMES])))
    if telling:
        reasons.append(Reason("phrases", tuple(telling)))
    return tuple(reasons)


def _shared_names(one: Glance, other: Glance) -> list[str]:
    """Return the names that both texts bear, the longest form of each, in the first text's order."""
    found: list[tuple[tuple[str, ...], str]] = []
    for key, text in one.names.items():
        if key in other.names:
            found.append((key, text))
            continue
        # “Christo Grozev” here, “Grozev” there: the longer is shown where one is the end of the other.
        for their_key in other.names:
            if len(key) != len(their_key) and key[-1] == their_key[-1] and 1 in (len(key), len(their_key)):
                found.append((key[-1:], text.split()[-1]))
                break
    longest: dict[str, tuple[int, str]] = {}
    for key, text in found:
        if len(key) > longest.get(key[-1], (0, ""))[0]:
            longest[key[-1]] = (len(key), text)
    return [text for _, text in longest.values()]


def days_apart(one: Document, other: Document) -> Reason | None:
    """Return the days between two texts, if both have a date."""
    if one.date is None or other.date is None:
        return None
    return Reason("days", (str(abs((one.date - other.date).days)),))


def score(value: float) -> Reason:
    """Return a similarity (0..1) as a reason, in per cent."""
    return Reason("score", (str(round(100 * value)),))


def sentence(reason: Reason) -> str:
    """Say one reason in English."""
    values: Sequence[str] = reason.values
    if reason.kind == "days":
        days = int(values[0])
        return "the same day" if days == 0 else "one day apart" if days == 1 else f"{days} days apart"
    if reason.kind == "copy":
        return f"{values[0]} % of one text stands in the other"
    if reason.kind == "score":
        return f"similarity {values[0]} %"
    if reason.kind == "editor":
        return "joined by the editor"
    return f"shared {reason.kind}: {', '.join(values)}"
