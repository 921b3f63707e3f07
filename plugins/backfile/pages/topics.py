"""The pages of topics, outlets, people and places: everything about one thing, through time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from backfile import addresses
from backfile.model import Name, Story, Topic
from backfile.pages.entries import Catalogue, months, name_address
from backfile.pages.records import Bar, ListingPage, Month, Ref, TopicPage
from backfile.pages.timeline import span_bars
from backfile.reading import resolved
from backfile.slugs import slugify

# A page with more stories than this is slow to load on a phone: the rest moves to pages by year.
MOST_STORIES = 200
MOST_NAMES = 12
MOST_NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class _Timeline:
    """The stories of one thing, cut into a first page and a page for each year."""

    bars: tuple[Bar, ...]
    months: tuple[Month, ...]
    years: tuple[Ref, ...]
    by_year: tuple[tuple[int, str, tuple[Month, ...]], ...]


def topic_pages(catalogue: Catalogue) -> list[TopicPage]:
    """Return each topic's page, and its pages by year where it is large."""
    stories_of: defaultdict[str, list[Story]] = defaultdict(list)
    for story in catalogue.archive.stories:
        for slug in catalogue.story_topics(story):
            stories_of[slug].append(story)
    together = _together(catalogue)
    return [
        page
        for topic in catalogue.archive.topics
        for page in _topic_pages(catalogue, topic, stories_of[topic.slug], together[topic.slug])
    ]


def _together(catalogue: Catalogue) -> dict[str, Counter[str]]:
    """Return for each topic how many stories it shares with each other topic."""
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for story in catalogue.archive.stories:
        slugs = catalogue.story_topics(story)
        for slug in slugs:
            together[slug].update(other for other in slugs if other != slug)
    return together


def _topic_pages(
    catalogue: Catalogue, topic: Topic, stories: Sequence[Story], together: Counter[str]
) -> list[TopicPage]:
    archive = catalogue.archive
    own = [take for story in stories for take in story.takes if topic.slug in archive.topics_of[take]]
    ranked = sorted(together.items(), key=lambda item: (-item[1], item[0]))[:MOST_NEIGHBOURS]
    moves_with = tuple(Ref(catalogue.topics[slug].title, addresses.topic(slug), count) for slug, count in ranked)
    children = catalogue.topic_refs(other.slug for other in archive.topics if other.parent == topic.slug)
    timeline = _timeline(catalogue, stories, addresses.topic(topic.slug))
    outlets = catalogue.outlets(own)
    people, places = (catalogue.name_refs(own, kind, MOST_NAMES) for kind in ("person", "place"))

    def page(address: str, year: int | None, shown: tuple[Month, ...]) -> TopicPage:
        return TopicPage(
            template="topic",
            address=address,
            title=topic.title if year is None else f"{topic.title}, {year}",
            lang=topic.lang or "",
            feeds=(Ref(topic.title, addresses.topic_feed(topic.slug)),) if own else (),
            aliases=topic.aliases,
            intro=resolved(topic.intro, topic.path, catalogue.files, "../" * address.count("/")),
            parent=catalogue.topic_refs([topic.parent])[0] if topic.parent else None,
            children=children,
            stories=len(stories),
            articles=len(own),
            outlets=outlets,
            bars=timeline.bars,
            months=shown,
            people=people,
            places=places,
            moves_with=moves_with,
            year=year,
            years=timeline.years,
        )

    first = page(addresses.topic(topic.slug), None, timeline.months)
    return [first, *(page(address, year, shown) for year, address, shown in timeline.by_year)]


def source_pages(catalogue: Catalogue) -> list[ListingPage]:
    """Return each outlet's page."""
    ids: defaultdict[str, list[str]] = defaultdict(list)
    urls: dict[str, str] = {}
    for article in catalogue.archive.articles.values():
        if article.source:
            ids[article.source.name].append(article.id)
            if article.source.url:
                urls.setdefault(article.source.name, article.source.url)
    return [
        page
        for name, own in sorted(ids.items())
        for page in _listing_pages(catalogue, "source", name, addresses.source(slugify(name)), own, url=urls.get(name))
    ]


def name_pages(catalogue: Catalogue) -> list[ListingPage]:
    """Return the pages of people and places that articles name."""
    ids: defaultdict[Name, list[str]] = defaultdict(list)
    for article_id, names in catalogue.archive.names_of.items():
        for name in names:
            if name.kind in {"person", "place"}:
                ids[name].append(article_id)
    return [
        page
        for name, own in sorted(ids.items(), key=lambda item: item[0].name)
        for page in _listing_pages(
            catalogue, name.kind or "", name.name, name_address(name), own, spellings=name.spellings
        )
    ]


def _listing_pages(
    catalogue: Catalogue,
    what: str,
    title: str,
    address: str,
    own: Sequence[str],
    *,
    url: str | None = None,
    spellings: tuple[str, ...] = (),
) -> list[ListingPage]:
    stories = list({catalogue.story_of[take].id: catalogue.story_of[take] for take in own}.values())
    topics = Counter(slug for take in own for slug in catalogue.archive.topics_of[take])
    ranked = sorted(topics.items(), key=lambda item: (-item[1], item[0]))[:MOST_NEIGHBOURS]
    timeline = _timeline(catalogue, stories, address)

    def page(at: str, year: int | None, shown: tuple[Month, ...]) -> ListingPage:
        return ListingPage(
            template="listing",
            address=at,
            title=title if year is None else f"{title}, {year}",
            lang="",
            what=what,
            url=url,
            spellings=spellings,
            stories=len(stories),
            articles=len(own),
            bars=timeline.bars,
            months=shown,
            topics=tuple(Ref(catalogue.topics[slug].title, addresses.topic(slug), n) for slug, n in ranked),
            year=year,
            years=timeline.years,
        )

    return [page(address, None, timeline.months), *(page(at, year, shown) for year, at, shown in timeline.by_year)]


def _timeline(catalogue: Catalogue, stories: Sequence[Story], address: str) -> _Timeline:
    everything = months(catalogue.days(stories))
    first = _newest(everything)
    years: tuple[int, ...] = ()
    if len(first) < len(everything):
        years = tuple(dict.fromkeys(month.year for month in everything))
    by_year = tuple((y, f"{address}{y:04d}/", tuple(m for m in everything if m.year == y)) for y in years)
    shown = {day.day for month in first for day in month.days}

    def link(day: date) -> str:
        return f"{address if day in shown else f'{address}{day.year:04d}/'}#day-{day.isoformat()}"

    return _Timeline(
        bars=span_bars((catalogue.first_day(story) for story in stories), link),
        months=first,
        years=tuple(Ref(str(y), at, _count(found)) for y, at, found in by_year),
        by_year=by_year,
    )


def _newest(everything: Sequence[Month]) -> tuple[Month, ...]:
    """Return the newest months with up to ``MOST_STORIES`` stories together, but one at least."""
    shown: list[Month] = []
    for month in everything:
        if shown and _count([*shown, month]) > MOST_STORIES:
            break
        shown.append(month)
    return tuple(shown)


def _count(found: Iterable[Month]) -> int:
    return sum(len(day.stories) for month in found for day in month.days)
