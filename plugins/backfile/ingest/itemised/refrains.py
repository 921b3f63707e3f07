"""What comes back word for word beside item after item belongs to the page, and to no item: a channel's name, "Share".

Where such a line stands below a text, it ends an item, as a rule does. Two names by turns between
texts are people talking, or sections, and stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from backfile.ingest.itemised.units import Unit, ends_text
from backfile.ingest.records import Block, BlockKind
from backfile.ingest.vocabulary import lexicon

_TIMES = 3
_MAX_LENGTH = 80
_RULE = "* * *"
_OTHERS = frozenset({BlockKind.HEADING, BlockKind.RULE, BlockKind.VERBATIM})
_PLAIN = frozenset({"bold", "run-in", "link", "capitals", "label", "aside"})


def without_refrains(units: Sequence[Unit]) -> list[Unit]:
    """Return ``units`` without such lines; where one leads somewhere, the text above it does."""
    counts = Counter(_key(unit) for unit in units if _may_come_back(unit))
    refrains = {key for key, count in counts.items() if count >= _TIMES}
    if not refrains:
        return list(units)
    between = {_key(unit) for at, unit in enumerate(units) if _key(unit) in refrains and _is_between_texts(units, at)}
    if len(between) > 1:
        refrains -= between
    found: list[Unit] = []
    for unit in units:
        if not _may_come_back(unit) or _key(unit) not in refrains:
            found.append(unit)
        elif found and ends_text(found[-1].text) and not found[-1].is_rule:
            found[-1] = replace(found[-1], more=found[-1].more or unit.url)
            found.append(_as_rule(unit))
    return found


def _as_rule(unit: Unit) -> Unit:
    return Unit(unit.place, Block(BlockKind.RULE, _RULE, apart=unit.block.apart), _RULE)


def _key(unit: Unit) -> str:
    return unit.text.casefold()


def _may_come_back(unit: Unit) -> bool:
    """Tell whether a line may be one of the page's: short, with no sign that items bear, and no source's name."""
    text = unit.text
    if not 0 < len(text) <= _MAX_LENGTH or unit.signs - _PLAIN or unit.block.kind in _OTHERS:
        return False
    return not text.endswith(":") and not lexicon.SOURCE_LABEL.match(text)


def _is_between_texts(units: Sequence[Unit], at: int) -> bool:
    beside = (*units[at - 1 : at], *units[at + 1 : at + 2])
    return len(beside) == 2 and all(ends_text(unit.text) and not unit.is_rule for unit in beside)
