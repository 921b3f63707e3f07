"""From a file's text in ``content/`` to a record: front matter, Markdown, sanitised HTML, plain text."""

from backfile.reading.articles import read_article
from backfile.reading.links import resolved
from backfile.reading.markdown import Rendered, render
from backfile.reading.prose import Prose, read_prose

__all__ = ["Prose", "Rendered", "read_article", "read_prose", "render", "resolved"]
