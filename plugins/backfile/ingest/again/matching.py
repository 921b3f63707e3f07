"""Which item of a new reading is which article of the old one.

The document's own text is its own text, however it is read. A brief is the article that is most
like it: by its word triples, its headline (now, or as the receipt has it: an editor may have
written another), and its place in the digest. Pairs are made from the surest down, each item and
each article once; one that has nothing like it stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backfile.ingest.changes.catalogue import Held, title_key
from backfile.ingest.changes.likeness import contained, triples
from backfile.ingest.records import Item

_ALIKE = 0.5  # of a brief's triples, as in backfile.ingest.changes.match; a headline and a place are as much
_TITLE = 0.3
_PLACE = 0.2


def matched(items: Sequence[Item], articles: Sequence[Held], titles: Mapping[str, str]) -> tuple[Held | None, ...]:
    """Return the article of each item, or None; ``titles`` are those of an earlier reading, by the article's path."""
    pairs = sorted(
        (
            (-score, at, held.path)
            for at, item in enumerate(items)
            for held, score in _scores(item, _place(items, at), articles, titles)
            if score >= _ALIKE
        ),
    )
    found: dict[int, str] = {}
    for _, at, path in pairs:
        if at not in found and path not in found.values():
            found[at] = path
    _match_the_whole(items, articles, found)
    by_path = {held.path: held for held in articles}
    return tuple(by_path[found[at]] if at in found else None for at in range(len(items)))


def _match_the_whole(items: Sequence[Item], articles: Sequence[Held], found: dict[int, str]) -> None:
    """Match the document's own text with the only article that is no brief."""
    whole = [held for held in articles if not _is_brief(held)]
    if 0 not in found and items and len(whole) == 1 and whole[0].path not in found.values():
        found[0] = whole[0].path


def _scores(
    item: Item, place: int | None, articles: Sequence[Held], titles: Mapping[str, str]
) -> list[tuple[Held, float]]:
    own, title = triples(item.markdown), title_key(item.title)
    return [
        (held, _score(own, title, place, held, titles))
        for held in articles
        if _is_brief(held) == (item.digest is not None)
    ]


def _score(
    own: frozenset[tuple[str, ...]], title: str, place: int | None, held: Held, titles: Mapping[str, str]
) -> float:
    has_title = title in (title_key(held.front.title), title_key(titles.get(held.path, "")))
    has_place = place is not None and held.front.digest_item == place
    return contained(own, triples(held.body)) + has_title * _TITLE + has_place * _PLACE


def _place(items: Sequence[Item], at: int) -> int | None:
    """Return which brief of its digest an item is, from 1."""
    digest = items[at].digest
    return None if digest is None else sum(item.digest == digest for item in items[: at + 1])


def _is_brief(held: Held) -> bool:
    return held.front.digest is not None
