"""The tables that the search page filters, counts and sorts by: one a shard, and a catalogue of the shards.

Pagefind answers a question with ids and scores. Its own filters count one question at a
time, while ours are made of several (a name in all its spellings, a word in its cases),
so counts could not be added up; and its counting and sorting compare each result with
each page. A table from id to day and facets makes both exact and quick in the browser.

The catalogue grows with the number of shards by a few bytes each, and says enough for the
page to count everything before it has loaded any shard, and to load none in vain.

A fragment is Pagefind's file for one page: JSON, compressed, and marked at its start. It
holds what Pagefind's documented ``data()`` returns, the name of the page's file first.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backfile.search.extract import FACETS

__all__ = ["Table", "catalogue", "fragment_id", "fragment_name"]

_NAMED = re.compile(rb'pagefind_dcd\{"url":"/([^"\\]+)\.html"')
_ENOUGH = 4096  # bytes of a fragment in which the name ends
_AS_GZIP = 16 + zlib.MAX_WBITS


def fragment_id(file_name: str) -> str:
    """Return the id under which Pagefind's results name a fragment: ``en_5858bc8``."""
    return file_name.partition(".")[0]


def fragment_name(data: bytes) -> str:
    """Return the name of a fragment's page: ``2025-03-14-slug``. Raises ``ValueError`` when this is no fragment."""
    try:
        found = _NAMED.match(zlib.decompressobj(_AS_GZIP).decompress(data, _ENOUGH))
    except zlib.error as error:
        raise ValueError("a Pagefind fragment is not compressed as version 1.5 does it") from error
    if not found:
        raise ValueError("a Pagefind fragment does not begin as version 1.5 has it")
    return found[1].decode()


@dataclass(frozen=True, slots=True)
class Table:
    """A shard's articles by Pagefind's id, newest first: the day as a number (20250314), the values of each facet."""

    articles: Mapping[str, tuple[int, Sequence[Sequence[str]]]]

    @classmethod
    def of(cls, ids: Mapping[str, str], facets: Mapping[str, Sequence[Sequence[str]]]) -> Table:
        """Return the table of articles whose ids and facets are given by names that begin with a day."""
        rows = sorted((int(name[:10].replace("-", "")), ids[name], facets[name]) for name in ids)
        return cls({key: (day, has) for day, key, has in reversed(rows)})

    @classmethod
    def read(cls, data: bytes) -> Table:
        """Return the table that :meth:`written` wrote."""
        found = json.loads(data)
        return cls(
            {
                key: (day, [[found[facet][at] for at in has] for facet, has in zip(FACETS, places, strict=True)])
                for key, (day, *places) in found["articles"].items()
            }
        )

    def written(self) -> bytes:
        """Return JSON in UTF-8: for each facet its values in alphabetical order, and ``articles``.

        These are, for each id, its day and, for each facet, the places of its values in those lists.
        """
        values = [sorted({value for _, has in self.articles.values() for value in has[i]}) for i in range(len(FACETS))]
        place = [{value: at for at, value in enumerate(each)} for each in values]
        articles = {
            key: [day, *([place[i][value] for value in each] for i, each in enumerate(has))]
            for key, (day, has) in self.articles.items()
        }
        return _json({**dict(zip(FACETS, values, strict=True)), "articles": articles})


def catalogue(tables: Iterable[tuple[str, Table]]) -> bytes:
    """Return the catalogue of shards that are given newest first, as JSON in UTF-8.

    ``shards`` has for each its name, its first and last day and its number of articles.
    For each facet there is a list of its values, each with the number of articles that
    have it, and the places of the newest and the oldest shard that it occurs in.
    """
    shards: list[tuple[str, int, int, int]] = []
    values: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    for place, (name, table) in enumerate(tables):
        days = [day for day, _ in table.articles.values()]
        shards.append((name, min(days), max(days), len(days)))
        for _, has in table.articles.values():
            for facet, own in zip(FACETS, has, strict=True):
                for value in own:
                    known = values[facet].setdefault(value, [0, place, place])
                    known[0] += 1
                    known[2] = place
    listed = {facet: [[value, *values[facet][value]] for value in sorted(values[facet])] for facet in FACETS}
    return _json({"shards": shards, **listed})


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
