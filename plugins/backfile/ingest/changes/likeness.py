"""How like two texts are, by their word triples; and whether two addresses are one."""

from __future__ import annotations

from urllib.parse import urldefrag
from zlib import crc32

from backfile.ingest.links import resolve
from backfile.ingest.vocabulary.words import words
from backfile.pictures import without_addresses

# Of two texts that share four triples in five, next to all share one of so many.
_SKETCH = 8

Triples = frozenset[tuple[str, ...]]


def triples(text: str) -> Triples:
    """Return each three words of ``text`` that follow each other, whatever their case."""
    found = words(without_addresses(text).casefold())
    return frozenset(zip(found, found[1:], found[2:], strict=False))


def likeness(one: str, other: str) -> float:
    """Return which share of the shorter text's word triples the other has too."""
    return contained(triples(one), triples(other))


def contained(one: Triples, other: Triples) -> float:
    """Return which share of the smaller set the other has too."""
    return len(one & other) / max(1, min(len(one), len(other)))


def resemblance(one: Triples, other: Triples) -> float:
    """Return the share that two sets have in common of all that they have (Jaccard)."""
    return len(one & other) / max(1, len(one | other))


def sketch(found: Triples) -> tuple[int, ...]:
    """Return the least hashes of a text's triples: texts that are much alike share some (Broder's sketches, 1997)."""
    return tuple(sorted(crc32(" ".join(triple).encode()) for triple in found)[:_SKETCH])


def same_address(url: str) -> str:
    """Return what addresses of one document share: no scheme, fragment, tracking parameters or last slash."""
    whole = urldefrag(resolve(url, None) or url).url
    return whole.partition("://")[2].rstrip("/") or whole
