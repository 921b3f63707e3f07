"""The records that pass between stages: frozen, typed, and free of behaviour that needs the world.

An id, wherever one is named, is an article's permanent address without its slashes at
the ends (``2025/03/14/gazprom-faces-loss``) or a story's last address segment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any, Protocol

from backfile.marks import mark_of


class DateBasis(StrEnum):
    """How an article's date is known, from the surest to the weakest."""

    GIVEN = "given"  # by the editor
    METADATA = "metadata"  # by the document's own metadata
    TEXT = "text"  # by a dateline or phrase that names a full date
    FILENAME = "filename"
    IMPORTED = "imported"  # not known: the day of import stands in


class Kind(StrEnum):
    """What an article is."""

    ARTICLE = "article"
    BRIEF = "brief"  # one item of a digest
    DIGEST = "digest"  # a text that is nothing but a list of briefs


class Rights(StrEnum):
    """How much of an outlet's texts may be published."""

    FULL = "full"
    EXCERPT = "excerpt"
    HEADLINE = "headline"


class Status(StrEnum):
    """Whether an article is shown; the words are Pelican's."""

    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Source:
    """The outlet that printed a text; ``url`` is the outlet's own site."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a text came from: the raw file, its digest, when it was fetched, by what it was read.

    ``written`` is a hash of the content file as the importer wrote it; a file that no
    longer has it was edited by hand.
    """

    file: str | None = None
    sha256: str | None = None
    retrieved: str | None = None
    importer: str | None = None
    written: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an import wrote down of a raw file, to be read; ``hash`` is another one when it says something else."""

    hash: bytes
    read: Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier version of an article: when it was seen, the SHA-256 of its file in ``sources/``, its headline.

    ``seen`` is a day or a moment in ISO form; ``title`` is set where the headline was another one.
    """

    seen: str | None = None
    sha256: str | None = None
    title: str | None = None


class Body(Protocol):
    """The text of an article.

    ``paragraphs`` leave out headings, tables, code and notes; ``links`` are files below
    ``content/``. A build reads the body of an article that has not changed from its cache,
    and only when it is asked for.
    """

    @property
    def html(self) -> str:
        """Return the body rendered and sanitised."""

    @property
    def text(self) -> str:
        """Return the body as plain text, with a blank line between blocks."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the running text alone."""

    @property
    def links(self) -> tuple[str, ...]:
        """Return the files that it links to."""

    @property
    def hash(self) -> bytes:
        """Return what differs for another body."""


@dataclass(frozen=True, slots=True)
class Text:
    """A :class:`Body` that is at hand."""

    html: str
    text: str
    paragraphs: tuple[str, ...]
    links: tuple[str, ...] = ()

    @property
    def hash(self) -> bytes:
        """Return a hash of all of it."""
        return blake2b("\0".join((self.html, self.text, *self.paragraphs)).encode(), digest_size=16).digest()


class _WorkedOut:
    """Room for what is worked out of an article once: no field of it, and left behind when it is replaced or kept."""

    __slots__ = ("_listed", "_told")
    _listed: bytes
    _told: bytes


@dataclass(frozen=True, slots=True)
class Article(_WorkedOut):
    """One text by one outlet, as the archive holds it.

    ``date`` is the document's own local day; ``moment`` is set where front matter
    gives a time too. ``body`` is the text without its title. ``digest`` is the id of the
    article that a brief was taken from, ``digest_item`` its place among the briefs there
    (from 1), ``full`` the id of the article that tells all of it. ``formerly``
    are ids that the article had before, the last one last. ``guessed`` names the fields that nobody stated.
    ``revisions`` are its earlier versions, the first one first.
    ``rights`` says how much of the text is here to be published.
    ``path`` is relative to ``content/``, ``mark`` changes with anything that the file says.
    """

    id: str
    slug: str
    title: str
    date: date
    date_basis: DateBasis
    lang: str
    kind: Kind
    path: str
    body: Body
    moment: datetime | None = None
    source: Source | None = None
    canonical: str | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    digest: str | None = None
    digest_item: int | None = None
    full: str | None = None
    formerly: tuple[str, ...] = ()
    status: Status = Status.PUBLISHED
    provenance: Provenance | None = None
    revisions: tuple[Revision, ...] = ()
    guessed: tuple[str, ...] = ()
    rights: Rights = Rights.FULL
    mark: bytes = b""

    @property
    def outlet(self) -> str | None:
        """The outlet's name."""
        return self.source.name if self.source else None

    @property
    def sha256(self) -> str | None:
        """The SHA-256 of the raw file that it came from."""
        return self.provenance.sha256 if self.provenance else None

    @property
    def listed(self) -> bytes:
        """Return what changes with anything by which it stands in a list."""
        if not (found := getattr(self, "_listed", b"")):
            stated = (str(self.date_basis), str(self.kind), self.lang, self.outlet, self.summary)
            found = mark_of(self.id, self.title, self.date.toordinal(), *stated)
            object.__setattr__(self, "_listed", found)
        return found

    @property
    def told(self) -> bytes:
        """Return what changes with anything that grouping is told of it (:class:`Document`)."""
        if not (found := getattr(self, "_told", b"")):
            facts = (str(self.kind), self.date.toordinal(), self.outlet, self.canonical, self.lang, self.authors)
            found = mark_of(self.title, "title" in self.guessed, *facts, self.body.hash)
            object.__setattr__(self, "_told", found)
        return found


@dataclass(frozen=True, slots=True)
class Document:
    """What grouping needs of a text, and no more. Everything but ``id`` may be missing.

    ``authors`` and ``quotes`` (its block quotes, plain) tell copies of one text from texts of their own.
    """

    id: str
    title: str = ""
    text: str = ""
    date: date | None = None
    source: str | None = None
    url: str | None = None
    lang: str | None = None
    authors: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a join or a link, as data; :mod:`backfile.wording` says it in words.

    ``kind`` is ``names`` (shared names), ``phrases`` (shared phrases or rare words),
    ``days`` (``values`` holds one number: days apart), ``copy`` (share of one text
    found in the other, in per cent), ``quotation`` (both quote the same words), ``score``
    (chance of one event, in per cent), ``editor`` (the editor's word in ``stories.yaml``).
    """

    kind: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A related article: same affair, other event. ``score`` lies in 0..1."""

    article: str
    score: float
    reasons: tuple[Reason, ...]


class Related(Protocol):
    """The texts that are related to one, best first. A build reads why from its cache, when a page asks for it."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of these texts."""

    @property
    def hash(self) -> bytes:
        """Return what changes with anything that :meth:`read` returns."""

    def read(self) -> tuple[Link, ...]:
        """Return the links to them."""


@dataclass(frozen=True, slots=True)
class RelatedNow:
    """:class:`Related` texts of which the links are at hand."""

    links: tuple[Link, ...]
    hash: bytes

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of these texts."""
        return tuple(link.article for link in self.links)

    def read(self) -> tuple[Link, ...]:
        """Return the links to them."""
        return self.links


@dataclass(frozen=True, slots=True)
class Join:
    """Why ``article`` stands in its story: the member it is most like, and the reasons."""

    article: str
    to: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Takes of a story that vouch for each other no more than one text would: one text, or one agency's.

    ``agencies`` are the news agencies that they name as its author, ``copies`` says that all
    are copies of one text; if not, they are cut from one agency's texts in different ways.
    """

    takes: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    copies: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """One event: its takes (article ids) in (date, id) order, and why they are one story.

    ``copies`` are the sets of takes (two or more each) that are copies of one text;
    ``origins`` share out the takes of a story that has two or more, and ``independent``
    counts them. ``aliases`` are retired story ids whose addresses lead here.
    """

    id: str
    takes: tuple[str, ...]
    lead: str
    joins: Sequence[Join] = ()
    copies: tuple[tuple[str, ...], ...] = ()
    independent: int = 1
    title: str | None = None
    aliases: tuple[str, ...] = ()
    origins: Sequence[Origin] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What puts an article into a topic; each entry is a word or phrase, matched whole.

    An article belongs when it names one of ``any`` (or the topic's title or aliases),
    all of ``all``, and none of ``none``. Spellings from ``names.yaml`` count as equal.
    """

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as its file in ``content/topics/`` states it.

    ``intro`` is sanitised HTML; ``links`` are the files below ``content/`` that it links to.
    """

    slug: str
    title: str
    path: str
    aliases: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules)
    intro: str = ""
    links: tuple[str, ...] = ()
    parent: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One name with its spellings (``names.yaml``); ``kind`` is person, place or organisation."""

    name: str
    spellings: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found, said so that it can be mended.

    ``code`` is stable (``B101``), ``severity`` is ``error`` or ``warning``, ``line`` is
    one-based, ``hint`` says what to do.
    """

    code: str
    severity: str
    file: str
    message: str
    hint: str = ""
    field: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        """Return ``file:line: field: message (hint) [code]``, leaving out what is not known."""
        where = self.file + (f":{self.line}" if self.line else "")
        what = f"{self.field}: {self.message}" if self.field else self.message
        return f"{where}: {what}" + (f" {self.hint}" if self.hint else "") + f" [{self.code}]"
