from __future__ import annotations

import pytest

from backfile.ingest import RawDocument, examine

BELOW = """
The kiln in the cellar had been lit by a guard who wanted tea, say investigators, and it burned for two days.

Nobody saw the smoke, since the square was closed for the fair. The roof fell in on Sunday, a little after noon, \
and with it the bells that had hung there for a century. The town has asked its neighbours for tarpaulins, and \
three of them have sent some; the rest of the hall is under the sky, and rain is expected from Tuesday on.

IN BRIEF

Trams return to Hallin
Drivers accepted a week of extra leave and begin at five tomorrow.

Amsel wins the recount
The deputy conceded after three hours in the school gym of Tarn.
"""


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("THE TARN LEDGER\nSunday edition, 15 February\n\nMuseum loses its roof to a kettle\n", "Museum loses"),
        ("The Tarn Ledger, 15 February, page 2\n\nMuseum loses its roof to a kettle\n", "Museum loses"),
        ("Museum loses its roof\nOur correspondent in Tarn\n\nHow a kettle did it\n", "Museum loses its roof"),
        ("Museum loses its roof\n\nHow a kettle did it, and who drank the tea\n", "Museum loses its roof"),
    ],
    ids=["name and issue", "name, day", "a headline and its author", "a headline and another line"],
)
def test_an_article_above_other_news_is_called_by_its_headline_and_not_by_the_paper(above: str, title: str) -> None:
    main = examine(RawDocument((above + BELOW).encode(), "x.txt")).items
    assert len(main) == 3
    assert main[0].title.startswith(title)
