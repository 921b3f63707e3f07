"""A table of articles as comma-separated values: one row each, under a head that names the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import PurePath

from backfile.errors import IngestError
from backfile.ingest.containers.rows import BODIES, MAX_ROWS, NAME, article_of_row
from backfile.ingest.encoding.decode import decode
from backfile.ingest.records import RawDocument
from backfile.ingest.vocabulary import fields

_TITLES = frozenset((*fields.TITLE, NAME))


def open_sheet(raw: RawDocument) -> Iterator[RawDocument | IngestError]:
    """Yield the articles in ``raw``; raises ``IngestError`` when it is no such table.

    Columns are parted by tabs, or by commas or semicolons, whichever the head has more of; they are
    called as the fields of JSON rows may be (:mod:`backfile.ingest.vocabulary.fields`).
    """
    text = decode(raw.data, raw.name).text
    head = text.partition("\n")[0]
    sign = "\t" if PurePath(raw.name).suffix.lower() == ".tsv" else max(",;\t", key=head.count)
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        names = set(map(fields.fold, table.fieldnames or ()))
        if not (names & BODIES or (names & _TITLES and names.intersection(fields.URL))):
            raise IngestError(f"{raw.name}: is a table without a column of texts; call that “text”")
        for number, row in enumerate(table, start=1):
            if number > MAX_ROWS:
                raise IngestError(f"{raw.name}: has more than {MAX_ROWS:,} rows; split it to read the others")
            yield article_of_row(raw, number, {key: value for key, value in row.items() if key})
    except csv.Error as error:
        raise IngestError(f"{raw.name}: is no table that can be read ({error}); save it again as CSV") from error
