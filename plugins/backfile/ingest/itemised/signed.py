"""Items that a line directly below each ends: its source, its address, who wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from backfile.ingest.itemised.gathered import gathered
from backfile.ingest.itemised.items import Items
from backfile.ingest.itemised.units import Unit, ends_letter, ends_text, is_address
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import GREETING

_MIN_SIGNED = 3
_LONG = 0.5  # of the length that items have


def signed(units: Sequence[Unit]) -> Items | None:
    """Return the texts that such a line stands below, each an item, however many paragraphs it has."""
    ends = [at for at in range(1, len(units)) if _ends_item(units, at)]
    if len(ends) < _MIN_SIGNED:
        return None
    groups = [list(units[start + 1 : end + 1]) for start, end in pairwise([-1, *ends])]
    if any(len(group) < 2 or group[0].is_rule for group in groups[1:]):
        return None
    headed = sum(group[0].is_line for group in groups[1:]) * 2 > len(groups) - 1
    first = next((at for at, unit in enumerate(groups[0]) if _is_told(unit)), 0)
    if headed:  # greetings may stand above the first headline
        first = max((at for at, unit in enumerate(groups[0][:-2]) if unit.is_line), default=first)
    before, groups[0] = groups[0][:first], groups[0][first:]
    if not headed:
        groups = [part for group in groups for part in _unsigned_apart(group, groups)]
    return gathered("signed", groups, before, [], units[ends[-1] + 1 :])


def _unsigned_apart(group: Sequence[Unit], groups: Sequence[Sequence[Unit]]) -> list[list[Unit]]:
    """Part a group where a blank line stands before a text as long as items are: the one above lacks its last line."""
    usual = _LONG * median(len(other[0].text) for other in groups)
    close = not any(other[-1].block.apart for other in groups)
    parts = [[group[0]]]
    for unit in group[1:]:
        if close and unit.block.apart and len(unit.text) > usual:
            parts.append([])
        parts[-1].append(unit)
    return parts


def _is_told(unit: Unit) -> bool:
    return ends_text(unit.text) and not ends_letter(unit) and not GREETING.match(unit.text)


def _ends_item(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a line says where the text above it is from, or stands close to that and apart from the next."""
    unit, below = units[at], units[at + 1 : at + 2]
    if unit.is_rule or not unit.text or (below and unit.block.apart and not below[0].block.apart):
        return False
    if lexicon.SOURCE_LABEL.match(unit.text) or is_address(unit.text):
        return True
    stands_close = not unit.block.apart and all(other.block.apart for other in below)
    return stands_close and unit.is_line and ends_text(units[at - 1].text)
