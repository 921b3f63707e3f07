"""What an earlier build told of an archive, as the cache keeps it.

An edit reads all of it and shows little of it, so it is kept field by field (:func:`backfile.pickled.filled`).
Reasons, which are most of it, are in rows of their own, each read when a page shows it: why texts are related, and
why takes are one story. Before each row stands the hash of what it belongs to.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from operator import ne
from typing import Any, Final, TypeVar, overload

from backfile.archive import Asked, Told
from backfile.incremental.cache import HarmedError
from backfile.model import Finding, Join, Link, Name, Origin, Related, Story
from backfile.pickled import dumps, filled
from backfile.stories import EditorWord, Ledger

Part = TypeVar("Part", Join, Origin)
Row = Callable[[str], bytes | None]  # what gives the row of an article or a story
Saved = tuple[int, str]  # a file's CRC-32, and its mark as it was saved

_OF_STORY: Final = ("id", "takes", "lead", "copies", "independent", "title", "aliases")
_WHY: Final = ("joins", "origins")  # what its row has of a story
_NO_REASONS: Final = ((), ())  # those of a story of one take


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the names, the texts (``ids``, and ``texts`` their hashes), the editor's word, the ledger."""

    names: tuple[Name, ...]
    ids: list[str]
    texts: list[bytes]
    editor: EditorWord
    ledger: Ledger

    @classmethod
    def of(cls, asked: Asked) -> Question:
        """Return what can be kept of a question."""
        return cls(asked.names.names, [*asked.texts], [*asked.texts.values()], asked.editor, asked.ledger)

    def changes(self, texts: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
        """Return the ids of texts that are gone now, and of those that are new or no longer what they were."""
        if self.ids == [*texts]:
            return [], [*compress(self.ids, map(ne, self.texts, texts.values()))]
        was = dict(zip(self.ids, self.texts, strict=True))
        return sorted(was.keys() - texts.keys()), [id_ for id_, hash_ in texts.items() if was.get(id_) != hash_]


@dataclass(frozen=True, slots=True)
class Base:
    """What an earlier build told, and of what; ``files`` in ``folder`` hold the state that grouping goes on from.

    ``stories`` are columns, ``hashes`` their hashes; ``related`` are hashes by article, the articles that are related
    to each are ``others``, from one of ``ends`` to the next: places of ids, as bytes.
    """

    question: Question
    stories: tuple[tuple[Any, ...], ...]
    hashes: list[bytes]
    findings: tuple[Finding, ...]
    related: list[bytes]
    others: bytes
    ends: bytes
    folder: str = ""
    files: dict[str, Saved] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        question: Question,
        stories: Sequence[Story],
        hashes: Mapping[str, bytes],
        findings: tuple[Finding, ...],
        related: Iterable[tuple[Sequence[str], bytes]],
    ) -> Base:
        """Return what can be kept of what was told, ``related`` as ids and hash for each text that was asked about."""
        known = {id_: id_ for id_ in question.ids}.__getitem__  # each id is kept, and stands in memory, but once
        told = (
            (
                story.id,
                tuple(map(known, story.takes)),
                known(story.lead),
                tuple(tuple(map(known, copies)) for copies in story.copies),
                story.independent,
                story.title,
                story.aliases,
            )
            for story in stories
        )
        place = {id_: at for at, id_ in enumerate(question.ids)}
        others, ends, marks = array("i"), array("i", [0]), []
        for ids, hash_ in related:
            others.extend(map(place.__getitem__, ids))
            ends.append(len(others))
            marks.append(hash_)
        return cls(
            question,
            tuple(zip(*told, strict=True)) or ((),) * len(_OF_STORY),
            [hashes[story.id] for story in stories],
            findings,
            marks,
            others.tobytes(),
            ends.tobytes(),
        )

    def told(self, story: Row, related: Row, *, soon: bool = False) -> Told:
        """Return what was told, given what has the rows of stories and of articles.

        Those of stories are read at once where all will be shown ``soon``.
        """
        texts, ids, count = self.question.ids, self.stories[0], len(self.question.ids)
        rows = _Rows(texts, _numbers(self.others), _numbers(self.ends), related)
        linked = filled(StoredRelated, count, {"_rows": repeat(rows), "_at": range(count), "hash": self.related})
        more = [len(takes) > 1 for takes in self.stories[1]]
        several = [*zip(compress(ids, more), compress(self.hashes, more), strict=True)]
        columns: dict[str, Sequence[Any]] = dict(zip(_OF_STORY, self.stories, strict=True))
        for name, reasons in zip(_WHY, _reasons(story, several, soon=soon), strict=True):
            left = iter(reasons)
            columns[name] = [next(left) if one else () for one in more]
        stories = tuple(filled(Story, len(ids), columns))
        hashes = dict(zip(ids, self.hashes, strict=True))
        return Told(stories, hashes, dict(zip(texts, linked, strict=True)), self.findings)

    def several(self) -> list[str]:
        """Return the ids of stories of several takes, which alone have rows."""
        return [id_ for id_, takes in zip(*self.stories[:2], strict=True) if len(takes) > 1]


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is related to all articles, in a few flat rows."""

    ids: Sequence[str]
    others: Sequence[int]
    ends: Sequence[int]
    row: Row


class StoredRelated:
    """:class:`~backfile.model.Related` of which the links are read when they are asked for."""

    __slots__ = ("_at", "_rows", "hash")
    _rows: _Rows
    _at: int
    hash: bytes

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the related articles."""
        rows = self._rows
        return tuple([rows.ids[at] for at in rows.others[rows.ends[self._at] : rows.ends[self._at + 1]]])

    def read(self) -> tuple[Link, ...]:
        """Return the links. Raises :class:`~.cache.HarmedError` when they are gone."""
        links: tuple[Link, ...] = _read(self._rows.row, self._rows.ids[self._at], self.hash)
        return links


class Why(Sequence[Part]):
    """The joins of a story, or its origins (``_place`` 0 or 1), read when they are asked for."""

    __slots__ = ("_of", "_place", "_row")
    _row: Row
    _of: tuple[str, bytes]
    _place: int

    @overload
    def __getitem__(self, at: int) -> Part: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Part, ...]: ...
    def __getitem__(self, at: int | slice) -> Part | tuple[Part, ...]:
        return self._read()[at]

    def __len__(self) -> int:
        return len(self._read())

    def __iter__(self) -> Any:
        return iter(self._read())

    def _read(self) -> tuple[Part, ...]:
        found: tuple[Part, ...] = _read(self._row, *self._of)[self._place]
        return found


def _reasons(row: Row, of: Sequence[tuple[str, bytes]], *, soon: bool) -> list[list[Any]]:
    """Return the joins of some stories, given as id and hash, and their origins."""
    if soon:
        found = [_read(row, *each) for each in of]
        return [[each[place] for each in found] for place in range(len(_WHY))]
    fields = {"_row": repeat(row), "_of": of}
    return [filled(Why, len(of), {**fields, "_place": repeat(place)}) for place in range(len(_WHY))]


def story_rows(stories: Iterable[Story], hashes: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the rows of stories; those of one take, which needs no reason, and those that have a row are left out."""
    return {
        story.id: row(hashes[story.id], (story.joins, story.origins))
        for story in stories
        if len(story.takes) > 1 and not isinstance(story.joins, Why)
    }


def related_rows(related: Mapping[str, Related]) -> dict[str, bytes]:
    """Return the rows of articles; those that have one are left out."""
    return {id_: row(each.hash, each.read()) for id_, each in related.items() if not isinstance(each, StoredRelated)}


def row(hash_: bytes, reasons: object) -> bytes:
    """Return a row, given the hash of what the reasons belong to."""
    return hash_ + dumps(reasons)


def _read(row: Row, id_: str, hash_: bytes) -> Any:
    found = row(id_)
    if not found or not found.startswith(hash_):
        raise HarmedError
    return pickle.loads(found[len(hash_) :])  # noqa: S301  # our own, by checksum


def _numbers(content: bytes) -> Sequence[int]:
    numbers = array("i")
    numbers.frombytes(content)
    return numbers
