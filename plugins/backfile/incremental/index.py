"""The search index of a site: of its shards, those are made again in which what is searched has changed.

A page changes more often than what is searched of it: its margin names other articles. So
a shard has a key made of what was extracted from its pages. It is left as it is when that
is the key of its files in the output, and none of these was touched. What was extracted
from a page is known without reading it again while the page's own key is the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from backfile.incremental import site
from backfile.incremental.cache import Cache
from backfile.incremental.tree import signature
from backfile.search.extract import Extract
from backfile.search.index import (
    BUNDLE,
    CATALOGUE,
    TABLE,
    index_program,
    index_shard,
    read_extract,
    side_by_side,
    write_catalogue,
)
from backfile.search.shards import is_article, shards
from backfile.search.table import Table

_NOTE = "search "  # begins the names of the notes on shards
_PROGRAM = "program"
_PROGRAM_KEY = signature("the program")  # of which there is one a version, to which the cache belongs
_HASH = 16  # bytes of a signature


@dataclass(frozen=True, slots=True)
class _Shard:
    """A shard as it is now; without a table when nothing in it is searched. ``note`` is for the next build."""

    name: str
    key: bytes
    table: Table | None
    note: bytes


def add_index(made: site.Made, stage: Path, output: Path, cache: Cache) -> site.Made:
    """Return ``made`` with the files of the index, which are in ``stage`` or still right in ``output``.

    Raises :class:`~backfile.search.index.SearchIndexError`.
    """
    pages = {path: key for path, key in made.keys.items() if is_article(path)}
    before = site.remembered(cache, f"{BUNDLE}/")
    standing = _standing(before, site.kept(before, output, cache))
    notes = {name: note for name, note in cache.all("note").items() if name.startswith(_NOTE)}
    parts = shards(pages)

    def make(name: str) -> _Shard:
        own = {path: pages[path] for path in parts[name]}
        known = signature(own)
        note = notes.get(_NOTE + name, b"")
        key, digests = note[_HASH : 2 * _HASH], note[2 * _HASH :]
        if note[:_HASH] != known or standing.get(name) != key:
            texts = _Texts(made, stage, output)
            now = _digests(own, json.loads(digests or b"{}"), texts)
            key = signature([(path, digest) for path, (_, digest) in now.items() if digest])
            digests = json.dumps(now).encode()
            if standing.get(name) != key:
                table = index_shard(texts.of(own), stage / BUNDLE / name, stage.parent)
                return _Shard(name, key, table, known + key + digests)
        table = Table.read((output / BUNDLE / name / TABLE).read_bytes())
        return _Shard(name, key, table, known + key + digests)

    done = list(side_by_side(make, parts))
    cache.drop("note", sorted(notes.keys() - {_NOTE + name for name in parts}))
    cache.put("note", ((_NOTE + shard.name, shard.note) for shard in done))
    tables = {shard.name: shard.table for shard in done if shard.table}
    keys = {shard.name: shard.key for shard in done if shard.table}
    if keys:
        keys[_PROGRAM] = _PROGRAM_KEY
    keys[CATALOGUE] = signature(keys)
    if keys and standing.get(_PROGRAM) != _PROGRAM_KEY:
        index_program(stage / BUNDLE, stage.parent)
    if standing.get(CATALOGUE) != keys[CATALOGUE]:
        write_catalogue(stage / BUNDLE, tables)
    kept = {file: key for file, key in before.items() if standing.get(_unit(file)) == keys.get(_unit(file), b"")}
    new = (path.relative_to(stage).as_posix() for path in (stage / BUNDLE).rglob("*") if path.is_file())
    return site.Made({**made.keys, **kept, **{file: keys[_unit(file)] for file in new}}, made.kept | kept.keys())


class _Texts:
    """What is searched of pages: those that are made anew stand in the stage, others in the output."""

    def __init__(self, made: site.Made, stage: Path, output: Path) -> None:
        self._made = made
        self._stage = stage
        self._output = output
        self._read: dict[str, Extract | None] = {}

    def __getitem__(self, path: str) -> Extract | None:
        if path not in self._read:
            root = self._output if path in self._made.kept else self._stage
            self._read[path] = read_extract(root / path)
        return self._read[path]

    def of(self, paths: Iterable[str]) -> dict[str, Extract]:
        return {path: text for path in paths if (text := self[path])}


def _digests(
    pages: Mapping[str, bytes], known: Mapping[str, tuple[str, str]], texts: _Texts
) -> dict[str, tuple[str, str]]:
    """Return for each page its key and a hash of what is searched of it, or nothing when it is not searched."""
    found = {}
    for path, key in pages.items():
        had, digest = known.get(path, ("", ""))
        if had != key.hex():
            text = texts[path]
            digest = signature(text).hex() if text else ""
        found[path] = (key.hex(), digest)
    return found


def _standing(before: Mapping[str, bytes], right: frozenset[str]) -> dict[str, bytes]:
    """Return the keys of those units of which all files stand in the output as the last build left them."""
    units: dict[str, set[bytes]] = defaultdict(set)
    for file, key in before.items():
        units[_unit(file)].add(key if file in right else b"")
    return {unit: key for unit, (key, *others) in units.items() if key and not others}


def _unit(file: str) -> str:
    """Return what a file of the bundle belongs to: a shard, the catalogue, or the program."""
    name, _, rest = file.removeprefix(f"{BUNDLE}/").partition("/")
    if name == CATALOGUE:
        return CATALOGUE
    return name if rest and name[0].isdecimal() else _PROGRAM
