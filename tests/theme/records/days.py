"""The days and months of the invented site, and the time lines above them."""

from __future__ import annotations

from datetime import date, timedelta

from backfile.pages.records import Bar, Day, Month, Ref, StoryEntry, Teaser

from .teasers import BRIEF, HEBREW, NAMED, NEWEST, UKRAINIAN, many_takes, teaser


def entry(lead: Teaser, *takes: Teaser, topics: tuple[Ref, ...] = NAMED) -> StoryEntry:
    """Return a story told by ``lead`` and ``takes``."""
    sources = {take.source for take in (lead, *takes)}
    return StoryEntry(
        address="stories/grain-ships-leave/" if takes else lead.address,
        title=lead.title,
        lead=lead,
        takes=takes,
        outlets=len(sources),
        independent=max(1, len(takes)),
        topics=topics,
    )


STORIES = (
    entry(teaser(0), UKRAINIAN, teaser(5, source=Ref("Evening Wire", "sources/evening-wire/"))),
    entry(HEBREW, topics=()),
    entry(BRIEF, topics=NAMED[1:]),
    entry(many_takes(40)[0], *many_takes(40)[1:]),
    entry(teaser(4, summary=None), topics=()),
)


def a_day(back: int, stories: tuple[StoryEntry, ...]) -> Day:
    """Return the day that lies ``back`` days before the newest, with these stories."""
    when = NEWEST - timedelta(days=back)
    return Day(when, f"{when:%Y/%m/%d}/", stories)


DAYS = (a_day(0, STORIES), a_day(1, STORIES[1:3]), a_day(3, STORIES[2:]))
MONTHS = (
    Month(2025, 3, "2025/03/", DAYS),
    Month(2025, 2, "2025/02/", (a_day(15, STORIES[:2]), a_day(30, STORIES[2:4]))),
)


def bars(span: str, number: int, first: date) -> tuple[Bar, ...]:
    """Return a time line of ``number`` bars; some are empty."""
    counts = [(n * 7) % 12 for n in range(number)]
    starts = [first]
    for _ in range(number - 1):
        step = {"day": 1, "week": 7, "month": 32, "year": 366}[span]
        after = starts[-1] + timedelta(days=step)
        starts.append(after.replace(day=1) if span == "month" else after)
    return tuple(
        Bar(start, span, count, round(count / 11, 3), f"{start:%Y/%m/%d}/" if count else None)
        for start, count in zip(starts, counts, strict=True)
    )
