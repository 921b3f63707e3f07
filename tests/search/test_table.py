from __future__ import annotations

import gzip
import json

import pytest

from backfile.search.table import Table, catalogue, fragment_id, fragment_name


def table(**articles: tuple[str, list[list[str]]]) -> Table:
    """Return a table of articles, each given by id: its name and its facets."""
    names = {name: key for key, (name, _) in articles.items()}
    return Table.of(names, dict(articles.values()))


OLD = ("2024-01-31-one", [["Rail", "Ports"], ["Post"], ["brief"], ["en"], ["2024/01/31/one"]])
NEW = ("2025-03-14-two", [[], ["Courier"], ["article"], [], []])


def test_rows_are_newest_first_and_point_into_the_lists() -> None:
    found = json.loads(table(en_b=OLD, en_a=NEW).written())
    assert list(found["articles"].items()) == [
        ("en_a", [20250314, [], [0], [0], [], []]),
        ("en_b", [20240131, [1, 0], [1], [1], [0], [0]]),
    ]
    assert found["topic"] == ["Ports", "Rail"]
    assert found["source"] == ["Courier", "Post"]
    assert found["kind"] == ["article", "brief"]


def test_the_order_of_articles_changes_nothing() -> None:
    pages = {f"en_{i}": (f"2025-01-0{i}-x", [[f"T{i % 2}"], [], [], [], []]) for i in range(1, 6)}
    assert table(**pages).written() == table(**dict(reversed(pages.items()))).written()


def test_the_catalogue_tells_how_many_there_are_and_where() -> None:
    newest, middle = (
        table(en_a=NEW),
        table(en_a=OLD, en_b=("2024-02-01-three", [["Rail"], [], ["article"], ["uk"], []])),
    )
    tables = {"2025": newest, "2024": middle, "2023": table(en_a=OLD)}
    found = json.loads(catalogue({name: each.summary() for name, each in tables.items()}))
    assert found["shards"] == [
        ["2025", 20250314, 20250314, 1],
        ["2024", 20240131, 20240201, 2],
        ["2023", 20240131, 20240131, 1],
    ]
    assert found["topic"] == [["Ports", 2, 1, 2], ["Rail", 3, 1, 2]]
    assert found["source"] == [["Courier", 1, 0, 0], ["Post", 2, 1, 2]]
    assert found["kind"] == [["article", 2, 0, 1], ["brief", 2, 1, 2]]
    assert "text" not in found  # of which the page lists no values


def test_an_archive_without_articles_has_an_empty_catalogue() -> None:
    assert catalogue({}) == b'{"shards":[],"topic":[],"source":[],"kind":[],"lang":[]}'


def test_a_fragment_says_of_which_page_it_is() -> None:
    data = gzip.compress(b'pagefind_dcd{"url":"/2025-03-14-x.html","content":"' + b"word " * 5000 + b'"}')
    assert fragment_name(data) == "2025-03-14-x"
    assert fragment_id("en_5858bc8.pf_fragment") == "en_5858bc8"


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", gzip.compress(b'{"url":"/x.html"}'), gzip.compress(b'pagefind_dcd{"content":""}')],
    ids=["empty", "plain", "unmarked", "another order"],
)
def test_another_form_of_fragment_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="fragment"):
        fragment_name(data)
