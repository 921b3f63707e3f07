"""Articles that have moved: what their front matter calls ``formerly`` leads to where they are now.

An id once published stays reachable. When an article's date or slug is corrected, its id
changes; the old one stands in ``formerly``, its address redirects, and wherever the old
id is named (in other articles, in ``stories.yaml``, in the ledger) the article is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from backfile.articles import Articles
from backfile.model import Finding


def moves(*several: Articles) -> dict[str, str]:
    """Return the present id of the article that each former id stands for.

    An id that an article has now stands for that one; of two that claim a former id, the
    first by id has it.
    """
    claiming = [articles.at(place) for articles in several for place in articles.where("formerly")]
    living = {id_ for articles in several for id_ in articles} if claiming else set()
    claims = sorted((old, article.id) for article in claiming for old in article.formerly if old not in living)
    return dict(reversed(claims))


def followed(articles: Articles, moved: Mapping[str, str]) -> Articles:
    """Return the articles, with ``digest`` and ``full`` naming others by the ids that they have now."""
    named = ((place, id_) for name in ("digest", "full") for place, id_ in enumerate(articles.column(name)))
    following = {place: articles.at(place) for place, id_ in (named if moved else ()) if id_ in moved}
    return articles.changed(
        {
            place: replace(article, digest=_now(article.digest, moved), full=_now(article.full, moved))
            for place, article in following.items()
        }
    )


def _now(named: str | None, moved: Mapping[str, str]) -> str | None:
    return named and moved.get(named, named)


def claims_in_vain(articles: Articles, moved: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a warning for each former id that does not lead to the article that claims it."""
    claiming = list(map(articles.at, articles.where("formerly")))
    for article in claiming:
        for old in article.formerly:
            if moved.get(old) != article.id:
                holder = articles[moved.get(old, old)].path
                yield Finding(
                    "B153",
                    "warning",
                    article.path,
                    f"“{old}” is the address of {holder}.",
                    "Remove it from one of the two.",
                    field="formerly",
                )
