"""The sitemap (https://www.sitemaps.org/protocol.html): all pages that a search engine should know.

Left out are hidden articles, redirects, the search page, the 404 page and what was taken
back. Pages of articles and stories say when they last changed: the day of the newest text,
or of its newest version; a list changes with what stands in it, and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from xml.sax.saxutils import escape

from backfile import addresses
from backfile.model import Article
from backfile.pages.entries import Catalogue
from backfile.pages.plans import FilePlan
from backfile.pages.records import Site

SITEMAP = "sitemap.xml"
MOST_ADDRESSES = 50_000  # in one file, by the protocol; it also allows 50 MB, which so many never take

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Entry = tuple[str, str]  # a page's address in the site, and the day when it changed, in ISO form, or ""


def sitemaps(catalogue: Catalogue, site: Site, lists: Iterable[str], most: int = MOST_ADDRESSES) -> Iterator[FilePlan]:
    """Yield the sitemap, which above ``most`` addresses only names the files that hold them.

    ``lists`` are the addresses of the pages with lists on them. A site without a public address has no sitemap.
    """
    if not site.url:
        return
    texts = (page.address for page in site.pages)
    entries = sorted({*_told(catalogue), *((address, "") for address in (*lists, *texts))})
    if len(entries) <= most:
        yield FilePlan(SITEMAP, (site.url, entries), partial(_written, "urlset", "url", site.url, entries))
        return
    files: list[Entry] = []
    for start in range(0, len(entries), most):
        part = entries[start : start + most]
        name = f"sitemap-{len(files) + 1}.xml"
        yield FilePlan(name, (site.url, part), partial(_written, "urlset", "url", site.url, part))
        files.append((name, max(day for _, day in part)))
    yield FilePlan(SITEMAP, (site.url, files), partial(_written, "sitemapindex", "sitemap", site.url, files))


def changes(catalogue: Catalogue) -> list[str]:
    """Return the days on which articles changed, of those that did since they were published."""
    articles = catalogue.archive.articles
    return [_changed(articles.at(place)) for place in articles.where("revisions")]


def _told(catalogue: Catalogue) -> Iterator[Entry]:
    articles = catalogue.archive.articles
    changed = {id_: day.isoformat() for id_, day in zip(articles, articles.column("date"), strict=True)}
    changed |= {article.id: _changed(article) for article in map(articles.at, articles.where("revisions"))}
    for id_, day in changed.items():
        yield addresses.of_id(id_), day
    for story in catalogue.archive.stories:
        if len(story.takes) > 1:
            yield addresses.story(story.id), max(map(changed.__getitem__, story.takes))


def _changed(article: Article) -> str:
    """Return the day of an article with revisions, or that on which the newest was fetched or an earlier one seen."""
    days = [article.date.isoformat()]
    days += [revision.seen[:10] for revision in article.revisions if revision.seen]
    days += [article.provenance.retrieved[:10]] if article.provenance and article.provenance.retrieved else []
    return max(days)


def _written(root: str, item: str, url: str, entries: Sequence[Entry]) -> bytes:
    """Return one file of the sitemap, in UTF-8."""
    # Written as it stands: to make a tree of so many elements, and write that, takes ten times as long.
    told = [f"<?xml version='1.0' encoding='utf-8'?>\n<{root} xmlns=\"{_SPACE}\">\n"]
    for address, day in entries:
        changed = f"  <lastmod>{escape(day)}</lastmod>\n" if day else ""
        told.append(f" <{item}>\n  <loc>{escape(url)}/{escape(address)}</loc>\n{changed} </{item}>\n")
    return "".join([*told, f"</{root}>\n"]).encode()
