"""A web page saved as one file: MHTML (``.mht``), a message whose first HTML part is the page; Safari's web archive.

Its pictures are parts of the message, under the addresses that they had on the web (RFC 2557).
"""

from __future__ import annotations

import plistlib
from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin
from xml.parsers.expat import ExpatError

from backfile.errors import IngestError
from backfile.ingest.encoding.declared import decode_declared
from backfile.ingest.kinds import WEBARCHIVE
from backfile.ingest.links import resolve
from backfile.ingest.mail.enclosed import find_enclosed
from backfile.ingest.mail.headers import header
from backfile.ingest.mail.message import html_of, parse_message
from backfile.ingest.records import Embedded, Find, RawDocument

# What a property list of another program, or a broken one, gives.
_BROKEN = (KeyError, TypeError, AttributeError, ValueError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The HTML of a page, the address that it was saved from, and what gives the pictures saved with it."""

    html: str
    url: str | None
    find: Find


def saved_page(raw: RawDocument) -> SavedPage:
    """Return the page in ``raw``; raises ``IngestError`` when there is none."""
    if raw.data.startswith(WEBARCHIVE):
        return _webarchive(raw)
    message = parse_message(raw)
    find = find_enclosed(message)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            own = header(part, "content-location")
            url = resolve(header(message, "snapshot-content-location") or own, None)
            return SavedPage(html_of(part, raw.name), url, partial(_found, find, own or url or ""))
    raise IngestError(f"{raw.name}: holds no page; save the page again as HTML")


def _webarchive(raw: RawDocument) -> SavedPage:
    """Read a page saved by Safari: a property list with the page and what it shows."""
    try:
        whole = plistlib.loads(raw.data)
        main = whole["WebMainResource"]
        data, url = bytes(main["WebResourceData"]), str(main.get("WebResourceURL", ""))
        inner = {str(one["WebResourceURL"]): one for one in whole.get("WebSubresources", ())}
    except (plistlib.InvalidFileException, ExpatError, *_BROKEN) as error:
        raise IngestError(f"{raw.name}: is no web archive that can be read; save the page again as HTML") from error
    text = decode_declared(data, str(main.get("WebResourceTextEncodingName", "")), raw.name)[0].text

    def find(address: str) -> Embedded | None:
        one = inner.get(address)
        if one is None or not isinstance(one.get("WebResourceData"), bytes):
            return None
        kind = str(one.get("WebResourceMIMEType", "image/unknown"))
        return Embedded(one["WebResourceData"], address.rpartition("/")[2], kind, resolve(address, None))

    page = resolve(url, None)
    return SavedPage(text, page, partial(_found, find, page or ""))


def _found(find: Find, base: str, href: str) -> Embedded | None:
    """Return the picture at an address as it stands in the page, or as it is meant from there."""
    try:
        return find(href) or find(urljoin(base, href))
    except ValueError:  # an address that is none
        return None
