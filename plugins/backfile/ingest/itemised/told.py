"""The words of items that are their own: without what comes back in item after item, which is the form's.

A heading that stands in each ("What this means"), the names of fields ("Judge: …"), places and
addresses say how the issue is laid out, not what its items are about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from backfile.ingest.itemised.items import Found
from backfile.ingest.itemised.units import label_of, place_of, without_address
from backfile.ingest.vocabulary.phrases import DATELINE, DAY

_FIELD = re.compile(r"(?:^|(?<=\s))[^\W\d_][\w-]{1,20}(?: \w{1,20})?:(?=\s)")
_DIGIT = re.compile(r"\d")  # each day has one
_TIMES = 3
_SHARE = 0.6  # of the items


def told_in(items: Sequence[Found]) -> list[str]:
    """Return the words of each of ``items``, without its dateline, whose agency is the same in all of them."""
    least = max(_TIMES, _SHARE * len(items))
    lines = Counter(text for item in items for text in {unit.text.casefold() for unit in item.body})
    form = {text for text, count in lines.items() if count >= least}
    told = [_told(item, form) for item in items]
    fields = Counter(name for text in told for name in set(_FIELD.findall(text) if ":" in text else ()))
    names = {name for name, count in fields.items() if count >= least}
    if names:
        told = [_FIELD.sub(lambda match: "" if match[0] in names else match[0], text) for text in told]
    return told


def _told(item: Found, form: set[str]) -> str:
    own = (unit.text for unit in item.body if unit.text.casefold() not in form)
    return _without_days(
        " ".join([f"{item.head}." if item.head else "", *(_without_label(without_address(text)) for text in own)])
    )


@lru_cache(maxsize=256)  # of the forms of one document many have the same items
def _without_days(text: str) -> str:
    return DAY.sub(" ", text) if _DIGIT.search(text) else text


def _without_label(text: str) -> str:
    return DATELINE.sub("", text, count=1) if place_of(text) else text.removeprefix(label_of(text))
