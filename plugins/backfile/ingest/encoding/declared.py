"""Bytes to text when the document says which encoding they are in, and may be wrong.

In order: a byte order mark; UTF-8, which other encodings hardly ever are by accident; what
is declared, by the names of the WHATWG Encoding Standard (webencodings); and what the
letters show. A declared encoding of single bytes reads any bytes at all, so that it can be
read proves nothing: where the letters show Cyrillic in another code page, they decide, and
a note says so. A multi-byte encoding that reads without an error is taken at its word.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable

import webencodings  # type: ignore[import-untyped]  # it ships no types; html5lib brings it

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import CONTROLS, Decoded, decode, normalise, require_readable, require_text
from backfile.ingest.records import RawDocument

# Tells the encoding of bytes that nobody says anything of; the other argument is their name.
Tell = Callable[[bytes, str], Decoded]

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MULTI_BYTE = frozenset(
    {"utf-8", "utf-16le", "utf-16be", "gbk", "gb18030", "hz-gb-2312", "big5", "euc-jp", "iso-2022-jp", "shift_jis"}
    | {"euc-kr", "iso-2022-kr", "iso-2022-cn"}
)
_CYRILLIC = frozenset({"cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic"})
# Code pages of one family differ in a few letters; below this share of equal letters one of them is wrong.
_ALIKE = 0.9


def decode_document(raw: RawDocument, tell: Tell = decode) -> tuple[Decoded, tuple[str, ...]]:
    """Return the text of a document that is one text, with notes; raises ``IngestError`` as ``decode`` does.

    What its server said of the encoding is asked; ``tell`` tells it where nothing was said.
    """
    if raw.charset is None:
        found = tell(raw.data, raw.name)
        return found, found.notes
    require_text(raw.data, raw.name)
    found, notes = decode_declared(raw.data, raw.charset, raw.name, tell)
    require_readable(len(found.text), dict(found.dropped).get(CONTROLS, 0), raw.name)
    return found, notes


def decode_declared(
    data: bytes, declared: str | None, name: str, tell: Tell = decode
) -> tuple[Decoded, tuple[str, ...]]:
    """Return the text in ``data`` with notes for the receipt; raises ``IngestError`` as ``tell`` does."""
    encoding = webencodings.lookup(declared.strip(" \t\"'")) if declared else None
    if encoding is None or data.startswith(_MARKS):
        found = tell(data, name)
        return found, found.notes
    stated = _read(data, encoding)
    if data.isascii() and stated is not None:
        found = normalise(stated, encoding.name)
        return found, found.notes
    utf8 = _read(data, webencodings.UTF8)
    if utf8 is not None:
        found = normalise(utf8, "utf-8")
        return found, found.notes
    shown = _shown(data, name, tell)
    if stated is None or (shown and _contradicts(shown, stated, encoding.name)):
        found = shown or normalise(encoding.codec_info.decode(data, "replace")[0], encoding.name)
        return found, (f"encoding: declared as {encoding.name}, read as {found.encoding}", *found.notes)
    found = normalise(stated, encoding.name)
    return found, found.notes


def _read(data: bytes, encoding: webencodings.Encoding) -> str | None:
    try:
        return str(encoding.codec_info.decode(data, "strict")[0])
    except ValueError:
        return None


def _shown(data: bytes, name: str, tell: Tell) -> Decoded | None:
    try:
        return tell(data, name)
    except IngestError:
        return None


def _contradicts(shown: Decoded, stated: str, declared: str) -> bool:
    """Tell whether the letters show another encoding than a declared one of single bytes."""
    if declared in _MULTI_BYTE or shown.encoding not in _CYRILLIC:
        return False
    pairs = [(one, other) for one, other in zip(shown.text, stated, strict=False) if one > "\x7f" or other > "\x7f"]
    return sum(one == other for one, other in pairs) < _ALIKE * len(pairs)
