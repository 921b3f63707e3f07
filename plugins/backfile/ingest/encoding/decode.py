"""Bytes to text, when nobody says which encoding they are in.

In order: a byte order mark; UTF-32 and UTF-16 without one (every second byte is nearly
always the same few); UTF-8; then the single-byte encodings (:mod:`backfile.ingest.encoding.code_pages`).

Known failure: a text with only a few letters outside ASCII may get the wrong one of two
Western code pages; the receipt names the encoding that was taken.
Rejected: charset-normalizer for everything (on short Cyrillic texts it takes koi8-r for
cp1251 or mac-cyrillic); guessing a code page before trying UTF-8.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from backfile.errors import IngestError
from backfile.ingest.encoding.code_pages import code_page
from backfile.ingest.encoding.mojibake import beyond_ascii, mend

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 3_000_000
_SAMPLE = 64 * 1024

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a sound or video file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "an RTF document"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
# The high bytes that letters of Latin, Greek, Cyrillic, Hebrew and Arabic have in UTF-16.
_HIGH_BYTES = frozenset(range(0x07))
# No text goes on for longer without a space, in scripts that UTF-16 can be told by.
_MAX_WORD = 40
# Control characters stand in text by accident, but seldom; a few NULs that a broken program left are no sign of more.
_MAX_CONTROLS = 0.01
_FEW_NULS = 5

_TERMINATORS = {"\r\n": "\n", "\r": "\n", "\x0b": "\n", "\x85": "\n", "\u2028": "\n", "\x0c": "\n\n", "\u2029": "\n\n"}
# Letters that a printer drew as one: nobody who searches for "office" writes them.
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LIGATURES = frozenset(map(chr, range(0xFB00, 0xFB07)))
CONTROLS = "control characters"
_SPANS = (
    ("\x00", "\x08"),
    ("\x0e", "\x1b"),
    ("\x7f", "\x84"),
    ("\x86", "\x9f"),
    ("\ufff0", "\ufff8"),
    ("\ufffe", "\uffff"),
)
_DROPPED = (
    ("byte order marks", "\ufeff"),
    ("zero-width characters", "\u200b\u2060"),
    ("soft hyphens", "\xad"),
    (CONTROLS, "".join(chr(sign) for first, last in _SPANS for sign in range(ord(first), ord(last) + 1))),
)


_CONTROL = bytes((*range(9), *range(14, 32)))
_MARKUP = re.compile(rb"(?is)<(script|style)\b.*?</\1\s*>|<[^>]*>|&(?:#x?)?\w+;")


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""A text in NFC with ``\n`` for line ends, and how it was got.

    ``encoding`` is a Python codec's name; ``dropped`` counts invisible characters that
    were left out, by name; ``damaged`` counts the U+FFFD that stand for unreadable bytes;
    ``misread`` says what had been read in a wrong encoding before it came here.
    """

    text: str
    encoding: str
    dropped: tuple[tuple[str, int], ...]
    damaged: int
    misread: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a receipt should say about it."""
        lost = (f"{self.damaged} characters could not be read and stand as \ufffd",) if self.damaged else ()
        return lost + self.misread


def decode(data: bytes, name: str) -> Decoded:
    """Return the text in ``data``; ``name`` is for the message.

    Raises :class:`~backfile.errors.IngestError` for what is empty, too large, binary or
    in no encoding that can be told.
    """
    return normalise(*_told(data, name))


def _told(data: bytes, name: str) -> tuple[str, str]:
    """Return the text in ``data`` as its bytes are read, and their encoding; raises as :func:`decode` does."""
    require_text(data, name)
    text, encoding = _decode(data, name)
    controls = sum(map(text.count, map(chr, (*range(9), *range(14, 27), *range(28, 32)))))
    nuls = text.count("\x00")
    require_readable(len(text), controls - nuls if nuls <= _FEW_NULS else controls, name)
    return text, encoding


def require_text(data: bytes, name: str) -> None:
    """Raise ``IngestError`` for bytes that are too many, none, or of a kind that is no text."""
    if len(data) > MAX_BYTES:
        raise IngestError(f"{name}: is larger than {MAX_BYTES // 1024 // 1024} MB; split it into several files")
    if not data.strip():
        raise IngestError(f"{name}: is empty; put the text into it")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise IngestError(f"{name}: is {what}, not text; save its text as a .txt file")


def require_readable(characters: int, controls: int, name: str) -> None:
    """Raise ``IngestError`` for so many characters with so many control characters among them: no text, or too long."""
    if controls > characters * _MAX_CONTROLS:
        raise IngestError(f"{name}: is binary, not text; save its text as a .txt file")
    if characters > MAX_CHARACTERS:
        raise IngestError(f"{name}: has more than {MAX_CHARACTERS:,} characters; split it into several files")


def decode_markup(data: bytes, name: str) -> Decoded:
    """Return the text of HTML in ``data``, telling its encoding by what stands between tags.

    What a page declares is not asked: whoever saved or served it may have changed the
    bytes and not the line, and the bytes tell by themselves. Raises
    :class:`~backfile.errors.IngestError` as :func:`decode` does.
    """
    if (text := _plain_utf8(data, name)) is not None:  # what is between tags can be nothing else
        return normalise(text, "utf-8")
    prose = _MARKUP.sub(b" ", data)
    _, encoding = _told(prose if prose.strip() and b"\x00" not in data else data, name)
    return normalise(data.decode(encoding, "replace"), encoding)


def _plain_utf8(data: bytes, name: str) -> str | None:
    """Return the text in ``data`` when it is UTF-8 without a mark or control characters; raises as ``require_text``."""
    require_text(data, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    is_marked = len(data.translate(None, _CONTROL)) < len(data) or "\ufeff" in text
    return None if is_marked or len(text) > MAX_CHARACTERS else text


def normalise(text: str, encoding: str) -> Decoded:
    """Return ``text`` in NFC with plain line ends and without characters that nobody can see."""
    if not _is_whole(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    mended = mend(text)  # before control characters go: they are signs of bytes here
    text = mended.text
    for terminator, lines in _TERMINATORS.items():  # far less work than one translation of every character
        text = text.replace(terminator, lines)
    text = unicodedata.normalize("NFC", text)
    odd = set(beyond_ascii(text))
    if not odd.isdisjoint(_LIGATURES):
        text = _LIGATURE.sub(lambda sign: unicodedata.normalize("NFKC", sign.group()), text)
    dropped = []
    for what, signs in _DROPPED:
        if found := sorted(odd.intersection(signs)):
            dropped.append((what, sum(map(text.count, found))))
            for sign in found:  # far less work than one translation of every character
                text = text.replace(sign, "")
    return Decoded(text, encoding, tuple(dropped), text.count("\ufffd"), mended.notes)


def _is_whole(text: str) -> bool:
    """Tell whether ``text`` has no halves of surrogate pairs."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, "replace"), wide
    if b"\x1b$" in data:
        return data.decode("iso2022_jp", "replace"), "iso2022_jp"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise IngestError(f"{name}: is binary, not text; save its text as a .txt file")
    if _is_damaged_utf8(data):
        return data.decode("utf-8", "replace"), "utf-8"
    found = code_page(data[:_SAMPLE])
    if found is None:
        raise IngestError(f"{name}: its encoding can't be told; save it as UTF-8")
    return data.decode(found, "replace"), found


def _wide_encoding(data: bytes) -> str | None:
    """Tell UTF-32 and UTF-16 by the position of the bytes that nearly never change."""
    sample = data[: _SAMPLE // 4 * 4]
    if len(data) < 4 or len(data) % 2:
        return None
    quarters = [sample[start::4] for start in range(4)]
    if not len(data) % 4:
        if not any(quarters[3]) and not any(quarters[2]):
            return "utf-32-le"
        if not any(quarters[0]) and not any(quarters[1]):
            return "utf-32-be"
    even, odd = sample[0::2], sample[1::2]
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if _share(high) > 0.7 and _share(low) < 0.3 and (b" " in low or len(low) < _MAX_WORD):
            return encoding
    return None


def _share(values: bytes) -> float:
    return sum(value in _HIGH_BYTES for value in values) / max(1, len(values))


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell whether UTF-8 with a few broken bytes explains ``data``: sound sequences far outnumber broken ones."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(sign > "\x7f" for sign in text) - broken
    return sound >= 3 and sound >= 4 * broken
