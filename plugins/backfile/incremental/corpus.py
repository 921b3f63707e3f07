"""Reads ``content/`` on all cores, and of the articles only those that have changed since the last build.

An article is read again when its file has changed, and examined again when the topics'
rules or the names have. Bodies stay in the cache until a page wants one.
"""

from __future__ import annotations

import marshal
import pickle
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import compress
from operator import attrgetter
from pathlib import PurePosixPath

from backfile.archive import Editorial, Examined, Examiner
from backfile.content import ContentReader
from backfile.folders import ARTICLES, IMPORTS, PAGES
from backfile.incremental.cache import Cache
from backfile.incremental.shelf import Row, Shelf, StoredBody
from backfile.incremental.tree import Marks
from backfile.incremental.workers import on_all_cores
from backfile.marks import mark_of
from backfile.model import Article, Finding, Receipt, Status, Text
from backfile.pickled import dumps
from backfile.reading import Prose, read_article, read_prose

_NAMES = [field.name for field in fields(Article)]
_FIELDS = attrgetter(*_NAMES)
_BODY = _NAMES.index("body")
_BODIES = 64  # bodies held in memory, so that one that is asked for thrice is read once
_MUCH = 1 << 20  # bytes: SQLite keeps readers, workers that is, out once twice as many wait to be committed


@dataclass(frozen=True, slots=True)
class Corpus:
    """All of ``content/``: articles that are no drafts, what editors say, pages of prose, and receipts of imports."""

    examined: Examined
    examiner: Examiner
    editorial: Editorial
    texts: tuple[Prose, ...]
    receipts: Mapping[str, Receipt]
    read: int
    shelf: Shelf


def read_corpus(
    reader: ContentReader, marks: Marks, cache: Cache, default_lang: str, shelf: Shelf | None = None
) -> Corpus:
    """Return what is in ``content/``. ``read`` counts the articles that were read again.

    ``shelf`` is that of an earlier build in this process: where given, it is brought up to date.
    Raises :class:`~backfile.errors.ContentError` with all findings when a file is broken.
    """
    editorial = reader.editorial()
    texts = tuple(text for path in _texts(marks, PAGES) if (text := reader.read(path, read_prose)))
    receipts = dict(_receipts(reader, marks, cache))
    examiner = Examiner(editorial)
    reading = _Reading(reader, cache, examiner, default_lang)
    shelf = shelf or Shelf(cache, reading.body)
    examined, number = reading.examine(shelf, _texts(marks, ARTICLES))
    reader.check()
    return Corpus(examined, examiner, editorial, texts, receipts, number, shelf)


# What an article shows when it is examined: names (places in ``names.yaml``), topics, and those claimed in vain.
_Shown = tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in a file: its hash, and what its text showed and what it says, where that was looked for."""

    hash: bytes
    shown: _Shown | None = None
    article: bytes = b""
    body: bytes = b""


class _Reading:
    """Reads again what has changed, and puts it on the shelf."""

    def __init__(self, reader: ContentReader, cache: Cache, examiner: Examiner, default_lang: str) -> None:
        self._reader = reader
        self._cache = cache
        self._examiner = examiner
        self._names = examiner.names.names
        self._places = {name: place for place, name in enumerate(self._names)}
        facts = [(topic.slug, topic.title, topic.aliases, topic.rules) for topic in examiner.topics]
        self._rules = mark_of(facts, self._names, default_lang)
        self._default_lang = default_lang
        self.body = lru_cache(maxsize=_BODIES)(self._read_body)

    def examine(self, shelf: Shelf, marks: Marks) -> tuple[Examined, int]:
        """Return the articles in these files, and how many were read again."""
        paths = shelf.column("path")
        stamps = dict(zip(paths, shelf.column("stamp"), strict=True))
        gone = sorted(stamps.keys() - marks.keys())
        stamps.update(dict.fromkeys(compress(paths, map(self._rules.__ne__, shelf.column("rules"))), ""))
        todo = [path for path, mark in marks.items() if not mark or stamps.get(path) != mark]
        self._cache.commit()  # workers read from it
        read, waiting, rows = 0, 0, dict[str, Row]()
        for path, found in zip(todo, on_all_cores(partial(self._again, shelf), todo), strict=True):
            if isinstance(found, list):
                self._reader.findings.extend(found)
                continue
            if found.body:
                read += 1
                self._cache.put("body", [(path, found.body)])
                waiting += len(found.body)
                if waiting > _MUCH:
                    self._cache.commit()
                    waiting = 0
            rows[path] = self._row(path, marks[path], found, shelf)
        self._cache.drop("body", gone)
        shelf.change(rows, gone)
        self._cache.commit()
        names = shelf.column("names")
        if self._names:
            names = [tuple([self._names[at] for at in own]) if own else () for own in names]
        examined = Examined(shelf.articles(), names, shelf.column("filed"), shelf.column("unknown"))
        status = enumerate(examined.articles.column("status"))
        return examined.taken([place for place, each in status if each is not Status.DRAFT]), read

    def _row(self, path: str, mark: str, found: _Found, shelf: Shelf) -> Row:
        """Return what is now known of a file: all that was not found again is as it was."""
        if not found.article and (before := shelf.row(path)):
            shown = found.shown or (before.names, before.filed, before.unknown)
            return Row(mark, found.hash, self._rules, *shown, before.article)
        *values, (hash_, links) = pickle.loads(found.article)  # noqa: S301  # our own
        fields = (*values[:_BODY], StoredBody(self.body, path, hash_, links), *values[_BODY:])
        return Row(mark, found.hash, self._rules, *(found.shown or ((), (), ())), Article(*fields))

    def _again(self, shelf: Shelf, path: str) -> _Found | list[Finding]:
        """Return what is new of an article; or why it can't be read."""
        # A text that does not say its language has that of the site.
        with open(f"{self._reader.content}/{path}", "rb") as file:  # noqa: PTH123  # paths take longer
            data = file.read()
        hash_ = blake2b(data + self._default_lang.encode(), digest_size=16).digest()
        row = shelf.row(path)
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


def _texts(marks: Marks, folder: str) -> Marks:
    """Return the marks of the texts in a folder."""
    return {path: marks[path] for path in _below(marks, folder) if path.endswith(".md")}


def _below(marks: Marks, folder: str) -> list[str]:
    """Return the files in a folder: marks are sorted by path."""
    paths = [*marks]
    return paths[bisect_left(paths, f"{folder}/") : bisect_left(paths, f"{folder}0")]  # the sign after the slash


def _receipts(reader: ContentReader, marks: Marks, cache: Cache) -> Iterator[tuple[str, Receipt]]:
    """Yield the receipts by the SHA-256 of their raw files; those that have not changed are not read."""
    kept = cache.all("receipt")
    new = {}
    for path in _below(marks, IMPORTS):
        mark, place = marks[path], PurePosixPath(path)
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
