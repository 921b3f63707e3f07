"""Which single-byte encoding bytes are in.

Cyrillic ones are told apart by how well each reading fits the letter frequencies of
Ukrainian and Russian and keeps capitals at the start of words: the wrong code page swaps
cases or yields rare letters, so a dozen letters decide; Greek ones by those of Greek. Of the
others, Hebrew and the plainly Western are told by their places, and those of Central Europe,
the Baltic and Turkey by their alphabets: the wrong code page yields letters that no one of these
languages has together. What is left goes to charset-normalizer.
"""

from __future__ import annotations

import math
import re

from charset_normalizer import from_bytes

_CYRILLIC_ENCODINGS = ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic", "cp1253", "iso8859-7")
# In cp1255, Hebrew fills just the places of а–ъ; Cyrillic of such length has a capital, ь or я as well.
_HEBREW = re.compile(rb"(?:[\xe0-\xfa][^\xe0-\xfa]*){20}")
_NOT_HEBREW = re.compile(rb"[\x80-\x90\x98-\x9f\xa1-\xaa\xac-\xba\xbc-\xdf\xfb\xfc\xff]")
# Of 1,000 letters of news in Ukrainian and Russian, so many are this one (rounded, both together).
_FREQUENCY = (
    "о97 а80 е70 и66 н65 т56 в48 с46 р46 л38 к36 і30 д32 м30 п29 у29 я21 з20 ь18 б16 г15 ы9 ч13 й11 х9 ж8 ю7 ш6 ц6 "
    "ї4 щ4 є3 ф3 э2 ъ1 ё1 ґ0.3 "
    # Greek, in the code pages of its own
    "α85 τ80 ο75 ε69 ι68 ν65 ρ45 κ42 π42 σ40 ς38 υ38 η35 μ33 λ30 ά18 γ18 δ18 ω17 έ17 ό16 ί16 ή15 θ12 χ11 φ9 ύ9 ώ8 β7 "
    "ξ5 ζ4 ψ2"
)
_LETTER_SCORE = {entry[0]: math.log(float(entry[1:]) / 1000) for entry in _FREQUENCY.split(" ")}
_PUNCTUATION_SCORE = dict.fromkeys("«»—–“”„’‘…№°§ ", math.log(0.01))
_RARE = math.log(0.00005)
_CAPITAL = {"start": math.log(0.05), "capital": math.log(0.4), "small": math.log(0.0005)}
# Western languages' letters and signs: where all that is above ASCII is one of these, no rarer code page is meant.
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÄÅÆÇÈÉÊÍÑÓÔÖØÙÚÜŒ‘’“”„«»–—…•€£§©®°ºª¡¿·\xa0")
# The letters beyond ASCII that a language has, and the code pages that its texts are in.
_CENTRAL = ("cp1250", "iso8859_2", "cp852")
_ALPHABETS = (
    ("áéíóöőúüű", _CENTRAL), ("ąčęėįšųūž", ("cp1257",)), ("ąćęłńóśźż", _CENTRAL), ("áčďéěíňóřšťúůýž", _CENTRAL),
    ("áäčďéíĺľňóôŕšťúýž", _CENTRAL), ("ăâîşţ", _CENTRAL), ("čćđšž", _CENTRAL), ("çğıöşüâîû\u0307", ("cp1254",)),
    ("āčēģīķļņšūž", ("cp1257",)), ("äöõüšž", ("cp1257",)),
)  # fmt: skip
_SIGNS = frozenset("‘’‚“”„‹›«»–—…•§©®°\xa0€")
# Fewer different letters may be in an alphabet by accident.
_MIN_DIFFERENT = 3
# Hungarian and Lithuanian may be made up of places that are all letters of the West, too; these give them away.
_LIKE_WESTERN = _ALPHABETS[:2]
_GIVING_AWAY = frozenset("őűų")
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
    if b"\r" in sample and b"\n" not in sample:  # lines as no other program than those of old Macs ends them
        return "mac_roman"
    found = _of_alphabet(sample, _LIKE_WESTERN)
    if found and _GIVING_AWAY.intersection(sample.decode(found, "replace").lower()):
        return found
    if _WESTERN.issuperset(sign for sign in sample.decode("cp1252", "replace") if sign > "\x7f"):
        return "cp1252"
    found = _of_alphabet(sample, _ALPHABETS)
    if found:
        return found
    best = from_bytes(sample).best()
    return None if best is None else best.encoding


def _of_alphabet(sample: bytes, alphabets: tuple[tuple[str, tuple[str, ...]], ...]) -> str | None:
    """Return the code page in which all letters of ``sample`` beyond ASCII are of one of ``alphabets``."""
    for encoding in dict.fromkeys(encoding for _, encodings in alphabets for encoding in encodings):
        text = sample.decode(encoding, "replace")
        letters = {sign for sign in text.lower() if sign > "\x7f"} - _SIGNS
        known = (alphabet for alphabet, encodings in alphabets if encoding in encodings)
        if len(letters) >= _MIN_DIFFERENT and any(letters.issubset(alphabet) for alphabet in known):
            return encoding
    return None
