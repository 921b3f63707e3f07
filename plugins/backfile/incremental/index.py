"""The search index of a site: of its shards, those are made again in which what is searched has changed.

A page changes more often than what is searched of it: its margin names other articles. So
a shard has a key made of what was extracted from its pages. It is left as it is when that
is the key of its files in the output, and none of these was touched. What was extracted
from a page is known without reading it again while the page's own key is the same. Where a
shard is made again, so are its lists of words, but not what Pagefind keeps of each page by
itself (a fragment): it stays while what is searched of that page is the same.
"""

from __future__ import annotations

import os
import pickle
import shutil
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backfile.incremental.account import Account
from backfile.incremental.cache import Cache
from backfile.incremental.site import Made, Output
from backfile.marks import mark_of
from backfile.search.extract import Extract
from backfile.search.index import BUNDLE, CATALOGUE, index_program, indexing, read_extract, write_catalogue
from backfile.search.program import FRAGMENTS, SideBySide
from backfile.search.shards import is_article, shards
from backfile.search.table import Summary

_NOTE = "search"  # is the note on all shards; with a name behind it, that on the pages of one
_PROGRAM = "program"
_PROGRAM_KEY = mark_of("the program")  # of which there is one a version, to which the cache belongs

# For each page its key, a hash of what is searched of it, and the name of its fragment; where it is not searched,
# the last two are nothing.
_Digests = Mapping[str, tuple[bytes, bytes, str]]


@dataclass(frozen=True, slots=True)
class _Shard:
    """A shard as a build left it: hashes of its pages' keys and of what is searched of them, which may be nothing."""

    pages: bytes
    key: bytes
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class _Begun:
    """Shards that are being made of articles' ``pages``: ``making`` tells which are done. All others are ``right``."""

    pages: Mapping[str, bytes]
    parts: Mapping[str, Mapping[str, bytes]]
    known: Mapping[str, _Shard]
    right: Mapping[str, _Shard]
    todo: Mapping[str, Mapping[str, bytes]]
    making: SideBySide
    done: Mapping[str, tuple[_Shard, _Digests]]


class Index:
    """The index of a site, made within ``with``: its files are put into ``stage``, or still right in ``output``."""

    def __init__(self, stage: Path, output: Output, cache: Cache, account: Account) -> None:
        self._stage = stage
        self._output = output
        self._cache = cache
        self._account = account
        self._begun: _Begun | None = None
        # What the output's files belong to, and the keys of those units of which all files are as they were left.
        self._units: dict[str, list[str]] = defaultdict(list)
        for file in output.below(BUNDLE):
            self._units[_unit(file)].append(file)
        self._standing: dict[str, bytes] = {}
        for unit, files in self._units.items():
            if (keys := output.keys(files)) and len(set(keys.values())) == 1:
                self._standing[unit] = keys[files[0]]

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        if self._begun:
            self._begun.making.close()

    def begin(self, made: Made) -> None:
        """Begin with the shards, beside what this process goes on to do.

        All articles' pages must be in ``made``, and stand in the stage or the output.
        """
        if self._begun:
            self._begun.making.close()
        shutil.rmtree(self._stage / BUNDLE, ignore_errors=True)
        pages = _articles(made)
        parts = {name: {path: pages[path] for path in own} for name, own in shards(pages).items()}
        hashes = {name: mark_of(own) for name, own in parts.items()}
        known: dict[str, _Shard] = _load(self._cache, _NOTE)
        right = {
            name: shard for name, shard in known.items() if not shard.summary or self._standing.get(name) == shard.key
        }
        todo = {name: own for name, own in parts.items() if name not in right or right[name].pages != hashes[name]}
        done: dict[str, tuple[_Shard, _Digests]] = {}

        def make(name: str) -> Generator[None, None, None]:
            texts = _Texts(made, self._stage, self._output)
            before: _Digests = _load(self._cache, f"{_NOTE} {name}")
            now = _digests(parts[name], before, texts)
            key = mark_of([(path, digest) for path, (_, digest, _) in now.items() if digest])
            summary = right[name].summary if name in right else None
            if name not in right or right[name].key != key:
                old = self._output.root / BUNDLE / name / FRAGMENTS
                stay = {path: old / file for path, (_, _, file) in now.items() if file and name in right}
                target = self._stage / BUNDLE / name
                indexed = yield from indexing(texts.of(parts[name]), target, self._stage.parent, stay)
                summary = indexed.summary if indexed else None
                files = indexed.fragments if indexed else {}
                now = {path: (page, digest, files.get(path, "")) for path, (page, digest, _) in now.items()}
            done[name] = (_Shard(hashes[name], key, summary), now)

        self._begun = _Begun(pages, parts, known, right, todo, SideBySide(make, todo), done)
        self._begun.making.begin()

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
        right = {unit: key for unit, key in keys.items() if self._standing.get(unit) == key}
        kept = {file: key for unit, key in right.items() for file in self._units[unit]}
        new = {file: keys[_unit(file)] for file in _files(self._stage, BUNDLE)}
        return Made({**made.keys, **kept, **new}, made.kept | kept.keys())

    def _shards(self) -> dict[str, _Shard]:
        """Return the shards, newest first, once all are made."""
        begun = self._begun
        if begun is None:
            raise AssertionError  # it was begun just now
        indexed = (path for name in begun.making for path in begun.parts[name])
        for _ in self._account.bar(indexed, "Search index", sum(map(len, begun.todo.values()))):
            pass
        now = {name: begun.done[name][0] if name in begun.done else begun.right[name] for name in begun.parts}
        self._cache.drop("note", sorted(f"{_NOTE} {name}" for name in begun.known.keys() - now.keys()))
        self._cache.put("note", [(f"{_NOTE} {name}", pickle.dumps(each)) for name, (_, each) in begun.done.items()])
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
        had, digest, fragment = known.get(path, (b"", b"", ""))
        if had != key:
            text = texts[path]
            now = mark_of(text) if text else b""
            digest, fragment = now, fragment if now == digest else ""
        found[path] = (key, digest, fragment)
    return found


def _load(cache: Cache, note: str) -> dict[str, Any]:
    row = cache.get("note", note)
    found: dict[str, Any] = pickle.loads(row) if row else {}  # noqa: S301  # our own, by checksum
    return found


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
