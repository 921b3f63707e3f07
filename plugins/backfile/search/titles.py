"""The list of titles by which an archive on a stick is searched.

A page opened from ``file://`` may not fetch anything, so Pagefind can't run there; it may
load a script, so this list is one. It sets one global and is loaded under ``file:`` only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from backfile.model import Name
from backfile.pages.records import Ref, Teaser
from backfile.search.names import spelling_groups

__all__ = ["title_row", "titles_script"]


def title_row(article: Teaser, topics: Iterable[Ref]) -> list[Any]:
    """Return an article's row: address, title, source, date, kind, language, topics, summary.

    Source and summary are "" when the article has none; the date is ISO.
    """
    return [
        article.address,
        article.title,
        article.source.title if article.source else "",
        article.date.isoformat(),
        article.kind,
        article.lang,
        [topic.title for topic in topics],
        article.summary or "",
    ]


def titles_script(rows: Iterable[list[Any]], names: Iterable[Name]) -> bytes:
    """Return ``data/titles.js`` in UTF-8: the rows of :func:`title_row`, newest first, and the names' spellings."""
    ordered = sorted(sorted(rows, key=lambda row: row[0]), key=lambda row: row[3], reverse=True)
    articles = ",\n".join(_script_json(row) for row in ordered)
    groups = _script_json(spelling_groups(names))
    return f"var backfileTitles = {{\nnames: {groups},\narticles: [\n{articles}\n]}};\n".encode()


def _script_json(value: Any) -> str:
    """Return JSON that is safe within a script, whatever the text holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
