from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from backfile.publish.server import site_server


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    for path in ("index.html", "404.html", "2025/index.html", "feeds/all.atom", "search/engine.wasm"):
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text(f"<p>{path}", encoding="utf-8")
    return output


@pytest.fixture(params=["/", "/archive/"])
def base(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def connection(output: Path, base: str) -> Iterator[HTTPConnection]:
    with site_server(output, base=base) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        server.shutdown()
        thread.join()


def get(connection: HTTPConnection, path: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    connection.request(method, path)
    response = connection.getresponse()
    return response, response.read()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("2025/?q=1", "text/html; charset=utf-8"),
        ("feeds/all.atom", "application/atom+xml"),
        ("search/engine.wasm", "application/wasm"),
    ],
)
def test_pages_come_with_their_type(connection: HTTPConnection, base: str, path: str, kind: str) -> None:
    response, _ = get(connection, base + path)
    assert (response.status, response.getheader("Content-Type")) == (200, kind)


def test_a_folder_leads_to_its_page(connection: HTTPConnection, base: str) -> None:
    response, _ = get(connection, base + "2025")
    assert (response.status, response.getheader("Location")) == (301, base + "2025/")


@pytest.mark.parametrize("path", ["no/such/page/", "feeds/", "../../secret", "%2e%2e/%2e%2e/secret"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_not_there_shows_the_site_s_own_page(
    connection: HTTPConnection, output: Path, base: str, path: str, method: str
) -> None:
    (output.parent / "secret").write_text("not of the site", encoding="utf-8")
    response, body = get(connection, base + path, method)
    assert (response.status, body) == (404, b"<p>404.html" if method == "GET" else b"")


def test_outside_of_its_base_there_is_nothing(output: Path) -> None:
    with site_server(output, base="/archive/") as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        response, _ = get(HTTPConnection("127.0.0.1", server.server_port, timeout=5), "/2025/")
        thread.join()
    assert response.status == 404


def test_nothing_is_shown_while_a_site_is_put_in_place(connection: HTTPConnection, output: Path, base: str) -> None:
    home = output.parent / ".output.backfile"
    home.mkdir()
    (home / "journal").touch()
    response, _ = get(connection, base)
    assert (response.status, response.getheader("Retry-After")) == (503, "1")
