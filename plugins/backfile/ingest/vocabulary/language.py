"""Which language a text is in, as a primary subtag; None where too little is there to tell.

Cyrillic is decided by letters that only one language has, then by its commonest small
words; English by its own small words, and so are other languages of the West where many of theirs stand and
hardly any of another's; Japanese, Korean and Chinese by their signs. Only what is left goes to py3langid, whose
model takes most of a second to load and is unsure of short texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from backfile.ingest.vocabulary.words import words
from backfile.wordlists import word_set

_SAMPLE = 6000
_MIN_LETTERS = 20
_CYRILLIC = re.compile("[\u0400-\u052f]+")  # runs: to find each letter by itself takes four times as long
_LATIN = re.compile("[a-z\u00c0-\u024f]+", re.IGNORECASE)
_CYRILLIC_LANGUAGES = ("uk", "ru", "be", "bg", "sr", "mk", "kk")

_UKRAINIAN = word_set("та що це як до від про за й або був були вже буде які який яка яке але після під час року не на")
_RUSSIAN = word_set(
    "и что это как от о об для или был были уже будет которые который которая но после во время года с к"
)
_ENGLISH = word_set("the of and to in a is was for that with on by as at said has have its are be from will not after")
# Share of a text's words; half of running English are such words, of a headline one in eight.
_ENGLISH_SHARE = 0.12
_WESTERN = {
    "de": word_set(
        "und die das ist nicht mit den von eine auf für dem sich auch im zu wird sind einen werden bei oder"
    ),
    "fr": word_set("et une du est dans qui sur au avec aux cette ont mais plus par être été ce"),
    "es": word_set("y los las con por una más pero su como también está fue muy desde sobre sus"),
    "it": word_set("che il della sono gli alla nel dei più anche è delle nella di ha"),
    "pt": word_set("não uma com mais são pelo pela também à em um ou já foi ao às dos"),
    "nl": word_set("een het niet van zijn voor ook maar naar wordt bij aan werd deze heeft door"),
    "pl": word_set("w się że jest oraz przez dla które który już także od jak tym"),
}
# How many such words, how many different ones, which share of all, and how many times those of any other language,
# so that the model says the same.
_MANY, _DIFFERENT, _SHARE, _TIMES = 8, 5, 0.08, 3
_KANA, _HAN, _HANGUL = (re.compile(signs) for signs in ("[\u3041-\u30ff]", "[\u4e00-\u9fff]", "[\uac00-\ud7a3]"))
_EASTERN = 100  # letters from which on their kinds tell the language


def detect_language(text: str) -> str | None:
    """Return the language of ``text``, or None when it has too few letters to tell."""
    sample = text[:_SAMPLE].lower()
    cyrillic, latin = (sum(map(len, letters.findall(sample))) for letters in (_CYRILLIC, _LATIN))
    if cyrillic > latin:
        return _cyrillic_language(sample)
    if latin > cyrillic:
        found = words(sample)
        english = sum(word in _ENGLISH for word in found)
        if english >= max(2, len(found) * _ENGLISH_SHARE):
            return "en"
        if western := _western_language(found):
            return western
    letters = sum(map(str.isalpha, sample))
    if letters < _MIN_LETTERS:
        return None
    return _eastern_language(sample, letters) or _ranked(sample)[0]


def _western_language(found: Sequence[str]) -> str | None:
    own = {language: [word for word in found if word in known] for language, known in _WESTERN.items()}
    first, second, *_ = sorted(own, key=lambda language: len(own[language]), reverse=True)
    count = len(own[first])
    is_sure = count >= max(_MANY, _SHARE * len(found), _TIMES * len(own[second])) and len(set(own[first])) >= _DIFFERENT
    return first if is_sure else None


def _eastern_language(sample: str, letters: int) -> str | None:
    kana, han, hangul = (len(signs.findall(sample)) for signs in (_KANA, _HAN, _HANGUL))
    if kana + han + hangul < max(_EASTERN, letters / 2):
        return None
    if kana * 5 >= letters:
        return "ja"
    if hangul * 5 >= letters * 3:
        return "ko"
    return "zh" if not kana and not hangul else None


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
