"""The stories of a build: those of an earlier one, brought up to date with the texts that have changed since.

What an earlier build found is kept as a *base* (:mod:`.base`): stories, links, and the state that grouping
goes on from (flat arrays in files of their own, mapped into memory). Few changes are worked
out from the base at each build and thrown away; when they have become more, they make a new
base. The outcome is always that of grouping all texts at once (:mod:`backfile.stories`).
"""

from __future__ import annotations

import pickle
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from backfile.archive import Asked, Told, related_of
from backfile.incremental.base import Base, Question, Saved, related_rows, row, story_rows
from backfile.incremental.cache import Cache, HarmedError
from backfile.incremental.memory import Memory
from backfile.incremental.tree import mark
from backfile.incremental.workers import apart, on_all_cores
from backfile.marks import mark_of
from backfile.model import Document, Finding, Story
from backfile.pickled import dumps
from backfile.stories import Features, Grouped, Grouping, arrays, from_arrays, group, related
from backfile.stories.affairs.linked import Links
from backfile.stories.traits.features import features
from backfile.stories.upkeep.incremental import Change
from backfile.stories.upkeep.state import State, state_of
from backfile.stories.words.background import load_background
from backfile.stories.words.tokens import Codes

# | constant | value | why |
# |---|---|---|
FEW: Final = 100  # changes that are worked out again at each build: a few hundredths of a second each
SHARE: Final = 50  # from one changed text in so many, to group them all takes less time

_NOTE, _RELATED, _STORY = "told", "related", "story"
_FOLDER = "stories-"
_BLOCK = 1 << 18  # bytes: what a core's own memory holds is summed as it comes

Rows = dict[str, dict[str, bytes]]  # by table of the cache, and by the id of an article or a story


@dataclass(frozen=True, slots=True)
class Standing:
    """What was asked and told last, and what to go on from: a state in memory, or a base."""

    question: Question
    told: Told
    grouped: Grouped | None = None
    base: Base | None = None


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
    gone, new = was.changes(asked.texts)
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
        _keep(cache, _with_files(base, folder, grouped.state()), rows)
        return Standing(base.question, base.told(rows[_STORY].get, rows[_RELATED].get), grouped)
    load_background()  # with the libraries that it takes, which those who make pages need, too
    base, rows = apart(partial(_grouped_apart, asked, folder))
    _keep(cache, base, rows)
    cache.commit()
    related = rows[_RELATED].get if cache.problem else partial(cache.get, _RELATED)
    return Standing(base.question, base.told(rows[_STORY].get, related, soon=True))


def _grouped_apart(asked: Asked, folder: Path | None) -> tuple[Base, Rows]:
    """Return a base and its rows; what is large is let go of on the way."""
    grouping, links = _grouped(asked)
    files = _saved(folder, state_of(grouping, links))
    stories, findings = grouping.stories, grouping.findings
    del grouping
    base, rows = _based(asked, stories, findings, links)
    return replace(base, folder=folder.name if folder else "", files=files), rows


def _grouped(asked: Asked) -> tuple[Grouping, Links]:
    """Return the stories and the links of all texts, from nothing but these."""
    heads = [asked.head(id_) for id_ in asked.texts]
    spread = partial(on_all_cores, few=1, batch=1, beside=True)
    grouping = group(heads, asked.document, names=asked.names, editor=asked.editor, ledger=asked.ledger, spread=spread)
    return grouping, related(heads, grouping, names=asked.names, spread=spread)


def _based(asked: Asked, stories: tuple[Story, ...], findings: tuple[Finding, ...], links: Links) -> tuple[Base, Rows]:
    """Return a base without files, and its rows."""

    def packed(id_: str) -> tuple[list[str], bytes, bytes]:
        own = links[id_]
        hash_ = mark_of(own)
        return [link.article for link in own], hash_, row(hash_, own)

    linked = dict(zip(asked.texts, on_all_cores(packed, [*asked.texts], here=True), strict=True))
    hashes = {story.id: mark_of(story) for story in stories}
    related = ((ids, hash_) for ids, hash_, _ in linked.values())
    base = Base.of(Question.of(asked), stories, hashes, findings, related)
    return base, {_RELATED: {id_: row for id_, (_, _, row) in linked.items()}, _STORY: story_rows(stories, hashes)}


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


def _go_on(cache: Cache, before: Standing, asked: Asked, gone: Sequence[str], new: Sequence[str]) -> Standing:
    """Return the stories after some changes; keep them as a new base when there are many."""
    grouped = before.grouped or _from_base(cache, before, asked)
    added = dict(zip(new, _features(asked, [asked.document(id_) for id_ in new]), strict=True))
    change = grouped.regroup(gone, added, _Documents(asked), asked.editor, asked.ledger)
    told = _changed(before.told, change, grouped, asked, gone, new)
    question = Question.of(asked)
    if len(gone) + len(new) > FEW:
        related = ((each.ids, each.hash) for each in told.related.values())
        base = Base.of(question, told.stories, told.hashes, told.findings, related)
        rows = {_RELATED: related_rows(told.related), _STORY: story_rows(told.stories, told.hashes)}
        _keep(cache, _with_files(base, cache.new_folder(_FOLDER), grouped.state()), rows)
    return Standing(question, told, grouped)


def _changed(
    told: Told, change: Change, grouped: Grouped, asked: Asked, gone: Sequence[str], new: Sequence[str]
) -> Told:
    """Return what is told after a change."""
    standing = {story.id: story for story in told.stories if story.id not in change.gone} | dict(change.stories)
    again = {id_: mark_of(story) for id_, story in change.stories.items()}
    related = {**told.related, **{id_: related_of(grouped.related(id_)) for id_ in sorted({*change.related, *new})}}
    if gone or len(related) > len(told.related):
        related = {id_: related[id_] for id_ in asked.texts}
    return Told(
        tuple(sorted(standing.values(), key=lambda story: story.takes[0])),  # ids begin with their day
        {id_: again.get(id_) or told.hashes[id_] for id_ in standing},
        related,
        grouped.findings,
    )


def _with_files(base: Base, folder: Path | None, state: State) -> Base:
    """Return a base with the files in a folder that have its state."""
    return replace(base, folder=folder.name if folder else "", files=_saved(folder, state))


def _keep(cache: Cache, base: Base, rows: Rows) -> None:
    """Make a base the one that the next build begins with; rows that it has already may be missing."""
    for table, ids in ((_RELATED, base.question.ids), (_STORY, base.several())):
        cache.put(table, rows[table].items())
        cache.drop(table, sorted({*cache.names(table)}.difference(ids)))
    cache.put("note", [(_NOTE, dumps(base))])


def _saved(folder: Path | None, state: State) -> dict[str, Saved]:
    """Save a state, its arrays in files of their own; return the files, or none where there is no room for them."""
    import numpy as np

    files: dict[str, Saved] = {}
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


def _is_whole(file: Path, saved: Saved) -> bool:
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
    return Standing(base.question, base.told(partial(cache.get, _STORY), partial(cache.get, _RELATED)), base=base)


def _load(cache: Cache) -> Base | None:
    row = cache.get("note", _NOTE)
    base: Base | None = pickle.loads(row) if row else None  # noqa: S301  # our own, by checksum
    return base


def _state(cache: Cache, base: Base | None) -> dict[str, Any]:
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
