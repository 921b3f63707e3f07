"""The order of names in a list, as a reader of English, Ukrainian or Russian looks for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

# Both alphabets in one: no two letters stand the other way round in one of them. By their numbers in
# Unicode, є, і, ї, ґ and ё would come after я. Letters of Unicode's Cyrillic supplement stand in for them.
_CYRILLIC: Final = "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя"
_IN_ORDER: Final[Mapping[int, str]] = {ord(letter): chr(0x0500 + place) for place, letter in enumerate(_CYRILLIC)}


def alphabetical(name: str) -> tuple[str, str]:
    """Return the key that sorts names by the alphabet, without regard to capitals and accents."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name.casefold()).translate(_IN_ORDER))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), name
