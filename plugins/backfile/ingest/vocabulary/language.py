"""Which language a text is in, as a primary subtag; None where too little is there to tell.

Cyrillic is decided by letters that only one language has, then by its commonest small
words; English by its own small words; only what is left goes to py3langid, whose model
takes most of a second to load and is unsure of short texts.
"""

from __future__ import annotations

import re
from collections import Counter

from backfile.ingest.vocabulary.words import words
from backfile.wordlists import word_set

_SAMPLE = 6000
_MIN_LETTERS = 20
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z\u00c0-\u024f]", re.IGNORECASE)
_CYRILLIC_LANGUAGES = ("uk", "ru", "be", "bg", "sr", "mk", "kk")

_UKRAINIAN = word_set("та що це як до від про за й або був були вже буде які який яка яке але після під час року не на")
_RUSSIAN = word_set(
    "и что это как от о об для или был были уже будет которые который которая но после во время года с к"
)
_ENGLISH = word_set("the of and to in a is was for that with on by as at said has have its are be from will not after")
# Share of a text's words; half of running English are such words, of a headline one in eight.
_ENGLISH_SHARE = 0.12


def detect_language(text: str) -> str | None:
    """Return the language of ``text``, or None when it has too few letters to tell."""
    sample = text[:_SAMPLE].lower()
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    if cyrillic > latin:
        return _cyrillic_language(sample)
    if latin > cyrillic:
        found = words(sample)
        english = sum(word in _ENGLISH for word in found)
        if english >= max(2, len(found) * _ENGLISH_SHARE):
            return "en"
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return None
    return _ranked(sample)[0]


def _cyrillic_language(sample: str) -> str | None:
    letters = Counter(sample)
    if letters["ў"]:
        return "be"
    if any(letters[letter] for letter in "јљњћђџѓќѕқңғүұһә"):
        return next(language for language in _ranked(sample) if language in _CYRILLIC_LANGUAGES)
    ukrainian = sum(letters[letter] for letter in "ґєії")
    russian = sum(letters[letter] for letter in "ёыэ")
    if ukrainian == russian:
        found = words(sample)
        ukrainian, russian = (sum(word in known for word in found) for known in (_UKRAINIAN, _RUSSIAN))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return None
    return next(language for language in _ranked(sample) if language in _CYRILLIC_LANGUAGES)


def _ranked(sample: str) -> list[str]:
    # Loaded late: its model is slow to load and seldom needed.
    import py3langid  # type: ignore[import-untyped]  # it ships no types

    return [str(language) for language, _ in py3langid.rank(sample)]
