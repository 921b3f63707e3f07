"""Reads ``content/`` on all cores, and of the articles only those that have changed since the last build.

An article is read again when its file has changed, and examined again when the topics'
rules or the names have. Bodies stay in the cache until a page wants one.
"""

from __future__ import annotations

import marshal
import pickle
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import repeat
from operator import attrgetter
from pathlib import PurePosixPath

from backfile.archive import Editorial, Examined, Examiner
from backfile.content import ContentReader
from backfile.folders import ARTICLES, IMPORTS, PAGES
from backfile.incremental.cache import Cache
from backfile.incremental.tree import Marks
from backfile.incremental.workers import on_all_cores
from backfile.marks import mark_of
from backfile.model import Article, Finding, Receipt, Status, Text
from backfile.pickled import dumps, filled
from backfile.reading import Prose, read_article, read_prose

_NAMES = [field.name for field in fields(Article)]
_FIELDS = attrgetter(*_NAMES)
_BODY = _NAMES.index("body")
_PART = 256  # articles that are kept together, or up to twice as many: an edit writes them anew
_OF_ROW = ("mark", "hash", "rules", "shown")
_OF_BODY = ("hash", "links")
_OF_ARTICLE = [name for name in _NAMES if name != "body"]
_WORKED_OUT = {"_listed": "listed", "_told": "told"}  # slots of an article, and what has them filled
_BODIES = 64  # bodies held in memory, so that one that is asked for thrice is read once


@dataclass(frozen=True, slots=True)
class Corpus:
    """All of ``content/``: articles that are no drafts, what editors say, pages of prose, and receipts of imports."""

    examined: tuple[Examined, ...]
    examiner: Examiner
    editorial: Editorial
    texts: tuple[Prose, ...]
    receipts: Mapping[str, Receipt]
    read: int


def read_corpus(
    reader: ContentReader, marks: Marks, cache: Cache, default_lang: str, shelved: dict[str, Shelved] | None = None
) -> Corpus:
    """Return what is in ``content/``. ``read`` counts the articles that were read again.

    ``shelved`` are articles that earlier builds in this process have read, by path: where given, it is brought up to
    date.
    Raises :class:`~backfile.errors.ContentError` with all findings when a file is broken.
    """
    editorial = reader.editorial()
    texts = tuple(text for path in _texts(marks, PAGES) if (text := reader.read(path, read_prose)))
    receipts = dict(_receipts(reader, marks, cache))
    examiner = Examiner(editorial)
    shelf = _Shelf(reader, cache, examiner, default_lang, shelved)
    examined, number = shelf.examine(_texts(marks, ARTICLES))
    reader.check()
    return Corpus(examined, examiner, editorial, texts, receipts, number)


class StoredBody:
    """A :class:`~backfile.model.Body` that is read when it is asked for: by path and hash."""

    __slots__ = ("_path", "_reader", "hash", "links")

    def __init__(self, reader: Callable[[str, bytes], Text], path: str, hash_: bytes, links: tuple[str, ...]) -> None:
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


# What an article shows when it is examined: names (places in ``names.yaml``), topics, and those claimed in vain.
_Shown = tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Row:
    """An article as the cache has it: ``mark`` and ``hash`` of its file, and by which ``rules`` it was examined."""

    mark: str
    hash: bytes
    rules: bytes
    shown: _Shown
    article: Article


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in a file: its hash, and what its text showed and what it says, where that was looked for."""

    hash: bytes
    shown: _Shown | None = None
    article: bytes = b""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article in memory, and the row of the cache that it was made from."""

    row: _Row
    examined: Examined


class _Shelf:
    """The articles in the cache: their rows in parts, each kept field by field (:func:`backfile.pickled.filled`)."""

    def __init__(
        self,
        reader: ContentReader,
        cache: Cache,
        examiner: Examiner,
        default_lang: str,
        shelved: dict[str, Shelved] | None,
    ) -> None:
        self._reader = reader
        self._cache = cache
        self._examiner = examiner
        self._names = examiner.names.names
        self._places = {name: place for place, name in enumerate(self._names)}
        facts = [(topic.slug, topic.title, topic.aliases, topic.rules) for topic in examiner.topics]
        self._rules = mark_of(facts, self._names, default_lang)
        self._default_lang = default_lang
        self._known = {} if shelved is None else shelved
        self._is_kept = shelved is not None
        self._body = lru_cache(maxsize=_BODIES)(self._read_body)

    def examine(self, marks: Marks) -> tuple[tuple[Examined, ...], int]:
        """Return the articles in these files, and how many were read again."""
        kept = {path: each.row for path, each in self._known.items()} or dict(self._stored())
        todo = [
            path
            for path, mark in marks.items()
            if not (mark and (row := kept.get(path)) and row.mark == mark and row.rules == self._rules)
        ]
        self._cache.commit()  # workers read from it
        gone = sorted(kept.keys() - marks.keys())
        read, changed = 0, [*gone]
        for path, found in zip(todo, on_all_cores(partial(self._again, kept), todo), strict=True):
            if isinstance(found, list):
                self._reader.findings.extend(found)
                continue
            if found.body:
                read += 1
                self._cache.put("body", [(path, found.body)])
            kept[path] = self._row(path, marks[path], found, kept.get(path))
            changed.append(path)
        for path in gone:
            del kept[path]
            self._known.pop(path, None)
        self._cache.drop("body", gone)
        self._store(kept, changed)
        self._cache.commit()
        examined = [self._examined(path, row) for path in marks if (row := kept.get(path))]
        return tuple([each for each in examined if each.article.status is not Status.DRAFT]), read

    def _stored(self) -> Iterator[tuple[str, _Row]]:
        for part in self._cache.all("article").values():
            paths, rows, bodies, articles = pickle.loads(part)  # noqa: S301  # our own, by checksum
            count = len(paths)
            own = {"_reader": repeat(self._body), "_path": paths} | dict(zip(_OF_BODY, bodies, strict=True))
            made = {"body": filled(StoredBody, count, own)} | dict(
                zip((*_OF_ARTICLE, *_WORKED_OUT), articles, strict=True)
            )
            fields = {"article": filled(Article, count, made)} | dict(zip(_OF_ROW, rows, strict=True))
            yield from zip(paths, filled(_Row, count, fields), strict=True)

    def _store(self, kept: Mapping[str, _Row], changed: Iterable[str]) -> None:
        """Put the parts of articles that have changed into the cache, as they are now.

        A part begins with the path that names it, so that what stands side by side is also side by side in memory.
        """
        starts = sorted({"", *self._cache.names("article")})
        touched = sorted({bisect_right(starts, path) for path in changed})
        paths = sorted(kept) if touched else []
        for after in touched:
            start, end = starts[after - 1], starts[after] if after < len(starts) else None
            own = paths[bisect_left(paths, start) : bisect_left(paths, end) if end else None]
            size = len(own) if len(own) < 2 * _PART else _PART
            parts = {own[at]: own[at : at + size] for at in range(0, len(own), size or 1)}
            rows = {first: _packed({path: kept[path] for path in part}) for first, part in parts.items()}
            if own:
                rows = {start: rows.pop(own[0])} | rows
            else:
                self._cache.drop("article", [start])
            self._cache.put("article", rows.items())

    def _row(self, path: str, mark: str, found: _Found, before: _Row | None) -> _Row:
        """Return what is now known of a file: all that was not found again is as it was ``before``."""
        if before and not found.article:
            return _Row(mark, found.hash, self._rules, found.shown or before.shown, before.article)
        *values, (hash_, links) = pickle.loads(found.article)  # noqa: S301  # our own
        fields = (*values[:_BODY], StoredBody(self._body, path, hash_, links), *values[_BODY:])
        return _Row(mark, found.hash, self._rules, found.shown or ((), (), ()), Article(*fields))

    def _again(self, kept: Mapping[str, _Row], path: str) -> _Found | list[Finding]:
        """Return what is new of an article; or why it can't be read."""
        row = kept.get(path)
        # A text that does not say its language has that of the site.
        with open(f"{self._reader.content}/{path}", "rb") as file:  # noqa: PTH123  # paths take longer
            data = file.read()
        hash_ = blake2b(data + self._default_lang.encode(), digest_size=16).digest()
        if row and row.hash == hash_:
            return _Found(hash_, None if row.rules == self._rules else self._shown(row.article))
        reader = ContentReader(self._reader.content)
        article = reader.made(data, path, self._read)
        if article is None:
            return reader.findings
        return _Found(hash_, self._shown(article), *_apart(article))

    def _shown(self, article: Article) -> _Shown:
        found = self._examiner.examine(article)
        return tuple(self._places[name] for name in found.names), found.topics, found.unknown

    def _examined(self, path: str, row: _Row) -> Examined:
        known = self._known.get(path)
        if known and known.row is row:
            return known.examined
        names, topics, unknown = row.shown
        found = Examined(row.article, tuple([self._names[at] for at in names]) if names else (), topics, unknown)
        if self._is_kept:
            self._known[path] = Shelved(row, found)
        return found

    def _read(self, text: str, path: str) -> Article:
        return read_article(text, path, default_lang=self._default_lang)

    def _read_body(self, path: str, hash_: bytes) -> Text:
        blob = self._cache.get("body", path)
        if blob:
            found, *parts = marshal.loads(blob)  # noqa: S302  # our own, by checksum
            if found == hash_:
                return Text(*parts)
        article = self._reader.read(path, self._read)
        self._reader.check()
        if article is None or not isinstance(article.body, Text):
            raise AssertionError  # check() has raised
        return article.body


def _apart(article: Article) -> tuple[bytes, bytes]:
    """Return an article's fields with its body's hash and links in place of the body, and the body."""
    body, hash_ = article.body, article.body.hash
    fields = _FIELDS(article)
    fields = (*fields[:_BODY], *fields[_BODY + 1 :], (hash_, body.links))
    return dumps(fields), marshal.dumps((hash_, body.html, body.text, body.paragraphs, body.links))


def _packed(rows: Mapping[str, _Row]) -> bytes:
    """Return a part of the articles as the cache keeps it: paths, and all fields of rows, bodies and articles."""
    articles = [row.article for row in rows.values()]
    bodies = [article.body for article in articles]
    kinds = ((_OF_ROW, rows.values()), (_OF_BODY, bodies), ((*_OF_ARTICLE, *_WORKED_OUT.values()), articles))
    return dumps((tuple(rows), *(tuple(zip(*map(attrgetter(*names), each), strict=True)) for names, each in kinds)))


def _texts(marks: Marks, folder: str) -> Marks:
    """Return the marks of the texts in a folder."""
    start = f"{folder}/"
    return {path: mark for path, mark in marks.items() if path.startswith(start) and path.endswith(".md")}


def _receipts(reader: ContentReader, marks: Marks, cache: Cache) -> Iterator[tuple[str, Receipt]]:
    """Yield the receipts by the SHA-256 of their raw files; those that have not changed are not read."""
    kept = cache.all("receipt")
    new = {}
    for path, mark in marks.items():
        if not path.startswith(f"{IMPORTS}/"):
            continue
        place = PurePosixPath(path)
        if place.suffix != ".json" or len(place.parts) != 3:
            continue
        row = kept.get(path)
        known: tuple[str, bytes] = marshal.loads(row) if row else ("", b"")  # noqa: S302  # our own, by checksum
        receipt = reader.kept_receipt(path, known[1]) if mark and known[0] == mark else reader.receipt(path)
        if receipt:
            new[path] = marshal.dumps((mark, receipt.hash))
            yield place.stem, receipt
    cache.put("receipt", ((path, row) for path, row in new.items() if kept.get(path) != row))
    cache.drop("receipt", sorted(kept.keys() - marks.keys()))
