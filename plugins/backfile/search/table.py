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
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backfile.search.extract import FACETS, LABELS

__all__ = ["Summary", "Table", "catalogue", "fragment_id", "fragment_name"]

_NAMED = re.compile(rb'pagefind_dcd\{"url":"/([^"\\]+)\.html"')
_ENOUGH = 512  # bytes of a fragment in which the name ends: a file's name has up to 255
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
class Summary:
    """What the catalogue says of a shard: its first and last day (20250314), and how many articles it has.

    ``values`` are, for each of :data:`~backfile.search.extract.FACETS`, how many have each value.
    """

    first: int
    last: int
    count: int
    values: tuple[Mapping[str, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A shard's articles by Pagefind's id, newest first: the day as a number (20250314), the values of each label."""

    articles: Mapping[str, tuple[int, Sequence[Sequence[str]]]]

    @classmethod
    def of(cls, ids: Mapping[str, str], labels: Mapping[str, Sequence[Sequence[str]]]) -> Table:
        """Return the table of articles whose ids and labels are given by names that begin with a day."""
        rows = sorted((int(name[:10].replace("-", "")), ids[name], labels[name]) for name in ids)
        return cls({key: (day, has) for day, key, has in reversed(rows)})

    def summary(self) -> Summary:
        """Return what the catalogue says of a table, which must have an article."""
        days = [day for day, _ in self.articles.values()]
        values = (Counter(value for _, has in self.articles.values() for value in has[i]) for i in range(len(FACETS)))
        return Summary(min(days), max(days), len(days), tuple(map(dict, values)))

    def written(self) -> bytes:
        """Return JSON in UTF-8: for each label its values in alphabetical order, and ``articles``.

        These are, for each id, its day and, for each label, the places of its values in those lists.
        """
        values = [sorted({value for _, has in self.articles.values() for value in has[i]}) for i in range(len(LABELS))]
        place = [{value: at for at, value in enumerate(each)} for each in values]
        articles = {
            key: [day, *([place[i][value] for value in each] for i, each in enumerate(has))]
            for key, (day, has) in self.articles.items()
        }
        return _json({**dict(zip(LABELS, values, strict=True)), "articles": articles})


def catalogue(summaries: Mapping[str, Summary]) -> bytes:
    """Return the catalogue of shards that are given by name, newest first, as JSON in UTF-8.

    ``shards`` has for each its name, its first and last day and its number of articles.
    For each facet there is a list of its values, each with the number of articles that
    have it, and the places of the newest and the oldest shard that it occurs in.
    """
    values: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    for place, summary in enumerate(summaries.values()):
        for facet, own in zip(FACETS, summary.values, strict=True):
            for value, count in own.items():
                known = values[facet].setdefault(value, [0, place, place])
                known[0] += count
                known[2] = place
    shards = [(name, each.first, each.last, each.count) for name, each in summaries.items()]
    listed = {facet: [[value, *values[facet][value]] for value in sorted(values[facet])] for facet in FACETS}
    return _json({"shards": shards, **listed})


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
