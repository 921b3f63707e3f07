"""A web page saved as one file (MHTML, ``.mht``): a message whose first HTML part is the page.

Its pictures are parts of the message, under the addresses that they had on the web (RFC 2557).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin

from backfile.errors import IngestError
from backfile.ingest.mail.enclosed import find_enclosed
from backfile.ingest.mail.headers import header
from backfile.ingest.mail.message import html_of, parse_message
from backfile.ingest.records import Embedded, Find, RawDocument
from backfile.ingest.web.links import resolve


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The HTML of a page, the address that it was saved from, and what gives the pictures saved with it."""

    html: str
    url: str | None
    find: Find


def saved_page(raw: RawDocument) -> SavedPage:
    """Return the page in ``raw``; raises ``IngestError`` when there is none."""
    message = parse_message(raw)
    find = find_enclosed(message)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            own = header(part, "content-location")
            url = resolve(header(message, "snapshot-content-location") or own, None)
            return SavedPage(html_of(part, raw.name), url, partial(_found, find, own or url or ""))
    raise IngestError(f"{raw.name}: holds no page; save the page again as HTML")


def _found(find: Find, base: str, href: str) -> Embedded | None:
    """Return the picture at an address as it stands in the page, or as it is meant from there."""
    try:
        return find(href) or find(urljoin(base, href))
    except ValueError:  # an address that is none
        return None
