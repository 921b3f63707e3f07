"""A web of our own on this machine: hosts with certificates, robots.txt and pages, some of them ill-behaved."""

from __future__ import annotations

import contextlib
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from ipaddress import ip_address

import pytest
import trustme

from backfile.errors import IngestError
from backfile.ingest.fetch.fetcher import Fetcher
from backfile.ingest.fetch.public import Address, is_public
from backfile.ingest.fetch.wire import Network, tls_context

HERE = "127.0.0.1"
HOSTS = ("news.example", "other.example", "xn--e1afmkfd.example")
PAGE = "<!doctype html><title>Ferry</title><p>The ferry left the port of Ostby at noon.</p>"
URL = "https://news.example/a"
NOW = datetime(2025, 3, 20, 9, 30, tzinfo=UTC)
# What goes over a connection: bytes, or what sends them as it likes.
Reply = bytes | Callable[[ssl.SSLSocket], None]


def reply(body: bytes | str = b"", status: str = "200 OK", **headers: object) -> bytes:
    """Return an answer as it goes over the wire; underscores in the names of headers are hyphens."""
    data = body.encode() if isinstance(body, str) else body
    said = {"Content_Length": len(data), "Connection": "close", **headers}
    lines = [
        f"HTTP/1.1 {status}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in said.items() if value != ""),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + data


def redirect(location: str, status: str = "302 Found") -> bytes:
    return reply(b"", status, Location=location)


@dataclass
class World:
    """What is served, by host and path (``news.example/a``), and what was asked; a path that is missing gives 404."""

    port: int
    replies: dict[str, Reply] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)  # heads of requests
    names: list[str | None] = field(default_factory=list)  # that clients asked the certificate for
    addresses: dict[str, Sequence[str]] = field(default_factory=dict)  # of hosts; others are here
    pauses: list[float] = field(default_factory=list)

    @property
    def asked(self) -> list[str]:
        """Host and path of each request, without those for robots.txt."""
        heads = [(head.split()[1], head.partition("Host: ")[2].split()[0]) for head in self.requests]
        return [f"{host}{path}" for path, host in heads if path != "/robots.txt"]

    def fetcher(self, **limits: float) -> Fetcher:
        """Return a fetcher for which this is the world."""
        short = {"connect_seconds": 2.0, "silence_seconds": 2.0, "whole_seconds": 5.0, **limits}
        network = Network(
            resolve=lambda host: self.addresses.get(host, [HERE]),
            is_allowed=is_here_or_public,
            port=self.port,
            context=trusting(),
            sleep=self.pauses.append,
            now=lambda: NOW,
            **short,
        )
        return Fetcher(network)


def trouble(fetcher: Fetcher, url: str = URL) -> str:
    """Return the line by which a fetcher refuses an address, which it has to."""
    with pytest.raises(IngestError) as caught:
        fetcher.fetch(url)
    assert str(caught.value).startswith("https://")
    return str(caught.value)


def is_here_or_public(address: Address) -> bool:
    return address == ip_address(HERE) or is_public(address)


@cache
def authority() -> trustme.CA:
    return trustme.CA()


@cache
def trusting() -> ssl.SSLContext:
    """Return what users have, which trusts our own authority besides."""
    context = tls_context()
    authority().configure_trust(context)
    return context


@contextlib.contextmanager
def serving(hosts: Sequence[str] = HOSTS) -> Iterator[World]:
    """Serve a world, with a certificate for ``hosts``, for as long as the block takes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert(*hosts).configure_cert(context)
    world = World(0)
    context.sni_callback = lambda _socket, name, _context: world.names.append(name)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError), context.wrap_socket(self.request, server_side=True) as stream:
                _answer(world, stream)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server((HERE, 0), Handler) as server:
        world.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield world
        finally:
            server.shutdown()
            thread.join()


def _answer(world: World, stream: ssl.SSLSocket) -> None:
    head = b""
    while b"\r\n\r\n" not in head:
        data = stream.recv(4096)
        if not data:
            return
        head += data
    text = head.decode()
    world.requests.append(text)
    host = text.partition("Host: ")[2].split()[0]
    answer = world.replies.get(f"{host}{text.split()[1]}", reply("", "404 Not Found"))
    if callable(answer):
        answer(stream)
    else:
        stream.sendall(answer)
