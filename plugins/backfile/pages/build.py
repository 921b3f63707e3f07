"""All pages and files of a site, from its archive, each as a plan, in sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from urllib.parse import urlsplit

from backfile import addresses
from backfile.archive import Archive
from backfile.pages.articles import article_sections, story_sections
from backfile.pages.data import data_sections, redirects
from backfile.pages.entries import Catalogue, Receipts
from backfile.pages.feeds import feed_sections
from backfile.pages.indexes import index_pages, search_page
from backfile.pages.periods import front_section, period_addresses, period_sections, years
from backfile.pages.plans import PagePlan, Plan, Section
from backfile.pages.records import Page, RedirectPage, Site, TextPage
from backfile.pages.sitemap import changes, sitemaps
from backfile.pages.topics import Subject, subjects
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
    others = Section("others", None, lambda: map(PagePlan.of, _small_pages(catalogue, site, texts)))
    for section in chain(article_sections(catalogue), [others]):
        yield replace(section, is_first=True)
    yield from story_sections(catalogue)
    yield Section("lists", (catalogue.face, changes(catalogue), site), partial(_lists, catalogue, site))
    yield from feed_sections(catalogue, site)
    yield from data_sections(catalogue)


def _lists(catalogue: Catalogue, site: Site) -> Iterator[Section | Plan]:
    """Yield the pages on which stories and articles stand in lists, and the sitemap, which lists all of them."""
    own = subjects(catalogue)
    yield front_section(catalogue, site)
    yield from (subject.section(catalogue) for subject in own)
    yield from period_sections(catalogue, site)
    facts = (catalogue.outline, changes(catalogue), site)
    yield Section("indexes", facts, partial(_indexes, catalogue, site, own))


def _indexes(catalogue: Catalogue, site: Site, subjects: Sequence[Subject]) -> Iterator[Plan]:
    listed = years(catalogue)
    indexes = index_pages(site, subjects, listed)
    yield from map(PagePlan.of, indexes)
    yield PagePlan.of(search_page(catalogue, site, subjects, listed))
    lists = {addresses.FRONT, *(page.address for page in indexes), *period_addresses(catalogue)}
    lists.update(address for subject in subjects for address in subject.addresses(catalogue))
    yield from sitemaps(catalogue, site, lists)


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
