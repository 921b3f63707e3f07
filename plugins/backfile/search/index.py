"""Runs Pagefind over a finished output folder, and leaves beside its index only what is used.

One index holds all languages. Pagefind makes an index a language by itself, but a browser
can merge such indexes only under the stemmer of the first, and finds nothing across them
otherwise; so every page is indexed as English, which leaves Cyrillic words as they stand,
and ``search_words.js`` takes their endings off in the question (see ``docs/search.md``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]  # the wheel has no type marker

from backfile.errors import BackfileError
from backfile.search.table import article_table, fragment, fragment_id

__all__ = ["BUNDLE", "IndexReport", "SearchIndexError", "build_index"]

BUNDLE = "pagefind"
TABLE = "articles.json"

# Articles, and nothing else, live four folders deep below a year.
_ARTICLES = "[0-9][0-9][0-9][0-9]/*/*/*/index.html"
# Pagefind writes its own interfaces and a second engine whether or not they are wanted.
_UNUSED = (
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
    "pagefind-modular-ui.*",
    "pagefind-ui.*",
    "wasm.unknown.pagefind",
)


class SearchIndexError(BackfileError):
    """The search index can't be built; the message says what failed and how to mend it."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What indexing made: articles that can be found, files and bytes in the bundle."""

    articles: int
    files: int
    size: int


def build_index(site: Path, bundle: str = BUNDLE) -> IndexReport:
    """Index the articles below ``site`` and write the search bundle to the folder ``bundle`` in it.

    A bundle that is there already is replaced. An archive without articles gets a bundle
    that holds an empty table. Needs no network. Raises :class:`SearchIndexError` when
    Pagefind is missing or fails, or when a page lacks what the search needs.
    """
    target = site / bundle
    if target.exists():
        shutil.rmtree(target)
    if next(site.glob(_ARTICLES), None) is not None:
        _run_pagefind(site, bundle)
        for pattern in _UNUSED:
            for path in target.glob(pattern):
                path.unlink()
    target.mkdir(exist_ok=True)
    fragments = ((fragment_id(path.name), fragment(path.read_bytes())) for path in _fragments(target))
    try:
        table, articles = article_table(fragments)
    except ValueError as error:
        raise SearchIndexError(f"search index: {error}") from error
    (target / TABLE).write_bytes(table)
    sizes = [path.stat().st_size for path in target.rglob("*") if path.is_file()]
    return IndexReport(articles, len(sizes), sum(sizes))


def _fragments(target: Path) -> list[Path]:
    """Return the files that hold an article each, in the order of their names."""
    return sorted((target / "fragment").glob("*.pf_fragment"))


def _run_pagefind(site: Path, bundle: str) -> None:
    """Run the program, with no settings from the environment or from files where it is started."""
    try:
        program = get_executable()
    except FileNotFoundError as error:
        mend = "Install the package pagefind[extended], or build with SEARCH_INDEX=false."
        raise SearchIndexError(f"search index: the Pagefind program is missing. {mend}") from error
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [str(program), "--site", ".", "--output-subdir", bundle, "--glob", _ARTICLES]
    command += ["--force-language", "en", "--silent"]
    done = subprocess.run(command, cwd=site, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        reason = said[0] if said else f"it ended with status {done.returncode}"
        raise SearchIndexError(f"search index: Pagefind failed on {site}: {reason}")
