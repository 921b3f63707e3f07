"""Runs Pagefind over an archive's article pages, a shard at a time, and leaves only what is used.

The bundle is a folder: the program that searches in the browser, an index with nothing in
it that this program starts from, a catalogue, and for each shard a folder with its index
and its table. All that depends on the program alone stands there once.

One index a shard holds all languages. Pagefind makes an index a language by itself, but a
browser can merge such indexes only under the stemmer of the first, and finds nothing across
them otherwise; so every page is indexed as English, which leaves Cyrillic words as they
stand, and ``search_words.js`` takes their endings off in the question (see ``docs/search.md``).
"""

from __future__ import annotations

import shutil
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from backfile.search.extract import Extract, extract
from backfile.search.program import FRAGMENTS, SearchIndexError, SideBySide, at_once, pagefind
from backfile.search.shards import is_article, shards
from backfile.search.table import Summary, Table, catalogue, fragment_id, fragment_name

__all__ = [
    "BUNDLE",
    "CATALOGUE",
    "Indexed",
    "SearchIndexError",
    "build_index",
    "index_program",
    "index_shard",
    "indexing",
    "read_extract",
    "write_catalogue",
]

BUNDLE = "pagefind"
CATALOGUE = "catalogue.json"
TABLE = "articles.json"

# Of what Pagefind writes, what every shard needs, and what is needed once.
_SHARD = ("pagefind-entry.json", "*.pf_meta", FRAGMENTS, "index")
_PROGRAM = ("pagefind-entry.json", "*.pf_meta", "index", "pagefind.js", "pagefind-worker.js", "wasm.en.pagefind")
# An index must hold a page, and a page a word. This one is in no table, so it is never found.
_NOTHING = {"0": "<!doctype html><html><body><p data-pagefind-body>0</p></body></html>"}


@dataclass(frozen=True, slots=True)
class Indexed:
    """A shard that was made: what the catalogue says of it, and the files of its pages' fragments by their paths."""

    summary: Summary
    fragments: Mapping[str, str]


def build_index(site: Path) -> int:
    """Index the articles below ``site`` and write the bundle to the folder :data:`BUNDLE` in it; return their number.

    A bundle that is there already is replaced. An archive without articles gets a bundle
    that holds an empty catalogue. Needs no network. Raises :class:`SearchIndexError` when
    Pagefind is missing or fails, or when a page lacks what the search needs.
    """
    target = site / BUNDLE
    if target.exists():
        shutil.rmtree(target)
    files = (path.relative_to(site).as_posix() for path in site.glob("[0-9][0-9][0-9][0-9]/*/*/*/index.html"))
    parts = shards(path for path in files if is_article(path))

    made: dict[str, Indexed | None] = {}

    def make(name: str) -> Generator[None, None, None]:
        found = {path: read_extract(site / path) for path in parts[name]}
        pages = {path: each for path, each in found.items() if each}
        made[name] = yield from indexing(pages, target / name, site.parent)

    with closing(SideBySide(make, parts)) as making:
        for _ in making:
            pass
    summaries = {name: shard.summary for name in parts if (shard := made[name])}
    if summaries:
        index_program(target, site.parent)
    write_catalogue(target, summaries)
    return sum(summary.count for summary in summaries.values())


def read_extract(page: Path) -> Extract | None:
    """Return what is searched of a page. Raises :class:`SearchIndexError` that names it when that can't be told."""
    try:
        return extract(page.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SearchIndexError(f"search index: {page}: {error}. Mend the template article.html.") from error


def index_shard(pages: Mapping[str, Extract], target: Path, work: Path) -> Summary | None:
    """Do what :func:`indexing` does, without a pause; return what the catalogue says of the shard."""
    made = at_once(indexing(pages, target, work))
    return made.summary if made else None


def indexing(
    pages: Mapping[str, Extract], target: Path, work: Path, known: Mapping[str, Path] | None = None
) -> Generator[None, None, Indexed | None]:
    """Index pages, given by their paths in the site, into the folder ``target``; pause while the program works.

    Without pages nothing is made. ``work`` is a folder for what is needed meanwhile, ``known`` are files of
    fragments that an earlier run made of these very pages: the program need not compress their texts again.
    """
    if not pages:
        return None
    known = known or {}
    paths = {_name(path): path for path in pages}
    texts = {name: pages[path].page for name, path in paths.items()}
    yield from pagefind(texts, target, work, _SHARD, known.values())
    fragments = {path: file.name for path, file in known.items()}
    old = frozenset(fragments.values())
    try:
        new = {
            paths[fragment_name(file.read_bytes())]: file.name
            for file in (target / FRAGMENTS).iterdir()
            if file.name not in old
        }
    except ValueError as error:
        raise SearchIndexError(f"search index: {error}. Install the version that requirements.txt names.") from error
    if not new.keys().isdisjoint(known):  # names are a few digits of a hash, which a page now shares with another
        shutil.rmtree(target)
        return (yield from indexing(pages, target, work))
    fragments |= new
    ids = {_name(path): fragment_id(file) for path, file in fragments.items()}
    table = Table.of(ids, {_name(path): page.labels for path, page in pages.items()})
    (target / TABLE).write_bytes(table.written())
    return Indexed(table.summary(), fragments)


def index_program(target: Path, work: Path) -> None:
    """Put into the bundle ``target`` what all shards share."""
    at_once(pagefind(_NOTHING, target, work, _PROGRAM))


def write_catalogue(target: Path, summaries: Mapping[str, Summary]) -> None:
    """Write the catalogue of the shards, given newest first, into the bundle ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    (target / CATALOGUE).write_bytes(catalogue(summaries))


def _name(path: str) -> str:
    """Return the name under which Pagefind gets a page: ``2025-03-14-slug``. One folder for all takes it less time."""
    return path.removesuffix("/index.html").replace("/", "-", 3)
