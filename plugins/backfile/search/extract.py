"""What of an article's page is searched: the marked text, and the labels that its head names.

Pagefind is given this and nothing else. So an index depends on no more of a page than what
stands in it: another headline in a margin asks for no new index. Without filters and sorts
of its own, Pagefind also writes the same bytes in every run, and needs a sixth less time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape, unescape

__all__ = ["FACETS", "LABELS", "Extract", "extract"]

FACETS = ("topic", "source", "kind", "lang")
LABELS = (*FACETS, "text")  # the last one says of which text an article is a copy

_MARK = "data-pagefind-body"
_MARKED = re.compile(rf"<([a-z][a-z0-9]*)\b(?:\"[^\"]*\"|'[^']*'|[^'\">])*?\s{_MARK}\b")
_WORD = re.compile(r">[^<]*[^\W_]")
_FILTER = re.compile(r'<meta\b[^>]*?\sdata-pagefind-filter="(\w+)\[content\]"[^>]*?\scontent="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Extract:
    """A page for Pagefind, and for each of :data:`LABELS` the values that the article has."""

    page: str
    labels: tuple[tuple[str, ...], ...]


def extract(html: str) -> Extract | None:
    """Return what is searched of a page; None when no word in it is marked ``data-pagefind-body``.

    Raises ``ValueError`` when the marked element does not end.
    """
    marked = list(_marked(html))
    texts = "".join(html[start:end] for start, end in marked)
    if not _WORD.search(texts):
        return None
    head = html[: marked[0][0]]
    named = [(label, unescape(value)) for label, value in _FILTER.findall(head)]
    labels = tuple(tuple(value for name, value in named if name == label) for label in LABELS)
    # An outlet's name finds its articles; it is not part of their text.
    outlets = "".join(
        f'<meta data-pagefind-meta="source[content]" content="{escape(value)}">'
        for value in labels[LABELS.index("source")]
    )
    return Extract(f"<!doctype html><html><head>{outlets}</head><body>{texts}</body></html>", labels)


def _marked(html: str) -> Iterator[tuple[int, int]]:
    """Yield where the marked elements begin and end."""
    end = 0
    while (at := html.find(_MARK, end)) >= 0:
        start = html.rfind("<", end, at)
        found = _MARKED.match(html, start) if start >= 0 else None
        if found is None or found.end() != at + len(_MARK):  # a text that speaks of it
            end = at + len(_MARK)
            continue
        depth = 0
        for tag in _tags(found[1]).finditer(html, start):
            depth += -1 if tag[1] else 1
            if not depth:
                end = tag.end()
                break
        else:
            raise ValueError(f"the <{found[1]}> that is marked {_MARK} does not end")
        yield start, end


@cache
def _tags(name: str) -> re.Pattern[str]:
    """Return what finds the beginnings and ends of elements; a ``>`` in an attribute ends nothing."""
    return re.compile(rf"<(/?){name}\b(?:\"[^\"]*\"|'[^']*'|[^'\">])*>")
