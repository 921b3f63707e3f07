"""Links of newsletters: without what tells the sender who clicked."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

# Addresses that count a click and then lead on; the one that they lead to stands in a parameter.
_COUNTS = re.compile(r"click|track|redirect|safelinks|/url/?$|/(?:ls|ck|lt|rd|r|l)/", re.IGNORECASE)
_TARGET = frozenset(
    {"url", "u", "q", "target", "redirect", "redirect_url", "dest", "destination", "link", "to", "goto"}
)
_PERSON = re.compile(r"e|e?mail|email_?address|uid|euid|eid|recipient(?:_?id)?|subscriber(?:_?id)?", re.IGNORECASE)


def clean_link(href: str, recipients: frozenset[str]) -> str | None:
    """Return ``href`` led straight to where it leads, without the recipient's address; None when that can't be."""
    for _ in range(3):
        target = _target(href)
        if target is None:
            break
        href = target
    if not any(address in unquote(unquote(href)).lower() for address in recipients):
        return href
    parts = _split(href)
    if parts is None or any(address in unquote(parts.path + parts.netloc).lower() for address in recipients):
        return None
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not any(address in value.lower() for address in recipients)]
    bare = urlunsplit(parts._replace(query=urlencode(kept), fragment=""))
    return None if any(address in unquote(unquote(bare)).lower() for address in recipients) else bare


def public_page(url: str) -> str:
    """Return the address of a message's page on the web without the parameter that says whose copy it is."""
    parts = _split(url)
    if parts is None or "=" not in parts.query:
        return url
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _PERSON.fullmatch(pair[0])]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _target(href: str) -> str | None:
    parts = _split(href)
    if parts is None or not _COUNTS.search(f"{parts.netloc}{parts.path}"):
        return None
    for key, value in parse_qsl(parts.query):
        inner = _split(value) if key.lower() in _TARGET else None
        if (
            inner is not None
            and inner.scheme in {"http", "https"}
            and inner.hostname
            and inner.hostname != parts.hostname
        ):
            return value
    return None


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
