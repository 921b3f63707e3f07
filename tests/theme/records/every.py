"""Every kind of page, the plain and the awkward."""

from __future__ import annotations

from datetime import date

from backfile.pages.records import IndexEntry, IndexPage, Page, RedirectPage, TextPage, WithdrawnPage

from .articles import BODY, article_pages
from .lists import front_pages, listing_pages, period_pages, topic_pages
from .stories import story_pages
from .teasers import TOPICS

DREDGING = IndexEntry("Dredging", "topics/dredging/", 1, (IndexEntry("Silt and mud", "topics/silt/", 0),))


def every_page() -> dict[str, Page]:
    """Return pages by a name for each: every template at least once, and what is hard about it."""
    return {
        **front_pages(),
        **article_pages(),
        **story_pages(),
        **topic_pages(),
        **listing_pages(),
        **period_pages(),
        **index_pages(),
        **plain_pages(),
    }


def index_pages() -> dict[str, Page]:
    """Return pages of names by a name for each."""
    return {
        "index-topics": IndexPage(
            template="index_page",
            address="topics/",
            title="Topics",
            lang="en",
            what="topics",
            entries=tuple(IndexEntry(topic.title, topic.address, 3, (DREDGING,)) for topic in TOPICS * 5),
        ),
        "index-empty": IndexPage(
            template="index_page", address="people/", title="People", lang="en", what="people", entries=()
        ),
    }


def plain_pages() -> dict[str, Page]:
    """Return pages by a name for each that hold a text or a line."""
    return {
        "text": TextPage(template="text", address="about/", title="About this archive", lang="en", body=BODY),
        "not-found": TextPage(
            template="not_found", address="404.html", title="Page not found", lang="en", body="", base="/briefings/"
        ),
        "redirect": RedirectPage(
            template="redirect", address="stories/old/", title="This page has moved", lang="en", to="stories/new/"
        ),
        "withdrawn": WithdrawnPage(
            template="withdrawn",
            address="2025/03/14/withdrawn/",
            title="Text withdrawn",
            lang="en",
            day=date(2025, 4, 2),
            reason="The outlet asked for it.",
        ),
    }
