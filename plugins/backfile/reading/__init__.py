"""From a file's text in ``content/`` to a record: front matter, Markdown, sanitised HTML, plain text."""

from backfile.reading.articles import read_article
from backfile.reading.markdown import Rendered, render

__all__ = ["Rendered", "read_article", "render"]
