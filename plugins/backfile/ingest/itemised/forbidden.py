"""What no digest is, however much else speaks for it: questions, conversations, chronicles, what follows an article."""

from __future__ import annotations

from backfile.ingest import lexicon
from backfile.ingest.itemised import saying
from backfile.ingest.itemised.items import Items, is_terse
from backfile.ingest.itemised.units import texts
from backfile.ingest.phrases import DAY_LINE

_INTRODUCTION = 350  # characters before the first item; more is an article
_EDITORIAL = 1000  # the same, in what calls itself a digest: a letter to its readers
_LINES_OF_LIST = 4  # headlines without texts: fewer are any list


def is_forbidden(items: Items, title: str) -> bool:
    """Tell whether ``items``, and what stands around them under ``title``, are no digest, whatever else they say."""
    titled = saying.titled(items, title)
    if items.sign == "paragraph" and not saying.is_bare_title(title):
        return True
    if items.sign == "day" and not titled:
        return True
    if any(map(is_terse, items.items)) and titled == 1 and len(items.items) >= _LINES_OF_LIST:
        return _is_led_up_to(items, title, titled) or _is_chronicle(items)
    return is_contradicted(items) or _is_led_up_to(items, title, titled)


def is_contradicted(items: Items) -> bool:
    """Tell whether the items ask, talk, count off days, go on from what was said before, or are mere lines."""
    heads, number = [item.head or item.text for item in items.items], len(items.items)
    if sum(head.endswith("?") or lexicon.SPEAKER.match(head) is not None for head in heads) * 3 >= number:
        return True
    if sum(lexicon.ANAPHORA.match(item.text) is not None for item in items.items) * 3 > number:
        return True
    if items.sign == "post" and len({item.units[0].text.partition("[")[0] for item in items.items}) > 1:
        return True  # people talking
    return _is_chronicle(items) or any(map(is_terse, items.items))


def _is_chronicle(items: Items) -> bool:
    """Tell whether days stand for headlines."""
    run_ins = [item.units[0].head for item in items.items]
    days = sum(lexicon.WEEKDAY.fullmatch(text.strip(" .:")) is not None for text in run_ins)
    return days * 2 >= len(run_ins)


def _is_led_up_to(items: Items, title: str, titled: float) -> bool:
    """Tell whether an article stands before the first item, or the end of one."""
    if any(lexicon.END_OF_RELEASE.fullmatch(text.strip(" .:*#-")) for text in texts(items.before)):
        return True
    before = sum(len(text) for text in texts(items.before) if text != title and not DAY_LINE.fullmatch(text))
    return before > (_EDITORIAL if titled else _INTRODUCTION)
