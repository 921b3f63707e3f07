"""Many articles, with what is asked of all of them side by side.

A build asks a few things of each article, however little has changed: its place in the order, its outlet,
its marks. These stand in columns, which a cache may have as they are; an article is put together when it
is wanted, and after an edit that is one in thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

from backfile.model import Article


class Articles(Mapping[str, Article]):
    """Articles in an order, by id; each is made once, when it is asked for.

    A column is what an attribute of :class:`~backfile.model.Article` is for each of them, in their order.
    """

    def __init__(self, count: int, article: Callable[[int], Article], column: Callable[[str], Sequence[Any]]) -> None:
        """Take what returns the article at a place, and a column by the attribute's name."""
        self._count = count
        self._article = article
        self._column = column
        self._columns: dict[str, Sequence[Any]] = {}

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Articles:
        """Return articles that are at hand."""
        own = list(articles)
        return cls(len(own), own.__getitem__, lambda name: list(map(attrgetter(name), own)))

    def column(self, name: str) -> Sequence[Any]:
        """Return what an attribute (``title``, ``body.hash``) is for each article."""
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = self._column(name)
        return found

    def at(self, place: int) -> Article:
        """Return the article at a place."""
        return self._article(place)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each by its id; the last one's of those that have the same."""
        return dict(zip(self.column("id"), range(self._count), strict=True))

    def where(self, name: str) -> list[int]:
        """Return the places of those where an attribute says something."""
        column = self.column(name)
        return [place for place, value in enumerate(column) if value] if any(column) else []

    def taken(self, places: Sequence[int]) -> Articles:
        """Return those at these places, in this order."""
        if places == list(range(self._count)):
            return self
        return Articles(
            len(places),
            lambda place: self.at(places[place]),
            lambda name: list(map(self.column(name).__getitem__, places)),
        )

    def changed(self, by: Mapping[int, Article]) -> Articles:
        """Return all of them, others at some places."""
        if not by:
            return self

        def column(name: str) -> Sequence[Any]:
            values, value = list(self.column(name)), attrgetter(name)
            for place, article in by.items():
                values[place] = value(article)
            return values

        return Articles(self._count, lambda place: by.get(place) or self.at(place), column)

    def __getitem__(self, id_: str) -> Article:
        return self._article(self.places[id_])

    def __contains__(self, id_: object) -> bool:
        return id_ in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.column("id"))

    def __len__(self) -> int:
        return self._count
