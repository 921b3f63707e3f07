"""All pages and files of a site, from its archive, each as a plan, in sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

from backfile import addresses
from backfile.archive import Archive
from backfile.pages.articles import article_sections, story_sections
from backfile.pages.data import data_files, redirects
from backfile.pages.entries import Catalogue, Receipts
from backfile.pages.feeds import feeds
from backfile.pages.indexes import index_pages, search_page
from backfile.pages.periods import front_page, period_pages, years
from backfile.pages.plans import PagePlan, Plan, Section
from backfile.pages.records import Page, RedirectPage, Site, TextPage
from backfile.pages.sitemap import changes, sitemaps
from backfile.pages.topics import name_pages, source_pages, topic_pages
from backfile.pages.withdrawn import withdrawn_pages
from backfile.wording import t


def plans(parts: Iterable[Section]) -> Iterator[Plan]:
    """Yield the plans of all sections."""
    for section in parts:
        yield from section.plans()


def sections(
    archive: Archive,
    site: Site,
    texts: Sequence[TextPage],
    receipts: Receipts,
    files: Mapping[str, str],
) -> Iterator[Section]:
    """Yield everything that the site shows, in sections.

    ``texts`` are the pages of ``content/pages``, ``receipts`` those of imports; ``files``
    are the addresses to which links to files below ``content/`` lead.
    """
    catalogue = Catalogue(archive, receipts, files)
    yield from article_sections(catalogue)
    yield from story_sections(catalogue)
    yield Section("lists", (catalogue.face, changes(catalogue), site), partial(_lists, catalogue, site))
    yield Section("others", None, partial(_others, catalogue, site, texts))


def _lists(catalogue: Catalogue, site: Site) -> Iterator[Plan]:
    """Yield the pages on which stories and articles stand in lists, and the sitemap, which lists all of them."""
    pages = list(_list_pages(catalogue, site))
    yield from pages
    yield from sitemaps(catalogue, site, pages)


def _list_pages(catalogue: Catalogue, site: Site) -> Iterator[PagePlan]:
    topics = topic_pages(catalogue)
    listings = [*source_pages(catalogue), *name_pages(catalogue)]
    yield PagePlan.of(front_page(catalogue, site))
    yield from (timed.plan(catalogue) for timed in topics)
    yield from (timed.plan(catalogue) for timed in listings)
    yield from period_pages(catalogue, site)
    lists = [timed.page for timed in topics], [timed.page for timed in listings], years(catalogue)
    yield from map(PagePlan.of, index_pages(site, *lists))
    yield PagePlan.of(search_page(catalogue, site, *lists))


def _others(catalogue: Catalogue, site: Site, texts: Sequence[TextPage]) -> Iterator[Plan]:
    yield from map(PagePlan.of, _small_pages(catalogue, site, texts))
    yield from feeds(catalogue, site)
    yield from data_files(catalogue)


def _small_pages(catalogue: Catalogue, site: Site, texts: Sequence[TextPage]) -> Iterator[Page]:
    yield from texts
    yield from withdrawn_pages(catalogue.archive, site)
    for old, now in redirects(catalogue):
        title = t("moved", site.lang)
        yield RedirectPage(template="redirect", address=old, title=title, lang=site.lang, to=now)
    title = t("not_found", site.lang)
    # A host shows the 404 page at any depth, so it needs the site's path on the host.
    base = urlsplit(site.url).path + "/"
    yield TextPage(template="not_found", address=addresses.NOT_FOUND, title=title, lang=site.lang, body="", base=base)
