"""Lists, names of takes, guesses and reasons, as a reader says them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from babel.lists import format_list
from markupsafe import Markup

from backfile.model import Reason
from backfile.wording.catalogue import locale, t

# A reason that lists more convinces nobody more.
_SHOWN = 4


# Front matter's fields that have a name of their own in the catalogues.
_FIELDS = frozenset(("authors", "date", "digest", "kind", "lang", "source", "summary", "title"))


# Agencies whose names other alphabets write in their own letters.
_AGENCIES = frozenset(
    ("belta", "interfax", "interfax_ukraine", "kazinform", "ria_novosti", "tass", "ukrinform", "unian", "unn")
)


class Origin(Protocol):
    """Takes that are one text or one agency's (an OriginNote)."""

    @property
    def takes(self) -> Sequence[object]:
        """The takes."""

    @property
    def agencies(self) -> Sequence[str]:
        """The agencies that they name as their author."""

    @property
    def copies(self) -> bool:
        """Whether all are copies of one text."""


class Named(Protocol):
    """Anything with a title (a Ref)."""

    @property
    def title(self) -> str:
        """What it is called."""


class Take(Protocol):
    """A text of a story (a Teaser): where it stands, and who printed it."""

    @property
    def address(self) -> str:
        """Its permanent address."""

    @property
    def source(self) -> Named | None:
        """Its outlet, if that is known."""


T = TypeVar("T", bound=Take)


def join(items: Sequence[str], lang: str) -> str:
    """Return ``a, b and c``; the result is HTML when an item is, with every other item escaped."""
    pattern = _pattern(len(items), lang)
    if any(hasattr(item, "__html__") for item in items):
        return Markup(pattern).format(*items)  # noqa: S704 -- CLDR's patterns hold no markup
    return pattern.format(*items)


@lru_cache(maxsize=256)
def _pattern(count: int, lang: str) -> str:
    """Return how so many items are listed, ``{0}, {1} and {2}``."""
    return format_list([f"{{{at}}}" for at in range(count)], locale=locale(lang))


def guesses(fields: Iterable[str], lang: str) -> str:
    """Return the names of front matter's ``fields``: ``title, language``. A field without a name stands as it is."""
    return ", ".join(t(f"field_{name}", lang) if name in _FIELDS else name for name in fields)


def take_names(takes: Sequence[Take], lang: str) -> Mapping[str, str]:
    """Return what to call each take, by its address: its outlet, numbered where that is not enough (``Text 2``)."""
    outlets = Counter(take.source.title for take in takes if take.source)
    names = {}
    for position, take in enumerate(takes, start=1):
        if take.source is None:
            names[take.address] = t("text_number", lang, n=position)
        elif outlets[take.source.title] > 1:
            names[take.address] = f"{take.source.title} ({position})"
        else:
            names[take.address] = take.source.title
    return names


def by_take(wordings: Iterable[tuple[T, str]]) -> Sequence[tuple[T, tuple[str, ...]]]:
    """Return the sentences of each take, in the order of the takes' addresses."""
    takes: dict[str, T] = {}
    sentences: dict[str, list[str]] = {}
    for take, sentence in wordings:
        takes.setdefault(take.address, take)
        sentences.setdefault(take.address, []).append(sentence)
    return [(takes[address], tuple(sentences[address])) for address in sorted(takes)]


def alike(told: Iterable[tuple[T, tuple[str, ...]]]) -> Sequence[tuple[Sequence[T], tuple[str, ...]]]:
    """Return what is told, each but once, with all takes that tell it in the same words; in the order of the first."""
    found: dict[tuple[str, ...], list[T]] = {}
    for take, words in told:
        found.setdefault(words, []).append(take)
    return [(takes, words) for words, takes in found.items()]


def known(facts: Mapping[str, object]) -> Mapping[str, object]:
    """Return the facts that there are."""
    return {name: fact for name, fact in facts.items() if fact}


def origin_label(origin: Origin, lang: str) -> str:
    """Say, before the names of an origin's takes, what they have in common: ``Copies of one text by AP:``."""
    agencies = _agencies(origin, lang)
    if agencies:
        return t("one_text_by" if origin.copies and len(origin.takes) > 1 else "text_by", lang, agencies=agencies)
    return t("one_text" if origin.copies else "shared_material", lang)


def origin_share(origin: Origin, lang: str) -> str:
    """Say how many of a story's takes are one text, or one agency's: ``4 copies of one text by AP``."""
    agencies, n = _agencies(origin, lang), len(origin.takes)
    if agencies:
        return t("share_copies_by" if origin.copies else "share_by", lang, n=n, agencies=agencies)
    return t("share_copies" if origin.copies else "share_material", lang, n=n)


def _agencies(origin: Origin, lang: str) -> str:
    """Return the names of an origin's agencies as the language writes them, "" for none."""
    keys = [(name, name.lower().replace(" ", "_").replace("-", "_")) for name in origin.agencies]
    return join([t(f"agency_{key}", lang) if key in _AGENCIES else name for name, key in keys], lang)


@lru_cache(maxsize=1 << 12)  # a reason stands on the pages of both texts
def reason(why: Reason, lang: str, of: str = "") -> str:
    """Say in one sentence why two texts belong together; ``ValueError`` for a kind that has no sentence.

    ``of`` is the language of both texts, "" where they have none in common: where it is not that
    of the sentence, this is HTML, and words that are quoted from them say it.
    """
    match why.kind:
        case "names":
            return t("reason_names", lang, names=_some(why.values, lang))
        case "phrases":
            quoted = [t("quoted", lang, text=value) for value in why.values]
            if of in ("", lang):
                return t("reason_phrases", lang, phrases=_some(quoted, lang))
            marked = [Markup('<span lang="{}">{}</span>').format(of, each) for each in quoted]
            return Markup(t("reason_phrases", lang, phrases=_some(marked, lang)))  # noqa: S704  # each is escaped
        case "days":
            return t("reason_days", lang, n=apart) if (apart := int(why.values[0])) else t("reason_same_day", lang)
        case "copy":
            return t("reason_copy", lang, percent=why.values[0])
        case "quotation":
            return t("reason_quotation", lang)
        case "score":
            return t("reason_score", lang, percent=why.values[0])
        case "editor":
            return t("reason_editor", lang)
    raise ValueError(f"no sentence says the reason {why.kind!r}")


def _some(items: Sequence[str], lang: str) -> str:
    """Join the first few items, and count the rest (one left over is named, not counted)."""
    if len(items) <= _SHOWN + 1:
        return join(items, lang)
    return join([*items[:_SHOWN], t("others", lang, n=len(items) - _SHOWN)], lang)
