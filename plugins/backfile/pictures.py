"""Pictures that an import has kept: how their files are called, which ones a text shows, and whether to keep any.

A picture's file stands in ``content/images/`` under the SHA-256 of its bytes, and its name
states its size: so a page can reserve the place (HTML Living Standard, 4.8.3) without any
file being read, and two articles with one picture share one file. A picture that an
editor put there by hand is called as the editor likes, and is none of these.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from enum import StrEnum

FOLDER = "images"
_PATH = re.compile(rf"{FOLDER}/[0-9a-f]{{2}}/[0-9a-f]{{64}}-([1-9][0-9]{{0,4}})x([1-9][0-9]{{0,4}})\.webp")


class Pictures(StrEnum):
    """What an import does with the pictures of an outlet's texts."""

    KEEP = "keep"  # those that came with the text are kept; those on the web become links
    LINK = "link"  # none is kept; those that have an address on the web become links
    DROP = "drop"  # none is kept or linked; captions stay


def picture_path(data: bytes, width: int, height: int) -> str:
    """Return where a picture is kept below ``content/``: by its bytes (WebP) and its size in pixels."""
    sha256 = hashlib.sha256(data).hexdigest()
    return f"{FOLDER}/{sha256[:2]}/{sha256}-{width}x{height}.webp"


def picture_size(address: str) -> tuple[int, int] | None:
    """Return width and height of the kept picture that ``address`` ends in, or None when it is none."""
    match = _PATH.search(address)
    return (int(match[1]), int(match[2])) if match and match.end() == len(address) else None


def is_kept_picture(path: str) -> bool:
    """Tell whether ``path``, below ``content/``, is that of a picture which an import has kept."""
    return _PATH.fullmatch(path) is not None


def pictures_of(*texts: str) -> tuple[str, ...]:
    """Return the paths, below ``content/``, of the kept pictures that Markdown or HTML refers to, each once."""
    return tuple(dict.fromkeys(match.group() for text in texts for match in _PATH.finditer(text)))


def without_addresses(text: str) -> str:
    """Return ``text`` without the paths of kept pictures, which say nothing of what it tells."""
    return _PATH.sub("", text) if f"{FOLDER}/" in text else text


def unused_pictures(paths: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``paths`` that are kept pictures and that none of ``texts`` refers to, in their order."""
    used = {path for text in texts for path in pictures_of(text)}
    return tuple(path for path in paths if is_kept_picture(path) and path not in used)
