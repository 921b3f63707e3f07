"""What passes between the steps of ingest: frozen records, nothing of the world in them.

A reader turns bytes into a :class:`Draft` made of blocks; every later step takes a draft
and gives a draft; the last one makes :class:`Item` records and a :class:`Receipt`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from backfile.model import DateBasis, Kind, Source
from backfile.rights import PicturePolicy

# What a document from standard input is called; it says nothing of where the text came from.
STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True)
class Fetched:
    """How a document came from the web, and what its server said of it.

    ``url`` is the address that gave it, ``via`` are those that led there, the first being
    the one asked for (none if nothing led on). ``last_modified`` is a moment in ISO form;
    it says nothing of when a text was published. ``noarchive`` tells whether the page asks
    programs to keep no copies of it.
    """

    url: str
    via: tuple[str, ...] = ()
    status: int = 200
    media_type: str | None = None
    charset: str | None = None
    last_modified: str | None = None
    noarchive: bool = False


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One file as it came: its bytes, its name without folders, and what else is known from outside.

    ``media_type`` is what the sender said and is to be believed, ``retrieved`` when it was
    fetched, ``url`` the address it was fetched from. What Backfile fetched itself has its
    address for a name, and ``fetched``. ``beside`` gives what lies beside a file.
    """

    data: bytes
    name: str
    media_type: str | None = None
    retrieved: datetime | None = None
    url: str | None = None
    fetched: Fetched | None = None
    beside: Beside | None = None

    @property
    def charset(self) -> str | None:
        """The encoding that the sender named."""
        return self.fetched.charset if self.fetched else None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Given:
    """What the editor says of a document; it goes before anything found in it."""

    date: date | None = None
    source: str | None = None
    lang: str | None = None
    pictures: PicturePolicy = field(default_factory=PicturePolicy)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture as it came with a document, or at the path ``kept`` as an earlier import has kept it.

    ``url`` is its address on the web, where that is known.
    """

    data: bytes
    name: str
    media_type: str
    url: str | None = None
    kept: str | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: the bytes of the file at ``path`` below ``content/``."""

    path: str
    data: bytes


# Gives a file that came with a document, or the picture that it was made into, by the address it is referred to by.
Beside = Callable[[str], bytes | Picture | None]
# Gives the picture that an address in a document leads to, when it came with the document.
Find = Callable[[str], Embedded | None]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What came with a document besides its text, for the receipt; ``size`` in bytes, ``sha256`` as it came.

    ``kept`` is where a picture is kept below ``content/``; for all else ``reason`` says why it is not.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    kept: str | None = None
    reason: str = ""


class BlockKind(StrEnum):
    """What a block is known to be."""

    LINE = "line"  # one logical line of plain text: what it is shows only in its context
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    RULE = "rule"
    VERBATIM = "verbatim"  # Markdown that stays as it is: a table, a code block, a list, a quotation


@dataclass(frozen=True, slots=True)
class Mark:
    """The bullet or number that a line began with, as it was written."""

    sign: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document in reading order.

    ``text`` is plain; ``markdown`` is set where a reader knows how the block is
    written, else the text will be escaped. ``apart`` tells whether a blank line stands
    before it, ``indented`` whether it was set in. ``level`` is a heading's. ``above`` are
    pictures right above it, as Markdown, while text is looked at.
    """

    kind: BlockKind
    text: str
    markdown: str | None = None
    apart: bool = True
    indented: bool = False
    mark: Mark | None = None
    level: int = 2
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document states of itself; ``date_basis`` says where the date stood, ``extra`` keeps unknown keys."""

    title: str | None = None
    date: date | None = None
    date_basis: DateBasis | None = None
    authors: tuple[str, ...] = ()
    source: Source | None = None
    url: str | None = None
    lang: str | None = None
    summary: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brief:
    """One item of a digest: its headline, its short text, and what stood with it.

    ``made`` says that the headline is not the digest's own but made of the text.
    """

    title: str
    blocks: tuple[Block, ...]
    url: str | None = None
    source: Source | None = None
    made: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in one raw document.

    ``characters`` counts what came in, and ``dropped`` what the reader left out, by
    name (white space not counted); ``notes`` are sentences for the receipt, ``guessed``
    fields of ``stated`` that are guesses. ``kind`` is a brief where there is no text to have
    but a line or two. ``is_settled`` says that title and body are told
    apart already, and that no step needs to look for them in lines; ``is_sheet``, that a web page
    is a text from end to end, as a letter is. ``pictures`` are those
    that the blocks refer to, by the SHA-256 of their bytes (:mod:`backfile.ingest.pictures`);
    ``enclosures`` is what else came with the text.
    """

    blocks: tuple[Block, ...]
    encoding: str
    characters: int
    stated: Metadata = field(default_factory=Metadata)
    dropped: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    kind: Kind = Kind.ARTICLE
    is_settled: bool = False
    is_sheet: bool = False
    pictures: Mapping[str, Embedded] = field(default_factory=dict)
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A document on its way through the steps; for ``characters`` and all that follows it see :class:`Content`."""

    raw: RawDocument
    given: Given
    encoding: str
    characters: int
    blocks: tuple[Block, ...] = ()
    stated: Metadata = field(default_factory=Metadata)
    kind: Kind = Kind.ARTICLE
    briefs: tuple[Brief, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    guessed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, Embedded] = field(default_factory=dict)
    enclosures: tuple[Enclosure, ...] = ()
    is_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One text found in a raw document: what ``python -m backfile.ingest`` prints.

    ``date`` is None when nothing states the document's own day. ``markdown`` is the
    body without its title. ``digest`` is the index of the item that a brief came from.
    ``pictures`` are the files that ``markdown`` refers to.
    """

    title: str
    kind: Kind
    markdown: str
    date: date | None = None
    date_basis: DateBasis | None = None
    authors: tuple[str, ...] = ()
    source: Source | None = None
    url: str | None = None
    lang: str | None = None
    summary: str | None = None
    guessed: tuple[str, ...] = ()
    digest: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What reading did with one raw document, to the character (white space not counted).

    ``characters`` = ``kept`` + the sum of ``dropped``.
    """

    file: str
    sha256: str
    encoding: str | None = None
    characters: int = 0
    kept: int = 0
    dropped: tuple[tuple[str, int], ...] = ()
    guessed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fetched: Fetched | None = None
    refused: str | None = None
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The items of one raw document in their order, and the receipt."""

    items: tuple[Item, ...]
    receipt: Receipt


def count_characters(text: str) -> int:
    """Return how many characters of ``text`` are not white space: the measure of every receipt."""
    return len("".join(text.split()))
