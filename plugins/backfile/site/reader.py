"""Reads Markdown for Pelican: the work is done in ``backfile.reading``."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from pelican.readers import BaseReader  # type: ignore[import-untyped]  # Pelican has no types
from pelican.urlwrappers import Author, Tag  # type: ignore[import-untyped]  # Pelican has no types

from backfile import addresses
from backfile.content import ContentReader
from backfile.folders import ARTICLES
from backfile.model import Article, Status
from backfile.reading import Prose, read_article, read_prose

# Pelican's word for a file that is to be left out without a complaint; ours follow all at once.
_SKIP = ("", {"status": "skip"})


class BriefingReader(BaseReader):  # type: ignore[misc]  # Pelican has no types
    """Reads ``.md`` below ``content/articles`` as articles and any other as pages of prose.

    The record travels in the metadata as ``record``; findings gather in the setting
    ``BACKFILE_READER`` until the archive's generator raises them together.
    """

    enabled = True
    file_extensions = ("md",)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return HTML and metadata of one file, or Pelican's sign to skip it."""
        reader: ContentReader = self.settings["BACKFILE_READER"]
        path = Path(source_path).relative_to(self.settings["PATH"]).as_posix()
        return reader.read(path, self._article if path.startswith(f"{ARTICLES}/") else self._page) or _SKIP

    def _article(self, text: str, path: str) -> tuple[str, dict[str, Any]]:
        article = read_article(text, path, default_lang=self.settings["DEFAULT_LANG"])
        return _SKIP if article.status is Status.DRAFT else (article.body.html, self._article_metadata(article))

    def _page(self, text: str, path: str) -> tuple[str, dict[str, Any]]:
        page = read_prose(text, path)
        return page.html, _page_metadata(page, self.settings["DEFAULT_LANG"])

    def _article_metadata(self, article: Article) -> dict[str, Any]:
        address = addresses.of_id(article.id)
        optional = {
            "summary": article.summary,
            "authors": [Author(name, self.settings) for name in article.authors],
            "tags": [Tag(topic, self.settings) for topic in article.topics],
        }
        return {
            "record": article,
            "title": article.title,
            "date": article.moment or datetime.combine(article.date, time(), UTC),
            "slug": article.slug,
            "lang": article.lang,
            "status": article.status.value,
            "template": "article",
            "url": address,
            "save_as": f"{address}index.html",
        } | {name: value for name, value in optional.items() if value}


def _page_metadata(page: Prose, lang: str) -> dict[str, Any]:
    address = addresses.prose(page.slug)
    return {
        "record": page,
        "title": page.title,
        "lang": page.lang or lang,
        "template": "text",
        "url": address,
        "save_as": f"{address}index.html",
    }
