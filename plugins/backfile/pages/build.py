"""All pages and files of a site, from its archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backfile import addresses
from backfile.archive import Archive
from backfile.pages.articles import article_pages, hidden_pages, story_pages
from backfile.pages.data import data_files, redirects
from backfile.pages.entries import Catalogue, Receipts
from backfile.pages.feeds import feeds
from backfile.pages.indexes import index_pages, search_page
from backfile.pages.periods import front_page, period_pages
from backfile.pages.records import Page, RedirectPage, Site, TextPage
from backfile.pages.topics import name_pages, source_pages, topic_pages
from backfile.pages.withdrawn import withdrawn_pages
from backfile.wording import t


@dataclass(frozen=True, slots=True)
class Contents:
    """What a site is made of: pages to render, and files as they are (address, bytes)."""

    pages: tuple[Page, ...]
    files: tuple[tuple[str, bytes], ...]


def build(archive: Archive, site: Site, texts: Sequence[TextPage], receipts: Receipts, base: str) -> Contents:
    """Return everything that the site shows.

    ``texts`` are the pages of ``content/pages``, ``receipts`` those of imports; ``base`` is the
    site's path on its host, which the 404 page needs because hosts show it at any depth.
    """
    catalogue = Catalogue(archive, receipts)
    articles = article_pages(catalogue)
    return Contents(
        pages=(*articles, *_other_pages(catalogue, site, texts, base)),
        files=(*feeds(catalogue, site), *data_files(catalogue, articles, archive.names.names)),
    )


def _other_pages(catalogue: Catalogue, site: Site, texts: Sequence[TextPage], base: str) -> Iterator[Page]:
    yield front_page(catalogue, site)
    yield from hidden_pages(catalogue)
    yield from story_pages(catalogue)
    topics = topic_pages(catalogue)
    listings = [*source_pages(catalogue), *name_pages(catalogue)]
    periods = list(period_pages(catalogue, site))
    yield from topics
    yield from listings
    yield from periods
    yield from index_pages(site, topics, listings, periods)
    yield search_page(catalogue, site, topics, listings, periods)
    yield from texts
    yield from withdrawn_pages(catalogue.archive, site)
    for old, now in redirects(catalogue):
        title = t("moved", site.lang)
        yield RedirectPage(template="redirect", address=old, title=title, lang=site.lang, to=now)
    title = t("not_found", site.lang)
    yield TextPage(template="not_found", address=addresses.NOT_FOUND, title=title, lang=site.lang, body="", base=base)
