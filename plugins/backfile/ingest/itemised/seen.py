"""A document as units, each seen beside its neighbours: underlinings, boxes, names of sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backfile.ingest.itemised.columns import tabled
from backfile.ingest.itemised.counted import counted
from backfile.ingest.itemised.fields import with_fields
from backfile.ingest.itemised.opened import addresses_in, opened
from backfile.ingest.itemised.quoted import unquoted
from backfile.ingest.itemised.refrains import without_refrains
from backfile.ingest.itemised.set_off import unframed, unit_of
from backfile.ingest.itemised.units import MAX_LABEL_WORDS, Unit
from backfile.ingest.records import Block, BlockKind
from backfile.ingest.vocabulary.phrases import FORWARDED_POST
from backfile.ingest.vocabulary.words import words

_OF_ITEMS = frozenset({"bullet", "number", "clock"})


def units_of(blocks: Sequence[Block]) -> list[Unit]:
    """Return the units of ``blocks``; a list that a reader kept whole is opened, and so is a quoted letter."""
    found: list[Unit] = []
    addresses = addresses_in(blocks)
    placed = tabled(unquoted(blocks))
    plain = [unframed(block) for _, block, _ in placed]
    numbered = counted(plain)
    for at, ((place, written, is_row), block) in enumerate(zip(placed, plain, strict=True)):
        inner = opened(block.markdown, addresses) if block.kind is BlockKind.VERBATIM and block.markdown else []
        signs = {"boxed": block is not written, "counted": at in numbered, "row": is_row}
        own = [unit_of(place, part, frozenset({sign} - {""})) for part, sign in inner]
        found += own or [unit_of(place, numbered.get(at, block), frozenset(sign for sign in signs if signs[sign]))]
    return with_fields(without_refrains(_underlined(_with_drawn_labels(_passed_on(found)))))


def _passed_on(units: Sequence[Unit]) -> list[Unit]:
    """Take a post that its line says is forwarded as nobody's word in a chat, and leave that line out."""
    found: list[Unit] = []
    for unit in units:
        if found and "post" in found[-1].signs and FORWARDED_POST.match(unit.text):
            found[-1] = replace(found[-1], voice="")
        else:
            found.append(unit)
    return found


def _with_drawn_labels(units: Sequence[Unit]) -> list[Unit]:
    """Take a picture before a few words as part of a section's name, where items with another sign stand below it."""
    found: list[Unit] = []
    for at, unit in enumerate(units):
        below = units[at + 1] if at + 1 < len(units) else unit
        over_list = unit.drawn and not below.drawn and below.signs & _OF_ITEMS
        is_name = over_list and unit.is_line and len(words(unit.text)) <= MAX_LABEL_WORDS
        found.append(replace(unit, signs=frozenset()) if is_name else unit)
    return found


def _underlined(units: Sequence[Unit]) -> list[Unit]:
    """Take a rule right below a line as that line's underlining; with one above it, as its box."""
    found: list[Unit] = []
    for unit in units:
        below = unit.is_rule and not unit.block.apart and found and not found[-1].is_rule
        if not below or not found[-1].is_line:
            found.append(unit)
        elif len(found) > 1 and found[-2].is_rule and not found[-1].block.apart:
            line = found.pop()
            found[-1] = replace(line, block=replace(line.block, apart=True), signs=line.signs | {"boxed"})
        else:
            found[-1] = replace(found[-1], signs=found[-1].signs | {"underlined"})
    return found
