from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from backfile.pages.feeds import MOST_ENTRIES, atom
from backfile.pages.records import Site
from tests.factory import article

XML = "{http://www.w3.org/XML/1998/namespace}"
ATOM = "{http://www.w3.org/2005/Atom}"
SITE = Site(name="Coast", tagline="", lang="en", url="https://coast.example/archive", searchable=False)


def feed(*articles: object, site: Site = SITE) -> ET.Element:
    return ET.fromstring(atom(site, "Coast", "feeds/all.atom", "", articles))  # type: ignore[arg-type]  # records


def links(element: ET.Element) -> dict[str | None, str | None]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def test_newest_first_with_absolute_links() -> None:
    entries = feed(article("One", day="2025-03-13"), article("Two", day="2025-03-14")).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Two", "One"]
    assert links(entries[0])["alternate"] == "https://coast.example/archive/2025/03/14/two/"


def test_without_a_public_address_links_are_relative_to_the_feed() -> None:
    root = feed(article("One"), site=replace(SITE, url=""))
    assert links(root) == {"self": "../feeds/all.atom", "alternate": "../"}


def test_links_within_a_text_begin_at_its_own_address() -> None:
    content = feed(article("One")).find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert content.get(f"{XML}base") == "https://coast.example/archive/2025/03/14/one/"


def test_ids_do_not_depend_on_the_host() -> None:
    here, there = (feed(article("One"), site=replace(SITE, url=url)) for url in ("https://a.example", ""))
    assert [e.text for e in here.iter(f"{ATOM}id")] == [e.text for e in there.iter(f"{ATOM}id")]


def test_an_empty_feed_is_valid_and_does_not_ask_the_clock() -> None:
    assert feed().findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_a_feed_has_the_newest_only() -> None:
    many = [article(f"Number {n}") for n in range(MOST_ENTRIES + 5)]
    assert len(feed(*many).findall(f"{ATOM}entry")) == MOST_ENTRIES


@given(st.text(min_size=1))
def test_any_title_makes_well_formed_xml(title: str) -> None:
    found = feed(replace(article(), title=title.encode("utf-8", "replace").decode(), summary=title))
    assert found.find(f"{ATOM}entry") is not None
