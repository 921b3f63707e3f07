"""Reads ``content/`` on all cores, and of the articles only those that have changed since the last build.

An article is read again when its file has changed, and examined again when the topics'
rules or the names have. Bodies stay in the cache until a page wants one.
"""

from __future__ import annotations

import io
import marshal
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any

from backfile.archive import Editorial, Examined, Examiner
from backfile.content import ARTICLES, IMPORTS, PAGES, ContentReader
from backfile.incremental.cache import Cache
from backfile.incremental.tree import Marks, signature
from backfile.incremental.workers import on_all_cores
from backfile.model import Article, Body, Finding, Name, Receipt, Status, Text
from backfile.reading import Prose, read_article, read_prose

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


def read_corpus(reader: ContentReader, marks: Marks, cache: Cache, default_lang: str) -> Corpus:
    """Return what is in ``content/``. ``read`` counts the articles that were read again.

    Raises :class:`~backfile.errors.ContentError` with all findings when a file is broken.
    """
    editorial = reader.editorial()
    texts = tuple(text for path in marks if _is_text(path, PAGES) and (text := reader.read(path, read_prose)))
    receipts = dict(_receipts(reader, marks, cache))
    examiner = Examiner(editorial)
    shelf = _Shelf(reader, cache, editorial.names, default_lang)
    examined, number = shelf.examine({path: mark for path, mark in marks.items() if _is_text(path, ARTICLES)}, examiner)
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
    """What the cache holds of an article: marks of its file, a hash of its bytes and of the rules, and the record."""

    mark: str
    hash: bytes
    rules: bytes
    record: bytes

    def packed(self) -> bytes:
        """Return the row as the cache keeps it."""
        return marshal.dumps((self.mark, self.hash, self.rules, self.record))


class _Shelf:
    """The articles in the cache."""

    def __init__(self, reader: ContentReader, cache: Cache, names: tuple[Name, ...], default_lang: str) -> None:
        self._reader = reader
        self._cache = cache
        self._default_lang = default_lang
        self._names = names
        self._places = {name: place for place, name in enumerate(names)}
        self._body = lru_cache(maxsize=_BODIES)(self._read_body)

    def examine(self, marks: Marks, examiner: Examiner) -> tuple[tuple[Examined, ...], int]:
        """Return the articles in these files, and how many were read or examined again."""
        kept = {path: _Row(*marshal.loads(row)) for path, row in self._cache.all("article").items()}  # noqa: S302  # our own, by checksum
        rules = signature(
            [(topic.slug, topic.title, topic.aliases, topic.rules) for topic in examiner.topics], self._names
        )
        todo = [
            path
            for path, mark in marks.items()
            if not (mark and (row := kept.get(path)) and (row.mark, row.rules) == (mark, rules))
        ]
        changed = 0
        for path, found in zip(todo, on_all_cores(partial(self._again, kept, rules, examiner), todo), strict=True):
            if isinstance(found, list):
                self._reader.findings.extend(found)
                continue
            row, body = found
            kept[path] = replace(row, mark=marks[path])
            self._cache.put("article", [(path, kept[path].packed())])
            if body:
                changed += 1
                self._cache.put("body", [(path, body)])
        gone = kept.keys() - marks.keys()
        for table in ("article", "body"):
            self._cache.drop(table, sorted(gone))
        self._cache.commit()
        examined = (self._unpacked(path, kept[path].record) for path in marks if path in kept)
        return tuple(each for each in examined if each.article.status is not Status.DRAFT), changed

    def _again(
        self, kept: Mapping[str, _Row], rules: bytes, examiner: Examiner, path: str
    ) -> tuple[_Row, bytes | None] | list[Finding]:
        """Return the row of an article, and its body where that has changed; or why it can't be read."""
        row = kept.get(path)
        data = (self._reader.content / path).read_bytes()
        hash_ = blake2b(data, digest_size=16).digest()
        if row and row.hash == hash_:
            if row.rules != rules:
                row = replace(
                    row, rules=rules, record=self._packed(examiner.examine(self._unpacked(path, row.record).article))
                )
            return row, None
        reader = ContentReader(self._reader.content)
        article = reader.read(path, self._read)
        if article is None:
            return reader.findings
        record = self._packed(examiner.examine(article))
        return _Row("", hash_, rules, record), _packed_body(article.body)

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

    def _packed(self, examined: Examined) -> bytes:
        file = io.BytesIO()
        _Pickler(file, self._places).dump(examined)
        return file.getvalue()

    def _unpacked(self, path: str, record: bytes) -> Examined:
        found: Examined = _Unpickler(io.BytesIO(record), self._names, partial(self._body, path)).load()
        return found


class _Pickler(pickle.Pickler):
    """Leaves out the body, and says for a name in ``names.yaml`` only which it is."""

    def __init__(self, file: io.BytesIO, places: Mapping[Name, int]) -> None:
        super().__init__(file, protocol=5)
        self._places = places

    def persistent_id(self, value: Any) -> Any:
        """Return what stands for a name or a body."""
        if isinstance(value, Name):
            return self._places.get(value)
        if isinstance(value, Text | StoredBody):
            return value.hash, value.links
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, names: tuple[Name, ...], read: Callable[[bytes], Text]) -> None:
        super().__init__(file)
        self._names = names
        self._read = read

    def persistent_load(self, known: Any) -> Name | Body:
        """Return the name or the body that something stands for."""
        if isinstance(known, int):
            return self._names[known]
        hash_, links = known
        return StoredBody(partial(self._read, hash_), hash_, links)


def _packed_body(body: Body) -> bytes:
    return marshal.dumps((body.hash, body.html, body.text, body.paragraphs, body.links))


def _is_text(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/") and path.endswith(".md")


def _receipts(reader: ContentReader, marks: Marks, cache: Cache) -> Iterator[tuple[str, Receipt]]:
    """Yield the receipts by the SHA-256 of their raw files; those that have not changed are not read."""
    kept = cache.all("receipt")
    new = {}
    for path, mark in marks.items():
        place = PurePosixPath(path)
        if place.suffix != ".json" or len(place.parts) != 3 or place.parts[0] != IMPORTS:
            continue
        row = kept.get(path)
        known: tuple[str, bytes] = marshal.loads(row) if row else ("", b"")  # noqa: S302  # our own, by checksum
        receipt = reader.kept_receipt(path, known[1]) if mark and known[0] == mark else reader.receipt(path)
        if receipt:
            new[path] = marshal.dumps((mark, receipt.hash))
            yield place.stem, receipt
    cache.put("receipt", ((path, row) for path, row in new.items() if kept.get(path) != row))
    cache.drop("receipt", sorted(kept.keys() - marks.keys()))
