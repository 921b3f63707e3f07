"""Answers that are no document, too large, too slow or broken, and what the user is told of them."""

from __future__ import annotations

import ssl
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backfile.errors import IngestError
from backfile.ingest.fetch import fetcher as module
from backfile.ingest.fetch.robots import Rules
from tests.ingest.fetch.world import PAGE, URL, World, reply, serving, trouble


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
