"""The pages of topics, outlets, people and places: everything about one thing, through time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Generic, TypeVar

from backfile import addresses
from backfile.marks import mark_of
from backfile.model import Name, Story, Topic
from backfile.pages.entries import Catalogue, months, name_address
from backfile.pages.plans import PagePlan, Section
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
class Subject:
    """A topic, an outlet, a person or a place (``what``), its articles (``ids``) and the stories that they tell.

    ``topic`` is set for a topic, ``url`` for an outlet that has one; ``spellings`` are a name's.
    """

    what: str
    title: str
    address: str
    ids: Sequence[str]
    told: Sequence[Story]
    topic: Topic | None = None
    url: str | None = None
    spellings: tuple[str, ...] = ()

    @property
    def stories(self) -> int:
        """How many stories there are."""
        return len(self.told)

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self.ids)

    @property
    def lang(self) -> str:
        """The title's language, "" where it is not known."""
        return (self.topic and self.topic.lang) or ""

    @property
    def parent(self) -> str | None:
        """The address of the broader topic."""
        return addresses.topic(self.topic.parent) if self.topic and self.topic.parent else None

    def addresses(self, catalogue: Catalogue) -> list[str]:
        """Return the addresses of its pages."""
        return _Timeline.of(catalogue, self).addresses()

    def section(self, catalogue: Catalogue) -> Section:
        """Return its page, and its pages by year where it is large."""
        facts = (
            catalogue.words,
            (self.what, self.title, self.address, self.url, self.spellings),
            [*map(catalogue.mark, self.told)],
            [*self.ids],
            catalogue.filed_under(self.ids),
        )
        return Section(f"{self.what} {self.address}", facts, partial(self._plans, catalogue))

    def _plans(self, catalogue: Catalogue) -> Iterator[PagePlan]:
        timed = _topic_pages(catalogue, self, self.topic) if self.topic else _listing_pages(catalogue, self)
        return (each.plan(catalogue) for each in timed)


@dataclass(frozen=True, slots=True)
class _Timed(Generic[Listing]):
    """A page of one thing, without its ``bars`` and ``months``, and the stories that stand there."""

    page: Listing
    stories: tuple[Story, ...]
    timeline: _Timeline

    def plan(self, catalogue: Catalogue) -> PagePlan:
        """Return the plan of the page."""
        facts = (self.page, self.timeline.mark, *map(catalogue.mark, self.stories))
        return PagePlan(self.page.template, self.page.address, facts, lambda: self._whole(catalogue))

    def _whole(self, catalogue: Catalogue) -> Listing:
        return replace(self.page, bars=self.timeline.bars, months=months(catalogue.days(self.stories)))


def subjects(catalogue: Catalogue) -> list[Subject]:
    """Return all topics, then outlets, people and places that articles name."""
    return [*_topics(catalogue), *_sources(catalogue), *_names(catalogue)]


def _topics(catalogue: Catalogue) -> Iterator[Subject]:
    topics_of = catalogue.archive.topics_of
    stories_of: defaultdict[str, list[Story]] = defaultdict(list)
    for story in catalogue.archive.stories:
        for slug in catalogue.story_topics(story):
            stories_of[slug].append(story)
    for topic in catalogue.archive.topics:
        told = stories_of[topic.slug]
        own = [take for story in told for take in story.takes if topic.slug in topics_of[take]]
        yield Subject("topic", topic.title, addresses.topic(topic.slug), own, told, topic)


def _sources(catalogue: Catalogue) -> Iterator[Subject]:
    ids: defaultdict[str, list[str]] = defaultdict(list)
    articles, urls = catalogue.archive.articles, catalogue.outlet_urls
    for id_, outlet in zip(articles, articles.column("outlet"), strict=True):
        if outlet is not None:
            ids[outlet].append(id_)
    for name, own in sorted(ids.items()):
        yield Subject("source", name, addresses.source(slugify(name)), own, _told(catalogue, own), url=urls.get(name))


def _names(catalogue: Catalogue) -> Iterator[Subject]:
    """Yield the people and places that articles name."""
    ids: defaultdict[Name, list[str]] = defaultdict(list)
    for article_id, names in catalogue.archive.names_of.items():
        for name in names:
            if name.kind in {"person", "place"}:
                ids[name].append(article_id)
    for name, own in sorted(ids.items(), key=lambda item: item[0].name):
        told = _told(catalogue, own)
        yield Subject(name.kind or "", name.name, name_address(name), own, told, spellings=name.spellings)


def _told(catalogue: Catalogue, ids: Iterable[str]) -> list[Story]:
    return list({catalogue.story_of[id_].id: catalogue.story_of[id_] for id_ in ids}.values())


def _topic_pages(catalogue: Catalogue, subject: Subject, topic: Topic) -> list[_Timed[TopicPage]]:
    archive = catalogue.archive
    together = Counter(slug for story in subject.told for slug in catalogue.story_topics(story) if slug != topic.slug)
    ranked = sorted(together.items(), key=lambda item: (-item[1], item[0]))[:MOST_NEIGHBOURS]
    moves_with = tuple(catalogue.topic_ref(slug, count) for slug, count in ranked)
    children = catalogue.topic_refs(other.slug for other in archive.topics if other.parent == topic.slug)
    timeline = _Timeline.of(catalogue, subject)
    years = timeline.years()
    outlets = catalogue.outlets(subject.ids)
    people, places = (catalogue.name_refs(subject.ids, kind, MOST_NAMES) for kind in ("person", "place"))

    def page(year: int | None, address: str, shown: tuple[Story, ...]) -> _Timed[TopicPage]:
        page = TopicPage(
            template="topic",
            address=address,
            title=topic.title if year is None else f"{topic.title}, {year}",
            lang=topic.lang or "",
            feeds=(Ref(topic.title, addresses.topic_feed(topic.slug)),) if subject.ids else (),
            aliases=topic.aliases,
            intro=resolved(topic.intro, topic.path, catalogue.files, "../" * address.count("/")),
            parent=catalogue.topic_refs([topic.parent])[0] if topic.parent else None,
            children=children,
            stories=subject.stories,
            articles=subject.articles,
            outlets=outlets,
            bars=(),
            months=(),
            people=people,
            places=places,
            moves_with=moves_with,
            year=year,
            years=years,
        )
        return _Timed(page, shown, timeline)

    return [page(*part) for part in timeline.parts()]


def _listing_pages(catalogue: Catalogue, subject: Subject) -> list[_Timed[ListingPage]]:
    topics = Counter(slug for take in subject.ids for slug in catalogue.archive.topics_of[take])
    ranked = sorted(topics.items(), key=lambda item: (-item[1], item[0]))[:MOST_NEIGHBOURS]
    timeline = _Timeline.of(catalogue, subject)
    years = timeline.years()

    def page(year: int | None, at: str, shown: tuple[Story, ...]) -> _Timed[ListingPage]:
        page = ListingPage(
            template="listing",
            address=at,
            title=subject.title if year is None else f"{subject.title}, {year}",
            lang="",
            what=subject.what,
            url=subject.url,
            spellings=subject.spellings,
            stories=subject.stories,
            articles=subject.articles,
            bars=(),
            months=(),
            topics=tuple(catalogue.topic_ref(slug, count) for slug, count in ranked),
            year=year,
            years=years,
        )
        return _Timed(page, shown, timeline)

    return [page(*part) for part in timeline.parts()]


class _Timeline:
    """The stories of one thing by their first days, cut into a first page and, where it is large, a page a year."""

    def __init__(self, stories: Sequence[tuple[date, Story]], address: str) -> None:
        self._stories = stories
        self._address = address
        months = Counter(_month(day) for day, _ in stories)
        self._newest = _newest(months)
        self._years = Counter(day.year for day, _ in stories) if len(self._newest) < len(months) else Counter[int]()

    @cached_property
    def mark(self) -> bytes:
        """What changes with the bars."""
        return mark_of([day.toordinal() for day, _ in self._stories])

    @classmethod
    def of(cls, catalogue: Catalogue, subject: Subject) -> _Timeline:
        """Return that of a subject."""
        return cls([(catalogue.first_day(story), story) for story in subject.told], subject.address)

    def addresses(self) -> list[str]:
        """Return each page's address."""
        return [self._address, *map(self._of, self._years)]

    def parts(self) -> Iterator[tuple[int | None, str, tuple[Story, ...]]]:
        """Yield each page's year (None: the first page), address and stories."""
        yield None, self._address, tuple(story for day, story in self._stories if _month(day) in self._newest)
        for year in sorted(self._years, reverse=True):
            yield year, self._of(year), tuple(story for day, story in self._stories if day.year == year)

    def years(self) -> tuple[Ref, ...]:
        """Return links to the pages of the years, the last one first."""
        return tuple(Ref(str(year), self._of(year), self._years[year]) for year in sorted(self._years, reverse=True))

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """The time line, each bar a link to a day on the page where it stands."""
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
