from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from backfile.publish.live import Builds, Trouble, live_server

TROUBLE = Trouble("articles/a.md:3", "date: “soon” is no <date>.", "Write a day.")


@pytest.fixture
def builds() -> Builds:
    return Builds()


@pytest.fixture
def port(tmp_path: Path, builds: Builds) -> Iterator[int]:
    (tmp_path / "index.html").write_text("<body><p>Front</p></body></html>", encoding="utf-8")
    (tmp_path / "data.json").write_text("{}", encoding="utf-8")
    with live_server(tmp_path, "127.0.0.1", 0, builds) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def get(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read().decode()


def test_a_page_has_the_script_that_loads_it_again_and_no_inline_code(port: int, builds: Builds) -> None:
    script = f'<script src="/-/live.js" data-build="{builds.number}" data-linked="'
    page, _, end = get(port, "/")[1].partition(script)
    assert page == "<body><p>Front</p>"
    assert end.endswith('"></script></body></html>')
    assert script in get(port, "/gone/")[1]
    assert "EventSource" in get(port, "/-/live.js")[1]
    assert get(port, "/data.json") == (200, "{}")


def test_a_page_says_what_stopped_the_last_build_until_one_is_good(port: int, builds: Builds) -> None:
    builds.show([TROUBLE])
    page = get(port, "/")[1]
    assert "<code>articles/a.md:3</code> date: “soon” is no &lt;date&gt;. <strong>Write a day.</strong>" in page
    assert "<p>Front</p>" in page
    assert ".build-trouble" in get(port, "/-/live.css")[1]
    builds.show([])
    assert "Write a day" not in get(port, "/")[1]


def test_pages_are_told_of_each_build(port: int, builds: Builds) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/-/live")
    stream = connection.getresponse()
    first = builds.number
    assert (stream.readline(), stream.readline()) == (b"data: %d\n" % first, b"\n")
    builds.show([])
    assert stream.readline() == b"data: %d\n" % (first + 1)
    stream.close()
    connection.close()
