"""The lists of titles by which an archive on a stick is searched: one a year, and one that names them.

A page opened from ``file://`` may not fetch anything, so Pagefind can't run there; it may
load scripts, so these lists are such. The first sets one global, to which those of the
years add their rows; they are loaded under ``file:`` only. A year's list changes with its
articles alone, and stays far below what hosts allow a file to be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from backfile.model import Name
from backfile.search.names import spelling_groups

if TYPE_CHECKING:  # pages import this module
    from backfile.pages.records import Ref, Teaser

__all__ = ["title_row", "titles_of_year", "titles_script"]


def title_row(article: Teaser, topics: Iterable[Ref], same_text: str | None = None) -> list[Any]:
    """Return an article's row: address, title, source, date, kind, language, topics, summary, and what copies share.

    Source and summary are "" when the article has none; the date is ISO. ``same_text`` is as in
    :class:`~backfile.pages.records.ArticlePage`; its place is left out where there is none.
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
        *([same_text] if same_text else []),
    ]


def titles_script(years: Iterable[int], names: Iterable[Name]) -> bytes:
    """Return ``data/titles.js`` in UTF-8: the names' spellings, and the years that have lists, newest first."""
    groups, listed = _script_json(spelling_groups(names)), _script_json(sorted(years, reverse=True))
    return f"var backfileTitles = {{\nnames: {groups},\nyears: {listed},\narticles: {{}}}};\n".encode()


def titles_of_year(year: int, rows: Iterable[list[Any]]) -> bytes:
    """Return ``data/titles/YYYY.js`` in UTF-8: the rows of :func:`title_row` of a year, newest first."""
    ordered = sorted(sorted(rows, key=lambda row: row[0]), key=lambda row: row[3], reverse=True)
    articles = ",\n".join(_script_json(row) for row in ordered)
    return f"backfileTitles.articles[{year}] = [\n{articles}\n];\n".encode()


def _script_json(value: Any) -> str:
    """Return JSON that is safe within a script, whatever the text holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
