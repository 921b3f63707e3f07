"""What kind of document some bytes are, by what they begin with; the file's ending only decides between texts."""

from __future__ import annotations

import re
from pathlib import PurePath

from backfile.ingest.kinds import ENTRY, is_saved_page
from backfile.ingest.records import STANDARD_INPUT, RawDocument

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MAIL = "message/rfc822"
SAVED_PAGE = "multipart/related"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"

_ENDINGS = {
    **dict.fromkeys((".md", ".markdown", ".mkd", ".mdown"), MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml"), HTML),
    **dict.fromkeys((".eml", ".emlx", ".mbox"), MAIL),
    **dict.fromkeys((".mht", ".mhtml"), SAVED_PAGE),
}
# The ending of a kept document that came without one of its own.
_ENDING_OF = {
    PLAIN: ".txt",
    MARKDOWN: ".md",
    HTML: ".html",
    MAIL: ".eml",
    SAVED_PAGE: ".mhtml",
    DOCX: ".docx",
    PDF: ".pdf",
    ENTRY: ".json",
}
_HEAD = 4096
_SIGNS = (
    (
        HTML,
        re.compile(
            rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
            re.IGNORECASE | re.DOTALL,
        ),
    ),
    (PDF, re.compile(rb"[\x00-\x20]*%PDF-")),
    (
        MAIL,
        re.compile(
            rb"(?:From \S+@\S+ |(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID): )", re.IGNORECASE
        ),
    ),
    (MARKDOWN, re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[\w-]+:.*\r?\n)", re.IGNORECASE)),
)

# A text that begins with a heading as Markdown has them, and has more of its signs, whatever it is called.
_HEADED = re.compile(rb"(?:\xef\xbb\xbf)?\s*# [^\n]+\n[ \t]*\r?\n")
_MARKED_UP = re.compile(rb"^(?:\*\*[^*\n]+:\*\*|##+) |\]\(https?://", re.MULTILINE)


def file_name(raw: RawDocument) -> str:
    """Return a document's name as a file would have it: of an address, the last part of its path."""
    return re.split(r"[?#]", raw.name)[0].rpartition("/")[2] if "://" in raw.name else raw.name


def ending_of(raw: RawDocument) -> str:
    """Return the ending of a document's name; by its type where it has no file's name, or "" when there is none."""
    if raw.name == STANDARD_INPUT or "://" in raw.name:
        return _ENDING_OF.get(tell_type(raw), "")
    return PurePath(raw.name).suffix.lower()


def tell_type(raw: RawDocument) -> str:
    """Return the media type of ``raw``: what was said from outside, else what its first bytes or its name show."""
    if raw.media_type:
        return raw.media_type.partition(";")[0].strip().lower()
    head = raw.data[:_HEAD].replace(b"\x00", b"")
    if head.startswith(b"PK\x03\x04") and b"word/document.xml" in raw.data:
        return DOCX
    if is_saved_page(head):
        return SAVED_PAGE
    for media_type, sign in _SIGNS:
        if sign.match(head):
            return media_type
    told = _ENDINGS.get(PurePath(raw.name).suffix.lower(), PLAIN)
    return MARKDOWN if told == PLAIN and _HEADED.match(head) and _MARKED_UP.search(raw.data) else told
