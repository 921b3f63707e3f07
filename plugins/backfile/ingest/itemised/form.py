"""The form of a digest: one sign before item after item, whatever the items hold, labels and rules between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from backfile.ingest.header import read_source
from backfile.ingest.itemised.items import (
    OF_LISTS,
    Found,
    Items,
    found_in,
    is_name,
    lettered,
    says_something,
    with_references,
)
from backfile.ingest.itemised.units import Unit, ends_letter, ends_text, label_of
from backfile.ingest.phrases import GOES_ON, GREETING
from backfile.ingest.records import BlockKind
from backfile.ingest.words import begins_high, ends_sentence, url_alone

_MAX_ITEMS = 200  # more are a catalogue
_MAX_UNITS = 15  # below an item's first line
_MAX_ITEM = 3500  # characters
_MAX_MEDIAN = 1000
_MAX_TAIL = 800  # characters below the last item
_SHORT = 0.4  # of the length of the paragraph in the middle
_MAX_LINE = 120  # characters of a line below the last paragraph
_SAYING = 0.8  # of the items must have a text: a list or a picture may stand for one here and there
_CONTENTS = 3  # lines that come back as headlines, one below the other, are a table of contents
_OF_TITLES = ("bold", "run-in", "set off", "capitals", "underlined", "boxed", "line")  # a title may be so, too
_OF_HEADS = frozenset({"bold", "run-in", "heading", "number", "clock"})
_QUOTES = frozenset('“"„—–')  # what somebody says goes on from the text above


def _by(sign: str) -> Callable[[Sequence[Unit], int], bool]:
    return lambda units, at: sign in units[at].signs


def _is_line_head(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a line stands apart, with a text below it at once, or after one more short line."""
    unit = units[at]
    if unit.signs - {"link", "label", "capitals"} or not unit.is_line or not (unit.block.apart or at == 0):
        return False
    below = units[at + 1 : at + 3]
    if unit.block.kind is BlockKind.HEADING or not below or not begins_high(unit.text):
        return False
    if not is_name(unit.text) and (below[0].block.apart or not lettered(unit.text)):
        return False
    if below[0].is_line and below[0].block.apart:
        return False
    return not below[0].is_rule and any(ends_text(other.text) for other in below)


def _is_set_off(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a headline in bold stands here, on a line of its own or not; what stands above one is a label."""
    return _is_bold(units[at]) and not (units[at].alone and at + 1 < len(units) and _is_bold(units[at + 1]))


def _is_bold_line(units: Sequence[Unit], at: int) -> bool:
    return "bold" in units[at].signs and _is_set_off(units, at)


def _is_bold(unit: Unit) -> bool:
    return bool(unit.signs & {"bold", "run-in"})


# Ways in which items are set off, the plainest first; of two that fit as well, the first is taken.
SIGNS: dict[str, Callable[[Sequence[Unit], int], bool]] = {
    "post": _by("post"),
    "said": _by("said"),
    "stamp": _by("stamp"),
    "clock": _by("clock"),
    "step": _by("step"),
    "number": _by("number"),
    "emoji": _by("emoji"),
    "hashtag": _by("hashtag"),
    "tag": _by("tag"),
    "bullet": _by("bullet"),
    "bold": _is_bold_line,
    "run-in": _by("run-in"),
    "set off": _is_set_off,
    "capitals": _by("capitals"),
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
    units = _without_contents(units)
    found = [*_uniform(units, headless=headless), _ruled(units), _labelled(units), _bare(units)]
    return [items for items in found if items is not None]


def _uniform(units: Sequence[Unit], *, headless: bool) -> Iterator[Items | None]:
    yield from (_marked(units, sign, headless=headless) for sign in SIGNS)
    if units and not headless and _may_be_title(units[0]):  # it may be of the shape that the headlines have
        yield from (_marked(units, sign, headless=headless, first=1) for sign in _OF_TITLES if SIGNS[sign](units, 0))
    yield from (_marked(units, "heading", level, headless=headless) for level in _levels(units))


def _without_contents(units: Sequence[Unit]) -> list[Unit]:
    """Leave out lines that announce, one below the other, the headlines that come later."""
    last = {unit.text.casefold(): at for at, unit in enumerate(units) if len(lettered(unit.text)) > 1}
    kept: list[Unit] = []
    run: list[Unit] = []
    for at, unit in enumerate(units):
        if last.get(unit.text.casefold(), at) > at:
            run.append(unit)
            continue
        kept += run if len(run) < _CONTENTS else []
        kept.append(unit)
        run = []
    return kept


def _marked(
    units: Sequence[Unit], sign: str, level: int = 0, *, headless: bool = False, first: int = 0
) -> Items | None:
    """Return the items that a sign sets off from the ``first`` unit on; headings, those of one ``level``."""
    is_head = SIGNS.get(sign, _by(sign))
    heads = [at for at in range(first, len(units)) if is_head(units, at)]
    heads = [at for at in heads if not level or units[at].block.level == level]
    while heads and ends_letter(units[heads[-1]]):
        heads.pop()
    if sign in OF_LISTS and len(outer := [at for at in heads if not _is_inner(units, at)]) > 1:
        heads = outer
    if heads[:1] == [0] and sign in {"heading", "emoji", "bullet"} and not headless and _may_be_title(units[0]):
        heads = heads[1:]
    if len(heads) < 2:
        return None
    groups: list[list[Unit]] = []
    between: list[Unit] = []
    after: list[Unit] = []
    most = 0
    labelled = heads[0] > 0 and all(units[at - 1].is_label for at in heads)
    for at, following in zip(heads, [*heads[1:], len(units)], strict=True):
        own = list(units[at + 1 : following])
        if following == len(units):
            cut = next((i for i, unit in enumerate(own) if unit.is_rule or i >= most or ends_letter(unit)), len(own))
            own, after = own[:cut], own[cut:]
        else:
            while own and (own[-1].is_rule or (own[-1].is_label and (labelled or _is_apart(own[-1], sign)))):
                between.insert(0, own.pop())
            most = max(most, len(own))
        groups.append([units[at], *own])
    shared = frozenset.intersection(*(units[at].signs for at in heads)) & OF_LISTS
    others = [*units[1 : heads[0]], *after]
    if _passes_over(groups, sign) or any(shared & unit.signs for unit in others):
        return None  # there are more such items, without this sign
    return _items(sign, groups, units[: heads[0]], between, after)


def _is_inner(units: Sequence[Unit], at: int) -> bool:
    """Tell whether an item of a list belongs to the text above it: a part of its sentence, or announced by it."""
    if not units[at].signs & {"bullet", "number"}:
        return False
    if units[at].text.endswith((";", ",")) or units[at].text[:1].islower():
        return True
    first = at
    while first and units[first - 1].signs & OF_LISTS:
        first -= 1
    return first > 0 and units[first - 1].text.endswith(":")


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
    while groups and (all(map(ends_letter, groups[-1])) or _is_called_out(groups[-1])):
        after = groups.pop() + after
    while groups and _is_called_out(groups[0]):
        before = [*before, *groups.pop(0)]
    if sum(map(_has_headline, groups)) * 5 >= len(groups) * 3:  # where most items have one, all have
        while not _has_headline(groups[0]):
            before = [*before, *groups.pop(0)]
        while not _has_headline(groups[-1]):
            after = groups.pop() + after
    return _items("rule", groups, before, [], after)


def _has_headline(units: Sequence[Unit]) -> bool:
    return units[0].is_line and url_alone(units[0].text) is None


def _is_called_out(units: Sequence[Unit]) -> bool:
    """Tell whether units say nothing but what is said around the items: in capitals, as greetings, as a sign-off."""
    return all(
        unit.text.isupper() or ends_letter(unit) or GREETING.match(unit.text) or url_alone(unit.text) for unit in units
    )


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
    alone = sum(at + 2 >= len(units) or units[at + 2].is_label for at in labels if "day" not in units[at].signs)
    if len(groups) <= len(labels) or alone * 2 > len(labels):  # one below each: the labels are headlines
        return None
    if sum(bool(group[0].signs & _OF_HEADS) for group in groups) * 2 > len(groups):
        return None  # items that are set off, and more below them
    return _items("section", groups, units[: labels[0]], between, after)


def _bare(units: Sequence[Unit]) -> Items | None:
    """Return paragraphs that nothing sets off, each an item, with those that lean on the one above joined to it."""
    first = next((at for at, unit in enumerate(units) if _is_paragraph(unit)), len(units))
    last = next((at for at, unit in enumerate(units) if at > first and not _is_paragraph(unit)), len(units))
    groups: list[list[Unit]] = []
    for unit in units[first:last]:
        if groups and (GOES_ON.match(unit.text) or unit.text[0] in _QUOTES):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    after = list(units[last:])
    if len(groups) > _CONTENTS and len(groups[-1]) == 1:  # a short one below the others is about the page
        middle = sorted(len(group[0].text) for group in groups)[len(groups) // 2]
        if len(groups[-1][0].text) < _SHORT * middle:
            after = [*groups.pop(), *after]
    if any(len(unit.text) > _MAX_LINE and not ends_letter(unit) for unit in after):
        return None
    return _items("paragraph", groups, units[:first], [], after)


def _is_paragraph(unit: Unit) -> bool:
    """Tell whether it is a paragraph of running text that nothing sets off."""
    apart = unit.block.apart or unit.block.indented or unit.block.kind is BlockKind.LINE
    return (
        apart
        and not unit.signs - {"label"}
        and ends_text(unit.text)
        and not ends_letter(unit)
        and not GREETING.match(unit.text)
    )


def _items(
    sign: str, groups: Sequence[Sequence[Unit]], before: Sequence[Unit], between: Sequence[Unit], after: Sequence[Unit]
) -> Items | None:
    """Return the groups as items, when most have the form of one and little stands below the last."""
    if not 2 <= len(groups) <= _MAX_ITEMS or sum(len(unit.text) for unit in after) > _MAX_TAIL:
        return None
    items = with_references([found_in(sign, group) for group in groups], after)
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


def _say_something(items: Sequence[Found]) -> bool:
    """Tell whether nearly all items have a text, or all are headlines alone."""
    return sum(map(says_something, items)) >= _SAYING * len(items) and all(item.text.strip() for item in items)


def _counts_up(units: Sequence[Unit]) -> bool:
    return all(unit.number == (units[0].number or 0) + at for at, unit in enumerate(units))
