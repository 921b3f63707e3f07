"""Where an address in a page leads: pure."""

from __future__ import annotations

import posixpath
from enum import Enum
from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class Kind(Enum):
    """What sort of place an address names."""

    SITE = "a file of this site"
    ROOT = "the host's root"
    HOST = "another host"
    UNSAFE = "a script, or a file of the reader's own"
    OTHER = "no place that a check could visit"  # mailto:, tel:, data:


class Target(NamedTuple):
    """Where an address leads: ``path`` is relative to the site ("" is its front), or begins with ``..`` outside of it.

    For another host it is the host's name.
    """

    kind: Kind
    path: str = ""
    fragment: str = ""


def target(page: str, address: str, site_url: str = "") -> Target:
    """Return where ``address`` leads from the file ``page``.

    ``site_url`` is the site's public address without a slash at its end, or "".
    """
    if site_url and (address == site_url or address.startswith(site_url + "/")):
        page, address = "index.html", address.removeprefix(site_url).lstrip("/")
    try:
        scheme, host, path, _, fragment = urlsplit(address)
    except ValueError:  # such as an unclosed bracket of an IPv6 address
        return Target(Kind.SITE, address)
    if scheme in ("javascript", "vbscript", "file"):
        return Target(Kind.UNSAFE)
    if host:
        return Target(Kind.HOST, host)
    if scheme:
        return Target(Kind.OTHER)
    if path.startswith("/"):
        return Target(Kind.ROOT, unquote(path)[1:], unquote(fragment))
    if not path:
        return Target(Kind.SITE, page, unquote(fragment))
    where = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
    is_folder = path.rpartition("/")[2] in ("", ".", "..")
    return Target(Kind.SITE, "" if where == "." else where + "/" * is_folder, unquote(fragment))


def file_of(path: str) -> str:
    """Return the file that a host shows for a path: a folder's is its ``index.html``."""
    return path + "index.html" if not path or path.endswith("/") else path
