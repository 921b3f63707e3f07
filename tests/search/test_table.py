from __future__ import annotations

import gzip
import json

import pytest

from backfile.search.table import article_table, fragment, fragment_id


def page(address: str, **filters: list[str]) -> dict[str, object]:
    return {"url": address, "content": "…", "filters": filters}


def test_rows_are_newest_first_and_point_into_the_lists() -> None:
    table, count = article_table(
        [
            ("en_b", page("/2024/01/31/one/", topic=["Rail", "Ports"], source=["Post"], kind=["brief"], lang=["en"])),
            ("en_a", page("/2025/03/14/two/", source=["Courier"], kind=["article"])),
        ]
    )
    found = json.loads(table)
    assert count == 2
    assert list(found["articles"].items()) == [
        ("en_a", [20250314, [], [0], [0], []]),
        ("en_b", [20240131, [1, 0], [1], [1], [0]]),
    ]
    assert found["topic"] == ["Ports", "Rail"]
    assert found["source"] == ["Courier", "Post"]
    assert found["kind"] == ["article", "brief"]


def test_the_order_of_fragments_changes_nothing() -> None:
    pages = [(f"en_{i}", page(f"/2025/01/0{i}/x/", topic=[f"T{i % 2}"])) for i in range(1, 6)]
    assert article_table(pages) == article_table(reversed(pages))


def test_an_archive_without_articles_has_an_empty_table() -> None:
    assert article_table([]) == (b'{"topic":[],"source":[],"kind":[],"lang":[],"articles":{}}', 0)


@pytest.mark.parametrize("address", ["/topics/rail/", "/2025/03/14/", "/2025/3/14/x/", "/2025/03/14/a/b/"])
def test_a_page_that_is_no_article_is_named(address: str) -> None:
    with pytest.raises(ValueError, match=address):
        article_table([("en_a", page(address))])


def test_a_fragment_is_unpacked() -> None:
    data = gzip.compress(b"pagefind_dcd" + json.dumps({"url": "/x/"}).encode())
    assert fragment(data) == {"url": "/x/"}
    assert fragment_id("en_5858bc8.pf_fragment") == "en_5858bc8"


@pytest.mark.parametrize("data", [b"", b"{}", gzip.compress(b'{"url": "/x/"}')], ids=["empty", "plain", "unmarked"])
def test_another_form_of_fragment_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="fragment"):
        fragment(data)
