"""Which single-byte encoding bytes are in.

Cyrillic ones are told apart by how well each reading fits the letter frequencies of
Ukrainian and Russian and keeps capitals at the start of words: the wrong code page swaps
cases or yields rare letters, so a dozen letters decide. All others are left to
charset-normalizer, but for Hebrew and the plainly Western.
"""

from __future__ import annotations

import math
import re

from charset_normalizer import from_bytes

_CYRILLIC_ENCODINGS = ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")
# In cp1255, Hebrew fills just the places of а–ъ; Cyrillic of such length has a capital, ь or я as well.
_HEBREW = re.compile(rb"(?:[\xe0-\xfa][^\xe0-\xfa]*){20}")
_NOT_HEBREW = re.compile(rb"[\x80-\x90\x98-\x9f\xa1-\xaa\xac-\xba\xbc-\xdf\xfb\xfc\xff]")
# Of 1,000 letters of news in Ukrainian and Russian, so many are this one (rounded, both together).
_FREQUENCY = (
    "о97 а80 е70 и66 н65 т56 в48 с46 р46 л38 к36 і30 д32 м30 п29 у29 я21 з20 ь18 б16 г15 ы9 ч13 й11 х9 ж8 ю7 ш6 ц6 "
    "ї4 щ4 є3 ф3 э2 ъ1 ё1 ґ0.3"
)
_LETTER_SCORE = {entry[0]: math.log(float(entry[1:]) / 1000) for entry in _FREQUENCY.split(" ")}
_PUNCTUATION_SCORE = dict.fromkeys("«»—–“”„’‘…№°§ ", math.log(0.01))
_RARE = math.log(0.00005)
_CAPITAL = {"start": math.log(0.05), "capital": math.log(0.4), "small": math.log(0.0005)}
# Western languages' letters and signs: where all that is above ASCII is one of these, no rarer code page is meant.
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÄÅÆÇÈÉÊÍÑÓÔÖØÙÚÜŒ‘’“”„«»–—…•€£§©®°ºª¡¿·\xa0")
# Mean score a character. Real text lies near -3.2, the wrong Cyrillic code page below -5, other scripts below -6.
_PLAUSIBLE = -4.3


def code_page(sample: bytes) -> str | None:
    """Return the encoding that reads ``sample`` best, or None when none can be told."""
    return _cyrillic(sample) or _other(sample)


def _cyrillic(sample: bytes) -> str | None:
    """Return the Cyrillic code page that reads ``sample`` best, or None when it is no Cyrillic text."""
    runs = re.findall(rb"[\x80-\xff]+", sample)
    # Western text has single letters above ASCII; Cyrillic has words of them.
    if not runs or sum(map(len, runs)) / len(runs) < 2.5:
        return None
    if _is_hebrew(sample):
        return None
    scores = {encoding: _score(sample.decode(encoding, "replace")) for encoding in _CYRILLIC_ENCODINGS}
    best = max(_CYRILLIC_ENCODINGS, key=lambda encoding: scores[encoding])
    return best if scores[best] > _PLAUSIBLE else None


def _score(text: str) -> float:
    """Return the mean logarithmic likelihood of the characters outside ASCII."""
    total, count, before = 0.0, 0, " "
    for sign in text:
        if sign > "\x7f":
            count += 1
            lower = sign.lower()
            total += _LETTER_SCORE.get(lower, _PUNCTUATION_SCORE.get(sign, _RARE))
            if sign != lower:
                total += _CAPITAL["small" if before.islower() else "capital" if before.isupper() else "start"]
        before = sign
    return total / max(1, count)


def _is_hebrew(sample: bytes) -> bool:
    return _HEBREW.search(sample) is not None and _NOT_HEBREW.search(sample) is None


def _other(sample: bytes) -> str | None:
    if _is_hebrew(sample):
        return "cp1255"
    if _WESTERN.issuperset(sign for sign in sample.decode("cp1252", "replace") if sign > "\x7f"):
        return "cp1252"
    best = from_bytes(sample).best()
    return None if best is None else best.encoding
