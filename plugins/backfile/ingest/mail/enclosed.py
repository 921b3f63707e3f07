"""What is in a message besides its text: the pictures that its HTML shows, and attachments, which are only listed."""

from __future__ import annotations

import re
from email.message import Message
from hashlib import sha256
from urllib.parse import unquote

from backfile.ingest.links import resolve
from backfile.ingest.mail.headers import decode_words, header, subject_of
from backfile.ingest.records import Embedded, Enclosure, Find


def find_enclosed(message: Message) -> Find:
    """Return what gives a picture of ``message`` by its ``cid:`` (RFC 2392) or its address on the web (RFC 2557)."""
    parts: dict[str, Message] = {}
    for part in message.walk():
        if part.is_multipart() or not (part.get_content_maintype() == "image" or _has_picture_name(part)):
            continue
        for key in (header(part, "content-id").strip(" <>"), header(part, "content-location").strip()):
            if key:
                parts.setdefault(key, part)

    def find(address: str) -> Embedded | None:
        key = unquote(address[4:]) if address[:4].lower() == "cid:" else address
        part = parts.get(key) or parts.get(key.strip("<>"))
        data = payload(part) if part is not None else b""
        if part is None or not data:
            return None
        location = header(part, "content-location").strip()
        url = resolve(location, None) if location.startswith(("http://", "https://")) else None
        return Embedded(data, attachment_name(part), part.get_content_type(), url)

    return find


def attached(part: Message, reason: str) -> Enclosure:
    """Return what the receipt says of a part that is not read."""
    data = payload(part)
    return Enclosure(attachment_name(part), part.get_content_type(), len(data), sha256(data).hexdigest(), reason=reason)


def attached_message(message: Message) -> Enclosure:
    """Return what the receipt says of a message that came with another and is not read."""
    try:
        data = message.as_bytes()
    except (LookupError, UnicodeError, ValueError):  # a message that can be read in parts, but not written again
        data = b""
    name = subject_of(message) or "a message"
    return Enclosure(name, "message/rfc822", len(data), sha256(data).hexdigest(), reason="another message is the text")


def payload(part: Message) -> bytes:
    """Return the bytes of a part, decoded from how they were sent."""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def attachment_name(part: Message) -> str:
    """Return a name that is safe to show: no folders, no control characters, at most 80 of them."""
    named = parameter(part, "filename", "content-disposition") or parameter(part, "name", "content-type")
    last = re.split(r"[/\\]", decode_words(named))[-1] if named else ""
    return "".join(sign for sign in last if sign.isprintable()).strip(" .")[:80] or "unnamed"


def parameter(part: Message, name: str, of: str) -> str | None:
    """Return a parameter of a header as text, by RFC 2231 or as mail programs write it."""
    try:
        value = part.get_param(name, header=of)
    except (LookupError, ValueError):
        return None
    if isinstance(value, tuple):
        charset, _, text = value
        try:
            return str(text).encode("latin-1", "surrogateescape").decode(charset or "utf-8", "replace")
        except (LookupError, ValueError):
            return str(text).encode("ascii", "replace").decode()
    return None if value is None else str(value).encode("utf-8", "replace").decode()


def _has_picture_name(part: Message) -> bool:
    """Tell whether a part that says no more than that it is bytes is called as a picture is."""
    name = attachment_name(part).lower()
    return part.get_content_type() == "application/octet-stream" and name.endswith(
        (".png", ".jpg", ".jpeg", ".gif", ".webp")
    )
