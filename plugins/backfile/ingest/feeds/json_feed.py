"""JSON Feed (versions 1 and 1.1, jsonfeed.org) as entries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import decode
from backfile.ingest.entry import Entry, as_document
from backfile.ingest.feeds.xml_feed import MAX_ENTRIES
from backfile.ingest.links import resolve
from backfile.ingest.records import RawDocument


def open_json_feed(raw: RawDocument) -> Iterator[RawDocument]:
    """Yield the entries of the JSON Feed in ``raw``; raises ``IngestError`` when it can't be read."""
    try:
        feed = json.loads(decode(raw.data, raw.name).text)
    except (ValueError, RecursionError) as error:
        raise IngestError(f"{raw.name}: is no JSON that can be read: {error}") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        raise IngestError(f"{raw.name}: is a feed without entries; there is nothing to import")
    if len(items) > MAX_ENTRIES:
        raise IngestError(f"{raw.name}: has {len(items):,} entries; the limit is {MAX_ENTRIES:,}, so split it")
    for item in items:
        if isinstance(item, dict):
            identity = item.get("id")
            yield as_document(_entry(item, feed), raw, str(identity) if identity is not None else None)


def _entry(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Entry:
    home = resolve(_text(feed, "home_page_url") or "", None)
    url = resolve(_text(item, "url") or _text(item, "external_url") or "", home)
    date, changed = _text(item, "date_published"), _text(item, "date_modified")
    note = () if date or not changed else ("date: of the last change, since no day of publication is given",)
    return Entry(
        title=_text(item, "title"),
        html=_text(item, "content_html"),
        text=_text(item, "content_text") or _text(item, "summary"),
        date=date or changed,
        url=url,
        source=_text(feed, "title"),
        source_url=home,
        authors=tuple(_authors(item) or _authors(feed)),
        lang=_text(item, "language") or _text(feed, "language"),
        summary=_text(item, "summary"),
        notes=note,
    )


def _authors(values: Mapping[str, Any]) -> list[str]:
    listed = values.get("authors")
    found = listed if isinstance(listed, list) else [values.get("author")]
    return [name for author in found if isinstance(author, dict) and (name := _text(author, "name"))]


def _text(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) and value.strip() else None
