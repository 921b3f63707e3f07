"""How each unit of a document looks and stands among its neighbours, as traits, each a row of bits over all units.

No trait says by itself where an item begins; :mod:`cuts` looks for those that come back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from backfile.ingest.itemised.pairs import is_lead_in
from backfile.ingest.itemised.pastimes import is_pastime
from backfile.ingest.itemised.units import Unit, ends_letter, ends_text
from backfile.ingest.records import BlockKind
from backfile.ingest.vocabulary.phrases import GREETING

_DASH = re.compile(r"(?:\S+\s+){1,5}?[–—-]{1,2}\s")
_COLON = re.compile(r"[^:]{2,60}:\s")
_SIGNS = (
    "bold", "run-in", "link", "number", "counted", "bullet", "emoji", "clock", "stamp", "hashtag", "tag", "label",
    "capitals", "underlined", "boxed", "row", "titled", "aside", "day", "post", "said", "field", "emphasis", "quote",
    "heading",
)  # fmt: skip
# What a unit is, what is above it and below it, and how its text begins.
_OWN = (
    "is label", "is line", "is text", "is open", "apart", "indented", "below rule", "below line", "below text",
    "above rule", "above close", "above text", "above line", "leads", "headed", "begins digit", "begins quote",
    "begins low", "begins sign", "dash", "colon", "all capitals",
)  # fmt: skip
TRAITS = (*_SIGNS, *_OWN)  # what a table of weights may name
_QUOTES = frozenset("\"“„«'‘")


@dataclass(frozen=True, slots=True)
class Looks:
    """A document's units, and its traits: of each those units that have it, the first in the lowest bit.

    ``present`` are those that some have, by their place among ``TRAITS``, ``further`` those that documents
    do not share (a level of heading, one bullet). ``never`` are units that begin no item, ``edges``
    those about the issue, with which the first and the last item do not begin. ``closing`` are names of
    sections and rules, which at the end of an item are none of it, each with how many units must stand there for
    that, ``stops`` those where what stands below the last item begins. ``chars`` counts characters
    before each unit.
    """

    units: Sequence[Unit]
    traits: dict[str, int]
    present: Sequence[tuple[int, int]]
    further: dict[str, int]
    never: int
    edges: int
    closing: Mapping[int, int]
    stops: frozenset[int]
    chars: Sequence[int]


def looks_of(units: Sequence[Unit]) -> Looks:
    """Return what is to be seen of ``units``."""
    traits = dict.fromkeys(TRAITS, 0)
    further: dict[str, int] = {}
    for at in range(len(units)):
        for name in _traits(units, at):
            known = traits if name in traits else further
            known[name] = known.get(name, 0) | 1 << at
    lengths = (0 if unit.is_rule else len(unit.text) for unit in units)
    return Looks(
        units,
        traits,
        [(at, row) for at, row in enumerate(traits.values()) if row],
        further,
        _bits(units, is_pastime),
        _bits(units, lambda unit: ends_letter(unit) or GREETING.match(unit.text) is not None),
        {at: least for at, unit in enumerate(units) if (least := _closes(unit))},
        frozenset(at for at, unit in enumerate(units) if unit.is_rule or ends_letter(unit) or is_lead_in(unit.block)),
        [0, *accumulate(lengths)],
    )


def _bits(units: Sequence[Unit], holds: Callable[[Unit], bool]) -> int:
    return sum(1 << at for at, unit in enumerate(units) if holds(unit))


def _closes(unit: Unit) -> int:
    """Return below how many units of an item one is the name of the section below it, or a rule; 0 when it is none."""
    if unit.is_rule:
        return 1
    if not unit.is_label:
        return 0
    if unit.block.kind is BlockKind.HEADING or unit.text.isupper() or unit.drawn:
        return 1
    return 2 if unit.block.apart else 0


def _traits(units: Sequence[Unit], at: int) -> list[str]:
    unit = units[at]
    if unit.is_rule or not unit.text:
        return []
    found = [*unit.signs]
    is_line = unit.is_line
    found.append(
        "is label" if unit.is_label else "is line" if is_line else "is text" if ends_text(unit.text) else "is open"
    )
    if is_line:
        found.append("short")
    if unit.block.kind is BlockKind.HEADING:
        found.append(f"level {unit.block.level}")
    if unit.bullet:
        found.append(f"bullet {unit.bullet}")
    if unit.field:
        found.append(f"field {unit.field}")
    flags = {
        "apart": unit.block.apart or at == 0 or units[at - 1].is_rule,
        "indented": unit.block.indented,
        "leads": unit.url is not None,
        "headed": bool(unit.head),
        "all capitals": unit.text.isupper(),
        "dash": _DASH.match(unit.text) is not None,
        "colon": ":" in unit.text and _COLON.match(unit.text) is not None,
    }
    found += [name for name, holds in flags.items() if holds]
    return [*found, *_beginning(unit.text[0]), *_neighbours(units, at)]


def _beginning(sign: str) -> list[str]:
    if sign.isalpha():
        return ["begins low"] if sign.islower() else ["begins high"]
    return ["begins digit" if sign.isdigit() else "begins quote" if sign in _QUOTES else "begins sign"]


def _neighbours(units: Sequence[Unit], at: int) -> list[str]:
    found = []
    if at:
        above = units[at - 1]
        found += (
            ["below rule"] * above.is_rule + ["below line"] * above.is_line + ["below text"] * ends_text(above.text)
        )
    if at + 1 < len(units):
        below = units[at + 1]
        found += ["above line"] * below.is_line + ["above text"] * ends_text(below.text)
        if below.is_rule:
            found.append("above rule")
        elif not below.block.apart:
            found.append("above close")
    return found
