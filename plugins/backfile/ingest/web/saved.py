"""What a program wrote into a page when it saved it: the page's address, an archive's own, its place for the author.

Browsers and SingleFile leave the address in a comment, Firefox's reader view in a link, caches and
Joomla in ``base``, print views in a line. A copy of the Wayback Machine has its own address before
all others, which is taken off.
"""

from __future__ import annotations

import re

from lxml import html

from backfile.ingest.links import resolve
from backfile.ingest.web.shown import shown_line
from backfile.model import Source

_HEAD = 5_000  # characters in which such comments stand
_COMMENTS = (
    re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->", re.IGNORECASE),
    re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)", re.IGNORECASE),
)
_PRINTED = re.compile(r"(?:printed from|source url)\s*:\s*(?:<[^<>]{1,300}>\s*)*(https?://[^\s<>\"']+)", re.IGNORECASE)
_ARCHIVED = re.compile(r"(?:https?:)?(?://[^/?#\s]+)?/web/\d{4,14}(?:[a-z]{2}_)?/(https?:/.+)", re.IGNORECASE)
_WAYBACK = ("__wm.init(", "__wm.wombat(", "BEGIN WAYBACK TOOLBAR", "wm-ipp-base")
_OWNER = "tgme_widget_message_owner_name"
_ADDRESSES = ("href", "src", "content")
# An address of a page, and not of a site or of one of its folders.
_PAGE = re.compile(r"https?://[^/?#]+/(?:[^?#]*[^/?#]|[^#]*\?[^#]+)", re.IGNORECASE)


def address_of(root: html.HtmlElement, text: str, url: str | None) -> str | None:
    """Return the address of the page in ``text``, which came from ``url``; ``root`` is freed of an archive's own."""
    archived = _ARCHIVED.fullmatch(url or "")
    if archived or any(sign in text for sign in _WAYBACK):
        _free(root)
    if url:
        return _whole(archived[1]) if archived else url
    said = next((found[1] for pattern in _COMMENTS if (found := pattern.search(text, 0, _HEAD))), None)
    printed = _PRINTED.search(text) if said is None else None
    return said or _of_reader(root) or (printed[1] if printed else None) or _of_base(root)


def channel_of(root: html.HtmlElement, text: str) -> Source | None:
    """Return the channel or chat whose posts a page of Telegram shows, on the web or as its programs export it."""
    if _OWNER in text:  # what few pages have is looked for where that is soon done
        for place in root.xpath(f'.//*[contains(@class, "{_OWNER}")]'):
            return _named(shown_line(place), place.get("href"))
    title = next((title.text_content().strip() for title in root.iter("title")), "")
    if title != "Exported Data":
        return None
    heads: list[html.HtmlElement] = root.xpath('.//div[@class="page_header"]//div[@class="text bold"]')
    return _named(shown_line(heads[0]), None) if heads else None


def _named(name: str, href: str | None) -> Source | None:
    return Source(name, resolve(href, None) if href else None) if name else None


def _free(root: html.HtmlElement) -> None:
    for element in root.iter():
        for name in _ADDRESSES:
            if found := _ARCHIVED.fullmatch(element.get(name) or ""):
                element.set(name, _whole(found[1]))


def _whole(url: str) -> str:
    return re.sub(r"^(https?:/)(?!/)", r"\1/", url)


def _of_reader(root: html.HtmlElement) -> str | None:
    """Return the address in a page of Firefox's reader view; mark the place in which it names the author."""
    link = next(iter(root.xpath('.//a[contains(@class, "reader-domain")]')), None)
    if link is None:
        return None
    for place in root.xpath('.//*[contains(@class, "reader-credits")]'):
        place.set("class", "author")
    return link.get("href") or None


def _of_base(root: html.HtmlElement) -> str | None:
    base = next((base.get("href") for base in root.iter("base") if base.get("href")), "")
    return base if _PAGE.fullmatch(base) else None
