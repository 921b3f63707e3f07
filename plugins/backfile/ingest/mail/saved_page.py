"""A web page saved as one file (MHTML, ``.mht``): a message whose first HTML part is the page."""

from __future__ import annotations

from backfile.errors import IngestError
from backfile.ingest.mail.headers import header
from backfile.ingest.mail.message import html_of, parse_message
from backfile.ingest.records import RawDocument
from backfile.ingest.web.links import resolve


def saved_page(raw: RawDocument) -> tuple[str, str | None]:
    """Return the HTML of the page in ``raw`` and the address it was saved from; raises ``IngestError``."""
    message = parse_message(raw)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            address = header(message, "snapshot-content-location") or header(part, "content-location")
            return html_of(part, raw.name), resolve(address, None)
    raise IngestError(f"{raw.name}: holds no page; save the page again as HTML")
