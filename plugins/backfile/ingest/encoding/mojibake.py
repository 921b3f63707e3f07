"""Put right what was once read in a wrong encoding and saved so: ``â€™`` for ’, ``РљРёС—РІ`` for Київ.

*Theory.* UTF-8 that was read as windows-1252 (or Latin-1) or windows-1251 leaves sequences
that no language writes: the sign of a leading byte with the signs of the bytes that must
follow it. A line in which all that is not ASCII reads back so is read back whole. In
others only sequences are touched that read back to what texts are
written with. One is *telling* when right text cannot hold it: three or four
bytes, accented letters, two Cyrillic letters or more in a row that fill a word. ``Ã”`` is
not (a Portuguese word in capitals may end before a quotation mark): it is put right only in a
text that also holds telling ones. What was read wrongly twice is put right twice.

*Known failures.* Text whose unprintable bytes were lost on the way cannot be put back; it
stays as it is, and a note says so. Other code pages than these are not looked for.

*Rejected.* ftfy 6.3: it takes Russian in windows-1251 (``РњРѕСЃРєРІР°``) for right, which is
the commonest case here, and what it adds besides was not asked for.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass

_PAGES = ("cp1252", "cp1251")
_ENOUGH = 3  # sequences in a line that is nothing else
_ROUNDS = 3  # a text read wrongly more often is beyond help
_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяґєії"
_CYRILLIC = frozenset(_LETTERS + _LETTERS.upper())
_PUNCTUATION = frozenset("‐‑‒–—―‘’‚“”„†‡•…‰‹›€№™−→\u200b\u2009\u202f\ufeff")


def _signs(page: str, start: int, end: int) -> str:
    """Return the signs of the bytes from ``start`` up to ``end`` in ``page``, for a class of a pattern."""
    found = []
    for byte in range(start, end):
        with suppress(UnicodeDecodeError):
            found.append(bytes([byte]).decode(page))
        if byte < 0xA0:  # as Latin-1 reads it, and what readers do with a byte that has no sign
            found.append(chr(byte))
    return re.escape("".join(found))


def _bytes_of(page: str) -> dict[str, int]:
    found = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for byte in range(0x80, 0x100):
        try:
            found[bytes([byte]).decode(page)] = byte
        except UnicodeDecodeError:
            found[chr(byte)] = byte
    return found


def _sequence(page: str) -> re.Pattern[str]:
    after = f"[{_signs(page, 0x80, 0xC0)}]"
    two, three, four = (_signs(page, *span) for span in ((0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5)))
    return re.compile(f"[{two}]{after}|[{three}]{after}{{2}}|[{four}]{after}{{3}}")


# ASCII but for the control characters that no text may hold.
_PLAIN = bytes((*range(9, 14), *range(28, 127)))
_FOREIGN = re.compile(r"[^\x00-\x7f][^\x00-\x7f]+")  # a set at its start is looked for three times as fast as a run
_BYTES = {page: _bytes_of(page) for page in _PAGES}
_SEQUENCES = {page: _sequence(page) for page in _PAGES}
# Words of Cyrillic letters only, each in two signs.
_WORDS = {
    page: re.compile(
        rf"(?<![^\W\d_])(?:[{bytes([0xD0, 0xD1, 0xD2]).decode(page)}][{_signs(page, 0x80, 0xC0)}]){{2,}}(?![^\W\d_])"
    )
    for page in _PAGES
}


@dataclass(frozen=True, slots=True)
class Mended:
    """A text, how many of its characters were put right, from which encodings, and how many look wrong still."""

    text: str
    characters: int = 0
    pages: tuple[str, ...] = ()
    doubtful: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What a receipt should say about it."""
        found = []
        if self.characters:
            names = " and ".join(self.pages)
            found.append(f"{self.characters} characters had been read as {names} where they were UTF-8: put right")
        if self.doubtful:
            found.append(f"{self.doubtful} places look misread, and can't be put right for sure")
        return tuple(found)


def beyond_ascii(text: str) -> str:
    """Return all of ``text`` that is not plain ASCII, run together: far shorter in most texts, and soon had."""
    return text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")


def mend(text: str) -> Mended:
    """Return ``text`` with what is certainly misread put right."""
    foreign = beyond_ascii(text)  # sequences hold no ASCII
    if any(_SEQUENCES[page].search(foreign) for page in _PAGES):  # perhaps only where something stood between
        foreign = " ".join(_FOREIGN.findall(text))
    if not any(_SEQUENCES[page].search(foreign) for page in _PAGES):
        return Mended(text)
    count, pages = 0, []
    for _ in range(_ROUNDS):
        before = text
        for page in _PAGES:
            text, found = _round(text, page)
            if found:
                count += found
                pages.append(page.replace("cp", "windows-"))
        if text == before:
            break
    doubtful = sum(_is_telling(match.group(), page) for page in _PAGES for match in _SEQUENCES[page].finditer(text))
    return Mended(text, count, tuple(dict.fromkeys(pages)), doubtful)


def _round(text: str, page: str) -> tuple[str, int]:
    """Put right what was read in ``page`` once; return the text and how many characters that made."""
    if not _SEQUENCES[page].search(text):
        return text, 0
    lines = [(_line(line, page), line) for line in text.split("\n")]
    count = sum(len(found) - sum(sign.isascii() for sign in found) for found, _ in lines if found is not None)
    text = "\n".join(line if found is None else found for found, line in lines)

    def replaced(match: re.Match[str]) -> str:
        nonlocal count
        found = _read(match.group(), page)
        if found is None:
            return match.group()
        count += len(found)
        return found

    words = [word for match in _WORDS[page].finditer(text) if (word := _word(match.group(), page))]
    telling = words or any(_is_telling(match.group(), page) for match in _SEQUENCES[page].finditer(text))
    if not telling:
        return text, count
    text = _WORDS[page].sub(lambda match: replaced(match) if _word(match.group(), page) else match.group(), text)
    if page == "cp1251":  # between Cyrillic letters, only what no such text holds
        text = _SEQUENCES[page].sub(
            lambda match: replaced(match) if _is_telling(match.group(), page) else match.group(), text
        )
    else:
        text = _SEQUENCES[page].sub(replaced, text)
    return text, count


def _line(line: str, page: str) -> str | None:
    """Return ``line`` read back, when all in it that is not ASCII are such sequences, and enough of them."""
    sequences = _SEQUENCES[page].findall(line)
    if sum(map(len, sequences)) != sum(not sign.isascii() for sign in line):
        return None
    if len(sequences) < _ENOUGH and not any(_is_telling(signs, page) for signs in sequences):
        return None
    try:
        return bytes(ord(sign) if sign.isascii() else _BYTES[page][sign] for sign in line).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None


def _read(signs: str, page: str) -> str | None:
    """Return what ``signs`` are when their bytes in ``page`` are read as UTF-8: a text's own characters, or None."""
    try:
        found = bytes(_BYTES[page][sign] for sign in signs).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    return found if all(_is_written(sign) for sign in found) else None


def _is_written(sign: str) -> bool:
    if sign in _CYRILLIC or sign in _PUNCTUATION or "\xa0" <= sign <= "\u017f":
        return True
    return unicodedata.category(sign) == "So" or sign == "\ufe0f"


def _word(signs: str, page: str) -> bool:
    found = _read(signs, page)
    return found is not None and _CYRILLIC.issuperset(found)


def _is_telling(signs: str, page: str) -> bool:
    found = _read(signs, page)
    if found is None:
        return False
    if len(signs) > 2:
        return len(found) == 1 and (found in _PUNCTUATION or len(signs) > 3 or page == "cp1252")
    return page == "cp1252" and signs[0] in "ÂÃ" and "\xa1" <= signs[1] <= "\xbf"
