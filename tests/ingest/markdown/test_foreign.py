from __future__ import annotations

from datetime import date

import pytest

from backfile.errors import IngestError
from backfile.ingest import RawDocument, Reading, examine
from backfile.model import DateBasis

BODY = "\nThe port opened on Friday after nine months of work, the council said.\n\nNobody was hurt.\n"


def read(text: str) -> Reading:
    return examine(RawDocument(text.encode(), "x.md"))


@pytest.mark.parametrize(
    "above",
    [
        '+++\ntitle = "The port: open"\ndate = 2025-03-14T08:00:00Z\ndraft = false\n+++\n',
        "Title: The port: open\nDate: 2025-03-14 10:00\nCategory: Quays\n",
        "title:   The port: open\r\ndate:    2025-03-14\r\n",
    ],
)
def test_front_matter_of_other_tools(above: str) -> None:
    item = read(above + BODY).items[0]
    assert (item.title, item.date, item.date_basis) == ("The port: open", date(2025, 3, 14), DateBasis.METADATA)
    assert item.markdown.strip() == BODY.strip()


def test_a_dialogue_is_no_front_matter() -> None:
    item = read("Voss: Is the port open?\nArl: It is.\n" + BODY).items[0]
    assert (item.title, item.date) == ("Voss: Is the port open?", None)


def test_broken_toml_names_the_file_and_the_line() -> None:
    with pytest.raises(IngestError, match=r"x\.md: front matter \(TOML\): .*line 1"):
        read("+++\ntitle = The port\n+++\n" + BODY)
