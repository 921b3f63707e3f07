"""The small judges, by tables: days, names, addresses, emphasis."""

from __future__ import annotations

import pytest
from lxml import html

from backfile.ingest.links import resolve
from backfile.ingest.web.dates import read_date_string
from backfile.ingest.web.inline import paragraphs
from backfile.ingest.web.names import person_name
from backfile.ingest.web.titles import without_site


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-14T23:30:00-08:00", "2025-03-14"),
        ("2025-03-14T00:30:00+14:00", "2025-03-14"),
        ("Fri, 14 Mar 25 06:00 EST", "2025-03-14"),
        ("Freitag, 14. März 2025, 10:15 Uhr", "2025-03-14"),
        ("14 березня 2025", "2025-03-14"),
        ("14 марта 2025 г.", "2025-03-14"),
        ("March 14th, 2025", "2025-03-14"),
        ("2025年3月14日", "2025-03-14"),
        ("14.03.2025", "2025-03-14"),
        ("25/03/2025", "2025-03-25"),
        ("1741910400", "2025-03-14"),
        ("03/05/2025", None),
        ("2025-02-30", None),
        ("31 Feb 2025", None),
        ("2025-03-14T24:00:00Z", None),
        ("<b>2025-03-14</b>", None),
        ("2025-03-14\0", None),
        ("yesterday", None),
        ("-1", None),
        ("", None),
    ],
)
def test_a_day_is_read_only_when_it_is_stated(text: str, day: str | None) -> None:
    found = read_date_string(text)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(("day_first", "day"), [(True, "2025-05-03"), (False, "2025-03-05")])
def test_the_order_of_day_and_month_can_be_told(day_first: bool, day: str) -> None:
    found = read_date_string("03/05/2025", day_first=day_first)
    assert found
    assert found.isoformat() == day


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Maud Ellery", "Maud Ellery"),
        ("Von Ludwig van der Au", "Ludwig van der Au"),
        ("Олена Коваль", "Олена Коваль"),
        ("Maud Ellery, chief reporter", "Maud Ellery"),
        ("Admin", None),
        ("Anónimo", None),
        ("Staff", None),
        ("Redacción", None),
        ("Редакція", None),
        ("Harbour News Desk", None),
        ("https://example.org/maud", None),
        ("maud@example.org", None),
        ("Harbour Post", None),
    ],
)
def test_only_people_are_authors(text: str, name: str | None) -> None:
    assert person_name(text, frozenset({"harbourpost"})) == name


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        ("b.html", "https://example.org/news/b.html"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("JaVaScRiPt:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("tel:+123", None),
        ("https://good.example@evil.example/", None),
        ("http://[::1", None),
        ("http://host.example:99999/", None),
        ("#", None),
    ],
)
def test_only_web_and_mail_addresses_are_links(href: str, url: str | None) -> None:
    assert resolve(href, "https://example.org/news/") == url


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("a <b>b</b> c", "a **b** c"),
        ("a <b>b</b><b>c</b>", "a **bc**"),
        ("word<b>(in)</b>word", r"word(in)word"),
        ("<i> a </i>b", "*a* b"),
        ("x<sup>2</sup> and H<sub>2</sub>O", "x² and H₂O"),
        ("a<br>b<br><br>c", "a\\\nb\n\nc"),
        ("<code>a`b</code>", "``a`b``"),
        ("1. not a list", r"1\. not a list"),
        ("- not a list", r"\- not a list"),
        ("snake_case and _this_", r"snake_case and \_this\_"),
        ('<a href="/x(1)">a <i>b</i></a>', "[a *b*](https://example.org/x%281%29)"),
    ],
)
def test_inline_markup_becomes_markdown(markup: str, markdown: str) -> None:
    element = html.fragment_fromstring(markup, create_parent="div")
    parts = [element.text or ""]
    for child in element:
        parts += [child, child.tail or ""]
    assert "\n\n".join(paragraphs(parts, "https://example.org/")) == markdown


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Rain at last | The Harbour Post", "Rain at last"),
        ("Rain at last - News - The Harbour Post", "Rain at last - News"),
        ("Harbour Post: rain at last", "Harbour Post: rain at last"),
        ("The Harbour Post | Rain falls at last", "Rain falls at last"),
        ("Rain - at last", "Rain - at last"),
    ],
)
def test_only_the_site_is_cut_from_a_title(text: str, title: str) -> None:
    assert without_site(text, ["The Harbour Post", "harbourpost.example"]) == title
