"""Permanent addresses: the one place that decides where a page lives.

Addresses are relative to the site's root, without a leading slash; a folder's address
ends with one. They are a promise (docs/architecture.md): never change a pattern without a redirect.
"""

from __future__ import annotations

from datetime import date

FRONT = ""
SEARCH = "search/"
NOT_FOUND = "404.html"
TOPICS = "topics/"
SOURCES = "sources/"
PEOPLE = "people/"
PLACES = "places/"
ARCHIVE = "archive/"
ALL_FEED = "feeds/all.atom"


def article(day: date, slug: str) -> str:
    """Return ``YYYY/MM/DD/slug/``."""
    return f"{of_day(day)}{slug}/"


def article_id(day: date, slug: str) -> str:
    """Return an article's id: its address without the slash at the end."""
    return article(day, slug)[:-1]


def of_id(article_id: str) -> str:
    """Return the address of the article with this id."""
    return f"{article_id}/"


def of_year(year: int) -> str:
    """Return ``YYYY/``."""
    return f"{year:04d}/"


def of_month(year: int, month: int) -> str:
    """Return ``YYYY/MM/``."""
    return f"{year:04d}/{month:02d}/"


def of_day(day: date) -> str:
    """Return ``YYYY/MM/DD/``."""
    return f"{day.year:04d}/{day.month:02d}/{day.day:02d}/"


def receipt(sha256: str) -> str:
    """Return ``data/imports/SHA256.json``."""
    return f"data/imports/{sha256}.json"


def story(story_id: str) -> str:
    """Return ``stories/ID/``."""
    return f"stories/{story_id}/"


def topic(slug: str) -> str:
    """Return ``topics/slug/``."""
    return f"{TOPICS}{slug}/"


def topic_feed(slug: str) -> str:
    """Return ``feeds/topics/slug.atom``."""
    return f"feeds/topics/{slug}.atom"


def source(slug: str) -> str:
    """Return ``sources/slug/``."""
    return f"{SOURCES}{slug}/"


def person(slug: str) -> str:
    """Return ``people/slug/``."""
    return f"{PEOPLE}{slug}/"


def prose(slug: str) -> str:
    """Return ``slug/``, for a page of ``content/pages``."""
    return f"{slug}/"


def place(slug: str) -> str:
    """Return ``places/slug/``."""
    return f"{PLACES}{slug}/"
