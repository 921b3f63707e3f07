"""The table of articles that the search page filters, counts and sorts by.

Pagefind answers a question with ids and scores. Its own filters count one question at a
time, while ours are made of several (a name in all its spellings, a word in its cases),
so counts could not be added up; and its counting and sorting compare each result with
each page. A table from id to date and facets makes both exact and quick in the browser.

A fragment is Pagefind's file for one page: JSON, compressed, and marked at its start. It
holds what Pagefind's documented ``data()`` returns.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["FACETS", "article_table", "fragment", "fragment_id"]

FACETS = ("topic", "source", "kind", "lang")

_MARK = b"pagefind_dcd"
_DATED = re.compile(r"^/(\d{4})/(\d{2})/(\d{2})/[^/]+/$")


def fragment_id(file_name: str) -> str:
    """Return the id under which Pagefind's results name a fragment: ``en_5858bc8``."""
    return file_name.partition(".")[0]


def fragment(data: bytes) -> dict[str, Any]:
    """Return what a fragment file holds. Raises ``ValueError`` for anything else."""
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError) as error:
        raise ValueError("a Pagefind fragment is not compressed as version 1.5 does it") from error
    if not content.startswith(_MARK):
        raise ValueError("a Pagefind fragment lacks the mark that version 1.5 gives it")
    found: dict[str, Any] = json.loads(content[len(_MARK) :])
    return found


def article_table(fragments: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[bytes, int]:
    """Return the table as JSON in UTF-8, and how many articles are in it.

    The table has, for each of :data:`FACETS`, the list of its values in alphabetical
    order, and ``articles``: for each id its day as a number (20250314) and, for each
    facet, the places of its values in those lists. Raises ``ValueError`` naming the page
    when an address has no day in it.
    """
    rows = sorted((_day(page["url"]), key, page.get("filters", {})) for key, page in fragments)
    values = {facet: sorted({value for _, _, has in rows for value in has.get(facet, ())}) for facet in FACETS}
    place = {facet: {value: at for at, value in enumerate(values[facet])} for facet in FACETS}
    articles = {
        key: [day, *([place[facet][value] for value in has.get(facet, ())] for facet in FACETS)]
        for day, key, has in reversed(rows)
    }
    text = json.dumps({**values, "articles": articles}, ensure_ascii=False, separators=(",", ":"))
    return text.encode(), len(articles)


def _day(address: str) -> int:
    dated = _DATED.match(address)
    if dated is None:
        raise ValueError(f"{address}: only pages at /YYYY/MM/DD/slug/ may carry data-pagefind-body")
    return int("".join(dated.groups()))
