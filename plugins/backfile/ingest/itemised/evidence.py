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
from backfile.ingest.itemised.form import Found, Items
from backfile.ingest.itemised.units import Unit, place_of, texts
from backfile.ingest.phrases import DATELINE, DAY_LINE, DAY_OF_STORY
from backfile.ingest.words import words

ENOUGH = 4.0
ENOUGH_BELOW = 3.0  # below an article, under a line that says that something else follows
# How seldom other texts set their parts off so; those that tell need nobody to say that this is a digest.
_SIGNS = {"post": 3.0, "clock": 1.0, "emoji": 1.0, "rule": 1.0, "underlined": 1.0, "hashtag": 1.5, "label": 0.5}
_INTRODUCTION = 350  # characters before the first item; more is an article
_EDITORIAL = 1000  # the same, in what calls itself a digest: a letter to its readers
_ABOUT = 0.5
_SELDOM = 0.3
# What a document says of itself; without any of these its form and its words must tell more.
_SAID = ("titled", "issue", "period", "greeting")
_SAID_BY_PAGES = ("titled", "issue", "greeting")
_UNSAID = 0.5


def weigh(items: Items, title: str, *, page: bool = False) -> float:
    """Return the weight of the evidence that ``items`` are a digest; negative infinity when something forbids it.

    On a web ``page`` lists of linked teasers are furniture more often than not, so only what
    calls itself a digest is one.
    """
    heads = [item.head or item.text for item in items.items]
    if len(heads) < 3 or _forbidden(items, title, heads):
        return float("-inf")
    weights = reasons(items, title, page=page)
    weight = sum(weights.values())
    if page:
        return weight if any(weights[name] for name in _SAID_BY_PAGES) else min(weight, ENOUGH - 0.5)
    return weight if any(weights[name] for name in _SAID) else weight - _UNSAID


def reasons(items: Items, title: str, *, page: bool = False) -> dict[str, float]:
    """Return the reasons for and against, by name."""
    found = items.items
    bodies = [_told(item) for item in found]
    heads = [item.head or item.text for item in found]
    return {
        "titled": saying.titled(items, title),
        "issue": 1.0 * saying.is_issue(items, title),
        "period": 1.0 * (saying.is_of_a_time(title) and about(title, bodies) < _SELDOM),
        "greeting": 1.0 * saying.greets(items),
        "sign-off": 1.0 * saying.signs_off(items),
        "sign": _SIGNS.get(items.sign, 0.0),
        "pointers": _pointers(items) * (0.5 if page else 1.0),
        "datelines": _datelines(items),
        "labels": 1.0 * (len(items.between) >= 2 and items.sign != "section"),
        "headlines": _headlines(items),
        "apart": _apartness(bodies),
        "about": _titleness(bodies, title),
        "explains": -2.5 * saying.explains(title),
        "personal": -1.5 * saying.is_personal(title),
        "people": -2.5 * (_share(lexicon.PERSON_AND_ROLE, heads) >= 0.5),
        "days": -2.0 * (_share(DAY_OF_STORY, heads) >= 0.5),
        "named": _independence(bodies),
        "protagonist": -1.0 * (protagonist(bodies) >= (0.6 if len(bodies) > 3 else 0.9)),
        "leaning": -1.5 * (leaning(bodies) * 3 >= 1),
        "addressed": -1.0 * (addressed(bodies) >= 0.5),
    }


def weigh_tail(items: Items, article: Sequence[str]) -> float:
    """Return the weight of the evidence that ``items`` are other news below an ``article``, title first.

    The line above them has said already that something else follows.
    """
    if contradicted(items) or items.before or items.sign in {"section", "paragraph"}:
        return float("-inf")
    weights = reasons(items, article[0])
    own = frozenset().union(*map(content_stems, article))
    bodies = [content_stems(_told(item)) for item in items.items]
    foreign = fmean(len(body & own) / max(1, len(body)) for body in bodies)
    return sum(weights.values()) + (1.0 if foreign < 0.15 else 0.0 if foreign < 0.25 else -2.0)


def _told(item: Found) -> str:
    """Return the words of an item without its dateline, whose agency is the same in all of them."""
    return " ".join(
        [item.head, *(DATELINE.sub("", unit.text, count=1) if _place(unit) else unit.text for unit in item.body)]
    )


def _headlines(items: Items) -> float:
    heads = [words(item.head) for item in items.items if item.head]
    if len(heads) * 4 < len(items.items) * 3:
        return 0.0
    middle = median(map(len, heads))
    echo = fmean(
        len(content_stems(item.head) & content_stems(" ".join(unit.text for unit in item.units[1:]))) > 0
        for item in items.items
    )
    return (1.0 if middle >= 4 else -1.5 if middle <= 2 else 0.0) + (0.5 if echo >= 0.5 else 0.0)


def _datelines(items: Items) -> float:
    """Weigh whether the texts come from different places, as an agency's do; an article has one dateline."""
    places = [place for item in items.items if (place := next(filter(None, map(_place, item.body)), ""))]
    return 2.0 if len(places) * 4 >= len(items.items) * 3 and len(set(places)) * 2 > len(places) else 0.0


def _share(pattern: re.Pattern[str], heads: Sequence[str]) -> float:
    return sum(pattern.match(head) is not None for head in heads) / len(heads)


def _place(unit: Unit) -> str:
    return place_of(unit.text)


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
    titled = saying.is_titled(items, title)
    if items.sign == "paragraph" and not saying.is_bare_title(title):
        return True
    if items.sign == "day" and not titled:
        return True
    if any(lexicon.END_OF_RELEASE.fullmatch(text.strip(" .:*#-")) for text in texts(items.before)):
        return True
    before = sum(len(text) for text in texts(items.before) if text != title and not DAY_LINE.fullmatch(text))
    return before > (_EDITORIAL if titled else _INTRODUCTION)


def _pointers(items: Items) -> float:
    """Weigh what each item has for itself: a link at its head, an address or a source below it."""
    number = len(items.items)
    linked = len({item.url for item in items.items if item.url and item.units[0].url})
    pointed = len({item.url for item in items.items if item.url})
    sourced = sum(item.source is not None for item in items.items)
    return 2.0 if linked >= 0.8 * number else 1.0 if max(pointed, sourced) >= 0.6 * number else 0.0


def _apartness(found: Sequence[str]) -> float:
    shared = cohesion(found)
    return 2.0 if shared < 0.02 else 1.5 if shared < 0.04 else 1.0 if shared < 0.06 else 0.0 if shared < 0.12 else -2.0


def _titleness(found: Sequence[str], title: str) -> float:
    """Weigh how often the title's words come again, as they do in the sections of an article."""
    if not content_stems(title):
        return 0.0
    share = about(title, found)
    return 0.5 if share == 0 else -1.5 if share >= _ABOUT else 0.0


def _independence(found: Sequence[str]) -> float:
    """Weigh whether each names somebody, a place or a figure, as a story of its own does."""
    share = named(found)
    return 1.0 if share >= 0.8 else -1.0 if share < 0.5 else 0.0
