from __future__ import annotations

import dataclasses
import json
import re

from backfile.model import Name
from backfile.search.titles import title_row, titles_of_year, titles_script

from .archive import articles, teaser


def rows_of(script: bytes) -> list[list[object]]:
    """Read the articles of 2025 back as a browser would: the script is one assignment of JSON."""
    found = re.fullmatch(r"backfileTitles\.articles\[2025\] = (\[.*\]);\n", script.decode(), re.DOTALL)
    assert found
    rows: list[list[object]] = json.loads(found[1])
    return rows


def test_a_row_holds_what_the_page_of_an_archive_on_a_stick_needs() -> None:
    page = articles()[0]
    assert title_row(teaser(page), page.topics) == [
        "2025/03/14/sanctions-reach-the-timber-trade/",
        "Sanctions reach the timber trade",
        "The Harbour Post",
        "2025-03-14",
        "article",
        "en",
        ["Sanctions"],
        "New sanctions stop the export of timber from the northern ports.",
    ]


def test_what_is_not_known_is_empty() -> None:
    page = dataclasses.replace(articles()[0], source=None, summary=None)
    row = title_row(teaser(page), page.topics)
    assert (row[2], row[7]) == ("", "")


def test_newest_first_whatever_order_they_come_in() -> None:
    rows = [title_row(teaser(page), page.topics) for page in articles()]
    assert titles_of_year(2025, rows) == titles_of_year(2025, reversed(rows))
    dates = [str(row[3]) for row in rows_of(titles_of_year(2025, rows))]
    assert dates == sorted(dates, reverse=True)


def test_text_can_not_leave_the_script() -> None:
    hostile = "</script><script>alert(1)\u2028\u2029<!--"
    page = dataclasses.replace(articles()[0], title=hostile)
    script = titles_of_year(2025, [title_row(teaser(page), page.topics)])
    assert b"<" not in script
    assert "\u2028" not in script.decode()
    assert rows_of(script)[0][1] == hostile


def test_years_and_spellings_of_names_are_listed() -> None:
    script = titles_script([2024, 2025], (Name("Kyiv", ("Київ",)),)).decode()
    assert script == 'var backfileTitles = {\nnames: [["Kyiv","Київ"]],\nyears: [2025,2024],\narticles: {}};\n'
