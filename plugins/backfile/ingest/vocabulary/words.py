"""What single lines look like: the small judgements that several steps share."""

from __future__ import annotations

import re
from itertools import islice

_TERMINAL = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"(?<![.…])\.[\"'”’»)\]]*$")
_ABBREVIATED_END = re.compile(r"(?:\b[^\W\d_]\.){2,}$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|р|рр|г|гг|ст|т\.\s?д|т\.\s?п)\.$")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_URL_ONLY = re.compile(r"<?(https?://[^\s<>]+\.[^\s<>]+)>?", re.IGNORECASE)
_OPENING = "\"'“”«„‘’(["


def words(text: str) -> list[str]:
    """Return the words of ``text``: letters and digits, with hyphens and apostrophes inside."""
    return _WORD.findall(text)


def has_words(text: str, least: int) -> bool:
    """Tell whether ``text`` has so many words; a long one is not read to its end for that."""
    return next(islice(_WORD.finditer(text), least - 1, None), None) is not None


def ends_sentence(text: str) -> bool:
    """Tell whether ``text`` ends as a sentence does."""
    return _TERMINAL.search(text) is not None


def ends_with_full_stop(text: str) -> bool:
    """Tell whether ``text`` ends in a full stop that is no abbreviation's and no ellipsis."""
    return _FULL_STOP.search(text) is not None and _ABBREVIATED_END.search(text) is None


def begins_high(text: str) -> bool:
    """Tell whether ``text`` begins with a capital, a digit, a letter without case, or one of these in quotes."""
    first = text.lstrip(_OPENING + " ")[:1]
    return first.isalnum() and not first.islower()


def url_alone(text: str) -> str | None:
    """Return the web address when ``text`` is nothing else."""
    match = _URL_ONLY.fullmatch(text.strip())
    return match[1].rstrip(".,;") if match else None


def is_usable(text: str) -> bool:
    """Tell whether ``text`` holds a usable sentence: three words, or a dozen letters in scripts without spaces."""
    found = words(text)
    return sum(word[0].isalpha() for word in found) >= 3 or sum(map(len, re.findall(r"[^\W\d_]+", text))) >= 12
