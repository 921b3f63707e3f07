"""Feeds of each format, and what is read out of their entries (beside each, as JSON)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backfile.errors import IngestError
from backfile.ingest import examine
from backfile.ingest.containers import expand
from backfile.ingest.entry import read_entry
from backfile.ingest.feeds import open_feed
from backfile.ingest.records import RawDocument
from backfile.model import Kind
from tests.ingest.readings import check_golden, content_as_data, outcome

FILES = Path(__file__).parent / "files"
FEEDS = sorted(path for path in FILES.iterdir() if not path.name.endswith(".golden.json"))
ITEM = "<item><title>Cranes</title><link>https://a.example/{0}</link><description>Text {0}.</description></item>"


def entries(data: bytes, name: str = "x.xml") -> list[RawDocument]:
    found = list(expand(RawDocument(data, name)))
    assert not any(isinstance(entry, IngestError) for entry in found)
    return [entry for entry in found if isinstance(entry, RawDocument)]


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>F</title>{''.join(items)}</channel></rss>".encode()


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_a_feed_becomes_what_stands_beside_it(path: Path) -> None:
    check_golden([_read(entry) for entry in entries(path.read_bytes(), path.name)], FILES / f"{path.stem}.golden.json")


def test_what_says_where_an_entry_appeared_first_is_no_text() -> None:
    notice = "&lt;p&gt;The post &lt;a href='/1'&gt;Cranes&lt;/a&gt; appeared first on Quay.&lt;/p&gt;"
    (entry,) = entries(rss(f"<item><title>Cranes</title><description>Two came.{notice}</description></item>"))
    content = read_entry(entry)
    assert [block.text for block in content.blocks] == ["Two came."]
    assert dict(content.dropped) == {"the line that says where it appeared first": 33}


def test_an_entry_is_the_same_document_whatever_else_the_feed_holds() -> None:
    (alone,) = entries(rss(ITEM.format(1)))
    assert alone in entries(rss(ITEM.format(0), ITEM.format(1)))


def test_a_corrected_entry_keeps_its_name() -> None:
    (before,) = entries(rss(ITEM.format(1)))
    (after,) = entries(rss(ITEM.format(1).replace("Text", "Corrected text")))
    assert (before.name, before.sha256 == after.sha256) == (after.name, False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><rss><channel><item/></channel></rss>", "defines entities"),
        ("<rss><channel><title>F</title></channel></rss>", "without entries"),
        ("<opml version='2.0'><body><outline xmlUrl='https://a.example/feed'/></body></opml>", "OPML"),
        ("<channel><x/>", "without entries"),
        ("<rss>" + "<item/>" * 10_001 + "</rss>", "10,001 entries"),
        ("<?xml version='1.0'?><rss", "feed without entries|no XML"),
    ],
)
def test_what_is_no_feed_is_refused_by_name(text: str, why: str) -> None:
    with pytest.raises(IngestError, match=f"x.xml: .*(?:{why})"):
        list(open_feed(RawDocument(text.encode(), "x.xml")))


def test_external_entities_stay_outside(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    data = rss(
        f"<item><title>T</title><description>&amp;x; <xi:include href='{secret.as_uri()}'/></description></item>"
    )
    assert "the secret" not in repr(entries(data))


@given(st.text(max_size=300))
def test_any_text_in_an_entry_is_read_or_refused(text: str) -> None:
    item = f"<item><title>{text}</title><description><![CDATA[{text}]]></description><pubDate>{text}</pubDate></item>"
    for found in expand(RawDocument(rss(item).decode().encode("utf-8", "replace"), "x.rss")):
        if isinstance(found, RawDocument):
            assert outcome(read_entry, found).startswith("x.rss")


def _read(entry: RawDocument) -> dict[str, Any] | str:
    try:
        return content_as_data(read_entry(entry))
    except IngestError as error:
        return str(error)


def test_an_entry_of_a_headline_and_a_link_is_a_brief_and_said() -> None:
    item = "<item><title>Trams return to Hallin after a strike</title><link>https://quay.example/trams</link></item>"
    feed = f'<rss version="2.0"><channel><title>The Quay</title>{item}</channel></rss>'
    (entry,) = entries(feed.encode(), "x.xml")
    reading = examine(entry)
    (found,) = reading.items
    assert (found.kind, found.url, found.summary) == (Kind.BRIEF, "https://quay.example/trams", None)
    assert found.markdown == "[Trams return to Hallin after a strike](https://quay.example/trams)\n"
    assert "a headline and its link, without a text" in reading.receipt.notes


def test_a_feed_that_was_misread_is_put_right_and_each_entry_says_so() -> None:
    told = "Порт відкрили вранці, а Київ мовчить.".encode().decode("cp1251", "replace").replace("\ufffd", "\x98")
    item = f"<item><title>Harbour</title><description>{told}</description></item>"
    feed = f'<rss version="2.0"><channel>{item}</channel></rss>'
    (entry,) = entries(feed.encode(), "x.xml")
    reading = examine(entry)
    assert "Порт відкрили вранці" in reading.items[0].markdown
    assert any("put right" in note for note in reading.receipt.notes)
