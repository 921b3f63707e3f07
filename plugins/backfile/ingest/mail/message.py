"""A message as parts: the standard library's parser within limits, and nothing decoded behind our back.

The parser runs with the old policy ``compat32``: the newer one decodes headers while it
parses, fails on unknown charsets, and takes two hundred times as long over many parts.
Headers are decoded in :mod:`backfile.ingest.mail.headers`, bodies in :func:`text_of`.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32

from backfile.errors import IngestError
from backfile.ingest.encoding.declared import decode_declared
from backfile.ingest.mail.enclosed import attached, parameter, payload
from backfile.ingest.mail.headers import header
from backfile.ingest.mail.signed import without_signatures
from backfile.ingest.records import Enclosure, RawDocument

MAX_BYTES = 50 * 1024 * 1024
# The parser goes down a level of the call stack for each of these.
MAX_NESTED = 100
MAX_PARTS = 20_000
_NESTING = re.compile(rb"^content-type:[ \t]*(?:\r?\n[ \t]+)?(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_NOT_READ = "attachments are listed, not read: save it as a file and import that, if it is a text"
_EMLX = re.compile(rb"(\d{1,9})[ \t]*\r?\n(?=[A-Za-z-]{2,40}:)")
_DELSP = re.compile(r"delsp\s*=\s*\"?yes", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one part: decoded, with notes on how; ``html`` tells what it is written in."""

    text: str
    html: bool
    encoding: str
    dropped: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What is in a message: texts in order, embedded messages, and what else came with them."""

    texts: tuple[Text, ...]
    messages: tuple[Message, ...]
    attachments: tuple[Enclosure, ...]


def parse_message(raw: RawDocument) -> Message:
    """Return the message in ``raw``; raises ``IngestError`` when it is over the limits."""
    if len(raw.data) > MAX_BYTES:
        raise IngestError(f"{raw.name}: is larger than {MAX_BYTES // 1024 // 1024} MB; save it without its attachments")
    if not raw.data.strip():
        raise IngestError(f"{raw.name}: is empty; save the message again")
    if len(_NESTING.findall(raw.data)) > MAX_NESTED:
        raise IngestError(f"{raw.name}: holds more than {MAX_NESTED} messages or parts with parts; split it")
    message = email.message_from_bytes(_without_frame(raw.data), policy=compat32)
    if sum(1 for _ in message.walk()) > MAX_PARTS:
        raise IngestError(f"{raw.name}: has more than {MAX_PARTS:,} parts; save its text as a file of its own")
    return message


def _without_frame(data: bytes) -> bytes:
    """Return a message without what Apple's Mail writes around it (``.emlx``): its length above, its flags below."""
    length = _EMLX.match(data)
    return data[length.end() : length.end() + int(length[1])] if length else data


def parts_of(message: Message, name: str) -> Parts:
    """Return what is in ``message``; of alternatives, the one that shows most of its structure."""
    texts: list[Text] = []
    messages: list[Message] = []
    attachments: list[Enclosure] = []
    for part, is_chosen in _chosen(message):
        kind = part.get_content_type()
        if not is_chosen:
            attachments.append(attached(part, "another form of the text that was read"))
        elif kind == "message/rfc822":
            messages += [inner for inner in _inner(part) if _is_message(inner)]
        elif kind in {"text/plain", "text/html"} and not _is_attached(part):
            found = _text_of(part, name)
            texts += [found] if found else []
        elif not part.is_multipart():
            is_picture = part.get_content_maintype() == "image"
            attachments.append(attached(part, "the text does not show it" if is_picture else _NOT_READ))
    return Parts(tuple(texts), tuple(messages), tuple(attachments))


def _chosen(part: Message, *, is_chosen: bool = True) -> Iterator[tuple[Message, bool]]:
    """Yield the parts of a message in order, and whether each is to be read: of alternatives only the best is."""
    kind = part.get_content_type()
    if kind == "message/rfc822" or not part.is_multipart():
        yield part, is_chosen
        return
    kids = [kid for kid in part.get_payload() if isinstance(kid, Message)]
    best = max(kids, key=_preference, default=None) if kind == "multipart/alternative" else None
    for kid in kids:
        yield from _chosen(kid, is_chosen=is_chosen and best in (None, kid))


def _preference(part: Message) -> int:
    """Order alternatives: HTML with text in it, a group of parts that may hold such, plain text, all others."""
    kind = part.get_content_type()
    if kind == "text/html":
        return 3 if _shows_text(part) else 1
    if kind == "text/plain":
        return 2
    if kind.startswith("multipart/"):
        inner = [kid for kid in part.walk() if not kid.is_multipart()]
        return max((_preference(kid) for kid in inner), default=0)
    return 0


def _shows_text(part: Message) -> bool:
    """Tell whether an HTML part has words of its own, and not a picture only."""
    shown = re.sub(rb"(?is)<(style|script|head)\b.*?</\1>|<[^>]*>|&\w+;|\s", b"", payload(part)[:500_000])
    return len(shown) >= 20 or len(payload(part)) < 400


def _text_of(part: Message, name: str) -> Text | None:
    data = payload(part)
    if not data.strip():
        return None
    decoded, notes = decode_declared(data, parameter(part, "charset", "content-type"), name)
    text, is_html = decoded.text, part.get_content_type() == "text/html"
    stated = header(part, "content-type")
    if not is_html and "flowed" in stated.lower():
        text = unflow(text, joined=_DELSP.search(stated) is not None)
    lost: tuple[tuple[str, int], ...] = ()
    if not is_html:
        text, lost = without_signatures(text)
    return Text(text, is_html, decoded.encoding, (*decoded.dropped, *lost), notes)


def html_of(part: Message, name: str) -> str:
    """Return the text of an HTML part, whatever it was sent as; raises ``IngestError`` when it can't be told."""
    return decode_declared(payload(part), parameter(part, "charset", "content-type"), name)[0].text


def unflow(text: str, *, joined: bool) -> str:
    """Return ``format=flowed`` text (RFC 3676) with its paragraphs as one line each; ``joined`` is its DelSp."""
    lines: list[str] = []
    flowing = False
    for line in text.split("\n"):
        line = line[1:] if line.startswith(" ") else line  # stuffed, so that it does not look like something else
        if flowing and lines:
            lines[-1] += line
        else:
            lines.append(line)
        flowing = line.endswith(" ") and line != "-- "
        if flowing and joined:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _inner(part: Message) -> list[Message]:
    kids = part.get_payload()
    return [kid for kid in kids if isinstance(kid, Message)] if isinstance(kids, list) else []


def _is_message(message: Message) -> bool:
    """Tell whether an attached message is one: without any header it is a piece of something."""
    return bool(message.keys())


def _is_attached(part: Message) -> bool:
    return header(part, "content-disposition").strip().lower().startswith("attachment")
