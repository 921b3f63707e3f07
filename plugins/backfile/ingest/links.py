"""Addresses: which may stand in an archive, made whole, and freed of what only tracks the reader."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

# Parameters that name a campaign, a click or a mailing, never a document. The families are those
# that analytics and advertising networks document for their own links.
_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|ms|dc|tw|ttc|y|wbr|gbr)clid|gclsrc|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|hsctatracking|igshid?"
    r"|vero_(?:id|conv)|oly_(?:anon|enc)_id|wt_?(?:mc|zmc)(?:_\w+)?|at_(?:medium|campaign|custom\d)|xtor|cmpid|ncid"
    r"|s_cid|ito|smid|ref_src|__twitter_impression|spm|_openstat|yadclid|ysclid",
    re.IGNORECASE,
)
_SCHEMES = frozenset({"http", "https", "mailto"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
# What would end a Markdown link destination or read as something else in it.
_UNSAFE = re.compile(r"[<>()\[\]\\`\"|{}^\s]")
_MAX_LENGTH = 2000
_BELOW = re.compile(r"/[a-hj-z0-9]", re.IGNORECASE)  # nor is there an "index" below them
_FRONT_PAGES = frozenset({"", "/", "/index.html", "/index.php"})


def base_of(page: str | None, declared: str | None) -> str | None:
    """Return the address that relative links are meant from: ``<base>`` where it is a web address, else the page's."""
    if declared:
        whole = resolve(declared, page)
        if whole:
            return whole
    return page if page and _split(page) else None


def resolve(href: str, base: str | None) -> str | None:
    """Return ``href`` as a whole web or mail address without tracking parameters, or None when it is neither."""
    href = _CONTROL.sub("", href).strip()
    if not href or len(href) > _MAX_LENGTH or href == "#":
        return None
    try:
        whole = urljoin(base, href) if base else href
        parts = urlsplit(whole)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return whole if "@" in parts.path else None
    if parts.scheme not in _SCHEMES or not parts.hostname or "@" in parts.netloc:  # user@host disguises the host
        return None
    if "=" in parts.query:
        parts = parts._replace(query=_without_tracking(parts.query))
    return urlunsplit(parts)


def _without_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    return query if len(kept) == len(pairs) else urlencode(kept)


def destination(url: str) -> str:
    """Return ``url`` so that it can stand as a Markdown link's destination, in a table too."""
    url = _UNSAFE.sub(lambda match: quote(match.group(), safe=""), url)
    return re.sub(r"&(?=#?\w{1,32};)", "&amp;", url)


def host_of(url: str | None) -> str:
    """Return the host name of ``url`` in lower case without ``www.``, or nothing."""
    parts = _split(url) if url else None
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def same_site(href: str, page: str | None) -> bool:
    """Tell whether ``href`` leads to the site of ``page``, as far as the two addresses show."""
    parts = _split(href)
    if parts is None:
        return False
    if not parts.scheme and not parts.netloc:
        return not href.startswith("#")
    here, there = host_of(page), host_of(href)
    return bool(here) and (here == there or here.endswith("." + there) or there.endswith("." + here))


def leads_home(href: str, page: str | None) -> bool:
    """Tell whether ``href`` leads to the front page of the site of ``page``."""
    if href.count("/") > 3 or "?" in href or _BELOW.match(href):  # nearly all links, which need no closer look
        return False
    parts = _split(href)
    if parts is None or parts.path.lower() not in _FRONT_PAGES or not same_site(href, page):
        return False
    return bool(parts.netloc or parts.path) and _split(page or "") != parts


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
