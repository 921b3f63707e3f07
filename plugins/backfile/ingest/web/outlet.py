"""The outlet, and the page's own address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from backfile.ingest.links import host_of, leads_home, resolve
from backfile.ingest.web.head import Head, clean
from backfile.ingest.web.linked_data import strings
from backfile.ingest.web.shown import key_of, shown_line, unaccented
from backfile.model import Source
from backfile.slugs import slugify

_MAX_NAME = 80
_MAX_TAIL = 40
_AFTER, _BEFORE = re.compile(r"\s*[^\w\s]+\s+\S"), re.compile(r"\S(?:\s[^\w\s]+\s+|\|\s*)$")
_HOME_LINKS = 12  # links to the front page that are looked at: there are more of them in menus
# What menus call the front page, whatever its name.
_HOME = re.compile(
    r"(?:home|main|start|головна|главная|startseite|accueil|inicio|início)(?: ?page| сторінка| страница)?",
    re.IGNORECASE,
)


def find_canonical(head: Head, url: str | None) -> str | None:
    """Return the address the page gives itself, when it is of the same site as ``url`` and no mere front page."""
    stated = head.canonical or next(_stated(head), None)
    own = resolve(stated, url or None) if stated else None
    fetched = resolve(url, None) if url else None
    if own is None or (
        own.count("/") <= 3 and own.rstrip("/").count("/") <= 2 and fetched and fetched.rstrip("/").count("/") > 2
    ):
        return fetched
    here, there = host_of(fetched), host_of(own)
    if here and not (here.endswith(there) or there.endswith(here) or _domain(here) == _domain(there)):
        return fetched
    return own


def _stated(head: Head) -> Iterator[str]:
    """Yield the addresses that the page's data give to its article."""
    for node in head.articles[:1]:
        for name in ("mainEntityOfPage", "url"):
            value = node.get(name)
            url = value.get("@id") if isinstance(value, dict) else value
            if isinstance(url, str) and url.startswith("http"):
                yield url


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


def home_names(root: html.HtmlElement, head: Head, url: str | None) -> list[str]:
    """Return what links to the front page call it, where ``<title>`` begins or ends with the same words.

    Two such statements name the site as surely as one that is made for machines.
    """
    found = dict.fromkeys(name for name in _calls(root, url or head.canonical) if _ends(head.title, name))
    marked = root.xpath('.//*[@itemprop="publisher"]//*[@itemprop="name"]')
    stated = (clean(name.get("content") or shown_line(name)) for name in marked[:2])
    host = host_of(url) or host_of(head.canonical)
    named = [name for name in stated if name and (not host or _is_of(name, host))]  # some name another of their papers
    return [*(name for name in found if not _HOME.fullmatch(name)), *named]


def _calls(root: html.HtmlElement, page: str | None) -> Iterator[str]:
    links = [link for link in root.iter("a") if leads_home(link.get("href") or "", page)]
    for link in links[:_HOME_LINKS]:
        yield shown_line(link) or " ".join(clean(image.get("alt") or "") for image in link.iter("img"))


def _ends(title: str, name: str) -> bool:
    """Tell whether ``title`` begins or ends with ``name``, set off by a sign."""
    if not 1 < len(name) <= _MAX_NAME:
        return False
    after, before = title.removeprefix(name), title.removesuffix(name)
    return (after != title and _AFTER.match(after) is not None) or (
        before != title and _BEFORE.search(before) is not None
    )


def domain_names(host: str) -> list[str]:
    """Return the name under which ``host`` was registered, with its ending and without."""
    labels = host.split(".")
    return [".".join(labels[-2:]), labels[-2] if len(labels) > 1 else host]


def find_source(head: Head, url: str | None, home: list[str]) -> tuple[Source | None, bool]:
    """Return the outlet, and whether its name had to be made from the host; ``home`` is its name for itself."""
    host = host_of(url) or host_of(head.canonical)
    site = f"https://{_authority(url or head.canonical)}/" if host else None
    stated = head.all("og:site_name")
    stated += [clean(text) for node in head.articles[:2] for text in strings(node.get("publisher"))]
    stated += [
        clean(text) for node in head.nodes if "WebSite" in str(node.get("@type")) for text in strings(node.get("name"))
    ]
    stated += [*head.all("application-name", "citation_publisher", "dc.publisher", "dcterms.publisher"), *home]
    for name in stated:
        name = re.sub(r"^@|\s*\|.*$|\s+-\s+.*$", "", name).strip()
        if 1 < len(name) <= _MAX_NAME and not name.startswith(("http", "www.")) and re.search(r"\w", name):
            return Source(name, site), False
    if (tail := _tail(head)) and (not host or _is_of(tail, host)):
        return Source(tail, site), not host
    return (Source(host, site), True) if host else (None, False)


def _tail(head: Head) -> str | None:
    """Return the last part of ``<title>``, where most pages name their outlet."""
    *others, tail = re.split(r"\s+[-–—|·•»«›:/~]+\s+|\s*[|｜]\s*", head.title)
    is_name = 1 < len(tail) <= _MAX_TAIL and len(tail.split()) <= 5 and not re.search(r"\d|^www\.", tail)
    return tail if others and is_name else None


def _is_of(name: str, host: str) -> bool:
    """Tell whether the host bears the name, or a part of it."""
    own = key_of(domain_names(host)[1])
    keys = (key_of(unaccented(name)), key_of(slugify(name, lang="uk")), key_of(slugify(name, lang="ru")))
    return len(own) > 2 and any(own in key or (len(key) > 4 and key in own) for key in keys)


def _authority(url: str | None) -> str:
    return re.sub(r"^https?://([^/?#]*@)?([^/?#]*).*$", r"\2", (url or ""), flags=re.IGNORECASE | re.DOTALL).lower()
