"""The outlet, and the page's own address."""

from __future__ import annotations

import re

from backfile.ingest.web.head import Head, clean
from backfile.ingest.web.linked_data import strings
from backfile.ingest.web.links import host_of, resolve
from backfile.model import Source

_MAX_NAME = 80


def find_canonical(head: Head, url: str | None) -> str | None:
    """Return the address the page gives itself, when it is of the same site as ``url`` and no mere front page."""
    own = resolve(head.canonical, url or None) if head.canonical else None
    fetched = resolve(url, None) if url else None
    if own is None or (
        own.count("/") <= 3 and own.rstrip("/").count("/") <= 2 and fetched and fetched.rstrip("/").count("/") > 2
    ):
        return fetched
    here, there = host_of(fetched), host_of(own)
    if here and not (here.endswith(there) or there.endswith(here) or _domain(here) == _domain(there)):
        return fetched
    return own


def _domain(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def site_names(head: Head, url: str | None) -> list[str]:
    """Return what the page calls its site, and the site's host with and without its ending: for cutting titles."""
    names = head.all(
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "twitter:site",
        "dc.publisher",
        "publisher",
        "al:android:app_name",
        "al:ios:app_name",
    )
    names += [clean(text) for node in head.articles[:3] for text in strings(node.get("publisher"))]
    names += [
        clean(text) for node in head.nodes if "WebSite" in str(node.get("@type")) for text in strings(node.get("name"))
    ]
    host = host_of(url) or host_of(head.canonical)
    names += [host, *domain_names(host)]
    return [name.lstrip("@") for name in names if name and not name.startswith("http")]


def domain_names(host: str) -> list[str]:
    """Return the name under which ``host`` was registered, with its ending and without."""
    labels = host.split(".")
    return [".".join(labels[-2:]), labels[-2] if len(labels) > 1 else host]


def find_source(head: Head, url: str | None) -> tuple[Source | None, bool]:
    """Return the outlet, and whether its name had to be made from the host."""
    host = host_of(url) or host_of(head.canonical)
    site = f"https://{_authority(url or head.canonical)}/" if host else None
    stated = head.all("og:site_name")
    stated += [clean(text) for node in head.articles[:2] for text in strings(node.get("publisher"))]
    stated += [
        clean(text) for node in head.nodes if "WebSite" in str(node.get("@type")) for text in strings(node.get("name"))
    ]
    stated += head.all("application-name")
    for name in stated:
        name = re.sub(r"^@|\s*\|.*$|\s+-\s+.*$", "", name).strip()
        if 1 < len(name) <= _MAX_NAME and not name.startswith(("http", "www.")) and re.search(r"\w", name):
            return Source(name, site), False
    return (Source(host, site), True) if host else (None, False)


def _authority(url: str | None) -> str:
    return re.sub(r"^https?://([^/?#]*@)?([^/?#]*).*$", r"\2", (url or ""), flags=re.IGNORECASE | re.DOTALL).lower()
