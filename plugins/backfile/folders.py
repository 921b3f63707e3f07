"""What the folders of ``content/`` are called."""

from __future__ import annotations

from typing import Final

ARTICLES: Final = "articles"
TOPICS: Final = "topics"
PAGES: Final = "pages"
IMPORTS: Final = "imports"
