"""What templates see: one frozen record a page, and one for the site.

A template gets ``page`` and ``site`` and nothing else, so reading it tells what a page
depends on, and a page needs rendering again only when its record, its templates or the
site record changed. Addresses are relative to the site's root, without a leading slash;
a template writes ``{{ page.root }}{{ item.address }}``, which works on any host, under
any sub-path and from ``file://``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backfile.model import Provenance, Reason, Revision


def file_of(address: str) -> str:
    """Return the file below ``output/`` of the page at an address."""
    return address if address.endswith((".html", ".xml", ".atom")) else f"{address}index.html"


@dataclass(frozen=True, slots=True)
class Site:
    """The same on every page. ``url`` is the public address without a slash at its end, or "".

    ``pages`` are the texts of ``content/pages``; the first has a place in the header.
    """

    name: str
    tagline: str
    lang: str
    url: str
    searchable: bool
    pages: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A named link; ``count`` is what stands behind it, ``lang`` the title's language, "" where it is not known."""

    title: str
    address: str
    count: int | None = None
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Teaser:
    """An article as it stands in a list; ``mark`` changes with any of it."""

    address: str
    title: str
    date: date
    date_basis: str
    kind: str
    lang: str
    source: Ref | None
    summary: str | None
    mark: bytes = b""


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """A story as it stands in a list: once, its takes folded in.

    ``address`` is the story page, or the article's own page when there is one take.
    ``takes`` are the takes other than the lead, in time order. ``outlets`` counts those that are known,
    ``unknown`` the texts whose outlet is not. ``mark`` changes with any of it.
    """

    address: str
    title: str
    lead: Teaser
    takes: tuple[Teaser, ...]
    outlets: int
    independent: int
    topics: tuple[Ref, ...]
    unknown: int = 0
    mark: bytes = b""


@dataclass(frozen=True, slots=True)
class Day:
    """One day and its stories."""

    day: date
    address: str
    stories: tuple[StoryEntry, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month and its days."""

    year: int
    month: int
    address: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a time line: ``span`` is ``day``, ``week`` or ``month``, ``start`` its first day.

    ``height`` is the count over the largest count (0..1); ``address`` is None where
    there is nothing to show.
    """

    start: date
    span: str
    count: int
    height: float
    address: str | None


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A related article, and why it is related."""

    teaser: Teaser
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class JoinNote:
    """Why one take stands in its story: which take it is most like, and the reasons."""

    take: Teaser
    to: Teaser
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Crumb:
    """Previous or next page in time; ``lang`` is the language of an article's title, "" for that of the interface."""

    title: str
    address: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a text, and its place on the page (the element's id)."""

    title: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has. ``address`` ends with a slash, or is "" (front) or a file name.

    ``title`` is the page's own heading; the tab shows it before the site's name.
    ``lang`` is the language of the page's main text. ``feeds`` are announced in the head.
    ``base`` replaces ``root`` on a page that a host shows at any depth (404).
    """

    template: str
    address: str
    title: str
    lang: str
    description: str | None = None
    feeds: tuple[Ref, ...] = ()
    base: str | None = None

    @property
    def save_as(self) -> str:
        """The file below ``output/``."""
        return file_of(self.address)

    @property
    def root(self) -> str:
        """The way from this page up to the site's root, "" for the front page."""
        return "../" * self.address.count("/") if self.base is None else self.base


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage(Page):
    """Newest stories by day. ``days`` are shown whole, ``older`` as one line each (count = stories)."""

    days: tuple[Day, ...]
    older: tuple[Ref, ...]
    bars: tuple[Bar, ...]
    topics: tuple[Ref, ...]
    articles: int
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage(Page):
    """One article. ``story`` is its story page when there are other takes.

    ``listed`` is false for one that only those who know its address shall find; then
    ``day`` is None unless others stand on that day's page. ``receipt`` is the address of
    what its import wrote down; ``revisions`` are its earlier versions.
    ``full`` is the article that tells all of a brief; the brief is then not listed.
    ``rights``: how much of the text is in ``body`` (``full``, ``excerpt``, ``headline``);
    ``contents`` are the headings in it, where it is long. ``same_text`` is the same word for
    all articles that are copies of one text.
    """

    id: str
    date: date
    date_basis: str
    kind: str
    source: Ref | None
    canonical: str | None
    authors: tuple[str, ...]
    summary: str | None
    body: str
    story: Ref | None
    takes: tuple[Teaser, ...]
    digest: Teaser | None
    briefs: tuple[Teaser, ...]
    topics: tuple[Ref, ...]
    people: tuple[Ref, ...]
    places: tuple[Ref, ...]
    related: tuple[RelatedLink, ...]
    provenance: Provenance | None
    guessed: tuple[str, ...]
    day: Ref | None
    previous: Crumb | None
    next: Crumb | None
    listed: bool = True
    full: Teaser | None = None
    rights: str = "full"
    receipt: str | None = None
    revisions: tuple[Revision, ...] = ()
    contents: tuple[Heading, ...] = ()
    same_text: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of one take. ``kind`` is ``all`` (every take says it), ``some`` or ``only`` (this take alone)."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class TakeColumn:
    """One take in a comparison: its passages by paragraph, in its own order."""

    take: Teaser
    paragraphs: tuple[tuple[Passage, ...], ...]


@dataclass(frozen=True, slots=True)
class SharedPoint:
    """A point that two takes or more make, as each words it (teaser, sentence)."""

    wordings: tuple[tuple[Teaser, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers or names that takes give differently for one shared point: (teaser, what it gives)."""

    values: tuple[tuple[Teaser, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class OriginNote:
    """Takes that are one text or one agency's, as in :class:`backfile.model.Origin`."""

    takes: tuple[Teaser, ...]
    agencies: tuple[str, ...] = ()
    copies: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage(Page):
    """One event and its takes side by side; of a great many takes, ``columns`` hold the earliest.

    ``day`` is the page of the day of its ``first`` take.
    ``unknown`` counts the texts whose outlet is not known. ``origins`` are those of which more
    is to be said than that one outlet wrote it.
    """

    day: Ref
    first: date
    last: date
    takes: tuple[Teaser, ...]
    outlets: int
    independent: int
    topics: tuple[Ref, ...]
    unknown: int = 0
    copies: tuple[tuple[Teaser, ...], ...] = ()
    joins: tuple[JoinNote, ...] = ()
    related: tuple[RelatedLink, ...] = ()
    origins: tuple[OriginNote, ...] = ()
    columns: tuple[TakeColumn, ...] = ()
    shared: tuple[SharedPoint, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage(Page):
    """A topic through time, or one ``year`` of it. ``months`` newest first.

    A large topic's page shows its newest months; ``years`` are pages of their own.
    ``moves_with`` are topics that share stories.
    """

    aliases: tuple[str, ...]
    intro: str
    parent: Ref | None
    children: tuple[Ref, ...]
    stories: int
    articles: int
    outlets: tuple[Ref, ...]
    bars: tuple[Bar, ...]
    months: tuple[Month, ...]
    people: tuple[Ref, ...]
    places: tuple[Ref, ...]
    moves_with: tuple[Ref, ...]
    year: int | None = None
    years: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPage(Page):
    """Everything by one outlet, or about one person or place (``what``: source, person, place).

    ``year`` and ``years`` are as in :class:`TopicPage`.
    """

    what: str
    url: str | None
    spellings: tuple[str, ...]
    stories: int
    articles: int
    bars: tuple[Bar, ...]
    months: tuple[Month, ...]
    topics: tuple[Ref, ...]
    year: int | None = None
    years: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodPage(Page):
    """A year, a month or a day (``span``). A year lists its months by ``parts`` (with counts) and has no ``days``."""

    span: str
    start: date
    up: Ref | None
    previous: Crumb | None
    next: Crumb | None
    parts: tuple[Bar, ...]
    days: tuple[Day, ...]
    stories: int
    articles: int


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A named link in an index, what stands behind it, and the entries that are part of it: narrower topics.

    ``lang`` is the title's language, "" where it is not known.
    """

    title: str
    address: str
    count: int
    narrower: tuple[IndexEntry, ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage(Page):
    """All topics, outlets, people, places or years (``what``), each with its count; of years the months, too."""

    what: str
    entries: tuple[IndexEntry, ...]
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """The search page; ``facets`` (topic, source, kind, year) list their values for readers without JavaScript."""

    facets: tuple[tuple[str, tuple[Ref, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage(Page):
    """A page of prose from ``content/pages``, and the 404 page.

    ``body`` is sanitised HTML; ``contents`` are the headings in it, where it is long.
    """

    body: str
    contents: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectPage(Page):
    """Leads from a retired address to ``to``."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnPage(Page):
    """Stands at the address of a text that was taken back on ``day``."""

    day: date
    reason: str | None
