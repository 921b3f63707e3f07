"""One key for a name in whatever script: Зеленський, Зеленский, Zelensky, Zelenskyy.

Theory: between alphabets a name keeps its consonants and their order; vowels, doubled
letters, soft signs and endings come and go. So a name is turned into Latin letters
(Unidecode), letters that the usual transliterations mix up fall into one class (kh, h,
g; sh, ch, zh, z, s; w, v), and vowels go. What is left, "slnsk", is compared. Short
skeletons are met by chance, so they weigh little (:func:`skeleton`'s second value).

Known failures: names that are translated (Germany, Німеччина), Chinese and Thai (a run of
characters is one token), Latin case endings that are consonants. An editor's
``names.yaml`` mends what matters to an archive. Rejected: Soundex and Metaphone, made for
English and blind to how Cyrillic is transliterated.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from unidecode import unidecode

from backfile.names import word_key

# In this order; each pair of letters that transliterations vary in, and its class.
_CLASSES = (
    ("shch", "s"),
    ("sch", "s"),
    ("dzh", "j"),
    ("tch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("zh", "s"),
    ("kh", "h"),
    ("gh", "h"),
    ("ph", "f"),
    ("th", "t"),
    ("ts", "s"),
    ("tz", "s"),
    ("ck", "k"),
    ("x", "ks"),
    ("qu", "kv"),
    ("q", "k"),
    ("w", "v"),
    ("z", "s"),
    ("g", "h"),
)
_NOT_LETTERS = re.compile("[^a-z]")
_SOFT_C = re.compile("c(?=[eiy])")
_VOWELS = str.maketrans("", "", "aeiouyj")

# How much a shared skeleton of so many letters says; those of one say nothing.
WEIGHTS = (0.0, 0.0, 0.7, 1.5, 2.5, 3.2, 3.5, 3.5)


@lru_cache(maxsize=1 << 14)
def skeleton(word: str) -> tuple[str, int]:
    """Return a word's skeleton and its length, at most seven (an index into :data:`WEIGHTS`)."""
    key = word_key(word)
    latin = unidecode(key).casefold()
    if not latin.isalpha():
        latin = _NOT_LETTERS.sub("", latin)
    if len(latin) > 4:
        latin = latin.removesuffix("s")
    initial = latin[:1]
    if "c" in latin:
        latin = _SOFT_C.sub("s", latin)
    for letters, one in _CLASSES:
        latin = latin.replace(letters, one)
    bones = "".join([letter for letter, _ in groupby(latin.replace("c", "k").translate(_VOWELS))])
    if initial and initial in "aeiouyj":
        bones = "a" + bones
    return bones, min(len(bones), 7)
