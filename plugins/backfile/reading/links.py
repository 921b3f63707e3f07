"""Links between files of ``content/``, by Pelican's words for them: ``{filename}`` a text, ``{static}`` a file.

They name a file, from the text's own folder or, with a slash at the start, from
``content/``. ``{attach}`` is taken as ``{static}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from posixpath import dirname, join, normpath
from urllib.parse import SplitResult, quote, unquote, urlsplit

# As nh3 writes attributes: in double quotes.
_LINK = re.compile(r'''\b(href|src)="[{|](?:filename|static|attach)[|}]([^"]*)"''')


def links(html: str, path: str) -> tuple[str, ...]:
    """Return the files below ``content/`` that sanitised HTML links to; ``path`` is the file that it was made from."""
    if _has_none(html):
        return ()
    return tuple(dict.fromkeys(_target(_parts(found[2]), path) for found in _LINK.finditer(html)))


def resolved(html: str, path: str, addresses: Mapping[str, str], root: str) -> str:
    """Return the HTML with each link to a file leading to its address; one that has none stays as it is.

    ``root`` is the way up from the page to the root of the site.
    """

    def lead(found: re.Match[str]) -> str:
        parts = _parts(found[2])
        address = addresses.get(_target(parts, path))
        if address is None:
            return found[0]
        return f'{found[1]}="{escape(root + parts._replace(path=quote(address)).geturl())}"'

    return html if _has_none(html) else _LINK.sub(lead, html)


def _has_none(html: str) -> bool:
    return "{" not in html and "|" not in html


def _parts(value: str) -> SplitResult:
    try:
        return urlsplit(unescape(value))
    except ValueError:  # half an address, such as //[
        return SplitResult("", "", value, "", "")


def _target(parts: SplitResult, path: str) -> str:
    return normpath(join("/", dirname(path), unquote(parts.path)))[1:]
