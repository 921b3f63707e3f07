"""RSS and Atom as entries.

lxml parses, with recovery (feeds are often a little broken), without entities, DTDs,
network or huge trees. Elements are known by their local names, so a prefix that nobody
declared does no harm; those of media and podcast extensions don't count.

Rejected: feedparser. It lets ``javascript:`` links and raw titles through, has no budget
(a big feed takes over 20 seconds), and what else it does, the converter of web pages does
again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.entities import html5

from lxml import etree

from backfile.errors import IngestError
from backfile.ingest.encoding.declared import decode_declared
from backfile.ingest.encoding.decode import MAX_BYTES
from backfile.ingest.entry import Entry, as_document
from backfile.ingest.feeds.elements import Feed, entry_of, feed_of, local
from backfile.ingest.records import RawDocument

MAX_ENTRIES = 10_000
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_PROLOG = re.compile(r"<\?xml\b[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^>\[]*>", re.IGNORECASE)
_ENTITY = re.compile(r"<!(?:ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,30});|(?!#(?:\d|x)))")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_MISREAD = "the feed had been read in a wrong encoding before, in places: put right where that is certain"


def open_feed(raw: RawDocument) -> Iterator[RawDocument]:
    """Yield the entries of the feed in ``raw``; raises ``IngestError`` when it is none or over the limits."""
    root, notes = _parse(raw)
    if local(root) == "opml":
        raise IngestError(
            f"{raw.name}: is a list of feeds (OPML), not news; save the feeds themselves and import those"
        )
    if local(root) not in {"rss", "feed", "RDF", "channel"}:
        raise IngestError(f"{raw.name}: is XML, but no feed that is known; save the page as HTML or the text as .txt")
    elements = [element for element in root.iter(etree.Element) if local(element) in {"item", "entry"}]
    if not elements:
        raise IngestError(f"{raw.name}: is a feed without entries; there is nothing to import")
    if len(elements) > MAX_ENTRIES:
        raise IngestError(f"{raw.name}: has {len(elements):,} entries; the limit is {MAX_ENTRIES:,}, so split it")
    yield from _documents(elements, feed_of(root), raw, notes)


def _documents(
    elements: Sequence[etree._Element], feed: Feed, raw: RawDocument, notes: tuple[str, ...]
) -> Iterator[RawDocument]:
    for element in elements:
        found: tuple[Entry, str | None] = entry_of(element, feed)
        yield as_document(replace(found[0], notes=found[0].notes + notes), raw, found[1])


def _parse(raw: RawDocument) -> tuple[etree._Element, tuple[str, ...]]:
    """Return the root of the feed, with what every entry's receipt should say of its encoding.

    No figures stand in that: tomorrow's feed has others, and the entry is to be known again.
    """
    if len(raw.data) > MAX_BYTES:
        raise IngestError(f"{raw.name}: is larger than {MAX_BYTES // 1024 // 1024} MB; split it")
    declared = _DECLARED.search(raw.data[:1000])
    decoded, _ = decode_declared(raw.data, declared[1].decode() if declared else raw.charset, raw.name)
    text = decoded.text
    if _ENTITY.search(text):
        raise IngestError(f"{raw.name}: defines entities of its own, which no feed needs; it was not read")
    text = _FORBIDDEN.sub("", _DOCTYPE.sub("", _PROLOG.sub("", text)))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_mended(text).strip().encode(), parser)
    except etree.XMLSyntaxError as error:
        raise IngestError(f"{raw.name}: is no XML that can be read: {error.msg}") from error
    if root is None:
        raise IngestError(f"{raw.name}: is no XML that can be read; save the feed again")
    return root, (_MISREAD,) if decoded.misread else ()


def _mended(text: str) -> str:
    """Return XML with what only HTML allows put right: its names of characters, and bare ampersands."""
    parts = _CDATA.split(text)
    parts[::2] = [_AMPERSAND.sub(_character, part) for part in parts[::2]]
    return "".join(parts)


def _character(match: re.Match[str]) -> str:
    if match[1] in _OF_XML:
        return match.group()
    found = html5.get(f"{match[1]};") if match[1] else None
    return found if found and found not in '<>&"' else f"&amp;{match.group()[1:]}"
