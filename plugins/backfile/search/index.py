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

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sized
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]  # the wheel has no type marker

from backfile.errors import BackfileError
from backfile.search.extract import Extract, extract
from backfile.search.shards import is_article, shards
from backfile.search.table import Summary, Table, catalogue, fragment_id, fragment_name

__all__ = [
    "BUNDLE",
    "CATALOGUE",
    "SearchIndexError",
    "build_index",
    "index_program",
    "index_shard",
    "read_extract",
    "side_by_side",
    "threads",
    "write_catalogue",
]

BUNDLE = "pagefind"
CATALOGUE = "catalogue.json"
TABLE = "articles.json"

# Of what Pagefind writes, what every shard needs, and what is needed once.
_SHARD = ("pagefind-entry.json", "*.pf_meta", "fragment", "index")
_PROGRAM = ("pagefind-entry.json", "*.pf_meta", "index", "pagefind.js", "pagefind-worker.js", "wasm.en.pagefind")
# An index must hold a page, and a page a word. This one is in no table, so it is never found.
_NOTHING = {"0": "<!doctype html><html><body><p data-pagefind-body>0</p></body></html>"}
# Shards made at a time: each takes up to a quarter of a gigabyte.
_MOST = 4

Found = TypeVar("Found")


class SearchIndexError(BackfileError):
    """The search index can't be built; the message says what failed and how to mend it."""


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

    def make(name: str) -> Summary | None:
        found = {path: read_extract(site / path) for path in parts[name]}
        return index_shard({path: each for path, each in found.items() if each}, target / name, site.parent)

    with threads() as pool:
        made = dict(side_by_side(pool, make, parts))
    summaries = {name: summary for name in parts if (summary := made[name])}
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
    """Index pages, given by their paths in the site, into the folder ``target``; return what the catalogue says of it.

    Without pages nothing is made, and nothing is said. ``work`` is a folder for what is needed meanwhile.
    """
    if not pages:
        return None
    _run_pagefind({_name(path): page.page for path, page in pages.items()}, target, work, _SHARD)
    try:
        ids = {fragment_name(file.read_bytes()): fragment_id(file.name) for file in (target / "fragment").iterdir()}
    except ValueError as error:
        raise SearchIndexError(f"search index: {error}. Install the version that requirements.txt names.") from error
    table = Table.of(ids, {_name(path): page.labels for path, page in pages.items()})
    (target / TABLE).write_bytes(table.written())
    return table.summary()


def index_program(target: Path, work: Path) -> None:
    """Put into the bundle ``target`` what all shards share."""
    _run_pagefind(_NOTHING, target, work, _PROGRAM)


def write_catalogue(target: Path, summaries: Mapping[str, Summary]) -> None:
    """Write the catalogue of the shards, given newest first, into the bundle ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    (target / CATALOGUE).write_bytes(catalogue(summaries))


def threads() -> ThreadPoolExecutor:
    """Return as many threads as there are cores, within reason: the work is done by programs that they wait for."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return ThreadPoolExecutor(min(cores, _MOST))


def side_by_side(
    pool: ThreadPoolExecutor, work: Callable[[str], Found], parts: Mapping[str, Sized]
) -> Iterator[tuple[str, Found]]:
    """Begin ``work(name)`` for all parts; return an iterator of the names, each with what came of it.

    The largest come first, so that no core waits for one at the end.
    """
    names = sorted(parts, key=lambda name: -len(parts[name]))
    return zip(names, pool.map(work, names), strict=True)


def _name(path: str) -> str:
    """Return the name under which Pagefind gets a page: ``2025-03-14-slug``. One folder for all takes it less time."""
    return path.removesuffix("/index.html").replace("/", "-", 3)


def _run_pagefind(pages: Mapping[str, str], target: Path, work: Path, wanted: tuple[str, ...]) -> None:
    """Run the program on pages, with no settings from the environment or from files where it is started."""
    try:
        program = get_executable()
    except FileNotFoundError as error:
        mend = "Install the package pagefind[extended], or build with SEARCH_INDEX=false."
        raise SearchIndexError(f"search index: the Pagefind program is missing. {mend}") from error
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [str(program), "--site", "site", "--output-path", "bundle", "--glob", "*.html"]
    command += ["--force-language", "en", "--silent"]
    with tempfile.TemporaryDirectory(dir=work, prefix="stage-") as made_folder:
        folder = Path(made_folder)
        site = folder / "site"
        site.mkdir()
        for name, page in pages.items():
            with open(f"{site}/{name}.html", "w", encoding="utf-8") as file:  # noqa: PTH123  # paths take longer
                file.write(page)
        done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
        if done.returncode:
            said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
            reason = said[0] if said else f"it ended with status {done.returncode}"
            raise SearchIndexError(f"search index: Pagefind failed on {target.name}: {reason}")
        target.mkdir(parents=True, exist_ok=True)
        for pattern in wanted:
            for made in (folder / "bundle").glob(pattern):
                shutil.move(made, target / made.name)
