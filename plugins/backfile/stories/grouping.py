"""Grouping from end to end: the order of the steps, and what comes out.

``features -> copies -> edges -> cluster -> editor's word -> ids -> reasons``. Each step
is a module of its own; this one only hands on.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Final, overload

from backfile.model import Document, Finding, Story
from backfile.names import Names
from backfile.pickled import dumps
from backfile.stories.affairs.linked import Links
from backfile.stories.affairs.relating import links
from backfile.stories.copies.duplicates import Found, Pairs, near_copies, run_for_run, timely
from backfile.stories.copies.independence import origins, without_quotations
from backfile.stories.editing.editor import EditorWord
from backfile.stories.editing.identity import lead, missing_founders, story_ids
from backfile.stories.editing.ledger import FILE, Ledger
from backfile.stories.editing.ruling import rule, stale_titles
from backfile.stories.events.cluster import Merge, cluster
from backfile.stories.events.edges import LEAST, UNIT, Edges, Listed, edges
from backfile.stories.joins import Joins, Nearest, nearest
from backfile.stories.spread import Spread, alone
from backfile.stories.spread import parts as spans
from backfile.stories.structures.sets import Sets
from backfile.stories.traits.features import Features
from backfile.stories.traits.glances import Glances
from backfile.stories.traits.looks import looked_at
from backfile.stories.words.tokens import Codes

STORIES: Final = 64  # stories whose records are made at once

Told = tuple[Sequence[int], tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Every text in exactly one story; ``duplicates`` maps a text's id to the label of its set of copies.

    A text without copies is a set of its own, labelled with its id. ``findings`` are
    stale entries of ``stories.yaml`` and of the ledger. ``order``, ``texts``, ``graph`` and
    ``glances`` are for :func:`related`, which starts where grouping ended; with the ``editor``'s
    word, for :func:`backfile.stories.doubts.doubts`.
    """

    stories: tuple[Story, ...]
    duplicates: Mapping[str, str]
    findings: tuple[Finding, ...]
    order: tuple[Document, ...] = field(repr=False)
    texts: Sequence[Features] = field(repr=False)
    graph: Edges = field(repr=False)
    glances: Glances = field(repr=False)
    editor: EditorWord = field(repr=False)
    steps: Steps = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """What was found on the way, by position, for ``upkeep.incremental`` to go on from.

    ``distinct`` are texts that repeat no other, ``near`` the copies among them; ``pairs`` all
    copies, ``own`` those that are so in their own words; ``standing`` who stands for its
    copies, ``listed`` what these were compared with, ``parts`` what clustering made of them,
    and ``merges`` how.
    """

    distinct: Sequence[int]
    near: Found
    pairs: Pairs
    own: Pairs
    standing: Sequence[int]
    listed: Listed
    parts: Sequence[Sequence[int]]
    merges: Sequence[Merge]
    ledger: Ledger


def group(
    documents: Sequence[Document],
    read: Callable[[str], Document] | None = None,
    *,
    names: Names | None = None,
    editor: EditorWord | None = None,
    ledger: Ledger | None = None,
    explain: bool = True,
    texts: Mapping[str, Features] | None = None,
    spread: Spread = alone,
) -> Grouping:
    """Group texts into stories.

    The order in which ``documents`` are given does not matter; ids must be distinct. They may lack their words
    (text and quotes) where ``read`` returns the whole of one by its id: all texts at once are large.
    ``explain=False`` leaves out the reasons for joins, which cost more than the joins.
    ``texts`` are the features of all documents by id, made with ``names``, where they are known.
    ``spread`` does what can be done on several cores.
    Stories come in the order of their first takes by (date, id), texts without a date first.
    """
    names, editor, ledger = names or Names(), editor or EditorWord(), ledger or Ledger()
    order = tuple(sorted(documents, key=_in_time))
    known = Codes(names)
    whole = _Read(order, read) if read else order
    rows, glances = looked_at(whole, names, texts, spread, glance=explain or bool(read))
    distinct, found, pairs = copies_among(rows, spread)
    own = without_quotations(pairs, whole, known, spread)
    alike, copies = _sets(len(order), pairs), _sets(len(order), own)
    standing = sorted(max(one, key=lambda at: (rows[at].size, -at)) for one in alike.groups())
    graph, listed = _graph(rows, standing, spread)
    together, merges = cluster(len(order), graph)
    parts = [part for part in together.groups() if len(part) > 1]
    for at in range(len(order)):
        together.join(alike.find(at), at)
    ruling = rule(together.groups(), order, editor, ledger, chain(_surely(pairs), graph.strong()))
    ids = story_ids([[order[at] for at in one] for one in ruling.groups], ruling.ledger)
    told = list(zip(ruling.groups, ids, strict=True))
    why = Joins(order, _within(ruling.groups, graph), pairs, copies, glances, editor) if explain else None
    stories = tuple(_records(told, order, whole, copies, editor, why, known, spread))
    gone = [gone_finding(story) for story in missing_founders(ledger, {document.id for document in order})]
    findings = (*ruling.findings, *gone, *stale_titles(editor, stories))
    labels = {order[at].id: order[copies.find(at)].id for at in range(len(order))}
    steps = Steps(distinct, found, pairs, own, standing, listed, parts, merges, ledger)
    return Grouping(stories, labels, findings, order, rows, graph, glances, editor, steps)


def _within(groups: Sequence[Sequence[int]], graph: Edges) -> Nearest:
    """Return what each text is most like of its group, as far as grouping counts that."""
    import numpy as np

    home = np.zeros(sum(map(len, groups)), dtype=np.int64)
    for number, group in enumerate(groups):
        home[list(group)] = number
    own = graph.picked((home[graph.later] == home[graph.earlier]) & (graph.chance >= LEAST))
    ends = np.concatenate((own.later, own.earlier)), np.concatenate((own.earlier, own.later))
    return nearest(*ends, np.concatenate((own.chance, own.chance)))


class _Read(Sequence[Document]):
    """Documents that lack their words, each read when it is asked for."""

    def __init__(self, order: Sequence[Document], read: Callable[[str], Document]) -> None:
        self._order, self._read = order, read

    @overload
    def __getitem__(self, at: int) -> Document: ...
    @overload
    def __getitem__(self, at: slice) -> list[Document]: ...
    def __getitem__(self, at: int | slice) -> Document | list[Document]:
        if isinstance(at, slice):
            return [self._read(document.id) for document in self._order[at]]
        return self._read(self._order[at].id)

    def __len__(self) -> int:
        return len(self._order)


def _records(
    told: Sequence[Told],
    order: Sequence[Document],
    whole: Sequence[Document],
    copies: Sets,
    editor: EditorWord,
    why: Joins | None,
    known: Codes,
    spread: Spread,
) -> Iterator[Story]:
    """Yield the records of stories; ``whole`` are the documents of ``order`` with their words."""
    several = [each for each in told if len(each[0]) > 1]

    def work(part: range) -> bytes:
        own = several[part.start : part.stop]
        return dumps([story_record(*each, whole, copies, editor, why, known) for each in own])

    made = chain.from_iterable(map(pickle.loads, spread(work, spans(len(several), STORIES))))
    for members, name in told:
        yield next(made) if len(members) > 1 else single_record(order[members[0]].id, name, editor)


def copies_among(texts: Sequence[Features], spread: Spread = alone) -> tuple[list[int], Found, Pairs]:
    """Return the positions of texts that repeat no other, the copies among them, and all copies by position."""
    first, equal = equal_texts(texts)
    again, places = run_for_run([texts[at].runs for at in first])
    distinct = [first[place] for place in places]
    found = near_copies([texts[at].runs for at in distinct], [texts[at].outlet for at in distinct], spread)
    found = replace(found, pairs=_timely(found.pairs, [texts[at].day or 0 for at in distinct]))
    near = [(distinct[later], distinct[earlier], share) for later, earlier, share in found.pairs]
    return distinct, found, sorted(equal + [(first[one], first[other], 1.0) for one, other, _ in again] + near)


def _timely(pairs: Pairs, days: Sequence[int]) -> Pairs:
    """Return the pairs that are copies by their days."""
    import numpy as np

    later, earlier, share = np.array(pairs).reshape(-1, 3).T
    on = np.array(days, dtype=np.int64)
    kept = timely(share, on[later.astype(np.int64)], on[earlier.astype(np.int64)])
    return [pair for pair, keep in zip(pairs, kept.tolist(), strict=True) if keep]


def _surely(copied: Pairs) -> Pairs:
    """Return copies as ties that are stronger than any chance."""
    return [(later, earlier, UNIT + share) for later, earlier, share in copied]


def _sets(count: int, pairs: Pairs) -> Sets:
    """Return positions in sets that the pairs bring together."""
    sets = Sets(count)
    for later, earlier, _ in pairs:
        sets.join(later, earlier)
    return sets


def equal_texts(texts: Sequence[Features]) -> tuple[list[int], Pairs]:
    """Return the positions of texts that repeat no earlier one, and (later, earlier, 1.0) for those that do."""
    seen: dict[bytes, int] = {}
    first: list[int] = []
    equal: Pairs = []
    for at, text in enumerate(texts):
        earlier = seen.setdefault(text.digest, at) if text.digest else at
        if earlier == at:
            first.append(at)
        else:
            equal.append((at, earlier, 1.0))
    return first, equal


def _graph(texts: Sequence[Features], standing: Sequence[int], spread: Spread) -> tuple[Edges, Listed]:
    """Return the edges between texts that stand for their copies, and how they were found."""
    import numpy as np

    graph, listed = edges([texts[at] for at in standing], spread)
    places = np.array(standing, dtype=np.int64)
    return replace(graph, later=places[graph.later], earlier=places[graph.earlier]), listed


def _in_time(document: Document) -> tuple[date, str]:
    return document.date or date.min, document.id


def story_record(
    members: Sequence[int],
    name: tuple[str, tuple[str, ...]],
    order: Sequence[Document],
    copies: Sets,
    editor: EditorWord,
    why: Joins | None,
    known: Codes,
) -> Story:
    """Return the record of a story of several texts, given their positions, sorted, its id, and those that lead to it.

    Each text is read once.
    """
    story, aliases = name
    takes = [order[at] for at in members]
    sets: dict[int, list[int]] = {}
    for place, at in enumerate(members):
        sets.setdefault(copies.find(at), []).append(place)
    copied = [one for one in sets.values() if len(one) > 1]
    sources = origins(takes, copied, known)
    return Story(
        id=story,
        takes=tuple(take.id for take in takes),
        lead=lead(takes).id,
        joins=why.of(members) if why else (),
        copies=tuple(tuple(takes[place].id for place in one) for one in copied),
        independent=len(sources),
        title=editor.title(story, *aliases),
        aliases=aliases,
        origins=sources,
    )


def single_record(article: str, name: tuple[str, tuple[str, ...]], editor: EditorWord) -> Story:
    """Return the record of a story of one text, given its id and those that lead to it."""
    story, aliases = name
    return Story(story, (article,), article, title=editor.title(story, *aliases), aliases=aliases)


def gone_finding(story: str) -> Finding:
    """Return the finding on a story of the ledger that has no article any more."""
    message = f"the founding article of story “{story}” is no longer in the archive."
    return Finding("S302", "warning", FILE, message, "Its address now leads nowhere; restore the article.", field=story)


def related(
    documents: Sequence[Document],
    grouping: Grouping,
    *,
    names: Names | None = None,  # noqa: ARG001 -- the grouping knows them
    spread: Spread = alone,
) -> Links:
    """Return for each text the texts on the same affair in other stories, best first.

    ``documents`` may be fewer than were grouped: then only theirs are worked out. ``spread`` as for :func:`group`.
    """
    return links(documents, grouping.order, grouping.texts, grouping.graph, grouping.stories, grouping.glances, spread)
