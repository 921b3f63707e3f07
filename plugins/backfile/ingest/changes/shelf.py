"""The articles in ``content/`` as files that are corrected: written in place, and moved when their address changes.

An article's address follows from its date and slug, not from where its file lies. So a
correction is one write at the old place, whole or not at all; that the file then goes to its
month's folder, and that other articles and receipts name it anew, is order and no more: the
old id stays in ``formerly``, and names the article wherever it is left (:mod:`backfile.moves`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from backfile import addresses
from backfile.amend import amend
from backfile.errors import ContentError, IngestError
from backfile.ingest.changes.apply import IMPORTS, rename, write
from backfile.ingest.changes.catalogue import Held, read_held, restamped
from backfile.slugs import slugify, with_hash

ARTICLES = "articles"
REFERENCES = ("digest", "full")  # the fields that name another article


class Place(NamedTuple):
    """Where an article stands: its id, and its file below ``content/``."""

    id: str
    path: str

    @property
    def slug(self) -> str:
        """The last part of the id."""
        return self.id.rpartition("/")[2]


@dataclass(slots=True)
class Shelf:
    """The articles in ``content``, by path; ``ids`` and ``paths`` (in small letters) are taken.

    ``referrers`` are the paths of the articles that name an id as their digest or full text,
    ``renamed`` the new paths of files that have moved.
    """

    content: Path
    held: dict[str, Held] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    referrers: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    renamed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Path, articles: Iterable[Held], unreadable: Iterable[str] = ()) -> Shelf:
        """Return the shelf that holds ``articles``; the paths ``unreadable`` are taken, too."""
        shelf = cls(content, paths={path.lower() for path in unreadable})
        for held in articles:
            shelf._take(held)
        return shelf

    def at(self, path: str) -> Held:
        """Return the article whose file was at ``path`` when the shelf was made."""
        while path in self.renamed:
            path = self.renamed[path]
        return self.held[path]

    def text(self, held: Held) -> str:
        """Return what an article's file says at this moment; raises ``IngestError`` when it can't be read."""
        try:
            return (self.content / held.path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise IngestError(f"{held.path}: can't be read any more: {error}") from error

    def place(self, held: Held, day: date | None = None, slug: str | None = None) -> Place:
        """Return where an article stands with another day or slug; one with a hash in it if that place is taken."""
        day, slug = day or held.front.date, slug or held.slug
        identity = addresses.article_id(day, slug)
        if identity == held.id:
            return Place(held.id, held.path)
        if identity in self.ids and identity not in held.front.formerly:
            slug = with_hash(slug, f"{held.id}\n{held.front.title}")
        path = PurePosixPath(held.path)
        if path.parent.as_posix() == _folder(held.front.date):
            name = slug if path.stem == held.slug else path.stem
            path = PurePosixPath(f"{_folder(day)}/{name}.md")
            if path.as_posix().lower() in self.paths - {held.path.lower()}:
                path = path.with_stem(with_hash(name, held.id))
        return Place(addresses.article_id(day, slug), path.as_posix())

    def reserve(self, place: Place) -> None:
        """Take a place for an article that will stand there."""
        self.ids.add(place.id)
        self.paths.add(place.path.lower())

    def amend(self, held: Held, changes: Mapping[str, Any], *, readdress: bool = False) -> Held:
        """Make changes in an article's front matter, as its file is now; return the article as it is then.

        Its slug stays, unless ``readdress`` says that it follows the title. Raises
        :class:`~backfile.errors.ContentError` when a value is not allowed.
        """
        before = read_held(self.text(held), held.path)
        slug, text = before.slug, amend(self.text(held), changes, held.path)
        after = read_held(text, held.path)
        if readdress and "title" in changes:
            slug = slugify(after.front.title, lang=after.front.lang)
        place = self.place(before, after.front.date, slug)
        address: dict[str, Any] = {}
        if after.slug != place.slug:
            address["slug"] = place.slug
        if place.id != before.id:
            address["formerly"] = formerly(before, place)
        return self.put(before, amend(text, address, held.path) if address else text, place)

    def put(self, held: Held, text: str, place: Place) -> Held:
        """Write an article's file; when it has another place, have what names it follow. ``text`` is right for it."""
        write(self.content, held.path, text.encode("utf-8"))
        if place.path != held.path:
            rename(self.content, held.path, place.path)
            self.renamed[held.path] = place.path
            self._follow_path(held, place.path)
        now = read_held(text, place.path)
        self._drop(held)
        self._take(now)
        if place.id != held.id:
            self._follow_id(held.id, place.id)
        return now

    def _follow_id(self, old: str, new: str) -> None:
        """Have the articles that name an id name another; an article that nobody edited stays so."""
        for path in sorted(self.referrers.pop(old, ())):
            held = self.held[path]
            text = amend(self.text(held), {name: new for name in REFERENCES if getattr(held.front, name) == old}, path)
            text = text if held.edited else restamped(text)
            write(self.content, path, text.encode("utf-8"))
            self._take(read_held(text, path))

    def _follow_path(self, held: Held, path: str) -> None:
        """Have the receipt of an article's import name its new file; a receipt that can't be read stays as it is."""
        origin = held.front.provenance
        if origin is None or not origin.sha256:
            return
        relative = receipt_path(origin.sha256)
        receipt = read_receipt(self.content, origin.sha256)
        items = [{**item, "path": path} if item.get("path") == held.path else item for item in receipt.get("items", ())]
        if items != receipt.get("items", []):
            write(self.content, relative, written_receipt({**receipt, "items": items}))

    def _take(self, held: Held) -> None:
        self.held[held.path] = held
        self.paths.add(held.path.lower())
        self.ids |= {held.id, *held.front.formerly}
        for named in _referred(held):
            self.referrers[named].add(held.path)

    def _drop(self, held: Held) -> None:
        del self.held[held.path]
        self.paths.discard(held.path.lower())
        for named in _referred(held):
            self.referrers[named].discard(held.path)


def read_articles(content: Path, most: int | None = None) -> tuple[list[Held], list[str]]:
    """Return the articles in ``content``, and the paths of files that can't be read as one.

    ``most`` is how many characters of each body are held (None: all).
    """
    found, unreadable = [], []
    for file in sorted((content / ARTICLES).rglob("*.md")):
        path = file.relative_to(content).as_posix()
        try:
            held = read_held(file.read_bytes().decode("utf-8"), path)
            found.append(held if most is None else replace(held, body=held.body[:most]))
        except (ContentError, OSError, UnicodeDecodeError):
            unreadable.append(path)
    return found, unreadable


def chosen(articles: Iterable[Held], words: Sequence[str], content: Path) -> list[Held]:
    """Return the articles that ``words`` name: by id, by file or by a folder that they lie in; all for no word.

    Raises ``IngestError`` for a word that names none.
    """
    if not words:
        return list(articles)
    wanted = {word: (word.strip("/"), {Path(word).resolve(), (content / word).resolve()}) for word in words}
    found: dict[str, Held] = {}
    missed = dict.fromkeys(words)
    for held in articles:
        file = (content / held.path).resolve()
        for word, (identity, paths) in wanted.items():
            if held.id == identity or not paths.isdisjoint((file, *file.parents)):
                found[held.path] = held
                missed.pop(word, None)
    if missed:
        raise IngestError(f"{next(iter(missed))}: no article is there; name its file, a folder, or its id")
    return list(found.values())


def formerly(held: Held, place: Place) -> tuple[str, ...]:
    """Return the former ids of an article that goes to another place."""
    return tuple(dict.fromkeys(old for old in (*held.front.formerly, held.id) if old != place.id))


def receipt_path(sha256: str) -> str:
    """Return where the receipt of a raw file lies below ``content/``."""
    return f"{IMPORTS}/{sha256[:2]}/{sha256}.json"


def read_receipt(content: Path, sha256: str) -> dict[str, Any]:
    """Return the receipt of a raw file; empty when there is none that can be read."""
    try:
        receipt = json.loads((content / receipt_path(sha256)).read_bytes())
    except (OSError, ValueError):
        return {}
    items = receipt.get("items", []) if isinstance(receipt, dict) else None
    is_one = isinstance(items, list) and all(isinstance(item, dict) for item in items)
    return receipt if is_one else {}


def written_receipt(receipt: Mapping[str, Any]) -> bytes:
    """Return a receipt as it stands in its file."""
    return json.dumps(receipt, ensure_ascii=False, indent=1).encode() + b"\n"


def _referred(held: Held) -> list[str]:
    """Return the ids that an article names."""
    return [named for name in REFERENCES if (named := getattr(held.front, name))]


def _folder(day: date) -> str:
    return f"{ARTICLES}/{day.year:04d}/{day.month:02d}"
