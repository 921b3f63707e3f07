"""Items that no sign stands before: texts between rules, paragraphs under labels, paragraphs alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from backfile.ingest.itemised.gathered import gathered
from backfile.ingest.itemised.items import Items, lettered
from backfile.ingest.itemised.pastimes import is_pastime, without_pastimes
from backfile.ingest.itemised.units import Unit, ends_letter, ends_text
from backfile.ingest.records import BlockKind
from backfile.ingest.vocabulary.phrases import GOES_ON, GREETING
from backfile.ingest.vocabulary.words import ends_sentence, url_alone
from backfile.sentences import split_sentences

_SHORT = 0.4  # of the length of the paragraph in the middle
_HEADLINE = 100  # characters of a headline that ends in a full stop
_LONGER = 1.3  # than the headline is the text below it
_MAX_LINE = 120  # characters of a line below the last paragraph
_NEARLY_ALL = 0.8
_CONTENTS = 3  # lines that come back as headlines, one below the other, are a table of contents
_OF_HEADS = frozenset({"bold", "run-in", "heading", "number", "clock"})
_QUOTES = frozenset('“"„—–')  # what somebody says goes on from the text above


def ruled(units: Sequence[Unit]) -> Items | None:
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
    if (items := _under_headings(groups)) is not None:
        return items
    if any(map(_has_more_headings, groups[1:])):
        return None
    groups = [without_pastimes(group)[0] for group in groups if not is_pastime(group[0])]
    if len(groups) < 3:
        return None
    first = next((i for i, unit in enumerate(groups[0]) if ends_sentence(unit.text) and not _is_aside(unit)), None)
    headed = sum(map(_has_headline, groups[1:])) * 5 >= (len(groups) - 1) * 3
    if headed and first and _has_headline(groups[0][first - 1 :]):
        first -= 1  # its headline, where the others have one
    before = groups[0] if first is None else groups[0][:first]
    groups = groups[1:] if first is None else [groups[0][first:], *groups[1:]]
    after: list[Unit] = []
    while groups and (all(map(ends_letter, groups[-1])) or _is_called_out(groups[-1])):
        after = groups.pop() + after
    while groups and _is_called_out(groups[0]):
        before = [*before, *groups.pop(0)]
    while headed and groups and not _has_headline(groups[0]):
        before = [*before, *groups.pop(0)]
    while headed and groups and not _has_headline(groups[-1]):
        after = groups.pop() + after
    return gathered("rule", groups, before, [], after)


def _under_headings(groups: Sequence[Sequence[Unit]]) -> Items | None:
    """Return the groups from the heading on that nearly each has one of, without captions and appeals above it."""
    starts = [[at for at, unit in enumerate(group) if unit.block.kind is BlockKind.HEADING] for group in groups]
    if sum(len(found) == 1 for found in starts) < _NEARLY_ALL * len(groups):
        return None
    starts[0] = starts[0][-1:]  # the issue's own headings may stand above the first
    last = max(at for at, found in enumerate(starts) if found) + 1
    own = [group[found[0] :] for group, found in zip(groups, starts, strict=True) if found]
    above = [group[: found[0]] if found else group for group, found in zip(groups, starts, strict=True)]
    between = [unit for units in above[1:last] for unit in units]
    return gathered("rule", own, above[0], between, [unit for units in above[last:] for unit in units])


def _has_more_headings(group: Sequence[Unit]) -> bool:
    """Tell whether a group has several headings of the highest level in it: rules do not stand between all items."""
    levels = [unit.block.level for unit in group if unit.block.kind is BlockKind.HEADING]
    return bool(levels) and levels.count(min(levels)) > 1


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


def labelled(units: Sequence[Unit]) -> Items | None:
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
    return gathered("section", groups, units[: labels[0]], between, after)


def bare(units: Sequence[Unit]) -> Items | None:
    """Return paragraphs that nothing sets off, each an item, with those that lean on the one above joined to it."""
    units = [unit for unit in units if not is_pastime(unit)]
    first = next((at for at, unit in enumerate(units) if _is_paragraph(unit)), len(units))
    last = next((at for at, unit in enumerate(units) if at > first and not _is_paragraph(unit)), len(units))
    if (
        0 < first < last - 1
        and not units[first].block.apart
        and all(unit.block.apart for unit in units[first + 1 : last])
    ):
        first += 1  # it stands close to the title
    groups: list[list[Unit]] = []
    for unit in units[first:last]:
        if groups and (GOES_ON.match(unit.text) or unit.text[0] in _QUOTES):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    if (headed := _under_sentences(groups)) is None:
        return None
    groups, after = headed, list(units[last:])
    before = list(units[:first])
    if len(groups) > _CONTENTS:  # a short one above or below the others is about the page
        short = _SHORT * median(len(group[0].text) for group in groups)
        if len(groups[-1]) == 1 and len(groups[-1][0].text) < short:
            after = [*groups.pop(), *after]
        if len(groups[0]) == 1 and len(groups[0][0].text) < short:
            before += groups.pop(0)
    if any(len(unit.text) > _MAX_LINE and not ends_letter(unit) for unit in after):
        return None
    return gathered("paragraph", groups, before, [], after)


def _under_sentences(groups: list[list[Unit]]) -> list[list[Unit]] | None:
    """Join paragraphs to short sentences above them that are their headlines; None where it can't be told which are.

    Headlines may end in a full stop. Then short and longer paragraphs take turns.
    """
    lengths = [sum(len(unit.text) for unit in group) for group in groups]
    heads = [
        at for at in range(len(groups) - 1) if _is_headline(groups[at]) and lengths[at] * _LONGER < lengths[at + 1]
    ]
    if not heads or len(heads) * 3 < len(groups):
        return groups
    if heads[0] or any(_is_headline(group) for at, group in enumerate(groups) if at not in heads):
        return None
    ends = [*heads[1:], len(groups)]
    return [[unit for group in groups[at:end] for unit in group] for at, end in zip(heads, ends, strict=True)]


def _is_headline(group: Sequence[Unit]) -> bool:
    text = group[0].text
    return len(group) == 1 and len(text) < _HEADLINE and len(split_sentences(text)) == 1


def _is_paragraph(unit: Unit) -> bool:
    """Tell whether it is a paragraph of running text that nothing sets off."""
    apart = unit.block.apart or unit.block.indented or unit.block.kind is BlockKind.LINE
    return (
        apart
        and not unit.signs - {"label", "emphasis"}
        and ends_text(unit.text)
        and not ends_letter(unit)
        and not GREETING.match(unit.text)
    )
