"""What no digest is, however much else speaks for it: questions, conversations, chronicles, what follows an article."""

from __future__ import annotations

from statistics import median

from backfile.ingest.itemised import saying
from backfile.ingest.itemised.apart import addressed, runs_on
from backfile.ingest.itemised.items import Items, is_terse
from backfile.ingest.itemised.pairs import is_lead_in
from backfile.ingest.itemised.units import is_addressed, texts
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import DAY_LINE
from backfile.ingest.vocabulary.words import ends_sentence, words

_GREETING = 160  # characters before the first item, in what does not say what it is; more is an article
_INTRODUCTION = 350  # the same, in an issue, or below a greeting
_OF_ITEMS = 0.15  # the same, as a share of the items
_EDITORIAL = 1000  # the same, in what calls itself a digest: a letter to its readers
_HEADLINE = 6  # words
_LINES_OF_LIST = 4  # headlines without texts: fewer are any list


def is_forbidden(items: Items, title: str) -> bool:
    """Tell whether ``items``, and what stands around them under ``title``, are no digest, whatever else they say."""
    titled = saying.titled(items, title)
    if items.sign == "day" and not titled:
        return True
    if items.sign == "paragraph" and runs_on([item.text for item in items.items]):
        return True  # some items have several paragraphs, and nothing tells which
    if any(lexicon.END_OF_RELEASE.fullmatch(text.strip(" .:*#-")) for text in texts(items.before)):
        return True
    if any(map(is_terse, items.items)) and len(items.items) >= _LINES_OF_LIST:
        linked = all(item.url or is_addressed(item.text) for item in items.items)
        if titled == 1 or (linked and (titled or saying.is_issue(items, title)) and _are_headlines(items)):
            return _is_chronicle(items)
    return is_contradicted(items, dated=bool(titled and saying.is_issue(items, title)))


def _are_headlines(items: Items) -> bool:
    """Tell whether lines say enough to be news, rather than the names of what they link to."""
    return median(len(words(item.text)) for item in items.items) >= _HEADLINE


def is_contradicted(items: Items, *, dated: bool = False) -> bool:
    """Tell whether the items ask, talk, count off days, go on from what was said before, or are mere lines.

    In an issue that says so news may be ``dated``.
    """
    heads, number = [item.head or item.text for item in items.items], len(items.items)
    if sum(head.endswith("?") or lexicon.SPEAKER.match(head) is not None for head in heads) * 2 > number:
        return True
    if sum(lexicon.ANAPHORA.match(item.text) is not None for item in items.items) * 3 > number:
        return True
    if len({item.units[0].voice for item in items.items}) > 1:
        return True  # people talking
    return (_is_chronicle(items) and not dated) or sum(map(is_terse, items.items)) * 2 >= number


def _is_chronicle(items: Items) -> bool:
    """Tell whether days stand for headlines."""
    run_ins = [item.units[0].head for item in items.items]
    days = sum(lexicon.WEEKDAY.fullmatch(text.strip(" .:")) is not None for text in run_ins)
    return days * 2 >= len(run_ins)


def is_led_up_to(items: Items, title: str) -> bool:
    """Tell whether an article stands before the first item, or the end of one.

    A line such as "In brief" above the items says that what stands above it is something else.
    """
    before = sum(len(text) for text in texts(items.before) if text != title and not DAY_LINE.fullmatch(text))
    if titled := saying.titled(items, title):
        others = titled < 1 and bool(items.before) and is_lead_in(items.before[-1].block)
        return before > (_INTRODUCTION if others and not saying.greets(items) else _EDITORIAL)
    own = sum(len(item.text) for item in items.items)
    says_so = saying.is_issue(items, title) or saying.greets(items)
    if _is_letter(items, title):
        return before > _EDITORIAL
    return before > (max(_INTRODUCTION, _OF_ITEMS * own) if says_so else _GREETING)


def _is_letter(items: Items, title: str) -> bool:
    """Tell whether what stands before the first item speaks to the readers, above the name of a section."""
    told = [text for text in texts(items.before) if text != title and ends_sentence(text)]
    return bool(told) and items.before[-1].is_label and addressed(told) == 1
