"""What the headers of a message say: sender, subject, day, address; decoded whatever they hold."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from email.message import Message
from email.utils import parseaddr
from urllib.parse import urlsplit

from backfile.errors import IngestError
from backfile.ingest.encoding.declared import decode_declared
from backfile.ingest.links import resolve
from backfile.ingest.vocabulary.dates import Found, read_stated
from backfile.ingest.vocabulary.words import words
from backfile.model import Source

_MAX_HEADER = 10_000
_WORD = re.compile(r"=\?([^?\s*]*)(?:\*[^?\s]*)?\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_PREFIX = re.compile(
    r"\s*(?:(?:re|fwd?|aw|wg|tr|rv|odp|пересл|пересылка|переслано|відп|отв|на|вт)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]|\[fwd:)\s*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"\s*(?:(?:re|aw)\s*:\s*)*(?:fwd?|wg|tr|rv|пересл\w*|вт)\s*:|\s*\[fwd:", re.IGNORECASE)
# How Outlook writes the address in the lines above what it forwards.
_OUTLOOK = re.compile(r"\s*\[mailto:[^\]]*\]", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to", "x-delivered-to")
# Headers that may hold the address of this very message; List-Archive mostly holds that of all of them.
_OWN_PAGE = ("archived-at", "list-post", "list-archive")


def header(message: Message, name: str) -> str:
    """Return the first header called ``name`` with its lines joined and its encoded words as they are; "" for none."""
    for key, value in message.raw_items():
        if key.lower() == name:
            return _bytes_as_text(" ".join(str(value)[:_MAX_HEADER].split()))
    return ""


def decode_words(text: str) -> str:
    """Return ``text`` with its encoded words (RFC 2047) decoded; one that can't be stays as it is."""
    text = _BETWEEN_WORDS.sub(r"\1", text)
    parts: list[str] = []
    end, waiting, charset = 0, b"", ""
    for match in _WORD.finditer(text):
        data = _word(match)
        if match.start() > end or match[1].lower() != charset:
            parts += [_decoded(waiting, charset), text[end : match.start()]]
            waiting, charset = b"", match[1].lower()
        if data is None:
            parts += [_decoded(waiting, charset), match.group()]
            waiting = b""
        else:
            waiting += data  # one letter may be cut in two by the end of a word
        end = match.end()
    parts += [_decoded(waiting, charset), text[end:]]
    return " ".join("".join(sign if sign.isprintable() else " " for sign in "".join(parts)).split())


def subject_of(message: Message) -> str | None:
    """Return the subject without "Re:" and "Fwd:"; None when there is none."""
    return bare_subject(decode_words(header(message, "subject")))


def bare_subject(text: str) -> str | None:
    """Return a subject without the signs of answers and forwards before it."""
    closing = text.lower().lstrip().startswith("[fwd:")
    while match := _PREFIX.match(text):
        text = text[match.end() :]
    return (text.strip().removesuffix("]") if closing else text.strip()) or None


def is_forwarded(message: Message) -> bool:
    """Tell whether the subject says that the message was forwarded."""
    return _FORWARDED.match(decode_words(header(message, "subject"))) is not None


def is_answer(message: Message) -> bool:
    """Tell whether the subject says that the message answers another."""
    subject = decode_words(header(message, "subject")).lower()
    return subject.startswith(("re:", "aw:", "відп:", "отв:")) and not is_forwarded(message)


def sender_of(message: Message) -> Source | None:
    """Return the name that the message was sent under; an address alone names nobody."""
    return read_sender(header(message, "from"))


def read_sender(value: str) -> Source | None:
    """Return the display name in a ``From`` line."""
    name, address = parseaddr(_OUTLOOK.sub("", value))
    name = decode_words(name).strip(" \"'")
    if not name and not address:
        name = decode_words(_OUTLOOK.sub("", value)).partition("<")[0].strip(" \"'")
    return Source(name) if name and "@" not in name and words(name) else None


def day_of(message: Message) -> Found | None:
    """Return the sender's own day; the hour and the zone of ``Date`` don't move it."""
    text = re.sub(r"\s*\([^()]*\)\s*$", "", decode_words(header(message, "date")))
    return read_day(text) if text else None


def read_day(text: str) -> Found:
    """Read a date as mail programs write it; one that is none is a problem, never an exception."""
    try:
        return read_stated(text[:200])
    except (OverflowError, TypeError, IndexError):  # parsedate_to_datetime on wild numbers
        return Found(None, f"“{text[:60]}” is no full date")


def recipients_of(message: Message) -> frozenset[str]:
    """Return the addresses that the message was sent to, in lower case; they are nobody's business."""
    found = (_ADDRESS.findall(header(message, name)) for name in _RECIPIENTS)
    return frozenset(address.lower() for addresses in found for address in addresses)


def own_page(message: Message) -> str | None:
    """Return the address of the message on the web, where a header holds it."""
    for name in _OWN_PAGE:
        match = re.search(r"<?(https?://[^\s<>]+)>?", header(message, name))
        url = resolve(match[1], None) if match else None
        if url and (name == "archived-at" or _names_one_page(url)):
            return url
    return None


def _names_one_page(url: str) -> bool:
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return len(last) >= 8 and re.search(r"[\d-]", last) is not None


def _word(match: re.Match[str]) -> bytes | None:
    data = match[3].encode("utf-8", "replace")
    if match[2].lower() == "q":
        return quopri.decodestring(data, header=True)
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4), validate=True)
    except binascii.Error:
        return None


def _decoded(data: bytes, charset: str) -> str:
    if not data:
        return ""
    try:
        return decode_declared(data, charset, "header")[0].text
    except IngestError:
        return data.decode("ascii", "replace")


def _bytes_as_text(value: str) -> str:
    """Return a raw header, whose bytes outside ASCII the parser keeps as lone surrogates, as text."""
    if value.isascii():
        return value
    data = value.encode("utf-8", "surrogateescape")
    try:
        return decode_declared(data, "utf-8", "header")[0].text.replace("\n", " ")
    except IngestError:
        return data.decode("cp1252", "replace")
