"""The pictures of a parsed page: each that came with it gets a placeholder for its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import html

from backfile.ingest.pictures.placeholder import SCHEME, picture_at, placeholder
from backfile.ingest.records import Embedded, Find

# A picture in the text that is smaller, beside another address: it holds the place until a script loads the other.
_STAND_IN = 4096
_LATE = re.compile(r"data-(?:src|srcset|original|lazy(?:-src)?|image|url|hi-?res)|srcset|poster")
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
                del image.attrib["src"]
            continue
        for name in [name for name in image.attrib if _LATE.fullmatch(name)]:
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
    return None if inside is not None and others and len(inside.data) < _STAND_IN else inside


def _addresses(image: html.HtmlElement) -> Iterator[str]:
    """Yield the addresses that a picture may have: its own, then those that are loaded late."""
    for name in ("src", *(name for name in image.attrib if _LATE.fullmatch(name))):
        value = (image.get(name) or "").strip()
        if name.endswith("srcset"):
            value = value.split(",")[0].split()[0] if value.strip(", ") else ""
        if value and not value.startswith((SCHEME, "data:")):
            yield value


def _is_icon(image: html.HtmlElement) -> bool:
    """Tell whether the page shows the picture too small for anything but an ornament."""
    sizes = [int(size[1]) for side in ("width", "height") if (size := _SIZE.fullmatch(image.get(side) or ""))]
    return bool(sizes) and (max(sizes) <= _ICON if len(sizes) == 2 else sizes[0] <= _ICON // 2)
