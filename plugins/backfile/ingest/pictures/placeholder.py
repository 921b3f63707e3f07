"""What stands for a picture in a text until it is settled whether it is kept."""

from __future__ import annotations

import re

from backfile.ingest.records import Embedded

SCHEME = "backfile-picture:"
_ADDRESS = re.compile(rf"{SCHEME}([0-9a-f]{{64}})")
# An image in Markdown whose address is a placeholder.
IMAGE = re.compile(
    rf"!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\]\({SCHEME}(?P<sha256>[0-9a-f]{{64}})(?:[ \t]+\"(?P<title>[^\"\n]*)\")?\)"
)
_FIGURE = re.compile(rf"\[?{IMAGE.pattern}(?:\]\([^()\s]*\))?(?:\n\*(?:[^*\\\n]|\\.)+\*)?")


def placeholder(picture: Embedded) -> str:
    """Return the address that stands for a picture."""
    return f"{SCHEME}{picture.sha256}"


def picture_at(address: str) -> str | None:
    """Return the SHA-256 of the picture that ``address`` stands for, or None when it is another address."""
    match = _ADDRESS.fullmatch(address)
    return match[1] if match else None


def is_figure(markdown: str) -> bool:
    """Tell whether a paragraph is a picture, with its caption below it at most, and nothing else."""
    return SCHEME in markdown and _FIGURE.fullmatch(markdown.strip()) is not None


def without_images(markdown: str) -> str:
    """Return ``markdown`` without images that are placeholders; their captions stay."""
    return IMAGE.sub("", markdown) if SCHEME in markdown else markdown
