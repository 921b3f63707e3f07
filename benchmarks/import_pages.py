"""How fast saved web pages are read, against trafilatura alone on the same pages.

Usage: .venv/bin/python -m benchmarks.import_pages [PAGES.jsonl …]

Each file has rows ``{id, html, url}``. Without one, the test pages are read 20 times
over. Printed are pages a CPU second of: trafilatura's text and metadata (as a plain
import would use it), Backfile's reading of the page, and their ratio; of all that an import
does before it writes (encoding, reading, digests, receipt), and its ratio; how much less time
that takes on two cores than trafilatura on one, their start included; and the slowest page.
The last but one means something on an idle machine only. All others are CPU time: each page is read
by one after the other, and all pages once more; the lesser time counts, so that other work on the
machine disturbs all three alike, and what is loaded once (tables of dates, of languages) none.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import trafilatura
from rich.console import Console
from rich.table import Table

from backfile.ingest.pool import examine_all, examine_one
from backfile.ingest.records import Given, RawDocument
from backfile.ingest.web.rows import read_row

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures" / "ingest" / "web"


def main(names: list[str]) -> None:
    """Read all pages both ways and print a table."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    table = Table(
        "pages", "number", "trafilatura /s", "page /s", "ratio", "whole /s", "ratio", "on two cores", "slowest s"
    )
    for name, rows in [(Path(name).name, _rows(Path(name))) for name in names] or [("test pages", _fixtures())]:
        times = _timed((_plain, read_row, _whole), rows)
        theirs, page, whole = map(sum, times)
        slowest = max(times[1])
        begun = time.perf_counter()
        deque(map(_plain, rows), maxlen=0)
        alone = time.perf_counter() - begun
        begun = time.perf_counter()
        deque(examine_all(map(_document, rows), Given(), lambda _: False, 2), maxlen=0)
        together = time.perf_counter() - begun
        speeds = [f"{len(rows) / theirs:.1f}"]
        for ours in (page, whole):
            speeds += [f"{len(rows) / ours:.1f}", f"{theirs / ours:.2f}"]
        table.add_row(name, str(len(rows)), *speeds, f"{alone / together:.2f}", f"{slowest:.2f}")
    Console().print(table)


def _plain(row: dict[str, Any]) -> None:
    trafilatura.extract(
        row["html"], url=row.get("url"), output_format="html", include_links=True, include_formatting=True,
        include_tables=True, include_comments=False,
    )  # fmt: skip
    trafilatura.extract_metadata(row["html"], default_url=row.get("url"))


def _document(row: dict[str, Any]) -> RawDocument:
    return RawDocument(row["html"].encode("utf-8", "replace"), f"{row['id']}.html", url=row.get("url"))


def _whole(row: dict[str, Any]) -> None:
    examine_one(_document(row), Given())


def _timed(readers: Sequence[Callable[[dict[str, Any]], object]], rows: Sequence[dict[str, Any]]) -> list[list[float]]:
    """Return the CPU seconds that each of ``readers`` takes for each of ``rows``: the lesser of two times."""
    times = [[float("inf")] * len(rows) for _ in readers]
    for _ in range(2):
        for at, row in enumerate(rows):
            for own, read in zip(times, readers, strict=True):
                start = time.process_time()
                read(row)
                own[at] = min(own[at], time.process_time() - start)
    return times


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _fixtures() -> list[dict[str, Any]]:
    pages = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*.html"))]
    return [{"id": str(number), "html": page, "url": None} for number, page in enumerate(pages * 20)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.import_pages", description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="*", metavar="PAGES.jsonl")
    main(parser.parse_args().pages)
