"""Whether a feed is one: XML in, faults out."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"


def faults(data: bytes) -> list[str]:
    """Return what is wrong with an XML file: not well-formed, or an Atom feed that lacks what RFC 4287 asks for."""
    try:
        root = ET.fromstring(data)  # noqa: S314 (the site's own file, which Backfile has written)
    except ET.ParseError as error:
        return [f"This is no well-formed XML: {error}."]
    if root.tag != f"{ATOM}feed":
        return []
    entries = root.findall(f"{ATOM}entry")
    found = [
        f"The {part.tag.removeprefix(ATOM)} has no {name}."
        for part in (root, *entries)
        for name in ("id", "title", "updated")
        if not (part.findtext(ATOM + name) or "").strip()
    ]
    ids = Counter(entry.findtext(f"{ATOM}id") for entry in entries)
    return found + [f"Two entries have the id {id_}." for id_, count in ids.items() if id_ and count > 1]
