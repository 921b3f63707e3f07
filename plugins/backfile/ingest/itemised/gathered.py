"""Groups of units as items, when most of them have the form of one and little stands below the last."""

from __future__ import annotations

from collections.abc import Sequence

from backfile.ingest.itemised.ends import without_ends
from backfile.ingest.itemised.items import OF_LISTS, Found, Items, found_in, says_something, with_references
from backfile.ingest.itemised.units import Unit, label_of
from backfile.ingest.records import BlockKind
from backfile.ingest.vocabulary.words import words

_UNMARKED = frozenset({"section", "paragraph"})  # what they lack says nothing
_MAX_ITEMS = 200  # more are a catalogue
_MAX_UNITS = 15  # below an item's first line
_MAX_ITEM = 3500  # characters
_MAX_MEDIAN = 1000
_MAX_TAIL = 800  # characters below the last item
_FEW_WORDS = 4  # which are no text
_SAYING = 0.8  # of the items must have a text: a list or a picture may stand for one here and there


def gathered(
    sign: str, groups: Sequence[Sequence[Unit]], before: Sequence[Unit], between: Sequence[Unit], after: Sequence[Unit]
) -> Items | None:
    """Return the groups as items, when most have the form of one and little stands below the last."""
    first, last = _told(groups)
    before = [*before, *(unit for group in groups[:first] for unit in group)]
    after = [*(unit for group in groups[last:] for unit in group), *after]
    groups = groups[first:last]
    if not 2 <= len(groups) <= _MAX_ITEMS or sum(len(unit.text) for unit in after) > _MAX_TAIL:
        return None
    items = with_references([found_in(sign, group) for group in groups], after)
    first, last = without_ends(items) if sign not in _UNMARKED else (0, len(items))
    before = [*before, *(unit for group in groups[:first] for unit in group)]
    after = [*(unit for group in groups[last:] for unit in group), *after]
    groups, items = groups[first:last], items[first:last]
    lengths = sorted(len(item.text) for item in items)
    if lengths[-1] > _MAX_ITEM or lengths[len(lengths) // 2] > _MAX_MEDIAN:
        return None
    if any(len(group) - 1 > _MAX_UNITS for group in groups) or not _say_something(items):
        return None
    if sign == "emoji" and len({item.units[0].drawn for item in items}) * 2 <= len(items):
        return None  # one and the same sign is a bullet, whatever it looks like
    if sign == "number" and not _counts_up([item.units[0] for item in items]):
        return None
    if sign == "day" and any(not item.head and len(item.body) > 1 for item in items):
        return None  # a day's label above several items
    labels = [unit for unit in between if not unit.is_rule and "day" not in unit.signs]
    headlines = [unit for unit in labels if unit.block.kind is BlockKind.HEADING] if sign == "line" else labels
    if (sign == "line" or not any(item.head for item in items)) and len(headlines) >= len(items) - 1:
        return None  # one label above each: they are the headlines
    if sign == "label" and len({label_of(item.units[0].text) for item in items}) * 4 < len(items) * 3:
        return None  # people talking
    return Items(sign, tuple(items), tuple(before), tuple(between), tuple(after))


def _told(groups: Sequence[Sequence[Unit]]) -> tuple[int, int]:
    """Return where the items begin and end, without lines of a letterhead above them and of the page below.

    Those bear the sign of an item and have no text, which nearly all items have.
    """
    told = [at for at, group in enumerate(groups) if not _is_headline_alone(group)]
    return (told[0], told[-1] + 1) if len(told) >= max(2, _SAYING * len(groups)) else (0, len(groups))


def _is_headline_alone(group: Sequence[Unit]) -> bool:
    """Tell whether there is a line, no item of a list, and at most a few words below it."""
    lines = [unit for unit in group if not unit.is_rule]
    if any(unit.url or unit.signs & OF_LISTS or not unit.is_line for unit in lines):
        return False
    return all(len(words(unit.text)) <= _FEW_WORDS or "day" in unit.signs for unit in lines[1:])


def _say_something(items: Sequence[Found]) -> bool:
    """Tell whether nearly all items have a text, or all are headlines alone."""
    return sum(map(says_something, items)) >= _SAYING * len(items) and all(item.text.strip() for item in items)


def _counts_up(units: Sequence[Unit]) -> bool:
    return all(unit.number == (units[0].number or 0) + at for at, unit in enumerate(units))
