"""The articles in ``content/``, as planning an import looks them up."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from backfile import addresses, frontmatter, yamltext
from backfile.errors import ContentError
from backfile.frontmatter import FrontMatter
from backfile.ingest.changes.known import Known
from backfile.ingest.changes.likeness import Triples, same_address, sketch, triples
from backfile.ingest.changes.texts import Facts, Texts
from backfile.ingest.vocabulary.words import words
from backfile.model import Kind, Source
from backfile.pictures import without_addresses
from backfile.slugs import slugify

_WRITTEN = re.compile(r"^  written: \"?([0-9a-f]+)\"?\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Held:
    """An article in ``content/``; ``edited`` when it is not as an importer wrote it."""

    path: str
    front: FrontMatter
    body: str
    edited: bool

    @property
    def slug(self) -> str:
        """The slug, as reading tells it."""
        return _slug(self.front)

    @property
    def id(self) -> str:
        """The article's id."""
        return addresses.article_id(self.front.date, self.slug)


@dataclass(frozen=True, slots=True)
class Card:
    """What an import looks an article up by; its text stays in its file until it is asked for.

    ``sha256`` and ``file`` are those of the raw file that it was made of, ``earlier`` the SHA-256 of
    files that it was made of before; ``url`` is cut as :func:`same_address` cuts it.
    """

    path: str
    id: str
    kind: Kind
    title: str
    day: date
    outlet: str = ""
    full: str | None = None
    formerly: tuple[str, ...] = ()
    sha256: str = ""
    earlier: tuple[str, ...] = ()
    file: str = ""
    url: str = ""

    @classmethod
    def of(cls, path: str, front: FrontMatter) -> Card:
        """Return the card of the article with this front matter."""
        origin = front.provenance
        return cls(
            path=path,
            id=addresses.article_id(front.date, _slug(front)),
            kind=front.kind,
            title=front.title,
            day=front.date,
            outlet=front.source.name if front.source else "",
            full=front.full,
            formerly=front.formerly,
            sha256=(origin.sha256 if origin else None) or "",
            earlier=tuple(old.sha256 for old in front.revisions if old.sha256),
            file=(origin.file if origin else None) or "",
            url=same_address(front.canonical) if front.canonical else "",
        )


class Catalogue:
    """The articles in ``content/``, found by what planning asks for; it grows while an import goes on.

    ``read`` gives the text of a file by its path below ``content/``, ``became`` the paths that the
    receipt of a raw file names. ``stored`` are the SHA-256 of the raw files whose import is
    complete, ``kept`` of those that are in ``sources/``; ``known`` are the texts that were taken back.
    """

    def __init__(
        self,
        read: Callable[[str], str],
        became: Callable[[str], Iterable[str]],
        *,
        stored: Iterable[str] = (),
        kept: Iterable[str] = (),
        known: Known | None = None,
    ) -> None:
        self.read = read
        self.became = became
        self.stored = set(stored)
        self.kept = set(kept)
        self.known = known or Known()
        self.cards: dict[str, Card] = {}
        self.paths: set[str] = set()
        self.ids = self.known.ids()
        self.by_sha: dict[str, list[Card]] = {}
        self.by_earlier: dict[str, list[Card]] = {}
        self.by_name: dict[str, list[Card]] = {}
        self.by_url: dict[str, list[Card]] = {}
        self.by_title: dict[str, list[Card]] = {}
        self._texts = Texts(self._facts)
        self._unwritten: dict[str, Held] = {}

    @property
    def by_path(self) -> Mapping[str, Held]:
        """All articles in order, each read when it is looked at."""
        return _Whole(self)

    def put(self, card: Card) -> None:
        """Take in the card of an article that is in its file, also in place of what stood at its path before."""
        self._index(card)
        self._texts.expect(card.path, title_key(card.title), card.day)

    def add(self, held: Held, *, is_written: bool = True) -> None:
        """Take in an article that is at hand, as :meth:`put` does; one that ``is_written`` can be read again."""
        card = Card.of(held.path, held.front)
        self._index(card)
        self._texts.add(card.path, card.day, _facts_of(held))
        if not is_written:
            self._unwritten[card.path] = held

    def held(self, card: Card) -> Held | None:
        """Return the article of a card; None when its file has gone or can't be read."""
        if card.path in self._unwritten:
            return self._unwritten[card.path]
        try:
            return read_held(self.read(card.path), card.path)
        except (ContentError, OSError, UnicodeDecodeError):
            return None

    def of_import(self, sha256: str) -> list[Card]:
        """Return the articles that a complete import of a raw file left, in the order of their paths.

        Those that were made of it, or of a later version; without any, those that its receipt names: where
        its text was there already, nothing else tells.
        """
        found = (*self.by_sha.get(sha256, ()), *self.by_earlier.get(sha256, ()))
        cards = {card.path: card for card in found}
        if not cards and sha256 in self.stored:
            cards = {path: self.cards[path] for path in self.became(sha256) if path in self.cards}
        return [cards[path] for path in sorted(cards)]

    def made_of(self, sha256: str) -> list[Held]:
        """Return the articles that were made of a raw file, in the order of their paths."""
        cards = sorted(self.by_sha.get(sha256, ()), key=lambda card: card.path)
        return [held for card in cards if (held := self.held(card))]

    def copies(self, kind: Kind, title: str, markdown: str, source: Source | None) -> list[Card]:
        """Return the articles with this title and text from this outlet, in the order of their paths."""
        key = text_key(kind, title, markdown, source)
        return [self.cards[path] for path in self._texts.same(key, title_key(title))]

    def alike(self, found: Triples, day: date) -> list[Card]:
        """Return the articles of a day whose text may be much like this one, in the order of their paths."""
        return [self.cards[path] for path in self._texts.alike(sketch(found), day)]

    def _index(self, card: Card) -> None:
        if before := self.cards.pop(card.path, None):
            for index, key in self._entries(before):
                index[key].remove(before)
            self._texts.remove(card.path)
        self._unwritten.pop(card.path, None)
        self.cards[card.path] = card
        self.paths.add(card.path.lower())
        self.ids |= {card.id, *card.formerly}
        for index, key in self._entries(card):
            index.setdefault(key, []).append(card)

    def _entries(self, card: Card) -> list[tuple[dict[str, list[Card]], str]]:
        """Return what a card is found by, and where."""
        keys = [(self.by_sha, card.sha256), *((self.by_earlier, old) for old in dict.fromkeys(card.earlier))]
        keys += [(self.by_name, card.file), (self.by_url, card.url), (self.by_title, title_key(card.title))]
        return [(index, key) for index, key in keys if key]

    def _facts(self, path: str) -> Facts | None:
        held = self.held(self.cards[path])
        return _facts_of(held) if held else None


class _Whole(Mapping[str, Held]):
    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __getitem__(self, path: str) -> Held:
        if held := self.catalogue.held(self.catalogue.cards[path]):
            return held
        raise KeyError(path)

    def __contains__(self, path: object) -> bool:
        return path in self.catalogue.cards

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.catalogue.cards))

    def __len__(self) -> int:
        return len(self.catalogue.cards)


def read_held(text: str, path: str) -> Held:
    """Return the article in a content file's text; raises ``ContentError`` when its front matter can't be read."""
    front, body = frontmatter.parse(text, path)
    text = text.replace("\r\n", "\n")
    mark = _WRITTEN.search(text)
    edited = mark is None or stamp(text[: mark.start()] + text[mark.end() :]) != mark[1]
    return Held(path, front, body, edited)


def restamped(text: str) -> str:
    """Return a file that an importer wrote, with the mark that is right for it after a change that is no edit."""
    mark = _WRITTEN.search(text)
    if mark is None:
        return text
    anew = yamltext.write("written", stamp(text[: mark.start()] + text[mark.end() :]))
    return f"{text[: mark.start()]}  {anew}{text[mark.end() :]}"


def text_key(kind: str, title: str, markdown: str, source: Source | None) -> str:
    """Return what two copies of one text share: kind, words of title and text, outlet."""
    parts = (kind, source.name if source else "", " ".join(words(title)), " ".join(words(without_addresses(markdown))))
    return hashlib.sha256("\n".join(parts).casefold().encode()).hexdigest()


def title_key(title: str) -> str:
    """Return what two spellings of one headline share: its words, whatever their case."""
    return " ".join(words(title)).casefold()


def stamp(text: str) -> str:
    """Return the mark by which an edit shows: a hash of the file without its mark."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _slug(front: FrontMatter) -> str:
    return front.slug or slugify(front.title, lang=front.lang)


def _facts_of(held: Held) -> Facts:
    key = text_key(held.front.kind, held.front.title, held.body, held.front.source)
    return Facts(key, sketch(triples(held.body)))
