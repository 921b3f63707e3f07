"""Grouping from end to end: the order of the steps, and what comes out.

``features -> edges -> assign -> copies -> editor's word -> ids and reasons``. Each step
is a module of its own; this one only hands on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from backfile.model import Document, Finding, Join, Link, Reason, Story
from backfile.names import Names
from backfile.stories import reasons
from backfile.stories.assign import assign
from backfile.stories.background import load_background
from backfile.stories.copies import copy_pairs, runs
from backfile.stories.edges import Edges, edges
from backfile.stories.editor import EditorWord
from backfile.stories.features import features
from backfile.stories.identity import lead, missing_founders, story_ids
from backfile.stories.ledger import FILE, Ledger
from backfile.stories.ruling import rule
from backfile.stories.sets import Sets
from backfile.stories.tokens import Codes


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Every text in exactly one story; ``duplicates`` maps a text's id to the label of its set of copies.

    A text without copies is a set of its own, labelled with its id. ``findings`` are
    stale entries of ``stories.yaml`` and of the ledger. ``order`` and ``graph`` are for
    :func:`related`, which starts where grouping ended.
    """

    stories: tuple[Story, ...]
    duplicates: Mapping[str, str]
    findings: tuple[Finding, ...]
    order: tuple[Document, ...] = field(repr=False)
    graph: Edges = field(repr=False)


def group(
    documents: Sequence[Document],
    *,
    names: Names | None = None,
    editor: EditorWord | None = None,
    ledger: Ledger | None = None,
    explain: bool = True,
) -> Grouping:
    """Group texts into stories.

    The order in which ``documents`` are given does not matter; ids must be distinct.
    ``explain=False`` leaves out the reasons for joins, which cost more than the joins.
    Stories come in the order of their first takes by (date, id), texts without a date first.
    """
    names, editor, ledger = names or Names(), editor or EditorWord(), ledger or Ledger()
    order = tuple(sorted(documents, key=_in_time))
    known, background = Codes(), load_background()
    vectors = [features(document, known, background) for document in order]
    days = [document.date.toordinal() if document.date else None for document in order]
    graph = edges(vectors, days)
    shingles = [runs(document, known) for document in order]
    copied = copy_pairs(shingles)
    copies, together = Sets(len(order)), Sets(len(order))
    first_of: dict[int, int] = {}
    for at, number in enumerate(assign(len(order), graph)):
        together.join(first_of.setdefault(number, at), at)
    for later, earlier, _ in copied:
        copies.join(later, earlier)
        together.join(later, earlier)
    ruled, findings = rule(together.groups(), order, editor, ledger)
    members = [[order[at] for at in one] for one in ruled]
    ids = story_ids(members, ledger)
    why = _Why(order, graph, copied, names, editor) if explain else None
    stories = tuple(
        _story(one, order, copies, story, aliases, editor, why)
        for one, (story, aliases) in zip(ruled, ids, strict=True)
    )
    by_id = {document.id: document for document in order}
    findings += [_gone(story) for story in missing_founders(ledger, by_id)]
    findings += _stale_titles(editor, stories)
    labels = {order[at].id: order[copies.find(at)].id for at in range(len(order))}
    return Grouping(stories, labels, tuple(findings), order, graph)


def _in_time(document: Document) -> tuple[date, str]:
    return document.date or date.min, document.id


def _story(
    members: list[int],
    order: Sequence[Document],
    copies: Sets,
    story: str,
    aliases: tuple[str, ...],
    editor: EditorWord,
    why: _Why | None,
) -> Story:
    """Return the record of one story, given the positions of its members, sorted."""
    sets: dict[int, list[str]] = {}
    for at in members:
        sets.setdefault(copies.find(at), []).append(order[at].id)
    return Story(
        id=story,
        takes=tuple(order[at].id for at in members),
        lead=lead([order[at] for at in members]).id,
        joins=tuple(why.joins(members)) if why and len(members) > 1 else (),
        copies=tuple(tuple(ids) for ids in sets.values() if len(ids) > 1),
        independent=len(sets),
        title=editor.titles.get(story),
        aliases=aliases,
    )


class _Why:
    """Finds, for each take but the first, the member that it is most like, and says why."""

    def __init__(
        self,
        order: Sequence[Document],
        graph: Edges,
        copied: Iterable[tuple[int, int, float]],
        names: Names,
        editor: EditorWord,
    ) -> None:
        self._order, self._graph, self._names = order, graph, names
        self._contained = {(later, earlier): share for later, earlier, share in copied}
        self._said = {item for ids in editor.merge for item in ids} | set(editor.pins)
        self._background = load_background()

    def joins(self, members: list[int]) -> list[Join]:
        """Return a join for each member but the first."""
        inside = set(members)
        glances = {at: reasons.glance(self._order[at], self._names, self._background) for at in members}
        found = []
        for at in members[1:]:
            to, likeness = self._nearest(at, inside, members[0])
            given = list(self._reasons(at, to, likeness))
            common = reasons.shared(glances[at], glances[to])
            found.append(Join(self._order[at].id, self._order[to].id, likeness, (*common, *given)))
        return found

    def _nearest(self, at: int, inside: set[int], first: int) -> tuple[int, float]:
        """Return the earlier member that ``at`` is most like, or the first member if it has no edge to any."""
        copied = [
            (share, -other) for (later, other), share in self._contained.items() if later == at and other in inside
        ]
        if copied:
            share, other = max(copied)
            return -other, share
        for edge in range(self._graph.start[at], self._graph.start[at + 1]):
            if int(self._graph.earlier[edge]) in inside:
                return int(self._graph.earlier[edge]), float(self._graph.likeness[edge])
        return first, 0.0

    def _reasons(self, at: int, to: int, likeness: float) -> Iterable[Reason]:
        """Yield what is known beyond shared words: copy, days apart, score, the editor's word."""
        if (at, to) in self._contained:
            yield Reason("copy", (str(round(100 * self._contained[at, to])),))
        days = reasons.days_apart(self._order[at], self._order[to])
        if days is not None:
            yield days
        if likeness:
            yield reasons.score(min(likeness, 1.0))
        if self._order[at].id in self._said:
            yield Reason("editor")


def _gone(story: str) -> Finding:
    message = f"the founding article of story “{story}” is no longer in the archive."
    return Finding("S302", "warning", FILE, message, "Its address now leads nowhere; restore the article.", field=story)


def _stale_titles(editor: EditorWord, stories: Iterable[Story]) -> list[Finding]:
    """Return a finding for each title of a story that does not exist."""
    known = {story.id for story in stories}
    return [
        Finding("S204", "warning", editor.file, f"there is no story “{story}”.", "Take the entry out.", field="titles")
        for story in editor.titles
        if story not in known
    ]


def related(
    documents: Sequence[Document], grouping: Grouping, *, names: Names | None = None
) -> Mapping[str, tuple[Link, ...]]:
    """Return for each text the texts on the same affair in other stories, best first.

    ``documents`` may be fewer than were grouped: then only theirs are worked out.
    """
    from backfile.stories.affairs import links

    return links(documents, grouping.order, grouping.graph, grouping.stories, names or Names())
