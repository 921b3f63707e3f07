"""Fetching as its caller sees it: an address in, a raw document or one clear line out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backfile.ingest.fetch.fetcher import Fetcher
from backfile.ingest.fetch.wire import tls_context
from backfile.ingest.media import HTML
from backfile.ingest.records import Fetched
from tests.ingest.fetch.world import NOW, PAGE, URL, World, redirect, reply, trouble


def test_a_page_and_where_it_came_from(world: World) -> None:
    said = {"Content_Type": "text/html; charset=Windows-1251", "Last_Modified": "Wed, 19 Mar 2025 10:00:00 GMT"}
    world.replies["news.example/a?b=1"] = reply(PAGE, **said)
    raw = world.fetcher().fetch(f"{URL}?b=1#part")
    assert (raw.data, raw.name, raw.url) == (PAGE.encode(), f"{URL}?b=1#part", f"{URL}?b=1")
    assert (raw.retrieved, raw.media_type, raw.charset) == (NOW, None, "windows-1251")
    assert raw.fetched == Fetched(
        f"{URL}?b=1", (), 200, "text/html", "windows-1251", last_modified="2025-03-19T10:00:00+00:00"
    )


def test_a_request_says_who_asks_and_no_more(world: World) -> None:
    world.replies["news.example/a"] = reply(PAGE, Set_Cookie="id=1")
    fetcher = world.fetcher()
    fetcher.fetch(URL)
    fetcher.fetch(URL)
    robots, first, second = world.requests
    assert robots.startswith("GET /robots.txt HTTP/1.1\r\nHost: news.example\r\n")
    assert "User-Agent: Backfile/" in first
    assert second == first
    assert set(world.names) == {"news.example"}


def test_a_host_in_another_script(world: World) -> None:
    world.replies["xn--e1afmkfd.example/%D0%B0"] = reply(PAGE)
    raw = world.fetcher().fetch("https://Пример.example/а")
    assert raw.url == "https://xn--e1afmkfd.example/%D0%B0"


def test_redirects_are_followed_and_written_down(world: World) -> None:
    world.replies["news.example/a"] = redirect("/b", "301 Moved Permanently")
    world.replies["news.example/b"] = redirect("https://other.example/порт")
    world.replies["other.example/%D0%BF%D0%BE%D1%80%D1%82"] = reply(PAGE)
    fetched = world.fetcher().fetch(URL).fetched
    assert fetched is not None
    assert fetched.url == "https://other.example/%D0%BF%D0%BE%D1%80%D1%82"
    assert fetched.via == (URL, "https://news.example/b")


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://news.example/b", "only addresses that begin with https"),
        ("https://inside.example/", "10.0.0.5, which is no public address"),
        ("https://news.example:8443/", "names port 8443"),
        ("https://name:word@news.example/", "holds a name or password"),
        ("file:///etc/passwd", "only addresses that begin with https"),
        ("https://[", "no address that can be read"),
        ("/a", "leads on more than 5 times"),
    ],
)
def test_redirects_that_are_not_followed(world: World, location: str, why: str) -> None:
    world.replies["news.example/a"] = redirect(location)
    world.addresses["inside.example"] = ["10.0.0.5"]
    told = trouble(world.fetcher())
    assert why in told
    assert "word" not in told.replace("password", "")
    assert set(world.asked) == {"news.example/a"}


@pytest.mark.parametrize("addresses", [["10.0.0.5"], ["127.0.0.1", "::1"], ["127.0.0.1", "::ffff:10.0.0.5"]])
def test_a_name_with_an_address_that_is_not_public_is_not_asked(world: World, addresses: list[str]) -> None:
    world.addresses["news.example"] = addresses
    assert "which is no public address" in trouble(world.fetcher())
    assert world.requests == []


def test_the_address_that_was_checked_is_the_one_that_is_asked(world: World) -> None:
    """A name server that gives another address each time can only ever have a checked one asked."""
    world.replies["news.example/a"] = reply(PAGE)
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.5"]])  # for robots.txt, the page, and the next page
    fetcher = Fetcher(replace(world.fetcher().network, resolve=lambda _: next(answers)))
    fetcher.fetch(URL)
    assert "10.0.0.5, which is no public address" in trouble(fetcher)


def test_as_users_have_it_this_machine_is_never_asked(world: World) -> None:
    fetcher = Fetcher()
    for host in ("localhost", "127.0.0.1", "[::1]", "0x7f.1", "0177.0.0.1", "2130706433", "127%2e0.0.1"):
        told = trouble(fetcher, f"https://{host}/")
        assert "no public address" in told or "can't be found" in told
    assert world.requests == []


def test_a_certificate_for_another_name(world: World) -> None:
    assert "its certificate is not valid (" in trouble(world.fetcher(), "https://third.example/")
    assert world.requests == []


def test_a_certificate_by_nobody_known(world: World) -> None:
    fetcher = Fetcher(replace(world.fetcher().network, context=tls_context()))
    assert "its certificate is not valid (" in trouble(fetcher)
    assert world.requests == []


def test_a_host_that_is_not_there(world: World) -> None:
    fetcher = Fetcher(replace(world.fetcher().network, port=1))
    assert "can't be reached" in trouble(fetcher)


def test_a_page_that_does_not_show_what_it_is_is_what_it_is_called(world: World) -> None:
    world.replies["news.example/a"] = reply("<p>A page without a head.</p>", Content_Type="text/html")
    world.replies["news.example/b"] = reply("%PDF-1.7", Content_Type="text/html")
    fetcher = world.fetcher()
    assert fetcher.fetch(URL).media_type == HTML
    assert fetcher.fetch("https://news.example/b").media_type is None
