"""The pages that list what there is: topics, outlets, people, places, years; and the search page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from backfile import addresses
from backfile.pages.entries import Catalogue
from backfile.pages.periods import Listed
from backfile.pages.records import Bar, IndexEntry, IndexPage, Ref, SearchPage, Site
from backfile.pages.timeline import month_bars
from backfile.pages.topics import Subject
from backfile.wording import alphabetical, t


def index_pages(site: Site, subjects: Sequence[Subject], years: Sequence[Listed]) -> list[IndexPage]:
    """Return the lists of topics, outlets, people, places and years, each with its number of stories.

    Topics stand below those that they are a part of.
    """
    lists = {
        ("topics", addresses.TOPICS): _nested(_sorted(subjects, "topic")),
        ("sources", addresses.SOURCES): _entries(_sorted(subjects, "source")),
        ("people", addresses.PEOPLE): _entries(_sorted(subjects, "person")),
        ("places", addresses.PLACES): _entries(_sorted(subjects, "place")),
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


def _entries(listed: Iterable[Subject | Listed]) -> tuple[IndexEntry, ...]:
    return tuple(IndexEntry(each.title, each.address, each.stories) for each in listed)


def _nested(topics: Iterable[Subject]) -> tuple[IndexEntry, ...]:
    """Return the topics that are a part of no other, with those below them, and so on; their parents form no ring."""
    parts: defaultdict[str | None, list[Subject]] = defaultdict(list)
    for topic in topics:
        parts[topic.parent].append(topic)

    def below(address: str | None) -> tuple[IndexEntry, ...]:
        return tuple(
            IndexEntry(each.title, each.address, each.stories, below(each.address), each.lang)
            for each in parts[address]
        )

    return below(None)


def search_page(catalogue: Catalogue, site: Site, subjects: Sequence[Subject], years: Sequence[Listed]) -> SearchPage:
    """Return the search page; its facets count articles, which are what a search finds."""
    kinds = Counter(kind.value for kind in catalogue.archive.articles.column("kind"))
    return SearchPage(
        template="search",
        address=addresses.SEARCH,
        title=t("search", site.lang),
        lang=site.lang,
        facets=(
            ("topic", _facet(_sorted(subjects, "topic"))),
            ("source", _facet(_sorted(subjects, "source"))),
            ("kind", tuple(Ref(kind, "", count) for kind, count in sorted(kinds.items()))),
            ("year", _facet(years)),
        ),
    )


def _sorted(subjects: Iterable[Subject], what: str) -> list[Subject]:
    """Return those of a kind, by the alphabet."""
    return sorted((each for each in subjects if each.what == what), key=lambda each: alphabetical(each.title))


def _facet(listed: Iterable[Subject | Listed]) -> tuple[Ref, ...]:
    return tuple(Ref(each.title, each.address, each.articles, each.lang) for each in listed)
