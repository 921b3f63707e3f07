"""Parts of an issue that are no news, told by what they are called: adverts, quotations, games, the weather, vacancies.

Such a part begins at its name and ends where the next item or section begins, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from backfile.ingest.itemised.units import Unit
from backfile.ingest.vocabulary.phrases import PASTIME
from backfile.ingest.vocabulary.words import words

_MAX_PASTIME = 320  # characters; more is a text
_MAX_NAME = 60  # characters before a colon
_STOPS = " .:…!?→–—-"


def is_pastime(unit: Unit) -> bool:
    """Tell whether a unit is called so: as a whole, or by what it begins with.

    A single word before a text ("Weather: …") may as well be the topic of an item.
    """
    if len(unit.text) > _MAX_PASTIME and not unit.head:
        return False
    return not unit.is_rule and (_is_called_so(unit.text) or (len(words(unit.head)) > 1 and _is_called_so(unit.head)))


@lru_cache(maxsize=1024)  # a document's lines are looked at once for each form
def _is_called_so(text: str) -> bool:
    match = PASTIME.match(text[:_MAX_NAME])
    if match is None:
        return False
    rest = text[match.end() :].strip()
    return not rest.strip(_STOPS) or (rest[0] in ":—–" and len(words(match[0])) > 1)


def without_pastimes(units: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Return the units of an item up to the first such part below its first unit, and those from there on."""
    cut = next((at for at, unit in enumerate(units) if at and is_pastime(unit)), len(units))
    return list(units[:cut]), list(units[cut:])
