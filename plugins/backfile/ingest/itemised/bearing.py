"""What the items of a cut, and the document around them, bear of a digest: each a number, by name.

To the reasons of :mod:`evidence`, which an editor can argue with one by one, come what is weak
alone: how the title looks, whether the texts share words with their neighbours more than with others,
in how many languages they are, whether what stands above and below them looks like a letter's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from statistics import fmean, median

from backfile.ingest.itemised.apart import addressed, content_stems, leaning, named
from backfile.ingest.itemised.evidence import facts
from backfile.ingest.itemised.items import Found, Items, is_terse, says_something
from backfile.ingest.itemised.told import told_in
from backfile.ingest.itemised.units import EMOJI, Unit, ends_letter, ends_text, is_addressed
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import DAY_LINE
from backfile.ingest.vocabulary.words import begins_high, words

_MOST = 24  # items whose words are compared with each other
_SHARED = 0.05  # of their words: the unit in which that is measured
_LINE = 120  # characters
_FIRST = 160
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}\b")
_NUMBERED = re.compile(r"(?:№|n°|n\.?º|no\.?|nr\.?|#|номер|выпуск|випуск|issue|vol)\s*\d+", re.IGNORECASE)
_PARTED = re.compile(r"[|:—–/·•]| - ")
_HOST = re.compile(r"https?://([^/\s)]+)")
_FIRST_NAME = re.compile(r"(?<=[^.!?…\s] )[^\W\d_a-zа-яіїєґё]\w|\d")
_CYRILLIC, _LATIN = re.compile("[а-яёіїєґ]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)
_UKRAINIAN, _RUSSIAN = re.compile("[іїєґ]", re.IGNORECASE), re.compile("[ыэъё]", re.IGNORECASE)


def bearing(items: Items, title: str, *, page: bool) -> dict[str, float]:
    """Return what ``items``, under ``title``, bear of a digest."""
    bodies = told_in(items.items)
    found = {name: float(value) for name, value in facts(items, title, bodies, page=page).items()}
    unsaid = found["unsaid"]
    heads = [item.head or item.text for item in items.items]
    for part in (_named(title), _around(items, title), _shape(items.items, heads), _words(items.items, bodies)):
        found |= part
    found["page"], found["page unsaid"] = float(page), page * unsaid
    found["asks"] = _share(head.endswith("?") for head in heads)
    found["speaks"] = _share(lexicon.SPEAKER.match(head) is not None for head in heads)
    found["leans"], found["named"] = leaning(bodies), named(bodies)
    first = [item.units[0] for item in items.items]
    found["voices"] = float(len({unit.voice for unit in first}) > 1)
    found["weekdays"] = _share(lexicon.WEEKDAY.fullmatch(unit.head.strip(" .:")) is not None for unit in first)
    found["hours unsaid"] = unsaid * _share(bool(unit.signs & {"clock", "stamp"}) for unit in first)
    found["terse titled"], found["terse page"] = found["terse"] * found["titled"], found["terse"] * page
    found["linked page"] = found["linked"] * page
    for name in ("addressed", "title said", "leans", "shared", "few", "dated", "named again", "tongues"):
        found[f"{name} unsaid"] = found[name] * unsaid
    return found


def _share(held: Iterable[bool]) -> float:
    known = list(held)
    return sum(known) / (len(known) or 1)


def _named(title: str) -> dict[str, float]:
    """Return how a title looks: a paper's name is short, an issue's has a day or a number, a headline is longer."""
    number = len(words(title))
    return {
        "no title": float(not title),
        "short title": float(0 < number <= 3),
        "long title": float(number >= 8),
        "title day": float(_DATED.search(title) is not None),
        "title number": float(_NUMBERED.search(title) is not None),
        "title stop": float(title.rstrip().endswith((".", "!", "?"))),
        "title comma": float("," in title),
        "title parted": float(_PARTED.search(title) is not None),
        "title emoji": float(EMOJI.search(title) is not None),
        "title capitals": float(title.isupper()),
    }


def _around(items: Items, title: str) -> dict[str, float]:
    """Return what stands above the first item, between them, and below the last."""
    above = [unit for unit in items.before if not unit.is_rule and unit.text != title]
    top, end = [unit.text for unit in above][:6], [unit.text for unit in items.after]
    short = [text for text in top if len(text) < _LINE]
    stems = content_stems(title)
    dated = any(_DATED.search(text) or _NUMBERED.search(text) for text in (title, *short))
    again = any(stems & content_stems(text) for text in (*short, *end) if len(text) < _LINE)
    return {
        "dated": float(dated),
        "named again": float(again),
        "only lines above": float(bool(top) and len(short) == len(top)),
        "lines above": min(4, len(top)) / 4,
        "calls above": float(any(text.rstrip().endswith((",", "!")) for text in short)),
        "lines below": min(4, len(end)) / 4,
        "letter below": float(any(sign in text for text in end for sign in ("@", "http", "©"))),
        "calls below": float(any(text.rstrip().endswith("!") for text in end)),
        "texts above": min(5, _texts(unit for unit in above if not DAY_LINE.fullmatch(unit.text))) / 5,
        "texts below": min(5, _texts(items.after)) / 5,
        "release": float(any(lexicon.END_OF_RELEASE.fullmatch(unit.text.strip(" .:*#-")) for unit in items.before)),
        "names between": min(1.5, sum(not unit.is_rule for unit in items.between) / len(items.items)),
    }


def _texts(units: Iterable[Unit]) -> int:
    return sum(ends_text(unit.text) and len(unit.text) > 80 for unit in units)


def _shape(items: Sequence[Found], heads: Sequence[str]) -> dict[str, float]:
    """Return what each item consists of, as shares of the items."""
    number, headed = len(items), [item.head for item in items if item.head]
    terse = _share(map(is_terse, items))
    says = _share(map(says_something, items))
    hosts = [
        set(_HOST.findall(" ".join([item.url or "", *(unit.block.markdown or unit.text for unit in item.units)])))
        for item in items
    ]
    different = len(set().union(*hosts))
    return {
        "has headline": len(headed) / number,
        "headline words": min(12, median(len(words(head)) for head in headed)) / 4 if headed else 0.0,
        "terse headlines": sum(len(words(head)) <= 2 for head in headed) / number,
        "says": says,
        "all say": float(says == 1),
        "terse": terse,
        "some terse": min(terse, 1 - terse),
        "linked": len({item.url for item in items if item.url and item.units[0].url}) / number,
        "pointed": len({item.url for item in items if item.url}) / number,
        "sourced": _share(item.source is not None or is_addressed(item.text) for item in items),
        "hosts": different / number if different > 1 else 0.0,
        "hosted": _share(map(bool, hosts)),
        "ends": _share(any(ends_text(unit.text) for unit in item.body) for item in items),
        "last ends": _share(ends_text(item.units[-1].text) for item in items),
        "few": _share(len(words(item.text)) < 6 for item in items),
        "begins low": _share(not begins_high(item.units[0].text) for item in items),
        "colon": _share(item.units[0].text.endswith(":") for item in items),
        "goes on": _share(item.units[-1].text.endswith((";", ",")) for item in items),
        "anaphora": _share(lexicon.ANAPHORA.match(item.text) is not None for item in items),
        "people share": _share(lexicon.PERSON_AND_ROLE.match(head) is not None for head in headed),
        "explains share": _share(lexicon.EXPLAINER.match(head) is not None for head in heads),
        "same beginning": 1 - len({(words(item.text) or [""])[0].casefold() for item in items}) / number,
        "of the letter": _share(ends_letter(unit) for item in items for unit in item.units),
        "quoted": _share(item.text[:1] in '"“„«' for item in items),
        "first named": _share(map(_names_at_once, items)),
        "headline figures": _share(any(sign.isdigit() for sign in item.head) for item in items),
        "figures": _share(any(sign.isdigit() for sign in item.text) for item in items),
    }  # fmt: skip


def _names_at_once(item: Found) -> bool:
    """Tell whether a name or a figure stands in the first words of its text."""
    return _FIRST_NAME.search((item.body[0].text if item.body else item.text)[:_FIRST]) is not None


def _words(items: Sequence[Found], bodies: Sequence[str]) -> dict[str, float]:
    """Return what words the items share: all of them, neighbours, the units of one; and their languages."""
    stems = [content_stems(text) for text in bodies[:_MOST]]
    near = [_shared(a, b) for a, b in pairwise(stems)]
    far = [_shared(a, b) for at, a in enumerate(stems) for b in stems[at + 2 :]]
    both = [_shared(a, b) for a, b in combinations(stems, 2)]
    units = [list(filter(None, (content_stems(unit.text) for unit in item.units))) for item in items[:_MOST]]
    inner = [_shared(a, b) for item in units for a, b in pairwise(item)]
    counts = Counter(stem for found in stems for stem in found)
    mean, beside, within = (fmean(found) if found else 0.0 for found in (both, near, inner))
    common = sum(count * 2 > len(stems) for count in counts.values()) if len(stems) > 3 else 0
    odd, even = near[1::2], near[::2]
    tongues = Counter(map(_tongue, (item.text for item in items)))
    latin = tongues["latin"] / len(items)
    return {
        "shared": min(3.0, mean / _SHARED),
        "much shared": min(1.0, max(0.0, mean / _SHARED - 1)),
        "too much shared": min(1.0, max(0.0, mean / _SHARED / 2 - 1)),
        "nothing shared": float(mean < 0.01),
        "beside": min(4.0, beside / _SHARED),
        "beside, not far": max(-2.0, min(4.0, (beside - fmean(far)) / _SHARED)) if far else 0.0,
        "most beside": max(near, default=0.0),
        "seam": min(4.0, abs(fmean(even) - fmean(odd)) / _SHARED) if len(near) > 2 else 0.0,
        "within": min(4.0, within / _SHARED),
        "within, not beside": max(-4.0, min(4.0, (within - beside) / _SHARED)) if inner else 0.0,
        "of one unit": float(not inner),
        "own words": sum(count == 1 for count in counts.values()) / (len(counts) or 1),
        "common words": 10 * common / (len(counts) or 1),
        "everywhere": max(counts.values(), default=0) / len(stems),
        "tongues": 1 - max(tongues.values()) / len(items),
        "scripts": min(latin, 1 - latin),
        "speaks to you": addressed(bodies),
    }  # fmt: skip


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def _tongue(text: str) -> str:
    """Return in which of a few languages or scripts a text is, by its letters."""
    if len(_CYRILLIC.findall(text)) <= len(_LATIN.findall(text)):
        return "latin"
    if _UKRAINIAN.search(text):
        return "both" if _RUSSIAN.search(text) else "ukrainian"
    return "russian"
