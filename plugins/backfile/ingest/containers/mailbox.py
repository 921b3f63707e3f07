"""Mailboxes, and messages that others are attached to: each message is a document of its own.

A mailbox (RFC 4155) is messages one after another, each below a line "From sender date".
A line of text that begins so was written as ">From", or stands without a blank line above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from hashlib import sha256
from typing import IO

from backfile.errors import IngestError
from backfile.ingest.containers.large import too_large
from backfile.ingest.encoding.decode import MAX_BYTES
from backfile.ingest.mail.message import parse_message
from backfile.ingest.records import RawDocument

MAX_MESSAGES = 20_000
_SEPARATOR = re.compile(rb"From \S+[^\n]{0,200}\b\d{4}\b[^\n]{0,40}\r?\n")
_FIELD = re.compile(rb"[\w-]+:")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LINE = 64 * 1024  # bytes; a longer line comes in pieces


def open_mailbox(raw: RawDocument, file: IO[bytes]) -> Iterator[RawDocument | IngestError]:
    """Yield the messages in the mailbox; ``file`` has its bytes, ``raw`` what else is known of it."""
    for number, message in enumerate(_split(file), start=1):
        if number > MAX_MESSAGES:
            raise IngestError(f"{raw.name}: holds more than {MAX_MESSAGES:,} messages; split it to read the others")
        if len(message) > MAX_BYTES:
            yield too_large(f"{raw.name}, message {number}")
        else:
            yield _document(_ESCAPED.sub(rb"\1", message).rstrip(b"\r\n") + b"\n", raw)


def _split(file: IO[bytes]) -> Iterator[bytes]:
    """Yield each message; of one that is too large, little more than fits."""
    message = bytearray()
    separator = b""  # the line before, if it may be one
    is_first, after_blank = True, True
    for line in iter(lambda: file.readline(_LINE), b""):
        if separator and _FIELD.match(line):
            if not is_first:
                yield bytes(message)
            message.clear()
            is_first, separator = False, b""
        may_separate = after_blank and _SEPARATOR.fullmatch(line) is not None
        if len(message) <= MAX_BYTES:
            message += separator + (b"" if may_separate else line)
        separator = line if may_separate else b""
        after_blank = not line.strip(b"\r\n")
    yield bytes(message) + separator


def open_messages(raw: RawDocument) -> Iterator[RawDocument]:
    """Yield the messages attached to a message when there are several; else the message itself is the document."""
    message = parse_message(raw)
    inner = [kid for part in message.walk() if part.get_content_type() == "message/rfc822" for kid in _messages(part)]
    if len(inner) < 2:
        yield RawDocument(raw.data, raw.name, "message/rfc822", raw.retrieved)
        return
    for kid in inner:
        try:
            yield _document(kid.as_bytes(), raw)
        except (LookupError, UnicodeError, ValueError) as error:
            raise IngestError(
                f"{raw.name}: a message in it can't be taken out; save it as a file of its own"
            ) from error


def _messages(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [kid for kid in payload if isinstance(kid, Message)] if isinstance(payload, list) else []


def _document(data: bytes, raw: RawDocument) -> RawDocument:
    name = f"{raw.name}/{sha256(data).hexdigest()[:12]}.eml"
    return RawDocument(data, name, "message/rfc822", raw.retrieved)
