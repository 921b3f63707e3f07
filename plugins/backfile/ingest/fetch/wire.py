"""One request over one connection, to the very address that was checked.

A host is resolved once for each request; each address found is checked, and the
connection goes to such an address and not to the name, so that no second look-up can give
another. The certificate is verified for the name, and the name is what server and
certificate are asked for. Proxies from the environment are not asked: they would resolve
the name again.

urllib3 speaks HTTP: it takes an address apart from the name to verify, and unpacks no more
than it is asked for. Rejected: httpx and requests (pools, redirects, proxies, cookies to
switch off), ``http.client`` alone (it unpacks nothing).
"""

from __future__ import annotations

import math
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any

import certifi
from urllib3 import HTTPResponse
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as HTTPTimeoutError
from urllib3.util.ssl_match_hostname import CertificateError

import backfile
from backfile.errors import IngestError
from backfile.ingest.fetch.public import Address, is_public
from backfile.ingest.fetch.robots import AGENT
from backfile.ingest.fetch.target import PORT, Target

_HEADERS = {
    "User-Agent": f"{AGENT}/{backfile.__version__}",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 64 * 1024
_SLOW = "answers too slowly; try again later"


class TimedSocket(ssl.SSLSocket):
    """A connection that is read until a deadline and no longer, however slowly its other end sends.

    A socket's own limit is for one piece of data: a byte now and then would keep it open for ever.
    """

    deadline = math.inf  # of the monotonic clock
    patience = math.inf  # seconds for one piece of data

    def read(self, len: int = 1024, buffer: Any = None) -> Any:  # noqa: A002 (named so by the base class)
        """Read as the base class does; raises ``TimeoutError`` after the deadline."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(min(left, self.patience))
        return super().read(len, buffer)


def tls_context() -> ssl.SSLContext:
    """Return what verifies certificates: by the system's authorities and those that browsers trust (certifi)."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.sslsocket_class = TimedSocket
    return context


def resolve(host: str) -> Sequence[str]:
    """Return the network addresses of ``host``, each once, in the system's order; raises ``OSError``."""
    found = socket.getaddrinfo(host.strip("[]"), PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Network:
    """The network and the clock as fetching meets them; a test puts others in their place, a user can't.

    ``connect_seconds`` is for a connection to stand, ``silence_seconds`` for the next piece
    of data, ``whole_seconds`` for all that a document takes, its robots.txt and redirects
    too.
    """

    resolve: Callable[[str], Sequence[str]] = resolve
    is_allowed: Callable[[Address], bool] = is_public
    port: int = PORT
    context: ssl.SSLContext = field(default_factory=tls_context)
    connect_seconds: float = 10
    silence_seconds: float = 20
    whole_seconds: float = 120
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; ``data`` is the body, unpacked, of an answer that is no redirect and no error."""

    status: int
    reason: str
    headers: Mapping[str, str]
    data: bytes = b""

    @property
    def location(self) -> str | None:
        """Where a redirect leads."""
        found = self.headers.get("Location") if self.status in _REDIRECTS else None
        # Headers are read as Latin-1; addresses in them are UTF-8 where they are not ASCII.
        return found.encode("latin-1", "replace").decode("utf-8", "replace") if found else None


def ask(target: Target, network: Network, deadline: float, limit: int, *, cut: bool = False) -> Answer:
    """Return the answer to a GET of ``target`` by ``deadline`` (of the monotonic clock).

    A body of more than ``limit`` bytes is refused, or with ``cut`` left off there. Raises
    ``IngestError`` with what is wrong and the mend, without the address.
    """
    addresses = _checked(target.host, network)
    connection = _connected(target.host, addresses, network, deadline)
    try:
        headers = {"Host": target.host, **_HEADERS}
        connection.request("GET", target.path, headers=headers, preload_content=False)
        response = connection.getresponse()
        data = _body(response, limit, cut=cut) if 200 <= response.status < 300 else b""
        return Answer(response.status, response.reason or "", response.headers, data)
    except (HTTPError, HTTPException, OSError) as error:
        raise IngestError(_trouble(error)) from error
    finally:
        connection.close()


def _checked(host: str, network: Network) -> Sequence[str]:
    """Return the addresses of ``host``; raises ``IngestError`` when there are none, or one of them is not public."""
    try:
        found = network.resolve(host)
    except (OSError, UnicodeError) as error:
        raise IngestError("its host can't be found; check the spelling, and your connection") from error
    for each in found:
        if not network.is_allowed(ip_address(each)):
            raise IngestError(f"its host is at {each}, which is no public address; save the page yourself")
    return found


def _connected(host: str, addresses: Sequence[str], network: Network, deadline: float) -> HTTPSConnection:
    """Return a connection to the first address that takes one, with the certificate verified for ``host``."""
    trouble = "its host has no address; check the spelling"
    for address in addresses:
        left = deadline - time.monotonic()
        if left <= 0:
            raise IngestError(_SLOW)
        connection = HTTPSConnection(
            address,
            network.port,
            server_hostname=host,
            ssl_context=network.context,
            timeout=min(left, network.connect_seconds),
        )
        try:
            connection.connect()
        except (HTTPError, OSError, CertificateError) as error:
            connection.close()
            trouble = _trouble(error)
            continue
        timed: Any = connection.sock
        timed.deadline, timed.patience = deadline, network.silence_seconds
        return connection
    raise IngestError(trouble)


def _body(response: HTTPResponse, limit: int, *, cut: bool) -> bytes:
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise IngestError(f"is packed as {encoding[:40]}, which was not asked for; save the page yourself")
    data = bytearray()
    for chunk in response.stream(_CHUNK, decode_content=True):
        data += chunk
        if len(data) > limit:
            if cut:
                break
            raise IngestError(f"is larger than {limit // 1024 // 1024} MB; save the part that you need")
    return bytes(data[:limit])


def _trouble(error: Exception) -> str:
    """Return what went wrong on the way, and the mend, in words."""
    if isinstance(error, NewConnectionError):  # before timeouts, as which urllib3 counts it
        return f"can't be reached ({getattr(error.__cause__, 'strerror', None) or 'no connection'}); try again later"
    if isinstance(error, (TimeoutError, HTTPTimeoutError)):
        return _SLOW
    cause = error.args[0] if isinstance(error, SSLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({cause.verify_message.rstrip('.')}); check the address"
    if isinstance(cause, (ssl.SSLError, CertificateError)):
        return "no safe connection can be made to it (TLS); save the page yourself"
    return "its answer broke off, or is none that can be read; try again later"
