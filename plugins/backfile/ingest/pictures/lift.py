"""Pictures that stand in the text itself, as ``data:`` addresses (RFC 2397), taken out before anything parses it.

A page with its pictures inside is mostly pictures: without them it is small again, and
stays within the budgets of a page's text.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote_to_bytes

from backfile.ingest.pictures.beside import relative
from backfile.ingest.pictures.placeholder import SCHEME, placeholder
from backfile.ingest.records import Embedded, Find

_SIGN = "data:image/"
_IN_HTML = re.compile(
    r"(?<![\w-])(src\s*=\s*)(?:\"\s*(data:image/[^\"]*)\"|'\s*(data:image/[^']*)'|(data:image/[^\s\"'>]+))",
    re.IGNORECASE,
)
_IN_MARKDOWN = re.compile(r"(?<=\]\()<?(data:image/[^\s()<>]+)>?", re.IGNORECASE)
# Some editors put all pictures at a text's end: "![Cranes][image1]" above, "[image1]: <data:...>" below.
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]\n]+)\]:[ \t]*<?(data:image/[^\s<>]+)>?[ \t]*$\n?", re.IGNORECASE | re.MULTILINE
)
_REFERENCE = re.compile(r"!\[([^\[\]\n]*)\](?:\[([^\[\]\n]*)\])?(?!\()")
_LOCAL = re.compile(
    r"!\[((?:[^\[\]\\]|\\.)*)\]\(\s*(?:<([^<>\n]+)>|((?![a-zA-Z][\w+.-]*:|[{|/#])[^\s()<>]+))(\s+\"[^\"\n]*\")?\s*\)"
    r"|!\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]"
)
_TAG = re.compile(r"<img\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_OTHER = re.compile(r"[a-zA-Z][\w+.-]*:|[{|/#]")
_SIZE = re.compile(r"\d+(?:x\d+)?")
_URL = re.compile(r"data:(image/[\w.+-]+)((?:;[^;,]*)*),(.*)", re.IGNORECASE | re.DOTALL)

Lifted = tuple[str, dict[str, Embedded]]


def lift_from_html(text: str) -> Lifted:
    """Return HTML with placeholders for the pictures in it, and the pictures by their SHA-256.

    One that can't be decoded loses its address.
    """
    found: dict[str, Embedded] = {}

    def lifted(match: re.Match[str]) -> str:
        return f'{match[1]}"{_taken(match[2] or match[3] or match[4], found)}"'

    return _replaced(text, lifted), found


def _replaced(text: str, lifted: Callable[[re.Match[str]], str]) -> str:
    """Return HTML with each address of a picture's data replaced: from the data, ``src`` is looked for before it."""
    folded, pieces, done = text.lower(), [], 0
    if len(folded) != len(text):
        return _IN_HTML.sub(lifted, text)
    at = folded.find(_SIGN)
    while at >= 0:
        start = folded.rfind("src", done, at)
        match = _IN_HTML.match(text, start) if start >= 0 else None
        if match and match.end() > at:
            pieces += [text[done : match.start()], lifted(match)]
            done = match.end()
        at = folded.find(_SIGN, max(at + 1, done))
    return "".join([*pieces, text[done:]])


def lift_from_bytes(data: bytes, lift: Callable[[str], Lifted]) -> tuple[bytes, dict[str, Embedded]]:
    """Return what ``lift`` does of a text that is not decoded yet; in UTF-16 nothing is found."""
    if _SIGN.encode() not in data.lower():
        return data, {}
    text, found = lift(data.decode("latin-1"))
    return text.encode("latin-1"), found


def lift_from_markdown(text: str) -> Lifted:
    """Return Markdown with placeholders for the pictures in it, and the pictures by their SHA-256."""
    found: dict[str, Embedded] = {}
    if not _has_data(text):
        return text, found
    defined = {match[1].casefold(): match[2] for match in _DEFINITION.finditer(text)}
    if defined:

        def inlined(match: re.Match[str]) -> str:
            url = defined.get((match[2] or match[1]).casefold())
            return f"![{match[1] if match[2] else ''}]({url})" if url else match.group()

        text = _REFERENCE.sub(inlined, _DEFINITION.sub("", text))
    return _IN_MARKDOWN.sub(lambda match: _taken(match[1], found), text), found


@dataclass(frozen=True, slots=True)
class Placed:
    """Markdown with placeholders for the pictures that lay beside it, those pictures, and which were not there."""

    text: str
    pictures: Mapping[str, Embedded]
    notes: tuple[str, ...] = ()


def place_in_markdown(text: str, find: Find | None) -> Placed:
    """Return Markdown with placeholders for the pictures that ``find`` gives; of others the words stay.

    Both ``![Cranes](cranes.jpg)`` and Obsidian's ``![[cranes.jpg|Cranes]]`` are known.
    """
    found: dict[str, Embedded] = {}
    missing: dict[str, None] = {}
    if find is None:
        return Placed(text, found)

    def placed(match: re.Match[str]) -> str:
        address, words = (match[2] or match[3] or match[5]).strip(), (match[1] or match[6] or "").strip()
        if _OTHER.match(address) or relative(address) is None:
            return match.group()
        picture = find(address)
        if match[5] and (_SIZE.fullmatch(words) or not words):  # Obsidian's width, or the file's own name
            words = ""
        if picture is None:
            missing[address] = None
            return f"*{words}*" if words else ""
        found[picture.sha256] = picture
        return f"![{words}]({placeholder(picture)}{match[4] or ''})"

    text = _LOCAL.sub(placed, text)
    return Placed(text, found, tuple(f"picture not found beside the text: {name[:120]}" for name in missing))


def tags_as_images(text: str) -> str:
    """Return Markdown with ``<img>`` tags, as many editors write them for the size, as images.

    Those within other tags stay.
    """
    return (
        "\n".join(
            _TAG.sub(_as_image, line) if _TAG.sub("", line).count("<") == 0 else line for line in text.split("\n")
        )
        if "<img" in text.lower()
        else text
    )


def _as_image(tag: re.Match[str]) -> str:
    values = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(tag[1])}
    address = values.get("src", "").strip()
    words = re.sub(r"([\\\[\]])", r"\\\1", " ".join(unescape(values.get("alt", "")).split()))
    if not address or re.search(r"[<>\n]", address):
        return ""
    return f"![{words}](<{address}>)" if re.search(r"[\s()]", address) else f"![{words}]({address})"


def _has_data(text: str) -> bool:
    return _SIGN in text or _SIGN in text.lower()


def _taken(url: str, found: dict[str, Embedded]) -> str:
    picture = read_data_url(url)
    if picture is None:
        return ""
    found[picture.sha256] = picture
    return placeholder(picture)


def read_data_url(url: str) -> Embedded | None:
    """Return the picture in a ``data:`` address, or None when there is none."""
    match = _URL.fullmatch(url.strip())
    if match is None or url.startswith(SCHEME):
        return None
    data = unquote_to_bytes(match[3])
    if match[2].lower().rstrip().endswith(";base64"):
        try:
            data = base64.b64decode(re.sub(rb"\s+", b"", data) + b"==")
        except binascii.Error:
            return None
    return Embedded(data, "a picture in the text", match[1].lower()) if data else None
