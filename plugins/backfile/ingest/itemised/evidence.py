"""What speaks for a digest, once its form is there: each reason with its weight, so that one can argue with it.

A digest's items are stories of their own. So they share few words (cohesion), tell who or
what they are about from the start (names, figures; no "he" or "however"), may carry their
own link, hour or source, and the whole calls itself a digest. Advice, decrees, interviews,
chronicles and articles in sections have the form and fail these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from backfile.ingest import lexicon
from backfile.ingest.itemised.form import Found, Items
from backfile.ingest.itemised.units import texts
from backfile.ingest.words import ends_sentence, words

ENOUGH = 3.0
# How seldom other texts set their parts off so; those that tell need nobody to say that this is a digest.
_SIGNS = {"post": 3.0, "clock": 1.0, "emoji": 1.0, "rule": 1.0, "underlined": 1.0}
_TELLING = frozenset({"post", "emoji"})
_NUMBERED_ENOUGH = 3.5  # advice and decrees are numbered
_INTRODUCTION = 350  # characters before the first item; more is an article
_EDITORIAL = 1000  # the same, in what calls itself a digest: a letter to its readers
_ABOUT = 0.5
_BARE = 2  # words of a digest's title besides those that call it one
_NAME = re.compile(r"(?<=[^.!?…\s] )[^\W\d_a-zа-яіїєґё]\w|\d|[«“\"„]")


def weigh(items: Items, title: str, *, page: bool = False) -> float:
    """Return the weight of the evidence that ``items`` are a digest; negative infinity when something forbids it.

    On a web ``page`` lists of linked teasers are furniture more often than not, so only what
    calls itself a digest is one.
    """
    found = items.items
    heads = [item.head or item.text for item in found]
    if len(found) < 3 or _forbidden(items, title, heads):
        return float("-inf")
    titled = is_titled(items, title)
    if items.sign == "paragraph" and not _is_bare_title(title):
        return float("-inf")
    issue = bool(lexicon.ISSUE.search(" ".join([title, *texts(items.before)])))
    marks, pointers = _SIGNS.get(items.sign, 0.0), _pointers(items)
    said = titled or issue or (not page and (bool(pointers) or items.sign in _TELLING))
    weight = (
        2.0 * titled
        + 1.0 * issue
        + marks
        + pointers
        + 1.0 * (len(items.between) >= 2)
        + _apartness(found)
        + _titleness(found, title)
        + _independence(found)
    )
    return weight if said else min(weight, ENOUGH - 0.5)


def is_enough(items: Items, weight: float) -> bool:
    """Tell whether ``weight`` is enough for items of this sign."""
    return weight >= (_NUMBERED_ENOUGH if items.sign == "number" else ENOUGH)


def is_titled(items: Items, title: str) -> bool:
    """Tell whether the title, or a line below it, calls the whole a digest."""
    lines = [title, *(text for text in texts(items.before) if not ends_sentence(text) or len(text) < 120)]
    return any(lexicon.DIGEST_TITLE.search(line) or lexicon.DIGEST_LINE.search(line) for line in lines)


def _is_bare_title(title: str) -> bool:
    """Tell whether a title says that this is a digest, and nothing of what is in it."""
    rest, count = title, 0
    for pattern in (lexicon.DIGEST_TITLE, lexicon.DIGEST_LINE, lexicon.ISSUE):
        rest, found = pattern.subn(" ", rest)
        count += found
    named = [
        word for word in words(rest) if word[0].isalpha() and len(word) > 3 and word.casefold() not in lexicon.COMMON
    ]
    return bool(count) and len(named) <= _BARE


def contradicted(items: Items) -> bool:
    """Tell whether the items ask, count off days, or go on from what was said before."""
    return _forbidden(items, "", [item.head or item.text for item in items.items])


def _forbidden(items: Items, title: str, heads: Sequence[str]) -> bool:
    number = len(heads)
    if sum(head.endswith("?") or lexicon.SPEAKER.match(head) is not None for head in heads) * 3 >= number:
        return True
    if sum(lexicon.ANAPHORA.match(item.text) is not None for item in items.items) * 3 > number:
        return True
    run_ins = [item.units[0].head for item in items.items]
    if sum(lexicon.WEEKDAY.fullmatch(text.strip(" .:")) is not None for text in run_ins) * 2 >= number:
        return True
    if items.sign == "post" and len({item.units[0].text.partition("[")[0] for item in items.items}) > 1:
        return True  # people talking
    if lexicon.LISTICLE.match(title) and not is_titled(items, title):
        return True
    if any(lexicon.END_OF_RELEASE.fullmatch(text.strip(" .:*#-")) for text in texts(items.before)):
        return True
    if sum(lexicon.PERSON_AND_ROLE.match(head) is not None for head in heads if head) * 2 >= number:
        return True
    before = sum(len(text) for text in texts(items.before) if text != title)
    return before > (_EDITORIAL if is_titled(items, title) else _INTRODUCTION) or bool(
        lexicon.EXPLAINER.match(title) and not lexicon.DIGEST_LINE.search(title)
    )


def _pointers(items: Items) -> float:
    """Weigh what each item has for itself: a link at its head, an address or a source below it."""
    number = len(items.items)
    linked = len({item.url for item in items.items if item.url and item.units[0].url})
    pointed = len({item.url for item in items.items if item.url})
    sourced = sum(item.source is not None for item in items.items)
    return 2.0 if linked >= 0.8 * number else 1.0 if max(pointed, sourced) >= 0.6 * number else 0.0


def _apartness(found: Sequence[Found]) -> float:
    shared = cohesion([item.text for item in found])
    return 2.0 if shared < 0.02 else 1.5 if shared < 0.04 else 1.0 if shared < 0.06 else 0.0 if shared < 0.12 else -2.0


def _titleness(found: Sequence[Found], title: str) -> float:
    """Weigh how often the title's words come again, as they do in the sections of an article."""
    wanted = content_stems(title)
    if not wanted:
        return 0.0
    about = sum(bool(wanted & content_stems(item.text)) for item in found) / len(found)
    return 0.5 if about == 0 else -1.5 if about >= _ABOUT else 0.0


def _independence(found: Sequence[Found]) -> float:
    """Weigh whether each names somebody, a place or a figure, as a story of its own does."""
    named = sum(_NAME.search(item.text) is not None for item in found) / len(found)
    return 1.0 if named >= 0.8 else -1.0 if named < 0.5 else 0.0


def cohesion(items: Sequence[str]) -> float:
    """Return the mean share of words that two items have in common, of those of the shorter one."""
    stems = [content_stems(text) for text in items]
    shares = [len(a & b) / max(1, min(len(a), len(b))) for a, b in combinations(stems, 2)]
    return sum(shares) / len(shares) if shares else 0.0


def content_stems(text: str) -> frozenset[str]:
    """Return the words of ``text`` that say what it is about, cut to what their forms have in common."""
    found = (word.casefold().split("'")[0].split("’")[0] for word in words(text))
    return frozenset(
        word[: 4 if len(word) < 7 else 5]
        for word in found
        if len(word) > 3 and not word.isdigit() and word not in lexicon.COMMON
    )
