"""All pages and files of a site, from its archive, each as a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from backfile import addresses
from backfile.archive import Archive
from backfile.pages.articles import article_pages, hidden_pages, story_pages, with_text
from backfile.pages.data import data_files, redirects
from backfile.pages.entries import Catalogue, Known, Receipts
from backfile.pages.feeds import feeds
from backfile.pages.indexes import index_pages, search_page
from backfile.pages.periods import front_page, period_pages
from backfile.pages.plans import PagePlan, Plan
from backfile.pages.records import Page, RedirectPage, Site, TextPage
from backfile.pages.sitemap import sitemaps
from backfile.pages.topics import name_pages, source_pages, topic_pages
from backfile.pages.withdrawn import withdrawn_pages
from backfile.wording import t


def plans(
    archive: Archive,
    site: Site,
    texts: Sequence[TextPage],
    receipts: Receipts,
    files: Mapping[str, str],
    known: Known | None = None,
) -> Iterator[Plan]:
    """Yield everything that the site shows.

    ``texts`` are the pages of ``content/pages``, ``receipts`` those of imports; ``files``
    are the addresses to which links to files below ``content/`` lead; ``known`` is of an
    earlier plan in this process.
    """
    # A host shows the 404 page at any depth, so it needs the site's path on the host.
    base = urlsplit(site.url).path + "/"
    catalogue = Catalogue(archive, receipts, files, known)
    articles = article_pages(catalogue)
    for article, page in zip(archive.articles.values(), articles, strict=True):
        yield with_text(catalogue, article, page)
    for article, page in zip(archive.hidden, hidden_pages(catalogue), strict=True):
        yield with_text(catalogue, article, page)
    yield from story_pages(catalogue)
    others = list(_other_pages(catalogue, site, texts, base))
    yield from map(PagePlan, others)
    yield from feeds(catalogue, site)
    yield from sitemaps(catalogue, site, others)
    yield from data_files(catalogue, articles, archive.names.names)


def _other_pages(catalogue: Catalogue, site: Site, texts: Sequence[TextPage], base: str) -> Iterator[Page]:
    yield front_page(catalogue, site)
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
