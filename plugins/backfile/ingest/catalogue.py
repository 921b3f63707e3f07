"""The articles in ``content/``, as planning an import looks them up."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from backfile import addresses, frontmatter, yamltext
from backfile.frontmatter import FrontMatter
from backfile.ingest.known import Known
from backfile.ingest.likeness import same_address, sketch, triples
from backfile.ingest.words import words
from backfile.model import Source
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
        return self.front.slug or slugify(self.front.title, lang=self.front.lang)

    @property
    def id(self) -> str:
        """The article's id."""
        return addresses.article_id(self.front.date, self.slug)


@dataclass(slots=True)
class Catalogue:
    """The articles in ``content/``, found by what planning asks for; it grows while an import goes on."""

    stored: set[str] = field(default_factory=set)  # sha256 of the raw files whose import is complete
    kept: set[str] = field(default_factory=set)  # and of those that are in sources/
    known: Known = field(default_factory=Known)  # texts that were taken back
    by_path: dict[str, Held] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    by_sha: dict[str, list[Held]] = field(default_factory=dict)
    by_name: dict[str, list[Held]] = field(default_factory=dict)
    by_url: dict[str, list[Held]] = field(default_factory=dict)
    by_title: dict[str, list[Held]] = field(default_factory=dict)
    by_sketch: dict[int, list[Held]] = field(default_factory=dict)
    by_text: dict[str, Held] = field(default_factory=dict)

    def add(self, held: Held) -> None:
        """Take in an article, also in place of what stood at its path before."""
        self.paths.add(held.path.lower())
        self.by_path[held.path] = held
        self.ids |= {held.id, *held.front.formerly}
        self.by_text.setdefault(text_key(held.front.kind, held.front.title, held.body, held.front.source), held)
        came_from = held.front.provenance
        for index, key in (
            (self.by_sha, came_from.sha256 if came_from else None),
            (self.by_name, came_from.file if came_from else None),
            (self.by_title, title_key(held.front.title)),
            (self.by_url, same_address(held.front.canonical) if held.front.canonical else None),
        ):
            if key:
                index[key] = [other for other in index.get(key, ()) if other.path != held.path] + [held]
        for number in sketch(triples(held.body)):
            others = self.by_sketch.get(number, ())
            self.by_sketch[number] = [other for other in others if other.path != held.path] + [held]

    def like(self, markdown: str) -> Iterator[Held]:
        """Yield the articles whose text may be much like this one, each once, in the order of their paths."""
        found = {held.path: held for number in sketch(triples(markdown)) for held in self.by_sketch.get(number, ())}
        return (found[path] for path in sorted(found))


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
    text = " ".join(words(without_addresses(markdown)))
    parts = (kind, source.name if source else "", " ".join(words(title)), text)
    return hashlib.sha256("\n".join(parts).casefold().encode()).hexdigest()


def title_key(title: str) -> str:
    """Return what two spellings of one headline share: its words, whatever their case."""
    return " ".join(words(title)).casefold()


def stamp(text: str) -> str:
    """Return the mark by which an edit shows: a hash of the file without its mark."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
