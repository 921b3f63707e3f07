"""Articles side by side: a column says what the articles themselves say, whatever was done to them."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

import pytest

from backfile.articles import Articles
from backfile.model import Article, Source
from tests.factory import article

OWN = [article(f"Number {n}", day=f"2025-03-{n:02}", outlet="Coast" if n % 2 else None) for n in range(1, 6)]
ALL = Articles.of(OWN)
OTHER = replace(OWN[3], source=Source("Odesa Post"), title="Another one")


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (ALL, OWN),
        (ALL.taken([4, 0, 2]), [OWN[4], OWN[0], OWN[2]]),
        (ALL.changed({3: OTHER}), [*OWN[:3], OTHER, OWN[4]]),
        (ALL.changed({3: OTHER}).taken([3, 1]), [OTHER, OWN[1]]),
        (ALL.taken([3, 1]).changed({0: OTHER}), [OTHER, OWN[1]]),
    ],
    ids=["all", "taken", "changed", "changed and taken", "taken and changed"],
)
def test_columns_are_those_of_the_articles(articles: Articles, expected: list[Article]) -> None:
    assert list(articles.values()) == expected
    for name in ("id", "title", "outlet", "listed", "told", "body.hash"):
        assert list(articles.column(name)) == list(map(attrgetter(name), expected))
    assert [articles.at(place) for place in articles.where("outlet")] == [each for each in expected if each.outlet]
