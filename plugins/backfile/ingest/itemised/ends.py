"""What stands where the first or the last item would, and is none: it is about the issue, and unlike the items.

An imprint, a notice, a word to subscribers may be set off as the items are. It lacks what all of them
have (a place, a source, a link, a headline), or it speaks of the issue itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from backfile.ingest.itemised.items import OF_LISTS, Found, says_something
from backfile.ingest.itemised.units import ends_letter, ends_text, label_of, place_of
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import DIGEST_NOUN, GREETING, SIGN_OFF, WEATHER
from backfile.sentences import split_sentences

_MIN_OTHERS = 3
_NEARLY_ALL = 0.8
_SHORT = 0.6  # of the median length: what is as long as the items may be one
_MAX_NOTICE = 320  # characters that may be about the issue
_MOST = 2  # at either end

_TRAITS: tuple[Callable[[Found], bool], ...] = (
    lambda item: any(place_of(unit.text) for unit in item.body[:2]),
    lambda item: any(label_of(unit.text) for unit in item.body[:1]),
    lambda item: item.source is not None or any(lexicon.SOURCE_LABEL.match(unit.text) for unit in item.units),
    lambda item: item.url is not None,
    lambda item: bool(item.head),
    lambda item: any(unit.is_line and not unit.is_rule for unit in item.units[1:]),
    lambda item: any(ends_text(unit.text) for unit in item.body),
    lambda item: bool(item.units[0].signs & OF_LISTS),
)


def without_ends(items: Sequence[Found]) -> tuple[int, int]:
    """Return where the items begin and end that are the issue's, without what is about it above and below them."""
    first, last = 0, len(items)
    while (
        first < _MOST
        and last - first > _MIN_OTHERS
        and (_greets(items[first]) or _is_about_issue(items[first], items[first + 1 : last]))
    ):
        first += 1
    while (
        len(items) - last < _MOST
        and last - first > _MIN_OTHERS
        and _is_about_issue(items[last - 1], items[first : last - 1])
    ):
        last -= 1
    return first, last


def _greets(item: Found) -> bool:
    """Tell whether there is a line of the issue, its day or its number, and a greeting below it."""
    return bool(item.head) and item.body[0].text != item.head and GREETING.match(item.body[0].text) is not None


def _takes_leave(item: Found) -> bool:
    """Tell whether the weather is told, and a word to the audience stands behind it, as news on the air end."""
    return WEATHER.match(item.text) is not None and bool(SIGN_OFF.match(split_sentences(item.text)[-1]))


def _is_about_issue(item: Found, others: Sequence[Found]) -> bool:
    if len(item.text) > _MAX_NOTICE:
        return False
    if any(map(ends_letter, (item.units[0], *item.body[:1]))) or _takes_leave(item):
        return True
    if not says_something(item) and all(unit.is_line for unit in item.units) and all(map(says_something, others)):
        return True
    shorter = len(item.text) < _SHORT * median(len(other.text) for other in others)
    shares = [sum(map(has, others)) / len(others) for has in _TRAITS if not has(item)]
    if shorter or DIGEST_NOUN.search(item.text):
        return any(share > _NEARLY_ALL for share in shares)
    return sum(share >= _NEARLY_ALL for share in shares) > 1
