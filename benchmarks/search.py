"""Search in shards against Pagefind in one piece, on the same pages: time, memory, bytes, ranking.

Usage: .venv/bin/python -m benchmarks.search SITE [RUNS [WORD]]     (default 2 runs)

SITE is a built archive with its search page. It is copied, not changed. WORD is what the
first query asks for; take one that many articles have. What is printed:

- the cold index: wall seconds, CPU seconds and the largest sum of all processes' memory,
  of the two in turn, the best of RUNS each;
- an article added, as an incremental build sees it;
- what a browser loads for a first query and ten results, with one year of archive, with two, with all;
- the mean reciprocal rank of 50 known items. Half are asked for by three words of the
  headline, half by three words of the text that begin with a capital; drawn by a fixed seed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from random import Random

from pagefind_bin_extended import get_executable  # type: ignore[import-untyped]  # the wheel has no type marker
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table as Shown
from tests.support.browser import launch
from tests.support.serving import serving

from backfile.incremental.account import Account
from backfile.incremental.cache import Cache
from backfile.incremental.index import Index
from backfile.incremental.site import Made, Output
from backfile.marks import mark_of
from backfile.publish.staging import Stage
from backfile.search.index import (
    BUNDLE,
    CATALOGUE,
    TABLE,
    build_index,
    index_program,
    index_shard,
    read_extract,
    write_catalogue,
)
from backfile.search.shards import is_article

QUERIES = 50
WORD = "department"
NOWHERE = "xylographer"  # an honest word, that no archive of ours has: all of it is searched
# All ranks at once: the page's own scripts answer, on all shards.
RANKS = """async (items) => {
  const { match, openIndex, words } = backfileSearch;
  const archive = await openIndex(new URL("../", location));
  const engine = await archive.open(archive.shards);
  const ranks = [];
  for (const [query, address] of items) {
    const { hits } = await match.answer(engine, words.parse(query, archive.spell));
    const ids = match.ordered(engine, hits, {}, false).slice(0, 50);
    const shown = await Promise.all(ids.map((id) => engine.show(id, [])));
    ranks.push(shown.findIndex((one) => one.address === address) + 1);
  }
  return ranks;
}"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU seconds, and the largest sum of the memory of all processes in MB."""

    wall: float
    cpu: float
    megabytes: float


def main(site: Path, runs: int = 2, word: str = WORD) -> None:
    """Measure, and print tables."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "site")
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns(BUNDLE))
        pages = sorted(path for path in _files(copy) if is_article(path))
        Console().print(f"{len(pages):,} articles, {os.cpu_count()} cores")
        if not pages:
            sys.exit(f"{site} has no articles: name the folder that a build has written")
        _print_cold(copy, runs)
        _print_added(copy, pages, Path(folder, "again"))
        with sync_playwright() as playwright:
            browser = launch(playwright)
            _print_queries(browser, copy, pages, word)
            browser.close()


def _files(site: Path) -> Iterator[str]:
    return (path.relative_to(site).as_posix() for path in site.rglob("index.html"))


# ---- time and memory ----


def _print_cold(site: Path, runs: int) -> None:
    costs: dict[str, list[Cost]] = {"one": [], "shards": []}
    for _ in range(runs):
        for how, known in costs.items():
            known.append(_cost([sys.executable, "-m", "benchmarks.search", f"--{how}", str(site)]))
    best = {how: Cost(*(min(getattr(c, f) for c in known) for f in Cost.__slots__)) for how, known in costs.items()}
    shown = Shown("cold index", "wall s", "CPU s", "MB", "wall of each run")
    for how, cost in best.items():
        walls = ", ".join(f"{c.wall:.1f}" for c in costs[how])
        shown.add_row(how, f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.megabytes:.0f}", walls)
    one, parts = best["one"], best["shards"]
    ratios = (parts.wall / one.wall, parts.cpu / one.cpu, parts.megabytes / one.megabytes)
    shown.add_row("ratio", *(f"{ratio:.2f}" for ratio in ratios), "")
    Console().print(shown)


def _cost(command: list[str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(command)
    ended = threading.Event()
    peak = 0

    def wait() -> None:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        ended.set()

    waiter = threading.Thread(target=wait)
    waiter.start()
    while not ended.wait(0.05):
        peak = max(peak, sum(map(_memory, _family(process.pid))))
    wall = time.perf_counter() - start
    waiter.join()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("Indexing failed.")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak / 1e6)


def _family(pid: int) -> list[int]:
    """Return a process and all that it has begun."""
    try:
        tasks = [task.joinpath("children").read_text(encoding="ascii") for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []
    return [pid, *(one for child in " ".join(tasks).split() for one in _family(int(child)))]


def _memory(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _index_in_one_piece(site: Path) -> None:
    command = [get_executable(), "--site", ".", "--glob", "[0-9][0-9][0-9][0-9]/*/*/*/index.html"]
    subprocess.run([*command, "--force-language", "en", "--silent"], cwd=site, check=True)
    shutil.rmtree(site / BUNDLE)


def _print_added(site: Path, pages: list[str], folder: Path) -> None:
    """Index a site as an incremental build does, add an article, and go on; print how long that took."""
    cache = Cache(folder / "cache", b"")
    texts = {path: (site / path).read_bytes() for path in pages}
    keys = {path: mark_of(text) for path, text in texts.items()}

    def build(new: dict[str, bytes]) -> tuple[float, float, set[str]]:
        with Stage.open(folder / "output") as stage:
            for path, text in new.items():
                file = stage.path / path
                file.parent.mkdir(parents=True)
                file.write_bytes(text)
            start, before = time.perf_counter(), sum(os.times()[:4])
            given = Made(
                {**keys, **{path: mark_of(text) for path, text in new.items()}}, frozenset(keys.keys() - new.keys())
            )
            output = Output(stage.output, cache)
            with Index(stage.path, output, cache, Account()) as index:
                made = index.end(given)
            taken = time.perf_counter() - start, sum(os.times()[:4]) - before
            indexed = (path.split("/") for path in made.keys.keys() - made.kept if path.endswith(TABLE))
            shards = {parts[1] for parts in indexed}
            stage.commit(made.kept)
            output.remember(made)
        return *taken, shards

    build(texts)
    newest = pages[-1]
    wall, cpu, shards = build({newest.replace("/index.html", "-again/index.html"): texts[newest]})
    count = len(json.loads((folder / "output" / BUNDLE / sorted(shards)[0] / TABLE).read_bytes())["articles"])
    Console().print(
        f"one article added: {wall:.2f} s wall, {cpu:.2f} s CPU; made again: {', '.join(shards)}, {count:,} articles"
    )
    cache.close()


# ---- queries ----


def _print_queries(browser: Browser, site: Path, pages: list[str], word: str) -> None:
    items = _known_items(site, pages)
    shown = Shown("first query", "shards", "requests", "kB")
    ranking = Shown("50 known items", "mean reciprocal rank", "headline", "text")
    build_index(site)
    ranking.add_row("shards", *_ranked(browser, site, items))
    whole = json.loads((site / BUNDLE / CATALOGUE).read_bytes())
    years = sorted({name[:4] for name, *_ in whole["shards"]}, reverse=True)
    for number in sorted({1, 2, len(years)}):
        part = [shard for shard in whole["shards"] if shard[0][:4] in years[:number]]
        (site / BUNDLE / CATALOGUE).write_text(json.dumps({**whole, "shards": part}), encoding="utf-8")
        shown.add_row(f"{number} years", str(len(part)), *_loaded(browser, site, word))
    shown.add_row(f"{len(years)} years, a word that none has", str(len(part)), *_loaded(browser, site, NOWHERE))
    _put_in_one_shard(site, pages)
    ranking.add_row("one piece", *_ranked(browser, site, items))
    shown.add_row("one piece", "1", *_loaded(browser, site, word))
    shown.add_row("one piece, a word that none has", "1", *_loaded(browser, site, NOWHERE))
    Console().print(shown)
    Console().print(ranking)


def _put_in_one_shard(site: Path, pages: list[str]) -> None:
    """Have all articles of a site in one shard."""
    shutil.rmtree(site / BUNDLE)
    extracts = {path: text for path in pages if (text := read_extract(site / path))}
    summary = index_shard(extracts, site / BUNDLE / "0000", site.parent)
    index_program(site / BUNDLE, site.parent)
    write_catalogue(site / BUNDLE, {"0000": summary} if summary else {})


def _known_items(site: Path, pages: list[str]) -> list[tuple[str, str]]:
    """Return queries, each with the address of the one article that is meant."""
    chance = Random(5)  # noqa: S311  # repeatable, not secret
    items: list[tuple[str, str]] = []
    for path in chance.sample(pages, len(pages)):
        html = (site / path).read_text(encoding="utf-8")
        headline = _plain(re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL))
        text = _plain(re.search(r'<div class="prose">(.*?)</article>', html, re.DOTALL))
        by_headline = len(items) < QUERIES / 2
        pattern = r"[^\W\d_]{4,}" if by_headline else r"(?<=[a-z,] )[A-Z][a-z]{3,}"
        words = sorted(set(re.findall(pattern, headline if by_headline else text)))
        if len(words) >= 3:
            items.append((" ".join(chance.sample(words, 3)), path.removesuffix("index.html")))
        if len(items) == QUERIES:
            break
    return items


def _plain(found: re.Match[str] | None) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", found[1])) if found else ""


def _ranked(browser: Browser, site: Path, items: list[tuple[str, str]]) -> list[str]:
    """Return the mean reciprocal rank of all items, of those by headline and of those by text."""
    with serving(site) as address:
        page = browser.new_page()
        page.set_default_timeout(600_000)
        page.goto(f"{address}search/")
        ranks = page.evaluate(RANKS, items)
        page.close()
    scores = [1 / rank if rank else 0.0 for rank in ranks]
    parts = (scores, scores[: QUERIES // 2], scores[QUERIES // 2 :])
    return [f"{sum(part) / len(part):.3f}" if part else "–" for part in parts]  # a small site may have no such items


def _loaded(browser: Browser, site: Path, query: str) -> tuple[str, str]:
    """Return how many files a first query loads for ten results, and their kilobytes as a host would send them."""
    sizes: list[int] = []
    with serving(site) as address:
        page = browser.new_page()
        context = page.context
        context.on("response", lambda response: _count(response.url, response.body, sizes))
        page.goto(f"{address}search/?q={query}")
        page.wait_for_selector("[data-results][aria-busy=false]", state="attached")
        page.close()
    return str(len(sizes)), f"{sum(sizes) / 1000:.0f}"


def _count(url: str, body: Callable[[], bytes], sizes: list[int]) -> None:
    path = url.partition("?")[0]
    if f"/{BUNDLE}/" in path or "/data/" in path:
        is_packed = ".pf_" in path or path.endswith(".pagefind")
        sizes.append(len(body() if is_packed else gzip.compress(body(), mtime=0)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__.partition("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("runs", nargs="?", type=int, default=2)
    parser.add_argument("word", nargs="?", default=WORD)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--shards", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        _index_in_one_piece(options.site)
    elif options.shards:
        build_index(options.site)
    else:
        main(options.site, options.runs, options.word)
