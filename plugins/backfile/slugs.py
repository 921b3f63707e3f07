"""Slugs: the last part of an address, in lower-case ASCII, from a title in any script.

Ukrainian follows the official romanisation (Cabinet of Ministers, resolution 55 of 2010),
in which some letters differ at the start of a word and ``зг`` becomes ``zgh``; Russian
follows the common press spelling (a subset of BGN/PCGN). All other scripts are
transliterated by Unidecode, which Pelican already brings.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from unidecode import unidecode

MAX_LENGTH = 80


def _table(letters: str, latin: str) -> dict[str, str]:
    """Pair each letter with its Latin form; ``_`` stands for none."""
    return dict(zip(letters, latin.replace("_", "").split(" "), strict=True))


_UKRAINIAN = _table(
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ iu ia",
)
_UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RUSSIAN = _table(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
)

# Marks that stand inside words and leave no gap: "Russia's" is one word. The same signs
# used as quotation marks stand beside a space, which makes the gap by itself.
_INSIDE_WORD = re.compile("['’‘ʼ`´′\"“”„«»‹›\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DIGIT_GROUP = re.compile(r"(?<=\d)[,.](?=\d)")
_CYRILLIC_WORD = re.compile("[а-яёєіїґ]+")
_UKRAINIAN_LETTERS = re.compile("[ґєії]")
_RUSSIAN_LETTERS = re.compile("[ёъыэ]")
_GAP = re.compile(r"[^a-z0-9]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# Names that Windows keeps for devices, in any folder and before any extension.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "clock", "conin", "conout"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)


@lru_cache(maxsize=1 << 13)
def slugify(title: str, *, lang: str | None = None, max_length: int = MAX_LENGTH) -> str:
    """Return the slug of ``title``: ``a-z``, ``0-9`` and single hyphens between words; never empty.

    ``lang`` (a primary subtag) chooses the table for Cyrillic; where it is neither
    Ukrainian nor Russian, letters that only one of the two has decide, then Russian.
    The slug is cut at the end of a word to at most ``max_length`` characters. A title
    that leaves nothing, or a name that Windows reserves, gets a short hash of the title.
    """
    text = unicodedata.normalize("NFC", title.encode("utf-8", "replace").decode("utf-8")).lower()
    text = unicodedata.normalize("NFC", _INSIDE_WORD.sub("", text))
    table = _cyrillic_table(text, lang)
    text = _CYRILLIC_WORD.sub(lambda word: _romanise(word.group(), ukrainian=table == "uk"), text)
    ascii_text = _DIGIT_GROUP.sub("-", unidecode(text)).lower().replace("'", "")
    slug = _cut(_GAP.sub("-", ascii_text).strip("-"), max_length)
    if not slug:
        return "untitled-" + short_hash(title)
    return with_hash(slug, title) if slug in _RESERVED else slug


def with_hash(slug: str, content: str, *, max_length: int = MAX_LENGTH) -> str:
    """Return ``slug`` with a short hash of ``content`` at its end, for two texts that would share a slug."""
    tail = "-" + short_hash(content)
    return _cut(slug, max_length - len(tail)) + tail


def short_hash(content: str) -> str:
    """Return eight hexadecimal digits of the SHA-256 of ``content`` (any text, lone surrogates too)."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def is_slug(text: str) -> bool:
    """Tell whether ``text`` may stand as a slug: of the form that :func:`slugify` makes, of any length up to 200."""
    return len(text) <= 200 and _SLUG.fullmatch(text) is not None and text not in _RESERVED


def _cyrillic_table(text: str, lang: str | None) -> str:
    if lang in ("uk", "ru"):
        return lang
    ukrainian, russian = len(_UKRAINIAN_LETTERS.findall(text)), len(_RUSSIAN_LETTERS.findall(text))
    return "uk" if ukrainian > russian else "ru"


def _romanise(word: str, *, ukrainian: bool) -> str:
    """Return a lower-case Cyrillic word in Latin letters; a letter of the other table is left to Unidecode."""
    if not ukrainian:
        return "".join(_RUSSIAN.get(letter, letter) for letter in word)
    word = word.replace("зг", "zgh")
    first = _UKRAINIAN_FIRST.get(word[0], _UKRAINIAN.get(word[0], word[0]))
    return first + "".join(_UKRAINIAN.get(letter, letter) for letter in word[1:])


def _cut(slug: str, length: int) -> str:
    """Cut at the last hyphen that leaves at most ``length`` characters; a single long word is cut hard."""
    if len(slug) <= length:
        return slug
    head, _, _ = slug[: length + 1].rpartition("-")
    # A first word longer than half the room would leave too little: keep part of the second word instead.
    return (head if len(head) * 2 >= length else slug[:length]).strip("-")
