"""What the interface says: words, counts, dates and reasons in the reader's language.

Everything here is a pure function of its arguments. The words stand in ``en.yaml``,
``uk.yaml`` and ``ru.yaml``, which have the same keys; plural rules, month names, list
and number formats are CLDR's, by way of Babel. A language that has no file gets
English. :data:`FILTERS` is what templates use: ``{{ "outlets"|t(site.lang, n=3) }}``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from backfile.wording.alphabet import alphabetical
from backfile.wording.catalogue import (
    LANGUAGES,
    direction,
    forms,
    interface_language,
    language_name,
    number,
    t,
    written,
)
from backfile.wording.citation import Reference
from backfile.wording.dates import day, day_range, fetched, long_day, month, short_day, span, tick, weekday
from backfile.wording.kept import once
from backfile.wording.phrases import (
    alike,
    by_take,
    guesses,
    join,
    known,
    origin_label,
    origin_share,
    reason,
    take_names,
)

FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "alike": alike,
        "by_take": by_take,
        "day": day,
        "day_range": day_range,
        "direction": direction,
        "fetched": fetched,
        "forms": forms,
        "guesses": guesses,
        "join_words": join,
        "known": known,
        "language_name": language_name,
        "long_day": long_day,
        "month": month,
        "number": number,
        "once": once,
        "origin_label": origin_label,
        "origin_share": origin_share,
        "reason": reason,
        "reference": Reference,
        "short_day": short_day,
        "span": span,
        "t": t,
        "take_names": take_names,
        "tick": tick,
        "weekday": weekday,
        "written": written,
    }
)

__all__ = [
    "FILTERS",
    "LANGUAGES",
    "Reference",
    "alike",
    "alphabetical",
    "by_take",
    "day",
    "day_range",
    "direction",
    "fetched",
    "guesses",
    "interface_language",
    "join",
    "known",
    "language_name",
    "long_day",
    "month",
    "number",
    "once",
    "origin_label",
    "origin_share",
    "reason",
    "short_day",
    "span",
    "t",
    "take_names",
    "tick",
    "weekday",
    "written",
]
