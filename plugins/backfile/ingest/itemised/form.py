"""The form of a digest: one sign before item after item, whatever the items hold, labels and rules between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from backfile.ingest.itemised.gathered import gathered
from backfile.ingest.itemised.items import (
    ALONE,
    OF_LISTS,
    Items,
    is_name,
    lettered,
)
from backfile.ingest.itemised.pairs import is_lead_in
from backfile.ingest.itemised.pastimes import is_pastime, without_pastimes
from backfile.ingest.itemised.signed import signed
from backfile.ingest.itemised.stanzas import stanzas
from backfile.ingest.itemised.units import Unit, ends_letter, ends_text
from backfile.ingest.itemised.unmarked import bare, labelled, ruled
from backfile.ingest.lines.header import read_source
from backfile.ingest.records import BlockKind
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.words import begins_high, url_alone

_HEADLINE = 3  # words of a line between two texts
_CONTENTS = 3  # lines that come back as headlines, one below the other, are a table of contents
_OF_BULLETS = frozenset({"bullet", "emoji"})
_OF_TITLES = ("bold", "run-in", "set off", "capitals", "underlined", "boxed", "line")  # a title may be so, too


def _by(sign: str) -> Callable[[Sequence[Unit], int], bool]:
    return lambda units, at: sign in units[at].signs


def _is_line_head(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a line stands apart, with a text below it at once, or after one more short line."""
    unit = units[at]
    if (
        unit.signs - {"link", "label", "capitals", "titled"}
        or not unit.is_line
        or lexicon.SOURCE_LABEL.match(unit.text)
    ):
        return False
    if not (unit.block.apart or at == 0 or _is_between_texts(units, at)):
        return False
    below = units[at + 1 : at + 3]
    if unit.block.kind is BlockKind.HEADING or not below or not begins_high(unit.text):
        return False
    if not is_name(unit.text) and (below[0].block.apart or not lettered(unit.text)):
        return False
    if below[0].is_line and below[0].block.apart:
        return False
    return not below[0].is_rule and any(ends_text(other.text) for other in below)


def _is_between_texts(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a line stands directly between two texts, where no blank lines are."""
    if at + 1 == len(units) or len(lettered(units[at].text)) < _HEADLINE:
        return False
    if units[at + 1].block.apart or units[at - 1].is_line:
        return False  # it ends the text above, or stands below a headline
    return all(ends_text(other.text) and not other.is_rule for other in (units[at - 1], units[at + 1]))


def _is_set_off(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a headline in bold stands here, on a line of its own or not; what stands above one is a label."""
    if _goes_on(units, at):
        return False
    return _is_bold(units[at]) and not (units[at].alone and at + 1 < len(units) and _is_bold(units[at + 1]))


def _is_bold_line(units: Sequence[Unit], at: int) -> bool:
    return "bold" in units[at].signs and _is_set_off(units, at)


def _is_run_in(units: Sequence[Unit], at: int) -> bool:
    return bool(units[at].signs & {"run-in", "emphasis"}) and not _goes_on(units, at)


def _goes_on(units: Sequence[Unit], at: int) -> bool:
    """Tell whether a line goes on with the sentence above: a link happens to stand where the text is wrapped."""
    above = units[at - 1] if at and not units[at].block.apart else None
    return above is not None and bool(above.head) and not above.alone and not ends_text(above.text)


def _is_bold(unit: Unit) -> bool:
    return bool(unit.signs & {"bold", "run-in", "emphasis"})


# Ways in which items are set off, the plainest first; of two that fit as well, the first is taken.
SIGNS: dict[str, Callable[[Sequence[Unit], int], bool]] = {
    "post": _by("post"),
    "said": _by("said"),
    "field": _by("field"),
    "stamp": _by("stamp"),
    "clock": _by("clock"),
    "step": _by("step"),
    "number": _by("number"),
    "counted": _by("counted"),
    "emoji": _by("emoji"),
    "hashtag": _by("hashtag"),
    "tag": _by("tag"),
    "bullet": _by("bullet"),
    "bold": _is_bold_line,
    "run-in": _is_run_in,
    "set off": _is_set_off,
    "capitals": _by("capitals"),
    "underlined": _by("underlined"),
    "boxed": _by("boxed"),
    "label": _by("label"),
    "day": _by("day"),
    "quote": _by("quote"),
    "row": _by("row"),
    "titled": _by("titled"),
    "line": _is_line_head,
}


# Those that no unit bears: a look at its neighbours tells them.
_SEEN = frozenset({"set off", "line"})


def all_forms(units: Sequence[Unit], *, headless: bool = False) -> list[Items]:
    """Return every way to see ``units`` as items; ``headless`` when the title does not stand among them."""
    units = _without_contents(units)
    others = (ruled, signed, labelled, bare, stanzas)
    found = [*_uniform(units, headless=headless), *(form(units) for form in others)]
    return [items for items in found if items is not None]


def _uniform(units: Sequence[Unit], *, headless: bool) -> Iterator[Items | None]:
    odd = _OF_BULLETS if _ends_oddly(units) else frozenset()
    borne = Counter(sign for unit in units for sign in unit.signs)
    signs = [sign for sign in SIGNS if sign not in odd and (sign in _SEEN or borne[sign] > 1)]
    yield from (_marked(units, sign, headless=headless) for sign in signs)
    if units and not headless and _may_be_title(units[0]):  # it may be of the shape that the headlines have
        yield from (_marked(units, sign, headless=headless, first=1) for sign in _OF_TITLES if SIGNS[sign](units, 0))
    yield from (_marked(units, "heading", level, headless=headless) for level in _levels(units))
    yield from (_marked(units, "bullet", headless=headless, bullet=bullet) for bullet in _bullets(units))


def _without_contents(units: Sequence[Unit]) -> list[Unit]:
    """Leave out lines that announce, one below the other, the headlines that come later."""
    if len({unit.text.casefold() for unit in units}) == len(units):
        return list(units)
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
    units: Sequence[Unit], sign: str, level: int = 0, *, headless: bool = False, first: int = 0, bullet: str = ""
) -> Items | None:
    """Return the items that a sign sets off from the ``first`` unit on.

    Of headings those of one ``level``, of bullets those that are one and the same sign.
    """
    is_head = SIGNS.get(sign, _by(sign))
    heads = [at for at in range(first, len(units)) if is_head(units, at)]
    heads = [at for at in heads if not level or units[at].block.level == level]
    heads = [at for at in heads if not bullet or units[at].bullet == bullet]
    heads = [at for at in heads if not is_pastime(units[at])]
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
    under_labels, signed = _lines_above(units, heads)
    passing = False  # over what is no news, up to the next name of a section
    for at, following in zip(heads, [*heads[1:], len(units)], strict=True):
        own = list(units[at + 1 : following])
        named = bool(own) and own[-1].is_label
        above = _names_pastime(units[following - 1]) or (passing and not named)
        passed, passing = passing, following < len(units) and above
        if passed:
            between += [units[at], *own]
            continue
        if following == len(units):
            cut = next((i for i, unit in enumerate(own) if i >= most or _ends_items(unit)), len(own))
            own, after = own[:cut], own[cut:]
        else:
            while own and (
                own[-1].is_rule or (own[-1].is_label and not signed and (under_labels or _is_apart(own[-1], sign)))
            ):
                between.insert(0, own.pop())
            most = max(most, len(own))
        own, others = without_pastimes([units[at], *own])
        if others and len(own) == 1 and sign in ALONE:
            others = [*own, *others]
        else:
            groups.append(own)
        between += others
    shared = frozenset.intersection(*(units[at].signs for at in heads)) & OF_LISTS if not bullet else frozenset()
    others = [*units[1 : heads[0]], *after]
    others = [unit for unit in others if not ends_letter(unit) and not is_pastime(unit)]
    if _passes_over(groups, sign) or any(shared & unit.signs for unit in others):
        return None  # there are more such items, without this sign
    return gathered(sign, groups, units[: heads[0]], between, after)


def _names_pastime(unit: Unit) -> bool:
    return unit.is_line and is_pastime(unit)


def _ends_items(unit: Unit) -> bool:
    """Tell whether what stands below the last item begins here."""
    return unit.is_rule or ends_letter(unit) or is_lead_in(unit.block)


def _lines_above(units: Sequence[Unit], heads: Sequence[int]) -> tuple[bool, bool]:
    """Tell whether the short lines above all of the ``heads`` are labels, or sign the items above them.

    They sign them where one stands below the last item as well, and none above the first.
    """
    if not all(units[at - 1].is_label for at in heads[1:]):
        return False, False
    last = next((unit for unit in reversed(units) if not unit.is_rule and not ends_letter(unit)), units[-1])
    first = heads[0] > 1 and units[heads[0] - 1].is_label
    return first, not first and last.is_label


def _is_inner(units: Sequence[Unit], at: int) -> bool:
    """Tell whether an item of a list belongs to the text above it: a part of its sentence, or announced by it."""
    if not units[at].signs & {"bullet", "number"}:
        return False
    if units[at].text.endswith((";", ",")) or units[at].text[:1].islower():
        return True
    first = at
    while first and units[first - 1].signs & OF_LISTS:
        first -= 1
    alone = first == at and not (at + 1 < len(units) and units[at + 1].signs & OF_LISTS)
    return first > 0 and not alone and units[first - 1].text.endswith(":")


def _may_be_title(unit: Unit) -> bool:
    return unit.block.mark is None and (unit.block.kind is BlockKind.HEADING or unit.is_line)


def _passes_over(groups: Sequence[Sequence[Unit]], sign: str) -> bool:
    """Tell whether a few of the groups have headlines within, each of an item that bears another sign."""
    within = sum(any(_is_line_head(group, at) for at in range(2, len(group))) for group in groups)
    emphasised = sum("emphasis" in group[0].signs for group in groups)
    if emphasised * 2 > len(groups) and sum(map(len, groups)) * 2 > len(groups) * 3:
        return True  # words in bold here and there
    return sign not in {"line", "heading"} and 0 < within * 2 < len(groups)


def _is_apart(unit: Unit, sign: str) -> bool:
    """Tell whether a short line is a label of the items below it, rather than the source of those above it."""
    if unit.block.kind is BlockKind.HEADING:
        return True
    if unit.text.isupper() or unit.drawn or "day" in unit.signs:
        return True
    points = url_alone(unit.text) is not None or read_source(unit.text) is not None
    return sign != "line" and unit.block.apart and not points


def _levels(units: Sequence[Unit]) -> list[int]:
    """Return the levels that several headings have, the deepest first."""
    levels = [unit.block.level for unit in units if unit.block.kind is BlockKind.HEADING]
    return sorted({level for level in levels if levels.count(level) >= 2}, reverse=True)


def _ends_oddly(units: Sequence[Unit]) -> bool:
    """Tell whether list items with other bullets than most have stand above the first and below the last of those only.

    They greet, and tell of the weather.
    """
    of_lists = [unit.bullet for unit in units if unit.bullet]
    for bullet in _bullets(units):
        first, last = of_lists.index(bullet), len(of_lists) - of_lists[::-1].index(bullet)
        return all(other == bullet for other in of_lists[first:last])
    return False


def _bullets(units: Sequence[Unit]) -> list[str]:
    """Return the bullet that most of the list items have, where others have another."""
    counts = Counter(unit.bullet for unit in units if unit.bullet).most_common()
    return [sign for sign, count in counts[:1] if len(counts) > 1 and count > _CONTENTS]
