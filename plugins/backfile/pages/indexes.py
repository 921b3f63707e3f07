"""The pages that list what there is: topics, outlets, people, places, years; and the search page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from backfile import addresses
from backfile.pages.entries import Catalogue
from backfile.pages.records import IndexPage, ListingPage, PeriodPage, Ref, SearchPage, Site, TopicPage
from backfile.wording import t


def index_pages(
    site: Site, topics: Sequence[TopicPage], listings: Sequence[ListingPage], periods: Sequence[PeriodPage]
) -> list[IndexPage]:
    """Return the lists of topics, outlets, people, places and years, each with its number of stories."""
    lists = {
        ("topics", addresses.TOPICS): [page for page in topics if page.year is None],
        ("sources", addresses.SOURCES): [p for p in listings if p.what == "source" and p.year is None],
        ("people", addresses.PEOPLE): [p for p in listings if p.what == "person" and p.year is None],
        ("places", addresses.PLACES): [p for p in listings if p.what == "place" and p.year is None],
        ("years", addresses.ARCHIVE): [p for p in reversed(periods) if p.span == "year"],
    }
    return [
        IndexPage(
            template="index_page",
            address=address,
            title=t(what, site.lang),
            lang=site.lang,
            what=what,
            entries=tuple(Ref(page.title, page.address, page.stories) for page in pages),
        )
        for (what, address), pages in lists.items()
    ]


def search_page(catalogue: Catalogue, site: Site, indexes: Sequence[IndexPage]) -> SearchPage:
    """Return the search page; its facets are the lists, for readers without JavaScript."""
    by_what = {index.what: index.entries for index in indexes}
    kinds = Counter(article.kind.value for article in catalogue.archive.articles.values())
    return SearchPage(
        template="search",
        address=addresses.SEARCH,
        title=t("search", site.lang),
        lang=site.lang,
        facets=(
            ("topic", by_what["topics"]),
            ("source", by_what["sources"]),
            ("kind", tuple(Ref(kind, "", count) for kind, count in sorted(kinds.items()))),
            ("year", by_what["years"]),
        ),
    )
