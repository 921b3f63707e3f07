"""The search index of a site: of its shards, those are made again in which what is searched has changed.

A page changes more often than what is searched of it: its margin names other articles. So
a shard has a key made of what was extracted from its pages. It is left as it is when that
is the key of its files in the output, and none of these was touched. What was extracted
from a page is known without reading it again while the page's own key is the same.
"""

from __future__ import annotations

import os
import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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


def add_index(made: Made, stage: Path, output: Output, cache: Cache, account: Account) -> Made:
    """Return ``made`` with the files of the index, which are in ``stage`` or still right in ``output``.

    Raises :class:`~backfile.search.index.SearchIndexError`.
    """
    before = output.below(BUNDLE)
    units = {file: _unit(file) for file in before}
    standing = _standing(before, units, frozenset(file for file in before if output.key(file)))
    found = _shards(made, stage, output, cache, account, standing)
    summaries = {name: shard.summary for name, shard in found.items() if shard.summary}
    keys = {name: found[name].key for name in summaries}
    if summaries:
        keys[_PROGRAM] = _PROGRAM_KEY
        if standing.get(_PROGRAM) != _PROGRAM_KEY:
            index_program(stage / BUNDLE, stage.parent)
    keys[CATALOGUE] = mark_of(keys)
    if standing.get(CATALOGUE) != keys[CATALOGUE]:
        write_catalogue(stage / BUNDLE, summaries)
    right = {unit for unit, key in keys.items() if standing.get(unit) == key}
    kept = {file: key for file, key in before.items() if units[file] in right}
    new = {file: keys[_unit(file)] for file in _files(stage, BUNDLE)}
    return Made({**made.keys, **kept, **new}, made.kept | kept.keys())


def _shards(
    made: Made, stage: Path, output: Output, cache: Cache, account: Account, standing: Mapping[str, bytes]
) -> dict[str, _Shard]:
    """Return the shards, newest first; those that have changed are put into ``stage``."""
    pages = {path: key for path, key in made.keys.items() if is_article(path)}
    parts = {name: {path: pages[path] for path in own} for name, own in shards(pages).items()}
    hashes = {name: mark_of(own) for name, own in parts.items()}
    known: dict[str, _Shard] = _load(cache, _NOTE)
    right = {name: shard for name, shard in known.items() if not shard.summary or standing.get(name) == shard.key}
    todo = {name: own for name, own in parts.items() if name not in right or right[name].pages != hashes[name]}
    digests: dict[str, _Digests] = {name: _load(cache, f"{_NOTE} {name}") for name in todo}

    def make(name: str) -> tuple[_Shard, _Digests]:
        texts = _Texts(made, stage, output)
        now = _digests(parts[name], digests[name], texts)
        key = mark_of([(path, digest) for path, (_, digest) in now.items() if digest])
        if name in right and right[name].key == key:
            return _Shard(hashes[name], key, right[name].summary), now
        return _Shard(hashes[name], key, index_shard(texts.of(parts[name]), stage / BUNDLE / name, stage.parent)), now

    done: dict[str, tuple[_Shard, _Digests]] = {}

    def indexed() -> Iterator[str]:
        for name, found in side_by_side(make, todo):
            done[name] = found
            yield from parts[name]

    for _ in account.bar(indexed(), "Search index", sum(map(len, todo.values()))):
        pass
    now = {name: done[name][0] if name in done else right[name] for name in parts}
    cache.drop("note", sorted(f"{_NOTE} {name}" for name in known.keys() - now.keys()))
    cache.put("note", [(f"{_NOTE} {name}", pickle.dumps(each)) for name, (_, each) in done.items()])
    cache.put("note", [(_NOTE, pickle.dumps(now))])
    return now


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
