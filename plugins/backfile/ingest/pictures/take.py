"""The pictures of a parsed page: each that came with it gets a placeholder for its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import html

from backfile.ingest.pictures.encode import is_ornament
from backfile.ingest.pictures.placeholder import SCHEME, picture_at, placeholder
from backfile.ingest.records import Embedded, Find

# A picture in the text that is smaller may hold the place of another, until a script loads that.
_STAND_IN = 4096
_SETS = ("srcset", "data-srcset")
# Scripts keep the address of what they load late under names of their own.
_LATE = re.compile(r"(?:(?:https?:)?/|\.{0,2}/?\w)[^\s{}]*\.(?:jpe?g|png|webp|avif|gif)\b", re.IGNORECASE)
_NOTHING = "data:,"  # what a page has for an address until a script has run: an image, but not of anything
_ICON = 40  # pixels that a page gives a picture's longer side, up to which it is an ornament
_SIZE = re.compile(r"\s*(\d{1,5})(?:px)?\s*", re.IGNORECASE)


def take_pictures(root: html.HtmlElement, lifted: Mapping[str, Embedded], find: Find | None) -> dict[str, Embedded]:
    """Give each ``img`` below ``root`` whose picture came with the page a placeholder; return those, by SHA-256.

    ``lifted`` are the pictures whose placeholders stand there already; a placeholder that
    is in the page and no picture's is taken away.
    """
    taken: dict[str, Embedded] = {}
    for image in root.iter("img"):
        picture = _picture(image, lifted, find)
        if picture is None or _is_icon(image):
            if (image.get("src") or "").startswith(SCHEME):
                image.set("src", _NOTHING)
            continue
        for name in [name for name in image.attrib if name in _SETS or name.startswith("data-")]:
            del image.attrib[name]
        image.set("src", placeholder(picture))
        taken[picture.sha256] = picture
    return taken


def _picture(image: html.HtmlElement, lifted: Mapping[str, Embedded], find: Find | None) -> Embedded | None:
    sha256 = picture_at(image.get("src") or "")
    inside = lifted.get(sha256) if sha256 else None
    others = list(_addresses(image))
    if find is not None and (found := next((picture for href in others if (picture := find(href))), None)):
        return found
    is_small = inside is not None and len(inside.data) < _STAND_IN
    return None if inside is not None and is_small and (others or is_ornament(inside)) else inside


def _addresses(image: html.HtmlElement) -> Iterator[str]:
    """Yield the addresses that a picture may have: its own, then those that are loaded late."""
    own = (image.get("src") or "").strip()
    if own and not own.startswith((SCHEME, "data:")):
        yield own
    for name, value in image.attrib.items():
        if name in _SETS:
            yield from value.split(",")[0].split()[:1]
        elif (name.startswith("data-") or name == "poster") and _LATE.match(value):
            yield value


def _is_icon(image: html.HtmlElement) -> bool:
    """Tell whether the page shows the picture too small for anything but an ornament."""
    sizes = [int(size[1]) for side in ("width", "height") if (size := _SIZE.fullmatch(image.get(side) or ""))]
    return bool(sizes) and (max(sizes) <= _ICON if len(sizes) == 2 else sizes[0] <= _ICON // 2)
