"""What speaks for a digest, once its form is there: each reason with its weight, so that one can argue with it.

A digest's items are stories of their own. So they share few words, tell who or
what they are about from the start (names, figures; no "he" or "however"), may carry their
own link, hour, place or source, and the whole calls itself a digest, or greets its readers. Advice, decrees,
interviews, chronicles and articles in sections have the form and fail these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import fmean, median

from backfile.ingest import lexicon
from backfile.ingest.itemised import saying
from backfile.ingest.itemised.apart import about, addressed, cohesion, content_stems, leaning, named, protagonist
from backfile.ingest.itemised.forbidden import is_contradicted, is_forbidden
from backfile.ingest.itemised.items import Found, Items
from backfile.ingest.itemised.units import place_of
from backfile.ingest.phrases import DATELINE, DAY_OF_STORY
from backfile.ingest.words import words

ENOUGH = 4.0
ENOUGH_BELOW = 3.0  # below an article, under a line that says that something else follows
# What each reason weighs. Tuned on labelled digests and on some 4,000 articles and pages that are none (see the
# package); of these none weighs more than 3.5, and few more than 2.
_WEIGHTS = {
    # What the document says of itself.
    "titled": 2.0,  # its title, or a line below, calls it a digest; half as much where such a word has others beside it
    "issue": 1.0,  # a number or a day of issue
    "period": 1.0,  # a title that names a time, and comes back in few of the items
    "greeting": 1.0,
    "sign-off": 1.0,
    "unsaid": -0.5,  # none of these but the last: form and words must tell more
    "explains": -2.5,  # a title that asks, counts reasons, or names another kind of text
    "personal": -1.5,  # a title that speaks of its writer
    # What each item has of its own.
    "pointers": 2.0,  # a link at its head; an address or a source below it is half as good
    "datelines": 2.0,  # a place; an article has one dateline
    "labels": 1.0,  # names of sections between the items
    "headlines": 1.0,  # of four words and more
    "section names": -1.5,  # of one or two
    "echo": 0.5,  # texts that say again what their headlines say, which section names are not followed by
    "named": 1.0,  # who, where or how much: nearly every item says it
    "unnamed": -1.0,  # as advice does not
    # Whether their texts are apart.
    "apart": 2.0,  # see _APART
    "title unsaid": 0.5,  # no item has a word of the title; sections of an article do
    "title said": -1.5,  # half of them have
    "protagonist": -1.0,  # one word in most of them
    "leaning": -1.5,  # a third of them begins with "she" or "however"
    "addressed": -1.0,  # half of them speak to "you", or of "me"
    "asking": -2.5,  # half of the headlines ask or explain
    "people": -2.5,  # or name people and their roles
    "days": -2.0,  # or begin with "On Tuesday she": a story, told by days
}
# Mean share of words that two items have in common, below which so much of "apart" is given.
_APART = ((0.02, 1.0), (0.04, 0.75), (0.06, 0.5), (0.12, 0.0))
_TOGETHER = -1.0
# How seldom other texts set their parts off so.
_SIGNS = {
    "post": 3.0,
    "hashtag": 1.5,
    "boxed": 1.0,
    "clock": 1.0,
    "emoji": 1.0,
    "rule": 1.0,
    "underlined": 1.0,
    "label": 0.5,
}
# How much of the items' words stand in the article above them, below which they are foreign to it.
_FOREIGN = ((0.15, 1.0), (0.25, 0.0))
_AKIN = -2.0
_BARE_BELOW = -1.0  # bare paragraphs: the article may go on there
_FEW = 0.3
_MIN_ITEMS = 3
_SAID = ("titled", "issue", "greeting", "period")


def weigh(items: Items, title: str, *, page: bool = False) -> float:
    """Return the weight of the evidence that ``items`` are a digest; negative infinity when something forbids it.

    On a web ``page`` lists of linked teasers are furniture more often than not, so only what
    calls itself a digest is one.
    """
    if len(items.items) < _MIN_ITEMS or is_forbidden(items, title):
        return float("-inf")
    weights = reasons(items, title, page=page)
    weight = sum(weights.values())
    says_so = any(weights[name] for name in ("titled", "issue", "greeting"))
    return weight if says_so or not page else min(weight, ENOUGH - 0.5)


def weigh_tail(items: Items, article: Sequence[str]) -> float:
    """Return the weight of the evidence that ``items`` are other news below an ``article``, title first.

    The line above them has said already that something else follows.
    """
    if is_contradicted(items) or items.before or items.sign == "section":
        return float("-inf")
    own = frozenset().union(*map(content_stems, article))
    bodies = [content_stems(_told(item)) for item in items.items]
    akin = fmean(len(body & own) / max(1, len(body)) for body in bodies)
    bare = _BARE_BELOW if items.sign == "paragraph" else 0.0
    weights = reasons(items, article[0]) | {"unsaid": 0.0}
    return sum(weights.values()) + _step(akin, _FOREIGN, _AKIN) + bare


def reasons(items: Items, title: str, *, page: bool = False) -> dict[str, float]:
    """Return the reasons for and against, by name, each with what it weighs here."""
    bodies = [_told(item) for item in items.items]
    heads = [item.head or item.text for item in items.items]
    found: dict[str, float] = _said(items, title, bodies) | _of_own(items, page=page) | _texts(bodies, title, heads)
    found["asking"] = _share(lexicon.EXPLAINER, heads) >= 0.5 and not found["pointers"]
    found["unsaid"] = not any(found[name] for name in _SAID)
    weights = {name: weight * found[name] for name, weight in _WEIGHTS.items()}
    return weights | {"sign": _SIGNS.get(items.sign, 0.0)}


def _said(items: Items, title: str, bodies: Sequence[str]) -> dict[str, float]:
    return {
        "titled": saying.titled(items, title),
        "issue": saying.is_issue(items, title),
        "period": saying.is_of_a_time(title) and about(title, bodies) < _FEW,
        "greeting": saying.greets(items),
        "sign-off": saying.signs_off(items),
        "explains": saying.explains(title),
        "personal": saying.is_personal(title),
    }


def _of_own(items: Items, *, page: bool) -> dict[str, float]:
    heads = [item for item in items.items if item.head]
    headed = len(heads) * 4 >= len(items.items) * 3
    middle = median(len(words(item.head)) for item in heads) if headed else 3
    echoes = [
        content_stems(item.head) & content_stems(" ".join(unit.text for unit in item.units[1:])) for item in heads
    ]
    return {
        "pointers": _pointers(items) * (0.5 if page else 1.0),
        "datelines": _datelines(items),
        "labels": len(items.between) >= 2 and items.sign != "section",
        "headlines": middle >= 4,
        "section names": middle <= 2 and not all(item.head.isupper() for item in heads),
        "echo": headed and sum(map(bool, echoes)) * 2 >= len(items.items),
    }


def _texts(bodies: Sequence[str], title: str, heads: Sequence[str]) -> dict[str, float]:
    share, said = named(bodies), about(title, bodies)
    return {
        "named": share >= 0.8,
        "unnamed": share < 0.5,
        "apart": _step(cohesion(bodies), _APART, _TOGETHER),
        "title unsaid": said == 0 and bool(content_stems(title)),
        "title said": said >= 0.5,
        "protagonist": protagonist(bodies) >= (0.6 if len(bodies) > 3 else 0.9),
        "leaning": leaning(bodies) * 3 >= 1,
        "addressed": addressed(bodies) >= 0.5,
        "people": _share(lexicon.PERSON_AND_ROLE, heads) >= 0.5,
        "days": _share(DAY_OF_STORY, heads) >= 0.5,
    }


def _step(value: float, steps: Sequence[tuple[float, float]], beyond: float) -> float:
    return next((amount for limit, amount in steps if value < limit), beyond)


def _told(item: Found) -> str:
    """Return the words of an item without its dateline, whose agency is the same in all of them."""
    bodies = (DATELINE.sub("", unit.text, count=1) if place_of(unit.text) else unit.text for unit in item.body)
    return " ".join([item.head, *bodies])


def _datelines(items: Items) -> bool:
    """Tell whether most texts begin with a place, and the places differ."""
    firsts = (next(filter(None, (place_of(unit.text) for unit in item.body)), "") for item in items.items)
    places = list(filter(None, firsts))
    return len(places) * 4 >= len(items.items) * 3 and len(set(places)) * 2 > len(places)


def _pointers(items: Items) -> float:
    """Return 1 where each item has a link at its head, 0.5 where most have one, or a source, elsewhere."""
    number = len(items.items)
    linked = len({item.url for item in items.items if item.url and item.units[0].url})
    pointed = len({item.url for item in items.items if item.url})
    sourced = sum(item.source is not None for item in items.items)
    return 1.0 if linked >= 0.8 * number else 0.5 if max(pointed, sourced) >= 0.6 * number else 0.0


def _share(pattern: re.Pattern[str], heads: Sequence[str]) -> float:
    return sum(pattern.match(head) is not None for head in heads) / len(heads)
