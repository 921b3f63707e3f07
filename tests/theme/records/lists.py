"""Pages that list stories: the front page, topics, listings, and days to years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from backfile.pages.records import Crumb, FrontPage, ListingPage, Page, PeriodPage, Ref, TopicPage

from .days import DAYS, MONTHS, bars
from .teasers import COURIER, LEDGER, NEWEST, PEOPLE, PLACES, SITE, TOPICS

TOPIC = TopicPage(
    template="topic",
    address="topics/grain-corridor/",
    title="Grain corridor",
    lang="",
    description="Ships that carry grain from the river ports, and what stops them.",
    feeds=(Ref("Grain corridor", "feeds/topics/grain-corridor.atom"),),
    aliases=("grain ships", "зерновий коридор"),
    intro="<p>Since 2023 grain has left the river ports in convoys. This page follows what stops them.</p>\n",
    parent=Ref("Shipping", "topics/shipping/"),
    children=(Ref("Pilots", "topics/pilots/", 3),),
    stories=12,
    articles=30,
    outlets=(Ref(LEDGER.title, LEDGER.address, 9), Ref(COURIER.title, COURIER.address, 4)),
    bars=bars("week", 40, date(2024, 6, 3)),
    months=MONTHS,
    people=PEOPLE,
    places=PLACES,
    moves_with=TOPICS[1:],
)
LISTING = ListingPage(
    template="listing",
    address=LEDGER.address,
    title=LEDGER.title,
    lang="",
    what="source",
    url="https://ledger.example/",
    spellings=(),
    stories=12,
    articles=30,
    bars=bars("month", 29, date(2022, 11, 1)),
    months=MONTHS,
    topics=TOPICS,
    years=(Ref("2025", LEDGER.address + "2025/", 20), Ref("2024", LEDGER.address + "2024/", 200)),
)
DAY = PeriodPage(
    template="period",
    address="2025/03/14/",
    title="14 March 2025",
    lang="en",
    span="day",
    start=NEWEST,
    up=Ref("March 2025", "2025/03/"),
    previous=Crumb("13 March 2025", "2025/03/13/"),
    next=None,
    parts=(),
    days=DAYS[:1],
    stories=5,
    articles=46,
)
FRONT = FrontPage(
    template="front",
    address="",
    title=SITE.name,
    lang="en",
    description=SITE.tagline,
    feeds=(Ref(SITE.name, "feeds/all.atom"),),
    days=DAYS[:2],
    older=(Ref("10 March 2025", "2025/03/10/", 4), Ref("9 March 2025", "2025/03/09/", 1)),
    bars=bars("day", 14, NEWEST - timedelta(days=13)),
    topics=TOPICS,
    articles=12694,
    outlets=31,
)


def front_pages() -> dict[str, Page]:
    """Return front pages by a name for each."""
    return {
        "front": FRONT,
        "front-empty": replace(FRONT, days=(), older=(), bars=(), topics=(), articles=0, outlets=0),
    }


def topic_pages() -> dict[str, Page]:
    """Return pages of topics by a name for each."""
    return {
        "topic": TOPIC,
        "topic-year": replace(TOPIC, address="topics/grain-corridor/2024/", title="Grain corridor, 2024", year=2024),
        "topic-empty": replace(
            TOPIC,
            address="topics/empty/",
            aliases=(),
            intro="",
            feeds=(),
            parent=None,
            children=(),
            stories=0,
            articles=0,
            outlets=(),
            bars=(),
            months=(),
            people=(),
            places=(),
            moves_with=(),
        ),
    }


def listing_pages() -> dict[str, Page]:
    """Return pages of outlets, people and places by a name for each."""
    return {
        "listing-source": LISTING,
        "listing-person": replace(
            LISTING,
            address="people/marta-olevska/",
            title="Marta Olevska",
            what="person",
            url=None,
            spellings=("Марта Олевська", "Олевская"),
            years=(),
        ),
        "listing-year": replace(
            LISTING, address="places/veldhaven/2024/", title="Veldhaven, 2024", what="place", year=2024
        ),
    }


def period_pages() -> dict[str, Page]:
    """Return pages of days, months and years by a name for each."""
    return {
        "period-day": DAY,
        "period-month": replace(
            DAY, address="2025/03/", title="March 2025", span="month", start=date(2025, 3, 1), days=DAYS
        ),
        "period-year": replace(
            DAY,
            address="2025/",
            title="2025",
            span="year",
            start=date(2025, 1, 1),
            up=None,
            days=(),
            parts=bars("month", 12, date(2025, 1, 1)),
        ),
    }
