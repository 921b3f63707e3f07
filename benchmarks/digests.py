"""How many briefs of labelled digests are found, and how many of those given are briefs.

Usage: .venv/bin/python -m benchmarks.digests [FOLDER …]

A folder holds documents and ``labels.txt``, as those in ``tests/fixtures/ingest/digests``, which
are read when none is named. The method was made with these in view; what they were worth
before is told in docs/content.md and can't be measured again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.table import Table
from tests.ingest.cases import INGEST
from tests.ingest.itemised.labelled import score

_NAMES = (
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "own",
)  # fmt: skip
SETS = [INGEST / "digests" / name for name in _NAMES]


def main() -> None:
    """Read the folders that were named, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="*", default=SETS)
    table = Table("folder", "briefs labelled", "given", "right", "precision", "recall", "no digests", "briefs in them")
    for folder in parser.parse_args().folders:
        found = score(folder)
        counts = (found.labelled, found.given, found.right)
        shares = (f"{found.precision:.3f}", f"{found.recall:.3f}")
        table.add_row(folder.name, *map(str, counts), *shares, str(found.others), str(found.invented))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
