"""The catalogues of interface words, and how one message is taken from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from markupsafe import Markup, escape

# English is British: 14 March 2025, and no comma before the last "and".
LANGUAGES: Mapping[str, str] = {"en": "en_GB", "uk": "uk", "ru": "ru"}

Message = str | Mapping[str, str]
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def interface_language(lang: str) -> str:
    """Return the language whose catalogue serves ``lang`` (``uk-UA`` → ``uk``), English when none does."""
    primary = _primary(lang)
    return primary if primary in LANGUAGES else "en"


@cache
def locale(lang: str) -> Locale:
    """Return the CLDR locale of the interface language that serves ``lang``."""
    return Locale.parse(LANGUAGES[interface_language(lang)])


@cache
def catalogue(lang: str) -> Mapping[str, Message]:
    """Return the words of ``lang`` (a key of ``LANGUAGES``): a message, or one for each plural form."""
    text = files(__package__).joinpath(f"{lang}.yaml").read_text(encoding="utf-8")
    words: dict[str, Message] = yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader, libyaml's if it is there
    return words


def t(key: str, lang: str, *, n: int | None = None, **values: object) -> str:
    """Return the message ``key`` in ``lang``, each ``{name}`` in it filled from ``values``.

    A message with plural forms takes ``n``, and may show it as ``{n}`` with the
    language's digit groups. When a value is HTML so is the result, with everything else
    escaped, so a link can stand within a sentence. Raises ``KeyError`` for an unknown
    key or a value that is missing.
    """
    message = _message(key, lang)
    if not isinstance(message, str):
        if n is None:
            raise KeyError(f"{key} has plural forms: give n")
        message = message[_plural_form(n, lang)]
    if "{" not in message:
        return message
    if n is not None:
        values["n"] = number(n, lang)
    for value in values.values():
        if hasattr(value, "__html__"):
            return escape(message).format(**values)
    return message.format(**values)


@lru_cache(maxsize=1 << 12)
def _plural_form(n: int, lang: str) -> str:
    return locale(lang).plural_form(n)


@cache
def _message(key: str, lang: str) -> Message:
    return catalogue(interface_language(lang))[key]


def forms(keys: Sequence[str], lang: str) -> Mapping[str, Message]:
    """Return the messages ``keys`` as they stand, with all plural forms, for a script to fill in."""
    words = catalogue(interface_language(lang))
    return {key: words[key] for key in keys}


@lru_cache(maxsize=1 << 13)
def number(n: int, lang: str) -> str:
    """Return a whole number with the language's digit groups: ``12,694``, ``12 694``."""
    return format_decimal(n, locale=locale(lang))


@cache
def language_name(code: str, lang: str) -> str:
    """Return what ``lang`` calls the language ``code``; the code itself when CLDR does not know it."""
    name: str = locale(lang).languages.get(_primary(code), code)
    return name


@cache
def direction(code: str) -> str:
    """Return ``rtl`` for a language that is written from right to left, else ``auto``: look at the letters."""
    try:
        return "rtl" if Locale.parse(_primary(code)).text_direction == "rtl" else "auto"
    except (UnknownLocaleError, ValueError):
        return "auto"


@cache
def written(code: str, lang: str) -> Markup:
    """Return the attributes of an element whose text an outlet wrote in the language ``code``.

    Its language is said where it is not ``lang``, that of the interface, and where it is
    known (not ""). Text whose language does not say which way it runs is left to its first letters.
    """
    said = Markup(' lang="{}"').format(code) if code and code != lang else Markup()
    return said + Markup(' dir="{}"').format(direction(code))


def _primary(code: str) -> str:
    return code.replace("_", "-").partition("-")[0].lower()
