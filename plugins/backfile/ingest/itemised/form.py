"""The form of a digest: the same sign before every item, and nothing else between them but labels and rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from backfile.ingest.header import read_source
from backfile.ingest.itemised.items import OF_LISTS, Items, found_in, is_name, lettered, says_something, with_references
from backfile.ingest.itemised.units import Unit, ends_letter, ends_text, is_footer, label_of
from backfile.ingest.records import BlockKind
from backfile.ingest.words import begins_high, ends_sentence, url_alone

_MAX_ITEMS = 200  # more are a catalogue
_MAX_UNITS = 5  # below an item's first line
_MAX_ITEM = 2000  # characters
_MAX_MEDIAN = 1000
_MAX_TAIL = 600  # characters below the last item


def _by(sign: str) -> Callable[[Sequence[Unit], int], bool]:
    return lambda units, at: sign in units[at].signs


def _is_line_head(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a line stands apart, with a text below it at once, or after one more short line."""
    unit = units[at]
    if unit.signs - {"link", "label"} or not unit.is_line or not (unit.block.apart or at == 0):
        return False
    if unit.block.kind is BlockKind.HEADING or not is_name(unit.text) or not begins_high(unit.text):
        return False
    below = units[at + 1 : at + 3]
    if not below or (below[0].is_line and below[0].block.apart):
        return False
    return not below[0].is_rule and any(ends_text(other.text) for other in below)


def _is_set_off(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a headline in bold stands here, on a line of its own or not; what stands above one is a label."""
    return _is_bold(units[at]) and not (units[at].alone and at + 1 < len(units) and _is_bold(units[at + 1]))


def _is_bold(unit: Unit) -> bool:
    return bool(unit.signs & {"bold", "run-in"})


# Ways in which items are set off, the plainest first; of two that fit as well, the first is taken.
SIGNS: dict[str, Callable[[Sequence[Unit], int], bool]] = {
    "post": _by("post"),
    "clock": _by("clock"),
    "number": _by("number"),
    "emoji": _by("emoji"),
    "hashtag": _by("hashtag"),
    "bullet": _by("bullet"),
    "bold": _by("bold"),
    "run-in": _by("run-in"),
    "set off": _is_set_off,
    "underlined": _by("underlined"),
    "boxed": _by("boxed"),
    "label": _by("label"),
    "day": _by("day"),
    "quote": _by("quote"),
    "row": _by("row"),
    "line": _is_line_head,
}


def all_forms(units: Sequence[Unit], *, headless: bool = False) -> list[Items]:
    """Return every way to see ``units`` as items; ``headless`` when the title does not stand among them."""
    found = [_marked(units, sign) for sign in SIGNS]
    found += [_marked(units, "heading", level, headless=headless) for level in _levels(units)]
    found += [_ruled(units), _labelled(units), _bare(units)]
    return [items for items in found if items is not None]


def _marked(units: Sequence[Unit], sign: str, level: int = 0, *, headless: bool = False) -> Items | None:
    """Return the items that a sign sets off; headings, those of one ``level``."""
    is_head = SIGNS.get(sign, _by(sign))
    heads = [at for at in range(len(units)) if is_head(units, at) and (not level or units[at].block.level == level)]
    if heads[:1] == [0] and sign in {"heading", "emoji", "bullet"} and not headless and _may_be_title(units[0]):
        heads = heads[1:]
    if len(heads) < 2:
        return None
    groups: list[list[Unit]] = []
    between: list[Unit] = []
    after: list[Unit] = []
    most = 0
    for at, following in zip(heads, [*heads[1:], len(units)], strict=True):
        own = list(units[at + 1 : following])
        last = following == len(units)
        if last:
            cut = next((i for i, unit in enumerate(own) if unit.is_rule or i >= most or ends_letter(unit)), len(own))
            own, after = own[:cut], own[cut:]
        else:
            while own and (own[-1].is_rule or (own[-1].is_label and _is_apart(own[-1], sign))):
                between.insert(0, own.pop())
            most = max(most, len(own))
        groups.append([units[at], *own])
    shared = frozenset.intersection(*(units[at].signs for at in heads)) & OF_LISTS
    if _passes_over(groups, sign) or any(shared & unit.signs for unit in (*units[1 : heads[0]], *after)):
        return None  # there are more such items, without this sign
    return _items(sign, groups, units[: heads[0]], between, after)


def _may_be_title(unit: Unit) -> bool:
    return unit.block.mark is None and (unit.block.kind is BlockKind.HEADING or unit.is_line)


def _passes_over(groups: Sequence[Sequence[Unit]], sign: str) -> bool:
    """Tell whether a few of the groups have headlines within, each of an item that bears another sign."""
    within = sum(any(_is_line_head(group, at) for at in range(2, len(group))) for group in groups)
    return sign != "line" and 0 < within * 2 < len(groups)


def _is_apart(unit: Unit, sign: str) -> bool:
    """Tell whether a short line is a label of the items below it, rather than the source of those above it."""
    if unit.block.kind is BlockKind.HEADING:
        return True
    if unit.text.isupper() or "day" in unit.signs:
        return True
    points = url_alone(unit.text) is not None or read_source(unit.text) is not None
    return sign != "line" and unit.block.apart and not points


def _levels(units: Sequence[Unit]) -> list[int]:
    """Return the levels that several headings have, the deepest first."""
    levels = [unit.block.level for unit in units if unit.block.kind is BlockKind.HEADING]
    return sorted({level for level in levels if levels.count(level) >= 2}, reverse=True)


def _ruled(units: Sequence[Unit]) -> Items | None:
    """Items with a rule between each two."""
    groups: list[list[Unit]] = [[]]
    for unit in units:
        if unit.is_rule:
            groups.append([])
        else:
            groups[-1].append(unit)
    groups = [group for group in groups if group]
    if len(groups) < 3:
        return None
    first = next((i for i, unit in enumerate(groups[0]) if ends_sentence(unit.text) and not _is_aside(unit)), None)
    before = groups[0] if first is None else groups[0][:first]
    groups = groups[1:] if first is None else [groups[0][first:], *groups[1:]]
    after: list[Unit] = []
    while groups and all(map(ends_letter, groups[-1])):
        after = groups.pop() + after
    return _items("rule", groups, before, [], after)


def _is_aside(unit: Unit) -> bool:
    """Tell whether it is a line in italics, which says who wrote it or where it was taken from."""
    return re.fullmatch(r"([*_])(?!\1).+\1", (unit.block.markdown or "").strip()) is not None


def _labelled(units: Sequence[Unit]) -> Items | None:
    """Paragraphs under labels, each an item."""
    labels = [at for at, unit in enumerate(units) if at and unit.is_label and unit.block.apart]
    labels = [at for at in labels if lettered(units[at].text)]
    labels = [at for at in labels if at + 1 < len(units) and ends_sentence(units[at + 1].text)]
    if len(labels) < 2:
        return None
    groups: list[list[Unit]] = []
    between: list[Unit] = []
    after: list[Unit] = []
    for unit in units[labels[0] :]:
        if unit.is_label or unit.is_rule:
            between.append(unit)
        elif after or ends_letter(unit):
            after.append(unit)
        else:
            groups.append([unit])
    if len(groups) <= len(labels):  # one below each: the labels are headlines
        return None
    return _items("section", groups, units[: labels[0]], between, after)


def _bare(units: Sequence[Unit]) -> Items | None:
    """Return paragraphs that nothing sets off, each an item: only a title can tell them from an article's."""
    first = next((at for at, unit in enumerate(units) if unit.block.apart and ends_sentence(unit.text)), len(units))
    last = next((at for at, unit in enumerate(units) if at > first and ends_letter(unit)), len(units))
    between = units[first:last]
    if any(unit.signs - {"label"} or unit.is_line or unit.is_rule or not unit.block.apart for unit in between):
        return None
    return _items("paragraph", [[unit] for unit in between], units[:first], [], units[last:])


def _items(
    sign: str, groups: Sequence[Sequence[Unit]], before: Sequence[Unit], between: Sequence[Unit], after: Sequence[Unit]
) -> Items | None:
    """Return the groups as items, when each has the form of one and little stands below the last."""
    if (
        not 2 <= len(groups) <= _MAX_ITEMS
        or sum(len(unit.text) for unit in after) > _MAX_TAIL
        or not all(map(is_footer, after))
    ):
        return None
    items = with_references([found_in(sign, group) for group in groups], after)
    lengths = sorted(len(item.text) for item in items)
    if lengths[-1] > _MAX_ITEM or lengths[len(lengths) // 2] > _MAX_MEDIAN:
        return None
    if any(len(group) - 1 > _MAX_UNITS for group in groups) or not all(map(says_something, items)):
        return None
    if sign == "emoji" and len({item.units[0].drawn for item in items}) * 2 <= len(items):
        return None  # one and the same sign is a bullet, whatever it looks like
    if sign == "number" and not _counts_up([item.units[0] for item in items]):
        return None
    if sign == "day" and any(not item.head and len(item.body) > 1 for item in items):
        return None  # a day's label above several items
    labels = [unit for unit in between if not unit.is_rule and "day" not in unit.signs]
    if not any(item.head for item in items) and len(labels) >= len(items) - 1:
        return None  # one label above each: they are the headlines
    if sign == "label" and len({label_of(item.units[0].text) for item in items}) * 4 < len(items) * 3:
        return None  # people talking
    return Items(sign, tuple(items), tuple(before), tuple(between), tuple(after))


def _counts_up(units: Sequence[Unit]) -> bool:
    numbers = [unit.block.mark.number if unit.block.mark else None for unit in units]
    return all(number == (numbers[0] or 0) + at for at, number in enumerate(numbers))
