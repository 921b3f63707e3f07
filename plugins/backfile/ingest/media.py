"""What kind of document some bytes are, by what they begin with; the file's ending only decides between texts."""

from __future__ import annotations

import re
from pathlib import PurePath

from backfile.ingest.records import RawDocument

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MAIL = "message/rfc822"
FEED = "application/xml"

_ENDINGS = {
    **dict.fromkeys((".md", ".markdown", ".mkd", ".mdown"), MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml"), HTML),
    **dict.fromkeys((".eml", ".mbox", ".mht", ".mhtml"), MAIL),
    **dict.fromkeys((".xml", ".rss", ".atom"), FEED),
}
_HEAD = 4096
_SIGNS = (
    (HTML, re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)),
    (FEED, re.compile(rb"\s*<(?:\?xml|rss|feed|rdf:rdf)\b", re.IGNORECASE)),
    (
        MAIL,
        re.compile(
            rb"(?:From \S+@\S+ |(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID): )", re.IGNORECASE
        ),
    ),
    (MARKDOWN, re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[\w-]+:.*\r?\n)", re.IGNORECASE)),
)


def tell_type(raw: RawDocument) -> str:
    """Return the media type of ``raw``: what was said from outside, else what its first bytes or its name show."""
    if raw.media_type:
        return raw.media_type.partition(";")[0].strip().lower()
    head = raw.data[:_HEAD].replace(b"\x00", b"")
    for media_type, sign in _SIGNS:
        if sign.match(head):
            return media_type
    return _ENDINGS.get(PurePath(raw.name).suffix.lower(), PLAIN)
