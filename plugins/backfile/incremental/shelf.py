"""The articles in the cache, in parts of such as stand side by side, so that an edit reads and writes few of them.

What a build asks of all articles is kept in columns (:mod:`backfile.articles`), which are read as they are; the rest
of a part is kept for itself, and read when one of its articles is wanted.
"""

from __future__ import annotations

import pickle
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, partial
from hashlib import blake2b
from itertools import accumulate, chain, repeat
from operator import attrgetter
from typing import Any

from backfile.articles import Articles
from backfile.incremental.cache import Cache, HarmedError
from backfile.model import Article, Text
from backfile.pickled import dumps, filled

PART = 256  # articles that are kept together, or up to twice as many: an edit writes them anew

_COLUMNS, _REST = "article", "rest"  # tables of the cache, each with a row for a part
_OF_ROW = ("stamp", "hash", "rules", "names", "filed", "unknown")
# Other attributes of articles are worked out from the articles themselves, when they are asked for.
OF_ARTICLE = (
    *("id", "path", "title", "date", "lang", "kind", "source", "moment", "people", "places", "digest", "digest_item"),
    *("full", "formerly", "status", "revisions", "rights", "mark"),
    *("outlet", "sha256", "body.hash", "body.links", "listed", "told"),
)
_NAMES = [field.name for field in fields(Article)]
_OF_REST = tuple(name for name in _NAMES if name not in OF_ARTICLE and name != "body")
_WORKED_OUT = {"_listed": "listed", "_told": "told"}  # slots of an article, and what has them filled
_ALIKE = frozenset(("rules", "date", "lang", "source", "outlet"))  # written once where many say the same

Read = Callable[[str, bytes], Text]  # returns the body in a file, given its hash


class StoredBody:
    """A :class:`~backfile.model.Body` that is read when it is asked for: by path and hash."""

    __slots__ = ("_path", "_reader", "hash", "links")

    def __init__(self, reader: Read, path: str, hash_: bytes, links: tuple[str, ...]) -> None:
        self._reader = reader
        self._path = path
        self.hash = hash_
        self.links = links

    def _read(self) -> Text:
        return self._reader(self._path, self.hash)

    @property
    def html(self) -> str:
        """Return the body rendered."""
        return self._read().html

    @property
    def text(self) -> str:
        """Return the body as plain text."""
        return self._read().text

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the running text."""
        return self._read().paragraphs


@dataclass(frozen=True, slots=True)
class Row:
    """An article, and what it was found by.

    ``stamp`` and ``hash`` are of its file, ``rules`` those by which it was examined; ``names`` are places in
    ``names.yaml``, ``filed`` its topics, and ``unknown`` those that it claims in vain.
    """

    stamp: str
    hash: bytes
    rules: bytes
    names: tuple[int, ...]
    filed: tuple[str, ...]
    unknown: tuple[str, ...]
    article: Article


class Part:
    """Articles side by side, in the order of their paths: ``columns`` by name, and themselves."""

    def __init__(self, columns: Mapping[str, Sequence[Any]], articles: Callable[[], list[Article]]) -> None:
        self.columns = columns
        self._articles = articles

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Part:
        """Return that of rows that are at hand."""
        articles = [row.article for row in rows]
        columns = {name: list(map(attrgetter(name), rows)) for name in _OF_ROW}
        columns |= {name: list(map(attrgetter(name), articles)) for name in OF_ARTICLE}
        return cls(columns, lambda: articles)

    @cached_property
    def articles(self) -> list[Article]:
        """The articles themselves."""
        return self._articles()

    def rows(self) -> Iterator[Row]:
        """Yield what is known of each."""
        return (Row(*each) for each in zip(*map(self.columns.__getitem__, _OF_ROW), self.articles, strict=True))

    def row(self, path: str) -> Row | None:
        """Return what is known of the article in a file."""
        paths = self.columns["path"]
        at = bisect_right(paths, path) - 1
        if at < 0 or paths[at] != path:
            return None
        return Row(*[values[at] for values in (*map(self.columns.__getitem__, _OF_ROW), self.articles)])


class Shelf:
    """All parts, each by the first path that may stand in it; the first one begins with all."""

    def __init__(self, cache: Cache, read: Read) -> None:
        self._cache = cache
        self._read = read
        stored = sorted(cache.all(_COLUMNS).items())
        self._parts = {start: _unpacked(row, partial(_rest, cache, start), read) for start, row in stored}

    def column(self, name: str) -> list[Any]:
        """Return a column of all articles."""
        if name in _OF_ROW or name in OF_ARTICLE:
            return list(chain.from_iterable(part.columns[name] for part in self._parts.values()))
        return list(map(attrgetter(name), chain.from_iterable(part.articles for part in self._parts.values())))

    def row(self, path: str) -> Row | None:
        """Return what is known of the article in a file."""
        starts = [*self._parts]
        at = bisect_right(starts, path) - 1
        return self._parts[starts[at]].row(path) if at >= 0 else None

    def articles(self) -> Articles:
        """Return all articles, in the order of their paths."""
        parts = [*self._parts.values()]
        ends = [0, *accumulate(len(part.columns["path"]) for part in parts)]

        def article(place: int) -> Article:
            at = bisect_right(ends, place) - 1
            return parts[at].articles[place - ends[at]]

        return Articles(ends[-1], article, self.column)

    def change(self, rows: Mapping[str, Row], gone: Iterable[str]) -> None:
        """Put rows in, by path, and take others out; keep the parts concerned as they are now."""
        starts = sorted({"", *self._parts})
        touched: dict[str, dict[str, Row | None]] = {}
        for path, row in sorted((*dict.fromkeys(gone).items(), *rows.items())):
            touched.setdefault(starts[bisect_right(starts, path) - 1], {})[path] = row
        for start, changed in touched.items():
            before = self._parts.pop(start, None)
            own = {path: row for row in (before.rows() if before else ()) if (path := row.article.path) not in changed}
            own |= {path: row for path, row in changed.items() if row}
            self._cache.drop(_COLUMNS, [start])
            self._cache.drop(_REST, [start])
            paths = sorted(own)
            size = len(paths) if len(paths) < 2 * PART else PART
            for at in range(0, len(paths), size or 1):
                self._put(paths[at] if at else start, [own[path] for path in paths[at : at + size]])
        self._parts = dict(sorted(self._parts.items()))

    def _put(self, start: str, rows: Sequence[Row]) -> None:
        part = self._parts[start] = Part.of(rows)
        rest = dumps([list(map(attrgetter(name), part.articles)) for name in _OF_REST])
        columns = [_alike(values) if name in _ALIKE else values for name, values in part.columns.items()]
        self._cache.put(_COLUMNS, [(start, dumps((_hash(rest), columns)))])
        self._cache.put(_REST, [(start, rest)])


def _alike(values: Sequence[Any]) -> list[Any]:
    """Return the values, each but once in memory."""
    known: dict[Any, Any] = {}
    return [known.setdefault(value, value) for value in values]


def _unpacked(row: bytes, rest: Callable[[bytes], bytes], read: Read) -> Part:
    hash_, columns = pickle.loads(row)  # noqa: S301  # our own, by checksum
    known = dict(zip((*_OF_ROW, *OF_ARTICLE), columns, strict=True))
    return Part(known, lambda: _articles(known, rest(hash_), read))


def _rest(cache: Cache, start: str, hash_: bytes) -> bytes:
    row = cache.get(_REST, start)
    if row is None or _hash(row) != hash_:
        raise HarmedError
    return row


def _articles(columns: Mapping[str, Sequence[Any]], rest: bytes, read: Read) -> list[Article]:
    """Return the articles of a part."""
    known = {**columns, **dict(zip(_OF_REST, pickle.loads(rest), strict=True))}  # noqa: S301  # our own, by checksum
    own = {"_reader": repeat(read), "_path": known["path"], "hash": known["body.hash"], "links": known["body.links"]}
    count = len(known["path"])
    known["body"] = filled(StoredBody, count, own)
    slots = {name: known[name] for name in _NAMES} | {slot: known[name] for slot, name in _WORKED_OUT.items()}
    return filled(Article, count, slots)


def _hash(rest: bytes) -> bytes:
    return blake2b(rest, digest_size=16).digest()
