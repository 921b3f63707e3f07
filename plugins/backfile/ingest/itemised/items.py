"""One item of a digest: its units, its headline, where it leads, and whether it says anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backfile.ingest.itemised.units import (
    Unit,
    address_at_end,
    ends_in_link,
    ends_text,
    is_address,
    leads_on,
    links_in,
    place_of,
    without_address,
)
from backfile.ingest.lines.header import read_source
from backfile.ingest.records import BlockKind
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import DATELINE
from backfile.ingest.vocabulary.words import begins_high, has_words, url_alone, words
from backfile.model import Source
from backfile.sentences import split_sentences

_MIN_WORDS = 6
_MIN_WORDS_ALONE = 4  # of a headline that has no text below it
# Signs of the items of a list.
OF_LISTS = frozenset({"bullet", "number", "clock", "emoji", "hashtag"})
_MAX_TERSE = 2  # lines: an outlet's name may stand above a headline
_OF_ROWS = OF_LISTS | {"row"}
# Signs that stand on a line of their own above an item, and are no part of it.
ALONE = frozenset({"post", "stamp", "tag", "day"})
_WEEKDAY_OR_PLACE = 2  # words of a run-in that names where or when, and is no headline
_LABELLED_URL = re.compile(r"\W{0,9}(?:[^\W\d_]{1,20} ?){1,4}[:→]\s*(?P<value>https?://\S+)")
# Fields of a record that are no part of its text.
_DETAILS = frozenset({"source", "date", "url", "other"})
_REFERENCE = re.compile(r"\[(\d{1,3})\]\s*$")


@dataclass(frozen=True, slots=True)
class Found:
    """One item: its units, its headline as the page sets it off (else ""), where it leads and whose it is."""

    units: tuple[Unit, ...]
    head: str
    body: tuple[Unit, ...]
    url: str | None = None
    source: Source | None = None

    @property
    def text(self) -> str:
        """All of its words."""
        return " ".join(dict.fromkeys([self.head, *(unit.text for unit in self.body)])).strip()


@dataclass(frozen=True, slots=True)
class Items:
    """Items of one sign, what stands before the first, between them, and after the last."""

    sign: str
    items: tuple[Found, ...]
    before: tuple[Unit, ...]
    between: tuple[Unit, ...]
    after: tuple[Unit, ...]


def with_references(items: Sequence[Found], after: Sequence[Unit]) -> list[Found]:
    """Give the items the addresses that plain letters list below the last one, under numbers that the items end in."""
    addresses = {unit.number: url_alone(unit.text) for unit in after if unit.number is not None}
    numbers = [_REFERENCE.search(item.text) for item in items]
    return [
        replace(item, url=item.url or (addresses.get(int(number[1])) if number else None))
        for item, number in zip(items, numbers, strict=True)
    ]


def says_something(item: Found) -> bool:
    """Tell whether there is a text besides the headline, and a sentence in it."""
    told = [unit.text for unit in item.body if not (item.head and unit.alone)]
    if item.units[0].signs & {"bullet", "number"} and not begins_high(item.text):
        return False  # a part of a sentence
    if is_terse(item):
        return has_words(item.text, _MIN_WORDS_ALONE)
    return (
        has_words(item.text, _MIN_WORDS)
        and (any(ends_text(text) for text in told) or any(map(ends_in_link, item.body)))
        and (not item.head or any(has_words(text, 3) for text in told))
    )


def is_terse(item: Found) -> bool:
    """Tell whether an item is a headline and nothing more: one line of a list, or with an address, and no full stop."""
    if len(item.body) > _MAX_TERSE or not all(unit.is_line for unit in item.body):
        return False
    return item.url is not None or (len(item.units) == 1 and bool(item.units[0].signs & _OF_ROWS))


def is_name(text: str) -> bool:
    """Tell whether a line has the words of a headline: two, or one in capitals, as agencies call their texts."""
    return len(lettered(text)) >= (1 if text.isupper() and len(text) > 3 else 2)


def lettered(text: str) -> list[str]:
    """Return the words of ``text`` that begin with a letter."""
    return [word for word in words(text) if word[0].isalpha()]


def found_in(sign: str, group: Sequence[Unit]) -> Found:
    """Return the item that a group of units is, whose first bears ``sign``."""
    units = list(group[1:] if sign in ALONE else group)
    url, source = _fields(units)
    units = [unit for unit in units if unit.field not in _DETAILS]
    while len(units) > 1 and (link := _pointer(units[-1])):
        url, source = link[0] or url, link[1] or source
        units.pop()
    if not units:
        return Found(tuple(group), "", ())
    url = units[0].url or url or _led_to(units)
    if title := next((unit for unit in units if unit.field == "title"), None):
        rest = tuple(unit for unit in units if unit is not title)
        return Found(tuple(group), title.text, rest or (title,), url, source)
    if len(units) > 2 and units[0].is_label and _is_headline(units[1]) and not _is_headline(units[0]):
        units = units[1:]  # the name of a section above it
    first, rest = units[0], tuple(units[1:])
    heading = first.block.kind is BlockKind.HEADING
    if first.alone or (rest and (heading or (first.is_line and is_name(first.text)))):
        return Found(
            tuple(group), first.head if first.alone and first.head else first.text, rest or (first,), url, source
        )
    if first.head and (first.url or len(words(first.head)) > _WEEKDAY_OR_PLACE):
        return Found(tuple(group), first.head, tuple(units), url, source)
    return Found(tuple(group), "", tuple(units), url, source)


def _is_headline(unit: Unit) -> bool:
    """Tell whether a unit is set off as nothing but headlines are."""
    return unit.block.kind is BlockKind.HEADING or (unit.alone and "bold" in unit.signs)


def _fields(units: Sequence[Unit]) -> tuple[str | None, Source | None]:
    """Return the address and the source that the fields of a record name."""
    named = {unit.field: unit for unit in reversed(units) if unit.field}
    url = url_alone(named["url"].text) or named["url"].url if "url" in named else None
    return url, read_source(named["source"].text) if "source" in named else None


def _led_to(units: Sequence[Unit]) -> str | None:
    """Return the address that an item leads to: of a line "more" below it, its only link, or behind its text."""
    more = next((unit.more for unit in units if unit.more), None)
    links = links_in(units)
    return more or (links[0] if len(links) == 1 else None) or address_at_end(units[-1].text)


def _pointer(unit: Unit) -> tuple[str | None, Source | None] | None:
    """Return the address or the source that a line below an item names."""
    match = lexicon.URL_LABEL.fullmatch(unit.text)
    if match is None and "://" in unit.text:
        match = _LABELLED_URL.fullmatch(unit.text)
    if url := url_alone(match["value"] if match else unit.text):
        return url, None
    if leads_on(unit.text) or is_address(unit.text):
        return unit.url, None
    match = lexicon.SOURCE_LABEL.fullmatch(unit.text)
    return (None, read_source(match["value"])) if match else None


def first_sentence(item: Found) -> str:
    """Return the sentence that an item without a headline begins with; of "Place. Sentence", the sentence."""
    text = item.body[0].text
    label = item.body[0].head
    if label and text.startswith(label):
        text = text[len(label) :].lstrip(" .:–—-")
    elif place_of(text) and (match := DATELINE.match(text)):
        text = text[match.end() :]
    text = without_address(text)
    sentences = split_sentences(text)
    return sentences[0] if sentences else text
