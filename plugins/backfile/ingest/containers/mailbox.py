"""Mailboxes, and messages that others are attached to: each message is a document of its own.

A mailbox (RFC 4155) is messages one after another, each below a line "From sender date".
A line of text that begins so was written as ">From", or stands without a blank line above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from hashlib import sha256

from backfile.errors import IngestError
from backfile.ingest.mail.message import parse_message
from backfile.ingest.records import RawDocument

MAX_MESSAGES = 20_000
_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S+[^\n]{0,200}\b\d{4}\b[^\n]{0,40}\r?\n(?=[\w-]+:)")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def open_mailbox(raw: RawDocument) -> Iterator[RawDocument]:
    """Yield the messages in the mailbox."""
    starts = list(_SEPARATOR.finditer(raw.data))
    if len(starts) > MAX_MESSAGES:
        raise IngestError(f"{raw.name}: holds {len(starts):,} messages; the limit is {MAX_MESSAGES:,}, so split it")
    ends = [match.start() for match in starts[1:]] + [len(raw.data)]
    for match, end in zip(starts, ends, strict=True):
        yield _document(_ESCAPED.sub(rb"\1", raw.data[match.end() : end]).rstrip(b"\r\n") + b"\n", raw)


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
