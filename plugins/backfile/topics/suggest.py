"""Which topics are still missing: names that many articles share and no topic covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backfile.model import Topic
from backfile.phrases import fold

MIN_ARTICLES = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name without a topic, and how many articles name it."""

    name: str
    articles: int


def suggest(
    named: Iterable[tuple[str, Sequence[str]]], topics: Sequence[Topic], *, most: int = 10, least: int = MIN_ARTICLES
) -> tuple[Suggestion, ...]:
    """Return up to ``most`` names that at least ``least`` articles share and no topic has as title, alias or rule.

    ``named`` gives (article id, names found in it). Most articles first, then by name.
    """
    covered = {
        fold(phrase) for topic in topics for phrase in (topic.title, *topic.aliases, *topic.rules.any, *topic.rules.all)
    }
    articles: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    spelling: dict[tuple[str, ...], str] = {}
    for article, names in named:
        for name in names:
            folded = fold(name)
            if folded and folded not in covered:
                articles[folded].add(article)
                spelling.setdefault(folded, name)
    found = [Suggestion(spelling[folded], len(ids)) for folded, ids in articles.items() if len(ids) >= least]
    return tuple(sorted(found, key=lambda s: (-s.articles, s.name))[:most])
