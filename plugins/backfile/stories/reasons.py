"""Reasons for joins and links, as data, and in English for the command line.

Every reason is worked out from the two texts alone, after the judgement, for the pairs
that a reader will see: it explains a score, it does not make one. Names come first, as
a reader knows them; then phrases and words, those that are rarest in the world first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backfile.candidates import candidate_names
from backfile.model import Document, Reason
from backfile.names import Names, word_key
from backfile.stories.background import TELLING, Background, load_background
from backfile.stories.blocks import pair_hash
from backfile.stories.features import plain
from backfile.stories.tokens import NUMBER, STOP, Codes, codes, stems, surfaces
from backfile.wordlists import word_set

MOST_NAMES: Final = 6
MOST_PHRASES: Final = 3
READ_CHARS: Final = 1800  # characters read for reasons: a text says early what it is about
KEPT: Final = 1 << 14  # glances kept: those at a year or so of news
RARE_PAIR: Final = 6.0  # weight (log-rarity) from which two neighbouring words are a telling phrase
_AGENCIES = word_set("reuters ap afp interfax tass ukrinform bbc cnn")


@dataclass(frozen=True, slots=True)
class Glance:
    """What reasons need of one text: its names, phrases and telling words by key, as written.

    ``surnames`` leads from a name's last word to the names that end in it. ``weights``
    are the rarities of phrases and words.
    """

    names: dict[tuple[str, ...], str]
    surnames: dict[str, list[tuple[str, ...]]]
    phrases: dict[tuple[int, int], str]
    words: dict[int, str]
    weights: dict[tuple[int, int] | int, float]


def glance(document: Document, names: Names, background: Background, known: Codes) -> Glance:
    """Return the names, phrases and telling words of a text's upper part."""
    text = plain(f"{document.title}\n{document.text[:READ_CHARS]}")
    found: dict[tuple[str, ...], str] = {}
    for name in names.find(text):
        found.setdefault((name.name.casefold(),), name.name)
    for run in candidate_names(text, document.lang):
        if run.casefold() not in _AGENCIES:
            table = names.fold(run) if names.names else None
            key = (table.casefold(),) if table else tuple(word_key(word) for word in run.split())
            found.setdefault(key, table or run)
    surnames: dict[str, list[tuple[str, ...]]] = {}
    for key in found:
        surnames.setdefault(key[-1], []).append(key)
    return Glance(found, surnames, *_telling(text, background, known))


class Glances:
    """The glances at texts, each worked out when it is first asked for; the last :data:`KEPT` are kept.

    ``common`` is what texts were found to have in common on the way to their links, by id and id.
    """

    def __init__(self, names: Names) -> None:
        """Take the archive's table of names."""
        self._names, self._known, self._background = names, Codes(), load_background()
        self._seen: dict[str, tuple[Document, Glance]] = {}
        self.common: dict[str, dict[str, tuple[Reason, ...]]] = {}

    def put(self, document: Document, found: Glance) -> None:
        """Take in the glance at a text that was worked out elsewhere."""
        self._seen[document.id] = document, found

    def __getitem__(self, document: Document) -> Glance:
        """Return the glance at a text."""
        found = self._seen.pop(document.id, None)
        if found is None or found[0] != document:
            found = document, glance(document, self._names, self._background, self._known)
            if len(self._seen) >= KEPT:
                del self._seen[next(iter(self._seen))]
        self._seen[document.id] = found
        return found[1]


def _telling(
    text: str, background: Background, known: Codes
) -> tuple[dict[tuple[int, int], str], dict[int, str], dict[tuple[int, int] | int, float]]:
    """Return phrases of two words and single words that are rare enough to tell something, and their rarities."""
    import numpy as np

    written, tokens = surfaces(text, known), codes(text, known)
    hashes = stems(tokens)
    plainly = (hashes > 0) & (tokens & STOP == 0)
    rarity = background.word_weights(hashes)
    rare_pairs = background.pair_weights(pair_hash(hashes[:-1], hashes[1:])) if len(hashes) > 1 else rarity[:0]
    numeral = tokens & NUMBER > 0
    alone = plainly & np.where(numeral, np.fromiter(map(len, written), dtype=np.int64) > 2, rarity > TELLING)
    phrases: dict[tuple[int, int], str] = {}
    words: dict[int, str] = {}
    weights: dict[tuple[int, int] | int, float] = {}
    keys = hashes.tolist()
    for at in np.flatnonzero(alone).tolist():
        words.setdefault(keys[at], written[at])
        weights.setdefault(keys[at], float(rarity[at]))
    both = plainly[:-1] & plainly[1:] & (rare_pairs >= RARE_PAIR) & (np.maximum(rarity[:-1], rarity[1:]) > TELLING)
    for at in np.flatnonzero(both).tolist():
        key = (keys[at], keys[at + 1])
        phrases.setdefault(key, f"{written[at]} {written[at + 1]}")
        weights.setdefault(key, float(rarity[at] + rarity[at + 1]))
    return phrases, words, weights


def shared(one: Glance, other: Glance) -> tuple[Reason, ...]:
    """Return what two texts have in common: names first, then phrases and rare words."""
    names = _shared_names(one, other)
    taken = {word_key(word) for name in names for word in name.split()}
    telling = _shared_words(one, other, taken)
    found = (Reason("names", tuple(names[:MOST_NAMES])), Reason("phrases", tuple(telling[:MOST_PHRASES])))
    return tuple(reason for reason in found if reason.values)


def _shared_names(one: Glance, other: Glance) -> list[str]:
    """Return the names that both texts bear, the longest form of each, in the first text's order."""
    longest: dict[str, tuple[int, str]] = {}
    both = one.surnames.keys() & other.surnames.keys()
    for key, text in one.names.items() if both else ():
        last = key[-1]
        if last not in both:
            continue
        if key in other.names:
            found, length = text, len(key)
        elif any(1 in (len(key), len(theirs)) for theirs in other.surnames.get(last, ())):
            # “Christo Grozev” here, “Grozev” there: what both have is the surname.
            found, length = text.split()[-1], 1
        else:
            continue
        if length > longest.get(last, (0, ""))[0]:
            longest[last] = (length, found)
    return [text for _, text in longest.values()]


def _shared_words(one: Glance, other: Glance, taken: set[str]) -> list[str]:
    """Return phrases that both have, the rarest first, then words; none made up of names already said."""
    phrases = sorted(one.phrases.keys() & other.phrases.keys(), key=lambda key: (-one.weights[key], key))
    found = [
        one.phrases[key] for key in phrases if not any(word_key(word) in taken for word in one.phrases[key].split())
    ]
    within = {part for key in phrases for part in key}
    words = sorted(one.words.keys() & other.words.keys() - within, key=lambda key: (-one.weights[key], key))
    return found + [one.words[key] for key in words if word_key(one.words[key]) not in taken]


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
