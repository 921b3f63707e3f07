"""Articles that have moved: what their front matter calls ``formerly`` leads to where they are now.

An id once published stays reachable. When an article's date or slug is corrected, its id
changes; the old one stands in ``formerly``, its address redirects, and wherever the old
id is named (in other articles, in ``stories.yaml``, in the ledger) the article is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from backfile.model import Article, Finding


def moves(articles: Sequence[Article]) -> dict[str, str]:
    """Return the present id of the article that each former id stands for.

    An id that an article has now stands for that one; of two that claim a former id, the
    first by id has it.
    """
    living = {article.id for article in articles}
    claims = sorted((old, article.id) for article in articles for old in article.formerly if old not in living)
    return dict(reversed(claims))


def followed(articles: Iterable[Article], moved: Mapping[str, str]) -> list[Article]:
    """Return the articles, with ``digest`` and ``full`` naming others by the ids that they have now."""
    return [
        replace(article, digest=_now(article.digest, moved), full=_now(article.full, moved))
        if article.digest in moved or article.full in moved
        else article
        for article in articles
    ]


def _now(named: str | None, moved: Mapping[str, str]) -> str | None:
    return named and moved.get(named, named)


def claims_in_vain(articles: Sequence[Article], moved: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a warning for each former id that does not lead to the article that claims it."""
    claiming = [article for article in articles if article.formerly]
    paths = {article.id: article.path for article in articles} if claiming else {}
    for article in claiming:
        for old in article.formerly:
            if moved.get(old) != article.id:
                holder = paths[moved.get(old, old)]
                yield Finding(
                    "B153",
                    "warning",
                    article.path,
                    f"“{old}” is the address of {holder}.",
                    "Remove it from one of the two.",
                    field="formerly",
                )
