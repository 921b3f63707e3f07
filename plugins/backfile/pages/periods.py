"""The front page and the pages of years, months and days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from backfile import addresses
from backfile.model import Story
from backfile.pages.entries import Catalogue
from backfile.pages.plans import PagePlan, Section
from backfile.pages.records import Crumb, FrontPage, PeriodPage, Ref, Site
from backfile.pages.timeline import day_bars, month_bars
from backfile.wording import day as day_words
from backfile.wording import month as month_words

FRONT_STORIES = 30  # days are added whole until there are so many
FRONT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Listed:
    """A year as it stands in a list of years, with how much is to be found there, and the month of each story."""

    title: str
    address: str
    stories: int
    articles: int
    months: tuple[date, ...]
    lang: str = ""  # of the title, which is a number


# The stories that have a take on each day, by their ids; the newest day first.
_Days = Mapping[date, Mapping[str, Story]]


def front_section(catalogue: Catalogue, site: Site) -> Section:
    """Return the front page: each story once, on the day of its last take."""
    last = {story.id: catalogue.last_day(story) for story in catalogue.archive.stories}
    counts = Counter(last.values())
    shown = _front_days(sorted(counts, reverse=True), counts)
    stories = [story for story in catalogue.archive.stories if last[story.id] in shown]
    facts = (catalogue.outline, site, [catalogue.mark(story) for story in stories])
    page = partial(_front_page, catalogue, site, last, stories)
    return Section("front", facts, lambda: [PagePlan.of(page())])


def _front_page(catalogue: Catalogue, site: Site, last: dict[str, date], shown: Sequence[Story]) -> FrontPage:
    archive, counts = catalogue.archive, Counter(last.values())
    days = sorted(counts, reverse=True)
    first = len({last[story.id] for story in shown})
    topic_counts = Counter(slug for story in archive.stories for slug in catalogue.story_topics(story))
    return FrontPage(
        template="front",
        address=addresses.FRONT,
        title=site.name,
        lang=site.lang,
        description=site.tagline,
        feeds=(Ref(site.name, addresses.ALL_FEED),),
        days=catalogue.days(shown, last),
        older=tuple(
            Ref(day_words(day, site.lang), addresses.of_day(day), counts[day])
            for day in days[first : first + FRONT_DAYS]
        ),
        bars=day_bars(last.values(), days[0], FRONT_DAYS) if days else (),
        topics=tuple(
            catalogue.topic_ref(topic.slug, topic_counts[topic.slug])
            for topic in sorted(archive.topics, key=lambda topic: (-topic_counts[topic.slug], topic.title))
            if topic_counts[topic.slug]
        ),
        articles=len(archive.articles),
        outlets=len(catalogue.sources),
    )


def _front_days(days: Sequence[date], counts: Mapping[date, int]) -> frozenset[date]:
    shown: list[date] = []
    for day in days:
        if sum(map(counts.__getitem__, shown)) >= FRONT_STORIES:
            break
        shown.append(day)
    return frozenset(shown)


def period_sections(catalogue: Catalogue, site: Site) -> Iterator[Section]:
    """Yield, by the year, the pages of all years, months and days on which there are articles."""
    days, articles = catalogue.told_on, _articles(catalogue)
    in_order = sorted(days)
    parts = [list(group) for _, group in groupby(in_order, key=lambda day: day.year)]
    for before, own, after in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        edges = before[-1] if before else None, after[0] if after else None
        facts = (
            [edge and edge.toordinal() for edge in edges],
            [(day.toordinal(), articles[day], [*map(catalogue.mark, days[day].values())]) for day in own],
        )
        told = {day: days[day] for day in reversed(own)}
        yield Section(f"periods {own[0].year}", facts, partial(_plans, catalogue, site, told, articles, *edges))


def period_addresses(catalogue: Catalogue) -> set[str]:
    """Return the addresses of these pages."""
    return {_address(span, start_of(day)) for day in catalogue.dates for span, start_of in _SPANS.items()}


def _plans(
    catalogue: Catalogue, site: Site, days: _Days, articles: Mapping[date, int], last: date | None, next_: date | None
) -> Iterator[PagePlan]:
    """Yield the pages of a year; ``last`` and ``next_`` are the days before and after it."""
    for span, start_of in _SPANS.items():
        groups: defaultdict[date, dict[date, Mapping[str, Story]]] = defaultdict(dict)
        for day, stories in days.items():
            groups[start_of(day)][day] = stories
        starts = sorted(groups)
        edges = last and start_of(last), next_ and start_of(next_)
        for before, start, after in zip([edges[0], *starts], starts, [*starts[1:], edges[1]], strict=False):
            group = groups[start]
            number = sum(articles[day] for day in group)
            facts = (
                before and before.toordinal(),
                after and after.toordinal(),
                number,
                tuple((day.toordinal(), *_shown(catalogue, span, stories)) for day, stories in group.items()),
            )
            make = partial(_period_page, catalogue, site, span, start, before, after, group, number)
            yield PagePlan("period", _address(span, start), facts, make)


def years(catalogue: Catalogue) -> list[Listed]:
    """Return the years in which there are articles, the last one first."""
    articles = _articles(catalogue)
    days: defaultdict[int, dict[date, Mapping[str, Story]]] = defaultdict(dict)
    for day, stories in catalogue.told_on.items():
        days[day.year][day] = stories
    return [
        Listed(
            title=str(year),
            address=addresses.of_year(year),
            stories=_count(found),
            articles=sum(map(articles.__getitem__, found)),
            months=_months(found),
        )
        for year, found in days.items()
    ]


def _articles(catalogue: Catalogue) -> Counter[date]:
    return Counter(catalogue.archive.articles.column("date"))


def _shown(catalogue: Catalogue, span: str, stories: Mapping[str, Story]) -> Sequence[bytes | str]:
    """Return what a page shows of the stories of a day; that of a year only counts them."""
    return tuple(sorted(stories)) if span == "year" else sorted(map(catalogue.mark, stories.values()))


def _period_page(
    catalogue: Catalogue,
    site: Site,
    span: str,
    start: date,
    before: date | None,
    after: date | None,
    days: _Days,
    articles: int,
) -> PeriodPage:
    return PeriodPage(
        template="period",
        address=_address(span, start),
        title=_title(span, start, site),
        lang=site.lang,
        span=span,
        start=start,
        up=_up(span, start, site),
        previous=_crumb(span, before, site),
        next=_crumb(span, after, site),
        parts=month_bars(_months(days), start.year) if span == "year" else (),
        days=()
        if span == "year"
        else tuple(
            day for at, found in days.items() for day in catalogue.days(found.values(), dict.fromkeys(found, at))
        ),
        stories=_count(days),
        articles=articles,
    )


def _count(days: _Days) -> int:
    """Return how many stories there are; one that went on for days counts once."""
    return len({id_ for stories in days.values() for id_ in stories})


def _months(days: _Days) -> tuple[date, ...]:
    """Return the month of each story; one that went on for days counts once in each month."""
    return tuple(month for month, _ in sorted({(_month(day), id_) for day, stories in days.items() for id_ in stories}))


def _month(day: date) -> date:
    return day.replace(day=1)


def _year(day: date) -> date:
    return day.replace(month=1, day=1)


_SPANS: Mapping[str, Callable[[date], date]] = {"day": lambda day: day, "month": _month, "year": _year}


def _address(span: str, start: date) -> str:
    if span == "day":
        return addresses.of_day(start)
    return addresses.of_month(start.year, start.month) if span == "month" else addresses.of_year(start.year)


def _title(span: str, start: date, site: Site) -> str:
    if span == "day":
        return day_words(start, site.lang)
    return month_words(start, site.lang) if span == "month" else str(start.year)


def _up(span: str, start: date, site: Site) -> Ref | None:
    if span == "year":
        return None
    above, first = ("month", _month(start)) if span == "day" else ("year", _year(start))
    return Ref(_title(above, first, site), _address(above, first))


def _crumb(span: str, start: date | None, site: Site) -> Crumb | None:
    return Crumb(_title(span, start, site), _address(span, start)) if start else None
