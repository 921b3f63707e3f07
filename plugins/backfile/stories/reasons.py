"""Reasons for joins and links, as data, and in English for the command line.

Every reason is worked out from the two texts alone, after the judgement, for the pairs
that a reader will see: it explains a score, it does not make one. Names come first, as
a reader knows them; then phrases and words, those that are rarest in the world first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from backfile.model import Document, Reason
from backfile.names import word_key
from backfile.stories.traits.glances import Glance

MOST_NAMES: Final = 6
MOST_PHRASES: Final = 3
SHARED: Final = ("names", "phrases")  # kinds of reasons that :func:`shared` gives
_LOW: Final = (1 << 32) - 1

Shared = tuple[tuple[str, tuple[str, ...]], ...]  # kinds and values of reasons: most pairs never need the records


def shared(one: Glance, other: Glance) -> Shared:
    """Return what two texts have in common: names first, then phrases and rare words."""
    names = _shared_names(one, other)
    telling = tuple(islice(_shared_words(one, other, names), MOST_PHRASES))
    found = zip(SHARED, (tuple(names[:MOST_NAMES]), telling), strict=True)
    return tuple((kind, values) for kind, values in found if values)


def _shared_names(one: Glance, other: Glance) -> list[str]:
    """Return the names that both texts bear, the longest form of each, in the first text's order."""
    longest: dict[str, tuple[int, str]] = {}
    surnames = other.surnames
    for key, name in one.names.items():
        last = key[-1]
        if last not in surnames:
            continue
        if key in other.names:
            found, length = name, len(key)
        elif surnames[last] or len(key) == 1:
            # “Christo Grozev” here, “Grozev” there: what both have is the surname.
            found, length = name.split()[-1], 1
        else:
            continue
        if length > longest.get(last, (0, ""))[0]:
            longest[last] = (length, found)
    return [name for _, name in longest.values()]


def _shared_words(one: Glance, other: Glance, said: Sequence[str]) -> Iterator[str]:
    """Yield phrases that both have, the rarest first, then words; none made up of names already ``said``."""
    phrases, words = one.phrases.shared(other.phrases), one.words.shared(other.words)
    if not phrases and not words:
        return
    taken = {word_key(word) for name in said for word in name.split()}
    for _, phrase in phrases:
        if not any(word_key(word) in taken for word in phrase.split()):
            yield phrase
    within = {part for key, _ in phrases for part in (key >> 32, key & _LOW)}
    for key, word in words:
        if key not in within and word_key(word) not in taken:
            yield word


def days_apart(one: Document, other: Document) -> Reason | None:
    """Return the days between two texts, if both have a date."""
    if one.date is None or other.date is None:
        return None
    return Reason("days", (str(abs((one.date - other.date).days)),))


def score(value: float) -> Reason:
    """Return the chance (0..1) that two texts tell one event as a reason, in per cent; nothing is certain."""
    return Reason("score", (str(min(99, round(100 * value))),))


def sentence(reason: Reason) -> str:
    """Say one reason in English."""
    values: Sequence[str] = reason.values
    if reason.kind == "days":
        days = int(values[0])
        return "the same day" if days == 0 else "one day apart" if days == 1 else f"{days} days apart"
    if reason.kind == "copy":
        return f"{values[0]} % of one text stands in the other"
    if reason.kind == "quotation":
        return "both quote the same words"
    if reason.kind == "score":
        return f"held to be one event with {values[0]} %"
    if reason.kind == "editor":
        return "joined by the editor"
    return f"shared {reason.kind}: {', '.join(values)}"
