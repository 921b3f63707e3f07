"""A day from one string, and never one that the string does not state.

The day is the string's own local day: an offset is read and never applied. What is
ambiguous (``03/05/2024``), impossible (``31 Feb``), relative (``yesterday``), or holds
anything besides a date yields nothing. Where the order of day and month is known from
elsewhere, the caller says so.

Own code, since every general parser (dateparser, dateutil) is made to find a date in
anything: dateparser 1.5 gives one for about half of the traps it was measured on. The
names of months are CLDR's (by Babel), as written out and as abbreviated, in the
languages of :data:`LANGUAGES`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import cache

from babel.dates import get_month_names

LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "nb", "da", "fi", "pl", "cs", "sk", "hu", "ro", "hr", "sl",
    "sr", "bg", "uk", "ru", "be", "el", "tr", "lt", "lv", "et", "is", "ca", "eu", "id", "ms", "vi", "sw", "zu",
    "af",
)  # fmt: skip
_MAX = 100  # characters: a longer string is a text, not a date

_TIME = (
    r"(?:[T\s,]+(?:(?:at|um|à|kl\.?|klo|ore|alle|a las|в|о)\s*)?(?P<hour>\d{1,2})(?:[:.hH](?P<minute>\d{2}))?"
    r"(?:[:.](?P<second>\d{2})(?:[.,:]\d{1,9})?)?\s*(?:[Uu]hr|h|hrs|час\w*)?\s*(?P<half>[ap]\.?\s?m\.?)?)?"
)
_ZONE = (
    r"\s*(?:\(?(?:Z|UTC|GMT|[A-Z]{2,5}|[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2}\sTime)?\s*(?:[+-]\d{1,2}:?(?:\d{2})?)?"
    r"(?:\s*\([^()]{1,40}\))?\)?)"
)
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_TIME}{_ZONE}", re.ASCII)
_COMPACT = re.compile(
    rf"(?P<year>(?:19|20)\d{{2}})(?P<month>\d{{2}})(?P<day>\d{{2}})(?:T?(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})?{_ZONE})?",
    re.ASCII,
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})\s*[/.年]\s*(?P<month>\d{{1,2}})\s*[/.月]\s*(?P<day>\d{{1,2}})日?\.?(?:\s*\([^()]{{1,3}}\))?{_TIME}{_ZONE}",
    re.ASCII,
)
_KOREAN = re.compile(rf"(?P<year>\d{{4}})년\s*(?P<month>\d{{1,2}})월\s*(?P<day>\d{{1,2}})일{_TIME}", re.ASCII)
_NUMBERS = re.compile(
    rf"(?P<first>\d{{1,2}})\s*(?P<sign>[/.-])\s*(?P<second_>\d{{1,2}})\s*(?P=sign)\s*(?P<year>\d{{4}})\.?{_TIME}{_ZONE}",
    re.ASCII,
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.|-?го|-?е)?\s*(?:de\s+|of\s+|d['’]\s*|di\s+|-|/)?"
    rf"(?P<name>[^\W\d_]+)\.?,?\s*(?:de\s+|del\s+|г\.?\s*|-|/)?"
    rf"(?P<year>\d{{4}}|\d{{2}}(?!\d))\.?\s*(?:г(?:ода|\.)?|р(?:оку|\.)?|м\.?|m\.)?{_TIME}{_ZONE}"
)
_MONTH_FIRST = re.compile(
    rf"(?P<name>[^\W\d_]+)\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?,?\s+(?P<year>\d{{4}}){_TIME}{_ZONE}"
)
# A day anywhere in a text, to be read by :func:`read_date_string`.
DATE_IN_TEXT = re.compile(
    r"(?<![\d/.])(?:\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{4}|\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}"
    r"|\d{4}年\s*\d{1,2}月\s*\d{1,2}日|[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s*(?:de\s+)?[^\W\d_]{3,12}\.?,?\s*(?:de\s+)?\d{4})(?![\d/])"
)
_WEEKDAY = re.compile(r"[^\W\d_]+(?:-feira)?\.?,?\s+(?:(?:the|den|le|el|il|lo)\s+)?(?=\d|[^\W\d_]+\.?\s\d)")
_SECONDS = range(10**9, 4 * 10**9)
_MILLISECONDS = range(10**12, 4 * 10**12)


def read_date_string(text: str, *, day_first: bool | None = None) -> date | None:
    """Return the day that ``text`` states, or None.

    ``day_first`` settles ``03/05/2024``; without it only what can be read one way
    (``25/03/2024``, ``03/03/2024``) or is by its form settled (points: ``5.3.2024`` is day
    first wherever points are used) gives a day. A number of ten or thirteen digits is a
    Unix time, in UTC for want of a place.
    """
    if len(text) > _MAX or any(
        unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and sign not in "\t\n\r\u200e\u200f" for sign in text
    ):
        return None
    text = " ".join(text.replace("\u200e", "").replace("\u200f", "").split())
    if text.isascii() and text.isdigit() and len(text) in {10, 13}:
        return _moment(int(text))
    for pattern in (_ISO, _COMPACT, _YEAR_FIRST, _KOREAN):
        if match := pattern.fullmatch(text):
            return _day(match, int(match["month"]), int(match["day"]))
    if match := _NUMBERS.fullmatch(text):
        return _numbers(match, day_first)
    return _named(text) or _named(_WEEKDAY.sub("", text, count=1))


def _moment(number: int) -> date | None:
    seconds = number if number in _SECONDS else number / 1000 if number in _MILLISECONDS else None
    return None if seconds is None else (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()


def _numbers(match: re.Match[str], day_first: bool | None) -> date | None:
    first, second = int(match["first"]), int(match["second_"])
    if first == second or second > 12 >= first:
        return _day(match, first, second)
    if first > 12 or match["sign"] == ".":
        return _day(match, second, first)
    if day_first is None:
        return None
    return _day(match, second, first) if day_first else _day(match, first, second)


def _named(text: str) -> date | None:
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        match = pattern.fullmatch(text)
        if match and (month := month_number(match["name"])):
            return _day(match, month, int(match["day"]))
    return None


def _day(match: re.Match[str], month: int, day: int) -> date | None:
    parts = match.groupdict()
    if int(parts.get("hour") or 0) > 23 or int(parts.get("minute") or 0) > 59 or int(parts.get("second") or 0) > 60:
        return None
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900  # as RFC 2822 and POSIX do
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_number(name: str) -> int | None:
    """Return the number of the month called ``name`` in any of the languages, or None when two disagree.

    English decides where one word names two months; the other languages take a while to load.
    """
    word = name.casefold().rstrip(".")
    return _english().get(word) or _months().get(word)


@cache
def _english() -> dict[str, int]:
    names = (get_month_names(width, locale="en").items() for width in ("wide", "abbreviated"))
    return {name.casefold(): number for named in names for number, name in named}


@cache
def _months() -> dict[str, int]:
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale=language).items():
                    word = name.casefold().rstrip(".")
                    if word.isalpha() and len(word) > 1:
                        found.setdefault(word, set()).add(number)
    # Common forms that CLDR leaves out.
    for word, number in {"sept": 9, "jänner": 1, "janner": 1, "mrz": 3, "мая": 5, "setiembre": 9}.items():
        found.setdefault(word, set()).add(number)
    return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1}
