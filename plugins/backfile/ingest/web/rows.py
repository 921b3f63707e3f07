"""One row of pages in, one row of articles out: the shape that measuring and other programs use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from backfile.errors import IngestError
from backfile.ingest.web.page import read_page


def read_row(row: Mapping[str, Any], *, today: date | None = None) -> dict[str, Any]:
    """Return the row ``{id, html, url}`` as the fields of the ingest contract, or ``{id, error}``."""
    try:
        page = read_page(str(row.get("html") or ""), url=row.get("url") or None, today=today)
    except IngestError as error:
        return {"id": row.get("id"), "error": str(error)}
    return {
        "id": row.get("id"),
        "items": 1,
        "title": page.title,
        "date": page.date.isoformat() if page.date else None,
        "date_basis": page.date_basis.value if page.date_basis else None,
        "authors": list(page.authors),
        "source": {"name": page.source.name, "url": page.source.url} if page.source else None,
        "url": page.url,
        "lang": page.lang,
        "summary": page.summary,
        "kind": page.kind.value,
        "markdown": page.markdown,
        "guessed": list(page.guessed),
        "digest": None,
    }
