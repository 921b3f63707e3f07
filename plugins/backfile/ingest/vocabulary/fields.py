"""What front matter and rows of data call the parts of an article: in many words, however spelt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

TITLE = (
    "title", "headline", "заголовок", "назва", "название", "titel", "titre", "tytuł", "titlu", "título", "titolo",
)  # fmt: skip
DATE = (
    "date", "published", "datepublished", "publishedat", "publicationdate", "publishdate", "pubdate", "postdate",
    "publishedon", "publishedtime",
    "seendate", "issued", "datum", "data", "fecha", "datedepublication", "datapublikacji",
    "дата", "датапублікації", "датапубликации",
)  # fmt: skip
# When the file or the note was made, which may be long after.
CREATED = ("created", "datecreated", "createdat", "createdtime")
AUTHORS = (
    "authors", "author", "byline", "creator", "автор", "автори", "авторы",
    "autor", "auteur", "auteurs", "autoren", "autorzy", "autori", "influencer", "journalist", "reporter",
)  # fmt: skip
SOURCE = (
    "source", "sourcename", "publisher", "outlet", "site", "sitename", "publication", "medianame", "newspaper",
    "containertitle", "domain", "quelle", "źródło", "sursa", "fuente", "fonte",
    "джерело", "видання", "источник", "издание",
)  # fmt: skip
URL = (
    "canonical", "canonicalurl", "url", "link", "permalink", "sourceurl", "articleurl", "lien", "посилання", "ссылка",
)  # fmt: skip
LANG = ("lang", "language", "locale", "sprache", "langue", "język", "мова", "язык")
SUMMARY = ("summary", "description", "excerpt")

_SIGNS = re.compile(r"[\W_]+")
_LANGUAGES = {
    "english": "en", "ukrainian": "uk", "українська": "uk", "russian": "ru", "русский": "ru", "german": "de",
    "deutsch": "de", "french": "fr", "français": "fr", "polish": "pl", "polski": "pl", "spanish": "es",
    "español": "es", "italian": "it", "italiano": "it", "romanian": "ro", "română": "ro", "portuguese": "pt",
}  # fmt: skip


def fold(name: str) -> str:
    """Return a field's name without signs, in lower case: ``date_published``, ``datePublished`` are one."""
    return _SIGNS.sub("", name).lower()


def folded(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` under such names; of two fields of one name the first that says something."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        if found.get(fold(str(key))) in (None, "", []):
            found[fold(str(key))] = value
    return found


def first(values: Mapping[str, Any], names: Sequence[str]) -> Any:
    """Return the first of the fields ``names`` that says something, else None."""
    return next((values[name] for name in names if values.get(name) not in (None, "", [])), None)


def is_language(word: str) -> bool:
    """Tell whether ``word`` is the name of a language."""
    return word.strip().lower() in _LANGUAGES


def language(value: str | None) -> str | None:
    """Return the language of ``en-GB``, ``uk_UA`` or ``English`` as its primary subtag, None where it is none."""
    word = re.split(r"[-_]", value.strip().lower())[0] if value else ""
    tag = _LANGUAGES.get(word, word)
    return tag if re.fullmatch(r"[a-z]{2,3}", tag) else None
