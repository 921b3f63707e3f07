"""What speaks for a digest, once its form is there: each reason with its weight, so that one can argue with it.

A digest's items are stories of their own. So they share few words, tell who or
what they are about from the start (names, figures; no "he" or "however"), may carry their
own link, hour, place or source, and the whole calls itself a digest, or greets its readers. Advice, decrees,
interviews, chronicles and articles in sections have the form and fail these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import fmean, median

from backfile.ingest.itemised import saying
from backfile.ingest.itemised.apart import (
    about,
    addressed,
    cohesion,
    content_stems,
    leaning,
    named,
    own_names,
    protagonist,
    subject_of,
)
from backfile.ingest.itemised.forbidden import is_contradicted, is_forbidden
from backfile.ingest.itemised.items import Found, Items
from backfile.ingest.itemised.told import told_in
from backfile.ingest.itemised.units import is_addressed, place_of
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import DAY_HEADED, DAY_OF_STORY
from backfile.ingest.vocabulary.words import words

ENOUGH = 3.0
ENOUGH_BELOW = 1.5  # below an article, under a line that says that something else follows
# What each reason weighs where it holds wholly; most hold by degrees. A logistic regression on the labelled documents
# and on some 2,500 pages, articles and posts that are none gave the order of size; the figures are rounded by hand.
_WEIGHTS = {
    # What the document says of itself.
    "titled": 2.0,  # its title, or a line below, calls it a digest; half as much where such a word has others beside it
    "issue": 1.0,  # a number or a day of issue
    "period": 0.5,  # a title that names a time
    "greeting": 1.0,
    "sign-off": 1.0,
    "unsaid": -0.5,  # none of these but the last: form and words must tell more
    "explains": -2.5,  # a title that asks, counts reasons, or names another kind of text
    "personal": -1.5,  # a title that speaks of its writer
    # What each item has of its own.
    "pointers": 1.5,  # a link at its head; an address or a source below it is half as good
    "datelines": 1.5,  # a place; an article has one dateline
    "labels": 0.5,  # names of sections between the items
    "headlines": 1.0,  # of four words and more
    "section names": -1.0,  # of one or two
    "own names": 1.0,  # the share of items with a name that no other has
    "unnamed": -1.0,  # few say who, where or how much, as advice does not
    "many": 1.5,  # wholly at eight, the other way below four: chance has less to do with it
    # Whether their texts are apart.
    "apart": 2.5,  # see _APART
    "title said": -2.0,  # the share of items with a word of the title; sections of an article have them
    "protagonist": -1.0,  # the share of items with the name that most have
    "leaning": -1.5,  # a third of them begins with "she" or "however"
    "addressed": -2.0,  # the share of items that speak to "you", or of "me"
    "asking": -2.5,  # half of the headlines ask or explain
    "people": -2.5,  # or name people and their roles
    "days": -2.0,  # or begin with "On Tuesday she": a story, told by days
    "catalogued": -4.0,  # half of the items describe a work, with its year and its pages: a bibliography
}
# The mean share of words that two items have in common, at which nothing speaks for "apart"; twice that speaks as
# clearly against it.
_APART = 0.05
_FEW, _MANY = 4, 8
# "Leeds, 2003. 340 p.": the year of a work and how many pages it has, as no outlet's name has.
_WORK = re.compile(r"\b(?:1[5-9]|20)\d\d\b[^\n]{0,40}?\b\d{2,4}\s?(?:(?:pp?|pages|стр|стор)\b|[sс]\.)", re.IGNORECASE)
_TERSE = 0.4  # of the headlines
# How seldom other texts set their parts off so.
_SIGNS = {
    "post": 3.0,
    "said": 3.0,
    "field": 2.5,
    "hashtag": 1.5,
    "tag": 1.5,
    "boxed": 1.0,
    "clock": 1.0,
    "stamp": 1.0,
    "emoji": 1.0,
    "rule": 1.0,
    "underlined": 1.0,
    "label": 0.5,
    "section": -0.5,
    "paragraph": -0.25,
}
# Hours alone set off what happens in the course of one event as well, where nothing says that this is an issue.
_HOURS = frozenset({"clock", "stamp"})
_CHRONICLE = -1.5
# How much of the items' words stand in the article above them, below which they are foreign to it.
_FOREIGN = ((0.15, 1.0), (0.25, 0.0))
_AKIN = -2.0
_BARE_BELOW = -1.0  # bare paragraphs: the article may go on there
_MIN_ITEMS = 3
_NEARLY_ALL = 0.6
_ALIKE = -1.0  # of "apart"
_SAID = ("titled", "issue", "greeting")


def weigh(items: Items, title: str, *, page: bool = False) -> float:
    """Return the weight of the evidence that ``items`` are a digest; negative infinity when something forbids it.

    On a web ``page`` lists of linked teasers are furniture more often than not, so only what
    calls itself a digest is one; and what is all alike there is a list of results. A table may
    hold anything, and must say it, too.
    """
    if len(items.items) < _MIN_ITEMS or is_forbidden(items, title):
        return float("-inf")
    weights = reasons(items, title, page=page)
    weight = sum(weights.values())
    says_so = any(weights[name] for name in _SAID) and not weights["section names"]
    if ((page or items.sign == "row") and not says_so) or (page and weights["apart"] < _ALIKE):
        return min(weight, ENOUGH - 0.5)
    return weight


def weigh_tail(items: Items, article: Sequence[str]) -> float:
    """Return the weight of the evidence that ``items`` are other news below an ``article``, title first.

    The line above them has said already that something else follows.
    """
    if is_contradicted(items) or items.before or items.sign == "section":
        return float("-inf")
    own = frozenset().union(*map(content_stems, article))
    bodies = list(map(content_stems, told_in(items.items)))
    akin = fmean(len(body & own) / max(1, len(body)) for body in bodies)
    bare = _BARE_BELOW if items.sign == "paragraph" else 0.0
    weights = reasons(items, article[0]) | {"unsaid": 0.0}
    return sum(weights.values()) + _step(akin, _FOREIGN, _AKIN) + bare


def reasons(items: Items, title: str, *, page: bool = False) -> dict[str, float]:
    """Return the reasons for and against, by name, each with what it weighs here."""
    found = facts(items, title, told_in(items.items), page=page)
    weights = {name: weight * found[name] for name, weight in _WEIGHTS.items()}
    hours_alone = found["unsaid"] and items.sign in _HOURS and not found["headlines"]
    sign = _CHRONICLE if hours_alone else _SIGNS.get(items.sign, 0.0)
    return weights | {"sign": sign}


def facts(items: Items, title: str, bodies: Sequence[str], *, page: bool) -> dict[str, float]:
    """Return how far each reason holds, whose items say ``bodies``: wholly at 1."""
    heads = [item.head or item.text for item in items.items]
    found: dict[str, float] = _said(items, title) | _of_own(items, page=page)
    name = saying.name_of(items, title)
    subject = subject_of(bodies) if _may_have_subject(items, found, bodies) else frozenset()
    found |= _texts(bodies, name, heads, subject)
    found["asking"] = _share(lexicon.EXPLAINER, heads) >= 0.5 and not found["pointers"]
    found["unsaid"] = not any(found[name] for name in _SAID)
    return found


def _may_have_subject(items: Items, found: Mapping[str, float], bodies: Sequence[str]) -> bool:
    """Tell whether the items may be news of one trade: an issue says so, and nearly each has a headline and names."""
    says_so = found["titled"] == 1 or found["issue"]
    return bool(says_so and found["headlines"]) and len(items.items) > _FEW and own_names(bodies) >= _NEARLY_ALL


def _said(items: Items, title: str) -> dict[str, float]:
    return {
        "titled": saying.titled(items, title),
        "issue": saying.is_issue(items, title),
        "period": saying.is_of_a_time(title),
        "greeting": saying.greets(items),
        "sign-off": saying.signs_off(items),
        "explains": saying.explains(title),
        "personal": saying.is_personal(title),
    }


def _of_own(items: Items, *, page: bool) -> dict[str, float]:
    heads = [item for item in items.items if item.head]
    headed = len(heads) * 4 >= len(items.items) * 3
    middle = median(len(words(item.head)) for item in heads) if headed else 3
    terse = fmean(len(words(item.head)) <= 2 for item in heads) if headed else 0.0
    return {
        "pointers": _pointers(items) * (0.5 if page else 1.0),
        "datelines": _datelines(items),
        "labels": len(items.between) >= 2 and items.sign != "section",
        "headlines": middle >= 4,
        "section names": terse >= _TERSE and not all(item.head.isupper() for item in heads),
        "people": headed and _share(lexicon.PERSON_AND_ROLE, [item.head for item in heads]) >= 0.5,
        "many": _many(items),
    }


def _texts(bodies: Sequence[str], name: str, heads: Sequence[str], subject: frozenset[str]) -> dict[str, float]:
    return {
        "own names": own_names(bodies),
        "unnamed": named(bodies) < 0.5,
        "apart": max(-2.0, 1 - cohesion(bodies, subject) / _APART),
        "title said": about(name, bodies, subject),
        "protagonist": protagonist(bodies),
        "leaning": leaning(bodies) * 3 >= 1,
        "addressed": addressed(bodies),
        "catalogued": sum(_WORK.search(body) is not None for body in bodies) * 2 >= len(bodies),
        "days": max(_share(DAY_OF_STORY, heads), _share(DAY_HEADED, heads)) >= 0.5,
    }


def _step(value: float, steps: Sequence[tuple[float, float]], beyond: float) -> float:
    return next((amount for limit, amount in steps if value < limit), beyond)


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
    sourced = sum(item.source is not None or _is_signed(item) or is_addressed(item.text) for item in items.items)
    return 1.0 if linked >= 0.8 * number else 0.5 if max(pointed, sourced) >= 0.6 * number else 0.0


def _is_signed(item: Found) -> bool:
    """Tell whether a line names who wrote an item."""
    return any(lexicon.BYLINE.match(unit.text) is not None and unit.is_line for unit in item.units[1:3])


def _many(items: Items) -> float:
    return min(1.0, (len(items.items) - _FEW) / (_MANY - _FEW))


def of_number(items: Items) -> float:
    """Return what the number of items weighs: it makes the evidence surer, and no form better than another."""
    return _WEIGHTS["many"] * _many(items)


def _share(pattern: re.Pattern[str], heads: Sequence[str]) -> float:
    return sum(pattern.match(head) is not None for head in heads) / len(heads)
