"""Reads ``content/`` on all cores, and of the articles only those that have changed since the last build.

An article is read again when its file has changed, and examined again when the topics'
rules or the names have. Bodies stay in the cache until a page wants one.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from hashlib import blake2b
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
from backfile.pickled import dumps
from backfile.reading import Prose, read_article, read_prose

_NAMES = [field.name for field in fields(Article)]
_FIELDS = attrgetter(*_NAMES)
_BODY = _NAMES.index("body")
_BODIES = 256  # bodies held in memory, so that one that is asked for thrice is read once


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
    texts = tuple(text for path in marks if _is_text(path, PAGES) and (text := reader.read(path, read_prose)))
    receipts = dict(_receipts(reader, marks, cache))
    examiner = Examiner(editorial)
    shelf = _Shelf(reader, cache, examiner, default_lang, shelved)
    examined, number = shelf.examine({path: mark for path, mark in marks.items() if _is_text(path, ARTICLES)})
    reader.check()
    return Corpus(examined, examiner, editorial, texts, receipts, number)


class StoredBody:
    """A :class:`~backfile.model.Body` that is read when it is asked for."""

    __slots__ = ("_read", "hash", "links")

    def __init__(self, read: Callable[[], Text], hash_: bytes, links: tuple[str, ...]) -> None:
        self._read = read
        self.hash = hash_
        self.links = links

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
class _Row:
    """What the cache holds of an article.

    ``mark`` and ``hash`` are those of its file, ``rules`` those by which it was examined;
    ``shown`` is what that showed: names (places in ``names.yaml``), topics, and those claimed in vain.
    """

    mark: str
    hash: bytes
    rules: bytes
    article: bytes
    shown: tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]]

    def packed(self) -> bytes:
        """Return the row as the cache keeps it."""
        return marshal.dumps((self.mark, self.hash, self.rules, self.article, self.shown))


@dataclass(frozen=True, slots=True)
class Shelved:
    """An article in memory, and the row of the cache that it was made from."""

    row: _Row
    examined: Examined


class _Shelf:
    """The articles in the cache."""

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
        kept = {path: self._row(path, packed) for path, packed in self._cache.all("article").items()}
        todo = [
            path
            for path, mark in marks.items()
            if not (mark and (row := kept.get(path)) and (row.mark, row.rules) == (mark, self._rules))
        ]
        self._cache.commit()  # workers read from it
        changed, rows = 0, []
        for path, found in zip(todo, on_all_cores(partial(self._again, kept), todo), strict=True):
            if isinstance(found, list):
                self._reader.findings.extend(found)
                continue
            row, body = found
            kept[path] = replace(row, mark=marks[path])
            rows.append((path, kept[path].packed()))
            if body:
                changed += 1
                self._cache.put("body", [(path, body)])
        self._cache.put("article", rows)
        gone = sorted(kept.keys() - marks.keys())
        self._cache.drop("article", gone)
        self._cache.drop("body", gone)
        self._cache.commit()
        for path in gone:
            self._known.pop(path, None)
        examined = (self._examined(path, kept[path]) for path in marks if path in kept)
        return tuple(each for each in examined if each.article.status is not Status.DRAFT), changed

    def _row(self, path: str, packed: bytes) -> _Row:
        known = self._known.get(path)
        return known.row if known else _Row(*marshal.loads(packed))  # noqa: S302  # our own, by checksum

    def _again(self, kept: Mapping[str, _Row], path: str) -> tuple[_Row, bytes | None] | list[Finding]:
        """Return the row of an article, and its body where that was read; or why it can't be."""
        row = kept.get(path)
        # A text that does not say its language has that of the site.
        with open(f"{self._reader.content}/{path}", "rb") as file:  # noqa: PTH123  # paths take longer
            data = file.read()
        hash_ = blake2b(data + self._default_lang.encode(), digest_size=16).digest()
        if row and row.hash == hash_:
            if row.rules == self._rules:
                return row, None
            return replace(row, rules=self._rules, shown=self._shown(self._unpacked(path, row.article))), None
        reader = ContentReader(self._reader.content)
        article = reader.made(data, path, self._read)
        if article is None:
            return reader.findings
        packed, body = _packed(article)
        return _Row("", hash_, self._rules, packed, self._shown(article)), body

    def _shown(self, article: Article) -> tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]]:
        found = self._examiner.examine(article)
        return tuple(self._places[name] for name in found.names), found.topics, found.unknown

    def _examined(self, path: str, row: _Row) -> Examined:
        known = self._known.get(path)
        if known and known.row is row:
            return known.examined
        names, topics, unknown = row.shown
        found = Examined(self._unpacked(path, row.article), tuple(self._names[at] for at in names), topics, unknown)
        if self._is_kept:
            self._known[path] = Shelved(row, found)
        return found

    def _unpacked(self, path: str, article: bytes) -> Article:
        *values, (hash_, links) = pickle.loads(article)  # noqa: S301  # our own, by checksum
        body = StoredBody(partial(self._body, path, hash_), hash_, links)
        fields = (*values[:_BODY], body, *values[_BODY:])
        return Article(*fields)

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


def _packed(article: Article) -> tuple[bytes, bytes]:
    """Return an article as the cache keeps it, its body apart: the fields but for that, then its hash and links."""
    body, hash_ = article.body, article.body.hash
    fields = _FIELDS(article)
    fields = (*fields[:_BODY], *fields[_BODY + 1 :], (hash_, body.links))
    return dumps(fields), marshal.dumps((hash_, body.html, body.text, body.paragraphs, body.links))


def _is_text(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/") and path.endswith(".md")


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
