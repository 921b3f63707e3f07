"""Takes a brief out of the digest that it came from."""

from __future__ import annotations

import re

from backfile.ingest.catalogue import title_key
from backfile.ingest.likeness import Triples, triples
from backfile.pictures import pictures_of

_GAP = re.compile(r"\n{2,}")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
# A line that is one link, such as “Read more”.
_LINK = re.compile(r"(?:[-*]\s+)?(?:\[[^\]\n]*\]\([^)\n]*\)|<https?://[^>\s]+>)\s*")
_ITS_OWN = 0.8


def without_brief(body: str, title: str, text: str) -> str:
    """Return a digest's body without the headline, the text and the pictures of one brief, and the link below them.

    Another item with the same headline stays, unless it has the same text, too.
    """
    own = triples(text)
    blocks = _GAP.split(body.strip("\n"))
    pictures = frozenset(pictures_of(text))
    gone = {at for at, block in enumerate(blocks) if _is_of(block, own) or _shows_only(block, pictures)}
    for at, block in enumerate(blocks):
        heading = _HEADING.fullmatch(block)
        if heading and title_key(heading[1]) == title_key(title) and (at + 1 in gone or not gone):
            gone.add(at)
    for at in range(1, len(blocks)):
        if at - 1 in gone and _LINK.fullmatch(blocks[at]):
            gone.add(at)
    return "\n\n".join(block for at, block in enumerate(blocks) if at not in gone) + "\n"


def _shows_only(block: str, pictures: frozenset[str]) -> bool:
    """Tell whether a block is a picture of the brief."""
    shown = pictures_of(block)
    return bool(shown) and block.startswith("![") and pictures.issuperset(shown)


def _is_of(block: str, own: Triples) -> bool:
    """Tell whether a block says nothing but what the brief does; of the fewest words there is no telling."""
    found = triples(block)
    return bool(found) and len(found & own) >= _ITS_OWN * len(found)
