"""Fetching as its caller sees it: an address in, a raw document or one clear line out."""

from __future__ import annotations

import ssl
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.errors import IngestError
from backfile.ingest.fetch import fetcher as module
from backfile.ingest.fetch.fetcher import Fetcher
from backfile.ingest.fetch.robots import Rules
from backfile.ingest.fetch.wire import tls_context
from backfile.ingest.media import HTML
from backfile.ingest.records import Fetched
from tests.ingest.fetch.world import NOW, World, redirect, reply, serving

PAGE = "<!doctype html><title>Ferry</title><p>The ferry left the port of Ostby at noon.</p>"
URL = "https://news.example/a"


def trouble(fetcher: Fetcher, url: str = URL) -> str:
    with pytest.raises(IngestError) as caught:
        fetcher.fetch(url)
    assert str(caught.value).startswith("https://")
    return str(caught.value)


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


@pytest.mark.parametrize(
    ("status", "headers", "why"),
    [
        ("404 Not Found", {}, "is not there (404 Not Found); check the address"),
        ("403 Forbidden", {}, "save the page and import the file"),
        ("500 Oops", {}, "answers 500 Oops; try again later"),
        ("304 Not Modified", {}, "answers 304"),
        ("429 Slow down", {"Retry_After": "120"}, "left alone for now (429 Slow down); import it again in 120 seconds"),
        (
            "503 Busy",
            {"Retry_After": "Thu, 20 Mar 2025 12:00:00 GMT"},
            "import it again after 2025-03-20T12:00:00+00:00",
        ),
        ("503 Busy", {"Retry_After": "soon"}, "import it again later"),
    ],
)
def test_answers_that_are_no_document(world: World, status: str, headers: dict[str, str], why: str) -> None:
    world.replies["news.example/a"] = reply("<p>No.</p>", status, **headers)
    assert why in trouble(world.fetcher())


def test_a_host_that_asks_to_be_left_alone_is(world: World) -> None:
    world.replies["news.example/a"] = reply("", "429 Too Many Requests")
    fetcher = world.fetcher()
    trouble(fetcher)
    assert "left alone" in trouble(fetcher, "https://news.example/b")
    assert world.asked == ["news.example/a"]


def test_a_document_larger_than_it_may_be(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 2**20)
    world.replies["news.example/a"] = reply(b"x" * (2**20 + 1))
    assert "is larger than 1 MB" in trouble(world.fetcher())


def packed(data: bytes, *, chunked: bool) -> bytes:
    """Return an answer that is packed by gzip."""
    packer = zlib.compressobj(9, wbits=31)
    body = packer.compress(data) + packer.flush()
    if not chunked:
        return reply(body, Content_Encoding="gzip")
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    return reply(body, Content_Length="", Transfer_Encoding="chunked", Content_Encoding="gzip")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_bomb_is_not_unpacked(world: World, monkeypatch: pytest.MonkeyPatch, chunked: bool) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 2**20)
    world.replies["news.example/a"] = packed(bytes(2**26), chunked=chunked)
    tracemalloc.start()
    assert "is larger than 1 MB" in trouble(world.fetcher())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**23


@pytest.mark.parametrize("chunked", [False, True])
def test_a_packed_page_is_unpacked(world: World, chunked: bool) -> None:
    world.replies["news.example/a"] = packed(PAGE.encode(), chunked=chunked)
    assert world.fetcher().fetch(URL).data == PAGE.encode()


def drip(piece: bytes, seconds: float = 0.02) -> Callable[[ssl.SSLSocket], None]:
    """Return what sends a piece again and again for as long as anyone listens."""

    def send(stream: ssl.SSLSocket) -> None:
        for _ in range(1000):
            stream.sendall(piece)
            time.sleep(seconds)

    return send


def begun(start: bytes, then: Callable[[ssl.SSLSocket], None]) -> Callable[[ssl.SSLSocket], None]:
    def send(stream: ssl.SSLSocket) -> None:
        stream.sendall(start)
        then(stream)

    return send


@pytest.mark.parametrize(
    "slow",
    [
        drip(b"H"),
        begun(b"HTTP/1.1 200 OK\r\n", drip(b"X: y\r\n", 0.1)),
        begun(reply(b"", Content_Length=10**6), drip(b"x")),
        begun(reply(b"", Content_Length="", Transfer_Encoding="chunked"), drip(b"1\r\nx\r\n")),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["status", "headers", "body", "chunks", "not yet"],
)
def test_a_server_that_drips_is_left(world: World, slow: Callable[[ssl.SSLSocket], None]) -> None:
    world.replies["news.example/a"] = slow
    started = time.monotonic()
    assert "answers too slowly" in trouble(world.fetcher(whole_seconds=0.25))
    assert time.monotonic() - started < 2


def test_a_server_that_says_nothing_is_left(world: World) -> None:
    world.replies["news.example/a"] = lambda _: time.sleep(1)
    assert "answers too slowly" in trouble(world.fetcher(silence_seconds=0.2))


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"What do you want?\r\n\r\n",
        reply(b"half", Content_Length=8),
        reply(b"no gzip at all", Content_Encoding="gzip"),
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ],
    ids=["nothing", "no HTTP", "cut short", "badly packed", "headers without end"],
)
def test_an_answer_that_is_broken(world: World, broken: bytes) -> None:
    world.replies["news.example/a"] = broken
    assert "its answer broke off, or is none that can be read" in trouble(world.fetcher())


@pytest.fixture(scope="module")
def wild() -> Iterator[World]:
    """A world for all wild answers, since there are many."""
    with serving() as found:
        yield found


LINE = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=60)
@given(
    answer=st.one_of(
        st.binary(),
        st.binary().map(lambda body: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body),
        st.binary().map(lambda body: reply(body, Content_Encoding="deflate")),
        st.builds(lambda status, line: reply(b"", f"{status} {line}", Location=line), st.integers(200, 599), LINE),
        LINE.map(lambda line: reply(PAGE, Content_Type=line, Last_Modified=line)),
        LINE.map(lambda line: reply(PAGE, Content_Type=f"text/html; charset={line}")),
        LINE.map(lambda line: reply(b"", "429 x", Retry_After=line)),
    )
)
def test_any_answer_is_a_document_or_refused_in_one_line(wild: World, answer: bytes) -> None:
    fetcher = wild.fetcher()
    fetcher.rules["news.example"] = Rules()
    wild.replies["news.example/a"] = answer
    told = ""
    try:
        fetcher.fetch(URL)
    except IngestError as error:
        told = str(error)
    assert told.isprintable()


def test_an_answer_packed_in_a_way_nobody_asked_for(world: World) -> None:
    world.replies["news.example/a"] = reply(b"x", Content_Encoding="br")
    assert "is packed as br" in trouble(world.fetcher())


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


@pytest.mark.parametrize(
    ("body", "headers"),
    [("<meta content='index, NOARCHIVE' name=robots>", {}), ("", {"X_Robots_Tag": "noarchive"})],
)
def test_a_page_that_asks_not_to_be_kept(world: World, body: str, headers: dict[str, str]) -> None:
    world.replies["news.example/a"] = reply(PAGE + body, **headers)
    fetched = world.fetcher().fetch(URL).fetched
    assert fetched is not None
    assert fetched.noarchive


@pytest.mark.parametrize(
    ("robots", "why"),
    [
        (reply("User-agent: *\nDisallow: /a"), "asks programs not to fetch it (robots.txt)"),
        (reply("User-agent: *\nDisallow: /\n\nUser-agent: backfile\nAllow: /"), ""),
        (reply("", "404 Not Found"), ""),
        (reply("", "403 Forbidden"), ""),
        (reply("", "500 Oops"), "robots.txt, which says what may be fetched, can't be had (500 Oops)"),
        (reply("", "429 Slow", Retry_After=9), "left alone for now (429 Slow); import it again in 9 seconds"),
        (redirect("/rules"), "asks programs not to fetch it"),
        (redirect("/robots.txt"), ""),
        (redirect("http://news.example/rules"), "can't be had: it leads to http://news.example/rules"),
    ],
    ids=["no", "yes", "none", "hidden", "broken", "busy", "elsewhere", "round", "unsafe"],
)
def test_robots_txt_is_kept_to(world: World, robots: bytes, why: str) -> None:
    world.replies |= {"news.example/robots.txt": robots, "news.example/a": reply(PAGE)}
    world.replies["news.example/rules"] = reply("User-agent: *\nDisallow: /")
    fetcher = world.fetcher()
    if why:
        assert why in trouble(fetcher)
        assert "news.example/a" not in world.asked
    else:
        assert fetcher.fetch(URL).data == PAGE.encode()


def test_robots_txt_of_where_a_redirect_leads_is_kept_to(world: World) -> None:
    world.replies["news.example/a"] = redirect("https://other.example/b")
    world.replies["other.example/robots.txt"] = reply("User-agent: *\nDisallow: /b")
    assert "robots.txt" in trouble(world.fetcher())
    assert world.asked == ["news.example/a"]


def test_robots_txt_is_read_once_and_documents_are_asked_for_slowly(world: World) -> None:
    world.replies["news.example/robots.txt"] = reply("User-agent: *\nCrawl-delay: 7")
    world.replies |= {f"{host}/a": reply(PAGE) for host in ("news.example", "other.example")}
    fetcher = world.fetcher()
    for url in (URL, URL, "https://other.example/a", "https://other.example/a"):
        fetcher.fetch(url)
    assert len(world.requests) == 4 + 2
    assert [round(pause) for pause in world.pauses] == [7, 1]
