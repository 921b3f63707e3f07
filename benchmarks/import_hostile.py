"""Encodings and dates of a file of hostile cases, beside the libraries that are made for them.

Usage: .venv/bin/python -m benchmarks.import_hostile CASES.jsonl

Each row has ``kind`` (``encoding`` or ``date``; others are passed over), ``input``,
``input_type`` (``…_b64`` for bytes) and ``expect``: ``decoded_title_equals`` for an encoding,
``date_equals`` for a date (null, or nothing, where there is none to be found). Printed are
how many are right, how many of the traps are given a date, and how many cases there are:
of charset-normalizer and dateparser, in their default settings, and of Backfile, in the same run.
"""

from __future__ import annotations

import argparse
import base64
import html
import json
import re
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import dateparser  # type: ignore[import-untyped]  # it ships no types; htmldate brings it
from charset_normalizer import from_bytes
from rich.console import Console
from rich.table import Table

from backfile.errors import IngestError
from backfile.ingest import RawDocument, examine
from backfile.ingest.vocabulary.dates import read_stated

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)


def main(name: str) -> None:
    """Read all cases both ways and print a table."""
    warnings.simplefilter("ignore")  # dateparser's, on time zones
    rows = [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines() if line]
    table = Table("what", "reader", "right", "of", "invented", "of")
    encodings = [row for row in rows if row["kind"] == "encoding" and row["expect"].get("decoded_title_equals")]
    for reader, read in (("charset-normalizer", _their_title), ("backfile", _our_title)):
        right = sum(read(_bytes(row)) == row["expect"]["decoded_title_equals"] for row in encodings)
        table.add_row("encoding", reader, str(right), str(len(encodings)), "", "")
    dates = [row for row in rows if row["kind"] == "date"]
    for reader, day in (("dateparser", _their_day), ("backfile", _our_day)):
        table.add_row("date", reader, *_scores(dates, day))
    Console().print(table)


def _scores(rows: list[dict[str, Any]], read: Callable[[str], date | None]) -> tuple[str, str, str, str]:
    stated = [(row["input"], row["expect"]["date_equals"]) for row in rows if row["expect"].get("date_equals")]
    traps = [row["input"] for row in rows if not row["expect"].get("date_equals")]
    right = sum(str(read(text)) == wanted[:10] for text, wanted in stated)
    return str(right), str(len(stated)), str(sum(read(text) is not None for text in traps)), str(len(traps))


def _bytes(row: dict[str, Any]) -> bytes:
    given = row["input"]
    return base64.b64decode(given) if row["input_type"].endswith("_b64") else given.encode("utf-8", "surrogatepass")


def _their_title(data: bytes) -> str | None:
    best = from_bytes(data).best()
    match = _TITLE.search(str(best)) if best else None
    return html.unescape(match[1]) if match else None


def _our_title(data: bytes) -> str | None:
    try:
        return examine(RawDocument(data, "case.html")).items[0].title
    except IngestError:
        return None


def _their_day(text: str) -> date | None:
    found = dateparser.parse(text)
    return found.date() if found else None


def _our_day(text: str) -> date | None:
    return read_stated(text).day


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.import_hostile", description=__doc__.partition("\n")[0])
    parser.add_argument("cases", metavar="CASES.jsonl")
    main(parser.parse_args().cases)
