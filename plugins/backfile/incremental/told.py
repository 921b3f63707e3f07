"""The stories of a build: those of an earlier one, brought up to date with the texts that have changed since.

What an earlier build found is kept as a *base*: stories, links, and the state that grouping
goes on from (flat arrays in files of their own, mapped into memory). Few changes are worked
out from the base at each build and thrown away; when they have become more, they make a new
base. The outcome is always that of grouping all texts at once (:mod:`backfile.stories`).
"""

from __future__ import annotations

import pickle
import sys
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from backfile.archive import Asked, Told, related_of
from backfile.incremental.cache import Cache, HarmedError
from backfile.incremental.memory import Memory
from backfile.incremental.tree import mark
from backfile.incremental.workers import apart, on_all_cores
from backfile.marks import mark_of
from backfile.model import Document, Finding, Link, Name, Related, Story
from backfile.pickled import dumps
from backfile.stories import EditorWord, Features, Grouped, Grouping, Ledger, arrays, from_arrays, group, related
from backfile.stories.affairs.linked import Links
from backfile.stories.traits.features import features
from backfile.stories.upkeep.state import State, state_of
from backfile.stories.words.background import load_background
from backfile.stories.words.tokens import Codes

# | constant | value | why |
# |---|---|---|
FEW: Final = 100  # changes that are worked out again at each build: a few hundredths of a second each
SHARE: Final = 50  # from one changed text in so many, to group them all takes less time

_NOTE = "told"
_FOLDER = "stories-"
_BLOCK = 1 << 18  # bytes: what a core's own memory holds is summed as it comes


@dataclass(frozen=True, slots=True)
class _Question:
    """What was asked: the names, the texts (hashes by id), the editor's word, the ledger."""

    names: tuple[Name, ...]
    texts: dict[str, bytes]
    editor: EditorWord
    ledger: Ledger

    @classmethod
    def of(cls, asked: Asked) -> _Question:
        """Return what can be kept of a question."""
        return cls(asked.names.names, dict(asked.texts), asked.editor, asked.ledger)


_Saved = tuple[int, str]  # a file's CRC-32, and its mark as it was saved


@dataclass(frozen=True, slots=True)
class _Base:
    """What an earlier build told, and of what. ``related`` are ids and hash by article; ``files`` hold the state."""

    question: _Question
    stories: tuple[Story, ...]
    hashes: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    related: dict[str, tuple[tuple[str, ...], bytes]]
    folder: str = ""
    files: dict[str, _Saved] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Packed:
    """A base, and the links of each article with their hash before them, as the cache keeps them."""

    base: bytes
    rows: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Standing:
    """What was asked and told last, and what to go on from: a state in memory, or a base."""

    question: _Question
    told: Told
    grouped: Grouped | None = None
    base: _Base | None = None


class _Documents(Mapping[str, Document]):
    """The texts asked about, each read when its words are needed."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def __getitem__(self, id_: str) -> Document:
        return self._asked.document(id_)

    def __iter__(self) -> Iterator[str]:
        return iter(self._asked.texts)

    def __len__(self) -> int:
        return len(self._asked.texts)


def tell_again(cache: Cache, memory: Memory, asked: Asked) -> Told:
    """Return what :func:`~backfile.archive.tell` would. ``memory`` has the stories of the build before, or none."""
    # While the state is changed it is nobody's: if that fails, the next build goes on from the cache.
    before, memory.stories = memory.stories or _standing(cache), None
    standing = _tell_again(cache, before, asked, lasts=memory.lasts)
    if memory.lasts:
        memory.stories = standing
    return standing.told


def _tell_again(cache: Cache, before: Standing | None, asked: Asked, *, lasts: bool) -> Standing:
    if before is None or before.question.names != asked.names.names:
        return _tell(cache, asked, lasts=lasts)
    was = before.question
    gone = was.texts.keys() - asked.texts.keys()
    new = [id_ for id_, hash_ in asked.texts.items() if was.texts.get(id_) != hash_]
    changes = len(gone) + len(new)
    if not changes and (was.editor, was.ledger) == (asked.editor, asked.ledger):
        return _at_hand(cache, before, asked) if lasts else before
    is_at_hand = before.grouped or (before.base and before.base.files)
    if not is_at_hand or changes * SHARE > max(len(asked.texts), SHARE * FEW):
        return _tell(cache, asked, lasts=lasts)
    return _go_on(cache, before, asked, gone, new)


def _tell(cache: Cache, asked: Asked, *, lasts: bool) -> Standing:
    """Return the stories from nothing but the texts, and keep them as a base."""
    folder = cache.new_folder(_FOLDER)
    if lasts:
        grouping, links = _grouped(asked)
        base, rows = _based(asked, grouping.stories, grouping.findings, links)
        grouped = Grouped.of(grouping, links, asked.names)
        _keep(cache, _packed(base, rows, folder, _saved(folder, grouped.state())))
        return Standing(base.question, _told(base, rows.get), grouped)
    load_background()  # with the libraries that it takes, which those who make pages need, too
    packed = apart(partial(_grouped_apart, asked, folder))
    _keep(cache, packed)
    cache.commit()
    base = pickle.loads(packed.base)  # noqa: S301  # our own
    read = packed.rows.get if cache.problem else partial(cache.get, "related")
    return Standing(_Question.of(asked), _told(base, read))


def _grouped_apart(asked: Asked, folder: Path | None) -> _Packed:
    """Return a base and its links; what is large is let go of on the way."""
    grouping, links = _grouped(asked)
    files = _saved(folder, state_of(grouping, links))
    stories, findings = grouping.stories, grouping.findings
    del grouping
    return _packed(*_based(asked, stories, findings, links), folder, files)


def _grouped(asked: Asked) -> tuple[Grouping, Links]:
    """Return the stories and the links of all texts, from nothing but these."""
    heads = [asked.head(id_) for id_ in asked.texts]
    spread = partial(on_all_cores, few=1, batch=1, beside=True)
    grouping = group(heads, asked.document, names=asked.names, editor=asked.editor, ledger=asked.ledger, spread=spread)
    return grouping, related(heads, grouping, names=asked.names, spread=spread)


def _based(
    asked: Asked, stories: tuple[Story, ...], findings: tuple[Finding, ...], links: Links
) -> tuple[_Base, dict[str, bytes]]:
    """Return a base without files, and the links of each article as the cache keeps them."""
    linked, rows = {}, {}
    known = {id_: id_ for id_ in asked.texts}  # each id stands in memory but once
    for id_, own in links.items():
        hash_ = mark_of(own)
        linked[id_] = (tuple(known[link.article] for link in own), hash_)
        rows[id_] = hash_ + dumps(own)
    hashes = {story.id: mark_of(story) for story in stories}
    return _Base(_Question.of(asked), stories, hashes, findings, linked), rows


def _features(asked: Asked, documents: Sequence[Document]) -> list[Features]:
    return features(documents, Codes(asked.names), load_background())


def _at_hand(cache: Cache, before: Standing, asked: Asked) -> Standing:
    """Return the same with all that the first change would have to wait for."""
    if before.grouped or not (before.base and before.base.files):
        return before
    load_background()
    return replace(before, grouped=_from_base(cache, before, asked))


def _from_base(cache: Cache, before: Standing, asked: Asked) -> Grouped:
    return Grouped(from_arrays(_state(cache, before.base)), asked.names)


def _go_on(cache: Cache, before: Standing, asked: Asked, gone: Collection[str], new: Sequence[str]) -> Standing:
    """Return the stories after some changes; keep them as a new base when there are many."""
    grouped = before.grouped or _from_base(cache, before, asked)
    added = dict(zip(new, _features(asked, [asked.document(id_) for id_ in new]), strict=True))
    change = grouped.regroup(sorted(gone), added, _Documents(asked), asked.editor, asked.ledger)
    standing = {story.id: story for story in before.told.stories if story.id not in change.gone} | dict(change.stories)
    stories = tuple(sorted(standing.values(), key=lambda story: story.takes[0]))  # ids begin with their day
    again = {id_: mark_of(story) for id_, story in change.stories.items()}
    kept, hashes = before.told.related, before.told.hashes
    linked = {id_: related_of(grouped.related(id_)) for id_ in sorted({*change.related, *new})}
    told = Told(
        stories,
        {story.id: again.get(story.id) or hashes[story.id] for story in stories},
        {id_: linked.get(id_) or kept[id_] for id_ in asked.texts},
        grouped.findings,
    )
    if len(gone) + len(new) > FEW:
        rows = {id_: each.hash + dumps(each.read()) for id_, each in told.related.items()}
        marks = {id_: (each.ids, each.hash) for id_, each in told.related.items()}
        base = _Base(_Question.of(asked), told.stories, told.hashes, told.findings, marks)
        folder = cache.new_folder(_FOLDER)
        _keep(cache, _packed(base, rows, folder, _saved(folder, grouped.state())))
    return Standing(_Question.of(asked), told, grouped)


def _packed(base: _Base, rows: dict[str, bytes], folder: Path | None, files: dict[str, _Saved]) -> _Packed:
    """Return a base and its links as the cache keeps them, with the files in a folder that have its state."""
    return _Packed(dumps(replace(base, folder=folder.name if folder else "", files=files)), rows)


def _keep(cache: Cache, packed: _Packed) -> None:
    """Make what was told a base."""
    kept = cache.all("related")
    cache.put("related", ((id_, row) for id_, row in packed.rows.items() if kept.get(id_) != row))
    cache.drop("related", sorted(kept.keys() - packed.rows.keys()))
    cache.put("note", [(_NOTE, packed.base)])


def _told(base: _Base, rows: Callable[[str], bytes | None]) -> Told:
    """Return what a base tells; ``rows`` gives what is packed of an article's links."""
    linked = {id_: Related(ids, hash_, partial(_links, rows, id_, hash_)) for id_, (ids, hash_) in base.related.items()}
    return Told(base.stories, base.hashes, linked, base.findings)


def _links(rows: Callable[[str], bytes | None], id_: str, hash_: bytes) -> tuple[Link, ...]:
    row = rows(id_)
    if not row or not row.startswith(hash_):
        raise HarmedError
    links: tuple[Link, ...] = pickle.loads(row[len(hash_) :])  # noqa: S301  # our own, by checksum
    return links


def _saved(folder: Path | None, state: State) -> dict[str, _Saved]:
    """Save a state, its arrays in files of their own; return the files, or none where there is no room for them."""
    import numpy as np

    files: dict[str, _Saved] = {}
    if not folder:
        return files
    try:
        for name, array in arrays(state):
            file = folder / f"{name}.npy"
            np.save(file, array)
            files[file.name] = _sum(file), mark(file.stat(), sys.maxsize)
    except OSError:
        return {}
    return files


def _is_whole(file: Path, saved: _Saved) -> bool:
    """Tell whether a file is as it was saved; only where its mark does not say so, it is read for that."""
    sum_, mark_ = saved
    return mark(file.stat(), sys.maxsize) == mark_ or _sum(file) == sum_


def _sum(file: Path) -> int:
    """Return the CRC-32 of a file, which may be larger than what should stand in memory."""
    sum_ = 0
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            sum_ = zlib.crc32(block, sum_)
    return sum_


def _standing(cache: Cache) -> Standing | None:
    """Return what the cache has of an earlier build; its state is loaded when there is a change."""
    base = _load(cache)
    if base is None:
        return None
    return Standing(base.question, _told(base, partial(cache.get, "related")), base=base)


def _load(cache: Cache) -> _Base | None:
    row = cache.get("note", _NOTE)
    base: _Base | None = pickle.loads(row) if row else None  # noqa: S301  # our own, by checksum
    return base


def _state(cache: Cache, base: _Base | None) -> dict[str, Any]:
    """Return the arrays of a base, mapped into memory."""
    import numpy as np

    if base is None:
        raise HarmedError
    folder = cache.folder / base.folder
    try:
        if not base.files or not all(_is_whole(folder / name, saved) for name, saved in base.files.items()):
            raise HarmedError
        return {name.removesuffix(".npy"): np.load(folder / name, mmap_mode="r") for name in base.files}
    except OSError as error:
        raise HarmedError from error
