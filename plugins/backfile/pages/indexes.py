"""The pages that list what there is: topics, outlets, people, places, years; and the search page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from backfile import addresses
from backfile.pages.entries import Catalogue
from backfile.pages.periods import Listed
from backfile.pages.records import Bar, IndexEntry, IndexPage, ListingPage, Ref, SearchPage, Site, TopicPage
from backfile.pages.timeline import month_bars
from backfile.wording import alphabetical, t

_Page = TypeVar("_Page", TopicPage, ListingPage)


def index_pages(
    site: Site, topics: Sequence[TopicPage], listings: Sequence[ListingPage], years: Sequence[Listed]
) -> list[IndexPage]:
    """Return the lists of topics, outlets, people, places and years, each with its number of stories.

    Topics stand below those that they are a part of.
    """

    def listing(what: str) -> tuple[IndexEntry, ...]:
        return _entries(_sorted(page for page in listings if page.what == what))

    lists = {
        ("topics", addresses.TOPICS): _nested(_sorted(topics)),
        ("sources", addresses.SOURCES): listing("source"),
        ("people", addresses.PEOPLE): listing("person"),
        ("places", addresses.PLACES): listing("place"),
        ("years", addresses.ARCHIVE): _entries(years),
    }
    return [
        IndexPage(
            template="index_page",
            address=address,
            title=t(what, site.lang),
            lang=site.lang,
            what=what,
            entries=entries,
            bars=_bars(years) if what == "years" else (),
        )
        for (what, address), entries in lists.items()
    ]


def _bars(years: Sequence[Listed]) -> tuple[Bar, ...]:
    months = (month for year in years for month in year.months)
    return month_bars(months, *(int(year.title) for year in reversed(years)))


def _entries(pages: Iterable[ListingPage | Listed]) -> tuple[IndexEntry, ...]:
    return tuple(IndexEntry(page.title, page.address, page.stories) for page in pages)


def _nested(topics: Iterable[TopicPage]) -> tuple[IndexEntry, ...]:
    """Return the topics that are a part of no other, with those below them, and so on; their parents form no ring."""
    parts: defaultdict[str | None, list[TopicPage]] = defaultdict(list)
    for page in topics:
        parts[page.parent.address if page.parent else None].append(page)

    def below(address: str | None) -> tuple[IndexEntry, ...]:
        return tuple(
            IndexEntry(page.title, page.address, page.stories, below(page.address), page.lang)
            for page in parts[address]
        )

    return below(None)


def search_page(
    catalogue: Catalogue,
    site: Site,
    topics: Sequence[TopicPage],
    listings: Sequence[ListingPage],
    years: Sequence[Listed],
) -> SearchPage:
    """Return the search page; its facets count articles, which are what a search finds."""
    kinds = Counter(article.kind.value for article in catalogue.archive.articles.values())
    return SearchPage(
        template="search",
        address=addresses.SEARCH,
        title=t("search", site.lang),
        lang=site.lang,
        facets=(
            ("topic", _facet(_sorted(topics))),
            ("source", _facet(_sorted(page for page in listings if page.what == "source"))),
            ("kind", tuple(Ref(kind, "", count) for kind, count in sorted(kinds.items()))),
            ("year", _facet(years)),
        ),
    )


def _sorted(pages: Iterable[_Page]) -> list[_Page]:
    """Return those pages that are not of one year alone, by the alphabet."""
    return sorted((page for page in pages if page.year is None), key=lambda page: alphabetical(page.title))


def _facet(pages: Iterable[TopicPage | ListingPage | Listed]) -> tuple[Ref, ...]:
    return tuple(Ref(page.title, page.address, page.articles, page.lang) for page in pages)
