"""How the articles are shared out among shards: a year each, and finer where a year is large.

A shard that holds more than :data:`LIMIT` articles is cut: a year into halves, a half into
quarters, these into months; a month too into halves, quarters (of eight days) and days, and
a day by a hash of the address. Whether a part is cut depends on what is in it alone, so a
new article cuts one shard at most, and all others stay as they are, whatever was there before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

__all__ = ["LIMIT", "is_article", "shards"]

# Pagefind takes about 240 kB of memory and 2 ms for an article, so a shard that an edit makes again takes it
# a second. Smaller ones would not be worth their price: a search that goes back through all years loads some
# 30 kB of each shard, however small it is.
LIMIT = 500

_ARTICLE = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}/[^/]+/index\.html")

_LEVELS: tuple[Callable[[str], str], ...] = (
    lambda path: path[:4],
    lambda path: f"{path[:4]}-h{(_month(path) + 5) // 6}",
    lambda path: f"{path[:4]}-q{(_month(path) + 2) // 3}",
    lambda path: f"{path[:4]}-{path[5:7]}",
    lambda path: f"{path[:4]}-{path[5:7]}-h{(_day(path) + 15) // 16}",
    lambda path: f"{path[:4]}-{path[5:7]}-q{(_day(path) + 7) // 8}",
    lambda path: f"{path[:4]}-{path[5:7]}-{path[8:10]}",
    lambda path: f"{path[:4]}-{path[5:7]}-{path[8:10]}-{_hash(path)[:1]}",
    lambda path: f"{path[:4]}-{path[5:7]}-{path[8:10]}-{_hash(path)[:2]}",
)


def is_article(path: str) -> bool:
    """Tell whether a file of the site is an article's page: ``2025/03/14/slug/index.html``."""
    return _ARTICLE.fullmatch(path) is not None


def shards(pages: Iterable[str], limit: int = LIMIT) -> dict[str, list[str]]:
    """Return the names of the shards, newest first, each with its pages in order.

    ``pages`` are paths for which :func:`is_article` holds.
    """
    found = list(_cut(sorted(pages), 0, limit))
    return dict(sorted(found, key=lambda shard: (shard[1][-1][:10], shard[0]), reverse=True))


def _cut(pages: list[str], level: int, limit: int) -> Iterator[tuple[str, list[str]]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        parts[_LEVELS[level](page)].append(page)
    for name, part in parts.items():
        if len(part) > limit and level + 1 < len(_LEVELS):
            yield from _cut(part, level + 1, limit)
        else:
            yield name, part


def _month(path: str) -> int:
    return int(path[5:7])


def _day(path: str) -> int:
    return int(path[8:10])


def _hash(path: str) -> str:
    return blake2b(path.encode(), digest_size=1).hexdigest()
