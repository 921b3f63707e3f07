"""The front page and the pages of years, months and days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from backfile import addresses
from backfile.model import Story
from backfile.pages.entries import Catalogue
from backfile.pages.records import Crumb, Day, FrontPage, PeriodPage, Ref, Site
from backfile.pages.timeline import day_bars, month_bars
from backfile.wording import day as day_words
from backfile.wording import month as month_words

FRONT_STORIES = 30  # days are added whole until there are so many
FRONT_DAYS = 14


def front_page(catalogue: Catalogue, site: Site) -> FrontPage:
    """Return the front page: each story once, on the day of its last take."""
    archive = catalogue.archive
    days = catalogue.days(archive.stories, {story.id: catalogue.last_day(story) for story in archive.stories})
    shown = _front_days(days)
    newest = days[0].day if days else None
    counts = [day.day for day in days for _ in day.stories]
    topic_counts = {topic.slug: 0 for topic in archive.topics}
    for story in archive.stories:
        for slug in catalogue.story_topics(story):
            topic_counts[slug] += 1
    return FrontPage(
        template="front",
        address=addresses.FRONT,
        title=site.name,
        lang=site.lang,
        description=site.tagline,
        feeds=(Ref(site.name, addresses.ALL_FEED),),
        days=shown,
        older=tuple(
            Ref(day_words(day.day, site.lang), day.address, len(day.stories))
            for day in days[len(shown) : len(shown) + FRONT_DAYS]
        ),
        bars=day_bars(counts, newest, FRONT_DAYS) if newest else (),
        topics=tuple(
            Ref(topic.title, addresses.topic(topic.slug), topic_counts[topic.slug])
            for topic in sorted(archive.topics, key=lambda topic: (-topic_counts[topic.slug], topic.title))
            if topic_counts[topic.slug]
        ),
        articles=len(archive.articles),
        outlets=len(catalogue.outlets(archive.articles)),
    )


def _front_days(days: Sequence[Day]) -> tuple[Day, ...]:
    shown: list[Day] = []
    for day in days:
        if sum(len(d.stories) for d in shown) >= FRONT_STORIES:
            break
        shown.append(day)
    return tuple(shown)


def period_pages(catalogue: Catalogue, site: Site) -> Iterator[PeriodPage]:
    """Yield the pages of all years, months and days on which there are articles."""
    days = _take_days(catalogue)
    months: defaultdict[date, list[Day]] = defaultdict(list)
    years: defaultdict[date, list[Day]] = defaultdict(list)
    for day in days:
        months[day.day.replace(day=1)].append(day)
        years[day.day.replace(month=1, day=1)].append(day)
    articles: defaultdict[date, int] = defaultdict(int)
    for article in catalogue.archive.articles.values():
        articles[article.date] += 1
    for span, groups in (("day", {day.day: [day] for day in days}), ("month", months), ("year", years)):
        starts = sorted(groups)
        for before, start, after in zip([None, *starts], starts, [*starts[1:], None], strict=False):
            group = groups[start]
            yield PeriodPage(
                template="period",
                address=_address(span, start),
                title=_title(span, start, site),
                lang=site.lang,
                span=span,
                start=start,
                up=_up(span, start, site),
                previous=_crumb(span, before, site),
                next=_crumb(span, after, site),
                parts=month_bars((day.day for day in group for _ in day.stories), start.year) if span == "year" else (),
                days=() if span == "year" else tuple(group),
                stories=len({story.address for day in group for story in day.stories}),
                articles=sum(articles[day.day] for day in group),
            )


def _take_days(catalogue: Catalogue) -> tuple[Day, ...]:
    """Return all days, the newest first, each with every story that has a take on it."""
    by_day: defaultdict[date, dict[str, Story]] = defaultdict(dict)
    for article in catalogue.archive.articles.values():
        story = catalogue.story_of[article.id]
        by_day[article.date][story.id] = story
    return tuple(
        catalogue.days(by_day[day].values(), dict.fromkeys(by_day[day], day))[0] for day in sorted(by_day, reverse=True)
    )


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
    above, first = ("month", start.replace(day=1)) if span == "day" else ("year", start.replace(month=1, day=1))
    return Ref(_title(above, first, site), _address(above, first))


def _crumb(span: str, start: date | None, site: Site) -> Crumb | None:
    return Crumb(_title(span, start, site), _address(span, start)) if start else None
