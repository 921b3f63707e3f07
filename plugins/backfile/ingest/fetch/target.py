"""An address as it may be fetched: https, a host, no password, the usual port."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from backfile.errors import IngestError

PORT = 443
_MAX_LENGTH = 2000
_PASSWORD = re.compile(r"//[^/?#]*@")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: ``url`` as a whole in ASCII without fragment, its ``host``, and its ``path`` with query."""

    url: str
    host: str
    path: str

    @property
    def robots(self) -> Target:
        """The robots.txt that speaks of it."""
        return read_target(f"https://{self.host}/robots.txt")

    def led_to(self, location: str) -> Target:
        """Return where a redirect from here leads; raises ``IngestError`` when it must not be followed."""
        try:
            return read_target(_joined(self.url, location))
        except IngestError as error:
            raise IngestError(f"it leads to {shown(location)}, which is not fetched: {error}") from error


def shown(url: str) -> str:
    """Return ``url`` for a message and for the record: printable, without a password, not endless."""
    url = _PASSWORD.sub("//", "".join(sign if sign.isprintable() else "?" for sign in url))
    return url if len(url) <= _MAX_LENGTH else f"{url[:100]}…"


def read_target(url: str) -> Target:
    """Return where to ask for ``url``; raises ``IngestError`` when it is no address that is fetched."""
    if len(url) > _MAX_LENGTH:
        raise IngestError(f"the address is longer than {_MAX_LENGTH:,} characters; give the page's own")
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise IngestError("is no address that can be read; check its spelling") from error
    if parts.scheme != "https":
        raise IngestError("only addresses that begin with https:// are fetched; try that, or save the page yourself")
    if not parts.host:
        raise IngestError("names no host; write the whole address")
    if parts.auth is not None:
        raise IngestError("holds a name or password, which would stand in the archive; leave it out")
    if parts.port not in (None, PORT):
        raise IngestError(f"names port {parts.port}; only {PORT}, the usual one, is asked")
    whole = parts._replace(port=None, fragment=None)
    return Target(whole.url, whole.host or "", whole.request_uri)


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return location  # reading it says what is wrong
