"""Which files hold several documents, told by what they begin with; needs none of the libraries that read them."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from backfile.ingest.records import RawDocument


class Container(StrEnum):
    """What holds several documents."""

    ZIP = "zip"
    GZIP = "gzip"
    MAILBOX = "mailbox"
    MESSAGES = "messages"  # a message that others are attached to
    FEED = "feed"
    JSON_FEED = "JSON feed"
    ROWS = "rows"
    SHEET = "sheet"  # rows as comma-separated values
    CLIPPINGS = "clippings"  # records of a press database, as plain text
    REFERENCES = "references"  # RIS, BibTeX


# How a web archive of Safari begins: a property list in binary form, whose other kinds no mail or news program writes.
WEBARCHIVE = b"bplist00"
# An article given as data, as `backfile.ingest.entry` writes and reads it.
ENTRY = "application/x-backfile-entry+json"
_HEAD = 4096
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*|<!--(?:[^-]|-(?!->))*-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*"
    rb"<(?:[A-Za-z][\w.-]*:)?(?:rss|feed|rdf|opml|channel)\b",
    re.IGNORECASE,
)
_MAILBOX = re.compile(rb"From \S+[^\n]{0,200}\b\d{4}\b[^\n]{0,40}\r?\n[\w-]+:")
_JSON_FEED = re.compile(rb"\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org\\?/version\\?/")
_ROW = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[?\s*\{\s*\"")
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"}
)
_ROW_ENDINGS = frozenset({".jsonl", ".ndjson", ".json"})
_SHEET_ENDINGS = frozenset({".csv", ".tsv"})
_FEED_ENDINGS = frozenset({".rss", ".atom", ".rdf", ".opml"})
_REFERENCE_ENDINGS = frozenset({".ris", ".bib", ".txt", ".nbib"})
_REFERENCES = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:TY  - [A-Z]|(?:%[^\n]*\n\s*)*@[a-zA-Z]+\s*\{)")
_PLAIN_ENDINGS = frozenset({".txt", ".text", ""})
# How press databases end a record, or head it.
_CLIPPING_END = re.compile(
    rb"^(?:(?:AN[ \t]+)?Document [A-Z]{2,}[A-Z0-9]*\d{8}\w+|[ \t]*1 (?:of|von|de|sur) \d+ (?:DOCUMENTS?|DOKUMENTE?N?)"
    rb"|[ \t]*End of Document)[ \t]*\r?$",
    re.MULTILINE,
)
_BODY = re.compile(rb"^Body[ \t]*\r?$", re.MULTILINE)
_NUMBERED = b"|".join(
    re.escape(f"{word} 1 ".encode(encoding)) for word in ("Документ", "Статья") for encoding in ("utf-8", "cp1251")
)
_CLIPPING_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:Document 1 of|Article 1 of|Dokument 1 von|" + _NUMBERED + rb")")
# An office document is a zip archive, too, but one document.
_OFFICE = (b"word/document.xml", b"xl/workbook.xml", b"ppt/presentation.xml", b"mimetypeapplication/")


def kind_of(raw: RawDocument) -> Container | None:
    """Return what kind of container ``raw`` is, or None when it is one document."""
    said = (raw.media_type or "").partition(";")[0].strip().lower()
    ending = PurePath(raw.name).suffix.lower()
    head = raw.data[:_HEAD]
    if said and said not in _FEED_TYPES:
        return Container.JSON_FEED if said == "application/feed+json" else None
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None if any(name in raw.data for name in _OFFICE) else Container.ZIP
    if head.startswith(b"\x1f\x8b"):
        return Container.GZIP
    if (
        said
        or _is_other_xml(head)
        or _FEED.match(head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
    ):
        return Container.FEED
    if _MAILBOX.match(head):
        return Container.MAILBOX
    if _ROW.match(head) and (ending in _ROW_ENDINGS or _JSON_FEED.search(head)):
        return Container.JSON_FEED if _JSON_FEED.search(head) else Container.ROWS
    if ending in _SHEET_ENDINGS:
        return Container.SHEET
    if ending in _FEED_ENDINGS and head.lstrip().startswith(b"<"):
        return Container.FEED
    if (ending in _REFERENCE_ENDINGS or not ending) and _REFERENCES.match(head):
        return Container.REFERENCES
    if ending in _PLAIN_ENDINGS and _holds_clippings(raw.data):
        return Container.CLIPPINGS
    has_messages = raw.data.count(b"essage/rfc822") > 1 or b"ultipart/digest" in raw.data
    return Container.MESSAGES if has_messages else None


def _holds_clippings(data: bytes) -> bool:
    end = _CLIPPING_END.search(data) if b"ocument" in data or b"DOCUMENT" in data or b"DOKUMENT" in data else None
    if end and b"End of" in end.group():
        return _BODY.search(data, 0, end.start()) is not None
    return end is not None or _CLIPPING_HEAD.match(data) is not None


def _is_other_xml(head: bytes) -> bool:
    """Tell whether this is XML and no page: if it is no feed either, that is what should be said."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and b"<html" not in head.lower()


def is_saved_page(head: bytes) -> bool:
    """Tell whether a message that begins with ``head`` is a page that a browser saved."""
    start = head.lower()
    if head.startswith(WEBARCHIVE):
        return True
    return b"snapshot-content-location:" in start or b"from: <saved by" in start or b'from: "saved by' in start
