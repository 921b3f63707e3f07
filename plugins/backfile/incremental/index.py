"""The search index of a site: of its shards, those are made again in which what is searched has changed.

A page changes more often than what is searched of it: its margin names other articles. So
a shard has a key made of what was extracted from its pages. It is left as it is when that
is the key of its files in the output, and none of these was touched. What was extracted
from a page is known without reading it again while the page's own key is the same.
"""

from __future__ import annotations

import os
import pickle
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sized
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backfile.incremental.account import Account
from backfile.incremental.cache import Cache
from backfile.incremental.site import Made, Output
from backfile.marks import mark_of
from backfile.search.extract import Extract
from backfile.search.index import (
    BUNDLE,
    CATALOGUE,
    index_program,
    index_shard,
    read_extract,
    side_by_side,
    threads,
    write_catalogue,
)
from backfile.search.shards import is_article, shards
from backfile.search.table import Summary

_NOTE = "search"  # is the note on all shards; with a name behind it, that on the pages of one
_PROGRAM = "program"
_PROGRAM_KEY = mark_of("the program")  # of which there is one a version, to which the cache belongs

# For each page its key, and a hash of what is searched of it, or nothing when it is not searched.
_Digests = Mapping[str, tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _Shard:
    """A shard as a build left it: hashes of its pages' keys and of what is searched of them, which may be nothing."""

    pages: bytes
    key: bytes
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class _Begun:
    """Shards that are being made of articles' ``pages``: ``making`` yields them by name. All others are ``right``."""

    pages: Mapping[str, bytes]
    parts: Mapping[str, Mapping[str, bytes]]
    known: Mapping[str, _Shard]
    right: Mapping[str, _Shard]
    todo: Mapping[str, Sized]
    making: Iterator[tuple[str, tuple[_Shard, _Digests]]]


class Index:
    """The index of a site, made within ``with``: its files are put into ``stage``, or still right in ``output``."""

    def __init__(self, stage: Path, output: Output, cache: Cache, account: Account) -> None:
        self._stage = stage
        self._output = output
        self._cache = cache
        self._account = account
        self._pool: ThreadPoolExecutor | None = None
        self._begun: _Begun | None = None
        self._before = output.below(BUNDLE)
        self._units = {file: _unit(file) for file in self._before}
        right = frozenset(file for file in self._before if output.key(file))
        self._standing = _standing(self._before, self._units, right)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def wait(self) -> None:
        """Wait until all that was begun is done."""
        if self._pool:
            self._pool.shutdown()

    def begin(self, made: Made) -> None:
        """Begin with the shards, beside what this process goes on to do.

        All articles' pages must be in ``made``, and stand in the stage or the output.
        """
        pages = _articles(made)
        parts = {name: {path: pages[path] for path in own} for name, own in shards(pages).items()}
        hashes = {name: mark_of(own) for name, own in parts.items()}
        known: dict[str, _Shard] = _load(self._cache, _NOTE)
        right = {
            name: shard for name, shard in known.items() if not shard.summary or self._standing.get(name) == shard.key
        }
        todo = {name: own for name, own in parts.items() if name not in right or right[name].pages != hashes[name]}
        digests: dict[str, _Digests] = {name: _load(self._cache, f"{_NOTE} {name}") for name in todo}

        def make(name: str) -> tuple[_Shard, _Digests]:
            texts = _Texts(made, self._stage, self._output)
            now = _digests(parts[name], digests[name], texts)
            key = mark_of([(path, digest) for path, (_, digest) in now.items() if digest])
            if name in right and right[name].key == key:
                return _Shard(hashes[name], key, right[name].summary), now
            target = self._stage / BUNDLE / name
            return _Shard(hashes[name], key, index_shard(texts.of(parts[name]), target, self._stage.parent)), now

        self.wait()
        shutil.rmtree(self._stage / BUNDLE, ignore_errors=True)
        self._pool = threads()
        self._begun = _Begun(pages, parts, known, right, todo, side_by_side(self._pool, make, todo))

    def end(self, made: Made) -> Made:
        """Return ``made`` with the files of the index. Raises :class:`~backfile.search.index.SearchIndexError`."""
        if self._begun is None or self._begun.pages != _articles(made):
            self.begin(made)
        found = self._shards()
        summaries = {name: shard.summary for name, shard in found.items() if shard.summary}
        keys = {name: found[name].key for name in summaries}
        if summaries:
            keys[_PROGRAM] = _PROGRAM_KEY
            if self._standing.get(_PROGRAM) != _PROGRAM_KEY:
                index_program(self._stage / BUNDLE, self._stage.parent)
        keys[CATALOGUE] = mark_of(keys)
        if self._standing.get(CATALOGUE) != keys[CATALOGUE]:
            write_catalogue(self._stage / BUNDLE, summaries)
        right = {unit for unit, key in keys.items() if self._standing.get(unit) == key}
        kept = {file: key for file, key in self._before.items() if self._units[file] in right}
        new = {file: keys[_unit(file)] for file in _files(self._stage, BUNDLE)}
        return Made({**made.keys, **kept, **new}, made.kept | kept.keys())

    def _shards(self) -> dict[str, _Shard]:
        """Return the shards, newest first, once all are made."""
        begun = self._begun
        if begun is None:
            raise AssertionError  # it was begun just now
        done: dict[str, tuple[_Shard, _Digests]] = {}

        def indexed() -> Iterator[str]:
            for name, found in begun.making:
                done[name] = found
                yield from begun.parts[name]

        for _ in self._account.bar(indexed(), "Search index", sum(map(len, begun.todo.values()))):
            pass
        now = {name: done[name][0] if name in done else begun.right[name] for name in begun.parts}
        self._cache.drop("note", sorted(f"{_NOTE} {name}" for name in begun.known.keys() - now.keys()))
        self._cache.put("note", [(f"{_NOTE} {name}", pickle.dumps(each)) for name, (_, each) in done.items()])
        self._cache.put("note", [(_NOTE, pickle.dumps(now))])
        return now


def _articles(made: Made) -> dict[str, bytes]:
    return {path: key for path, key in made.keys.items() if is_article(path)}


class _Texts:
    """What is searched of pages: those that are made anew stand in the stage, others in the output."""

    def __init__(self, made: Made, stage: Path, output: Output) -> None:
        self._made = made
        self._stage = stage
        self._output = output
        self._read: dict[str, Extract | None] = {}

    def __getitem__(self, path: str) -> Extract | None:
        if path not in self._read:
            root = self._output.root if path in self._made.kept else self._stage
            self._read[path] = read_extract(root / path)
        return self._read[path]

    def of(self, paths: Iterable[str]) -> dict[str, Extract]:
        return {path: text for path in paths if (text := self[path])}


def _digests(pages: Mapping[str, bytes], known: _Digests, texts: _Texts) -> _Digests:
    """Return the digests of pages; those with the key that they had are as they were."""
    found = {}
    for path, key in pages.items():
        had, digest = known.get(path, (b"", b""))
        if had != key:
            text = texts[path]
            digest = mark_of(text) if text else b""
        found[path] = (key, digest)
    return found


def _load(cache: Cache, note: str) -> dict[str, Any]:
    row = cache.get("note", note)
    found: dict[str, Any] = pickle.loads(row) if row else {}  # noqa: S301  # our own, by checksum
    return found


def _standing(before: Mapping[str, bytes], units: Mapping[str, str], right: frozenset[str]) -> dict[str, bytes]:
    """Return the keys of those units of which all files stand in the output as the last build left them."""
    found: dict[str, set[bytes]] = defaultdict(set)
    for file, key in before.items():
        found[units[file]].add(key if file in right else b"")
    return {unit: key for unit, (key, *others) in found.items() if key and not others}


def _unit(file: str) -> str:
    """Return what a file of the bundle belongs to: a shard, the catalogue, or the program."""
    _, name, *rest = file.split("/", 2)
    if name == CATALOGUE:
        return CATALOGUE
    return name if rest and name[0].isdecimal() else _PROGRAM


def _files(root: Path, folder: str) -> Iterator[str]:
    """Yield the paths in ``root`` of all files in one of its folders."""
    for place, _, names in os.walk(root / folder):
        prefix = Path(place).relative_to(root).as_posix()
        yield from (f"{prefix}/{name}" for name in names)
