"""Records with sensible values, of which a test states only what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from backfile import addresses
from backfile.model import Article, DateBasis, Kind, Source, Text
from backfile.reading import render
from backfile.slugs import slugify


def article(title: str = "A bridge opens", body: str = "The bridge has opened.", **fields: Any) -> Article:
    """Return an article; ``day`` (ISO) and ``outlet`` are short for ``date`` and ``source``."""
    day = date.fromisoformat(fields.pop("day", "2025-03-14"))
    outlet = fields.pop("outlet", "The Harbour Post")
    slug = fields.pop("slug", None) or slugify(title)
    rendered = render(body)
    values: dict[str, Any] = {
        "id": addresses.article_id(day, slug),
        "slug": slug,
        "title": title,
        "date": day,
        "date_basis": DateBasis.GIVEN,
        "lang": "en",
        "kind": Kind.ARTICLE,
        "path": f"articles/{day:%Y/%m}/{slug}.md",
        "body": Text(rendered.html, rendered.text, rendered.paragraphs),
        "source": Source(outlet) if outlet else None,
    }
    return Article(**values | fields)
