"""The pages of topics, outlets, people and places: everything about one thing, through time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from backfile import addresses
from backfile.marks import mark_of
from backfile.model import Name, Story, Topic
from backfile.pages.entries import Catalogue, months, name_address
from backfile.pages.plans import PagePlan
from backfile.pages.records import Bar, ListingPage, Ref, TopicPage
from backfile.pages.timeline import span_bars
from backfile.reading import resolved
from backfile.slugs import slugify

# A page with more stories than this is slow to load on a phone: the rest moves to pages by year.
MOST_STORIES = 200
MOST_NAMES = 12
MOST_NEIGHBOURS = 8


Listing = TypeVar("Listing", TopicPage, ListingPage)


@dataclass(frozen=True, slots=True)
class Timed(Generic[Listing]):
    """A page of one thing, without its ``bars`` and ``months``, and the stories that stand there."""

    page: Listing
    stories: tuple[Story, ...]
    timeline: _Timeline

    def plan(self, catalogue: Catalogue) -> PagePlan:
        """Return the plan of the page."""
        facts = (self.page, self.timeline.mark, *map(catalogue.mark, self.stories))
        return PagePlan(self.page.template, self.page.address, facts, lambda: self._whole(catalogue))

    def _whole(self, catalogue: Catalogue) -> Listing:
        return replace(self.page, bars=self.timeline.bars(), months=months(catalogue.days(self.stories)))


def topic_pages(catalogue: Catalogue) -> list[Timed[TopicPage]]:
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
) -> list[Timed[TopicPage]]:
    archive = catalogue.archive
    own = [take for story in stories for take in story.takes if topic.slug in archive.topics_of[take]]
    ranked = sorted(together.items(), key=lambda item: (-item[1], item[0]))[:MOST_NEIGHBOURS]
    moves_with = tuple(catalogue.topic_ref(slug, count) for slug, count in ranked)
    children = catalogue.topic_refs(other.slug for other in archive.topics if other.parent == topic.slug)
    timeline = _Timeline([(catalogue.first_day(story), story) for story in stories], addresses.topic(topic.slug))
    years = timeline.years()
    outlets = catalogue.outlets(own)
    people, places = (catalogue.name_refs(own, kind, MOST_NAMES) for kind in ("person", "place"))

    def page(year: int | None, address: str, shown: tuple[Story, ...]) -> Timed[TopicPage]:
        page = TopicPage(
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
            bars=(),
            months=(),
            people=people,
            places=places,
            moves_with=moves_with,
            year=year,
            years=years,
        )
        return Timed(page, shown, timeline)

    return [page(*part) for part in timeline.parts()]


def source_pages(catalogue: Catalogue) -> list[Timed[ListingPage]]:
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


def name_pages(catalogue: Catalogue) -> list[Timed[ListingPage]]:
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
) -> list[Timed[ListingPage]]:
    stories = list({catalogue.story_of[take].id: catalogue.story_of[take] for take in own}.values())
    topics = Counter(slug for take in own for slug in catalogue.archive.topics_of[take])
    ranked = sorted(topics.items(), key=lambda item: (-item[1], item[0]))[:MOST_NEIGHBOURS]
    timeline = _Timeline([(catalogue.first_day(story), story) for story in stories], address)
    years = timeline.years()

    def page(year: int | None, at: str, shown: tuple[Story, ...]) -> Timed[ListingPage]:
        page = ListingPage(
            template="listing",
            address=at,
            title=title if year is None else f"{title}, {year}",
            lang="",
            what=what,
            url=url,
            spellings=spellings,
            stories=len(stories),
            articles=len(own),
            bars=(),
            months=(),
            topics=tuple(catalogue.topic_ref(slug, count) for slug, count in ranked),
            year=year,
            years=years,
        )
        return Timed(page, shown, timeline)

    return [page(*part) for part in timeline.parts()]


class _Timeline:
    """The stories of one thing by their first days, cut into a first page and, where it is large, a page a year."""

    def __init__(self, stories: Sequence[tuple[date, Story]], address: str) -> None:
        self._stories = stories
        self._address = address
        self.mark = mark_of(*(day.toordinal() for day, _ in stories))  # changes with the bars
        months = Counter(_month(day) for day, _ in stories)
        self._newest = _newest(months)
        self._years = Counter(day.year for day, _ in stories) if len(self._newest) < len(months) else Counter[int]()

    def parts(self) -> Iterator[tuple[int | None, str, tuple[Story, ...]]]:
        """Yield each page's year (None: the first page), address and stories."""
        yield None, self._address, tuple(story for day, story in self._stories if _month(day) in self._newest)
        for year in sorted(self._years, reverse=True):
            yield year, self._of(year), tuple(story for day, story in self._stories if day.year == year)

    def years(self) -> tuple[Ref, ...]:
        """Return links to the pages of the years, the last one first."""
        return tuple(Ref(str(year), self._of(year), self._years[year]) for year in sorted(self._years, reverse=True))

    def bars(self) -> tuple[Bar, ...]:
        """Return the time line, each bar a link to a day on the page where it stands."""
        return span_bars((day for day, _ in self._stories), self._link)

    def _link(self, day: date) -> str:
        return f"{self._address if _month(day) in self._newest else self._of(day.year)}#day-{day.isoformat()}"

    def _of(self, year: int) -> str:
        return f"{self._address}{year:04d}/"


def _newest(months: Mapping[tuple[int, int], int]) -> frozenset[tuple[int, int]]:
    """Return the newest months with up to ``MOST_STORIES`` stories together, but one at least."""
    shown: list[tuple[int, int]] = []
    for month in sorted(months, reverse=True):
        if shown and sum(map(months.__getitem__, [*shown, month])) > MOST_STORIES:
            break
        shown.append(month)
    return frozenset(shown)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
