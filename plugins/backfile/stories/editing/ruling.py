"""How the editor's word changes groups: bring together, then part; and what of it is stale.

A split names articles that must not stand together. Whatever the editor tied to one of
them (by ``merge`` or ``pins``) goes with it; each other take of the story goes with the
one that it is most like, by way of the takes that went before (a spanning forest from the
named ones, strongest tie first; Prim 1957), and what is like none stays with the first.

A story that is named by a pin keeps that id, whichever articles join it.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from backfile.model import Document, Finding, Story
from backfile.stories.editing.editor import EditorWord
from backfile.stories.editing.identity import story_ids
from backfile.stories.editing.ledger import Ledger
from backfile.stories.structures.sets import Sets

Ties = Iterable[tuple[int, int, float]]
Near = Mapping[int, Sequence[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Ruling:
    """Groups of positions in the order of their first members; findings; the ledger with the ids that pins name."""

    groups: list[list[int]]
    findings: list[Finding]
    ledger: Ledger


def rule(
    groups: Sequence[Sequence[int]], order: Sequence[Document], editor: EditorWord, ledger: Ledger, ties: Ties = ()
) -> Ruling:
    """Return the groups after the editor's word. ``ties`` (position, position, strength) say what is like what.

    S203 (warning): entries can't be had together. S204 (warning): an entry names what is not there.
    """
    where = {document.id: at for at, document in enumerate(order)}
    together, bonds = Sets(len(order)), Sets(len(order))
    for group in groups:
        for at in group[1:]:
            together.join(group[0], at)
    for ids in editor.merge:
        present = [where[item] for item in ids if item in where]
        for at in present[1:]:
            together.join(present[0], at)
            bonds.join(present[0], at)
    homes = _homes(set(editor.pins.values()), together, order, ledger, where) if editor.pins else {}
    for article, story in editor.pins.items():
        if article in where and story in homes:
            together.join(homes[story], where[article])
            bonds.join(homes[story], where[article])
    apart = [[where[item] for item in ids if item in where] for ids in editor.split]
    parted = _parted(together.groups(), apart, bonds, ties) if editor.split else together.groups()
    home = {at: number for number, group in enumerate(parted) for at in group}
    findings = [*_stale(editor, where, homes), *_not_held(editor, where, homes, home)]
    named = {story: order[at].id for story, at in homes.items() if story not in ledger.founders}
    return Ruling(parted, findings, replace(ledger, founders={**ledger.founders, **named}) if named else ledger)


def _homes(
    stories: Collection[str], together: Sets, order: Sequence[Document], ledger: Ledger, where: Mapping[str, int]
) -> dict[str, int]:
    """Return for each story id that is known a position within it: its founder's or heir's, else its first member's."""
    homes: dict[str, int] = {}
    if any(story not in ledger.founders for story in stories):
        groups = together.groups()
        ids = story_ids([[order[at] for at in group] for group in groups], ledger)
        homes = {story: group[0] for group, (story, _) in zip(groups, ids, strict=True) if story in stories}
    for story in stories:
        if story in ledger.founders:
            at = next((where[article] for article in ledger.holders(story) if article in where), None)
            if at is not None:
                homes[story] = at
    return {story: homes[story] for story in sorted(homes)}


def _parted(groups: list[list[int]], apart: Sequence[Sequence[int]], bonds: Sets, ties: Ties) -> list[list[int]]:
    """Return the groups, in the order of their first members, once no two positions of a set of ``apart`` share one."""
    home = {at: number for number, group in enumerate(groups) for at in group}
    touched = {home[at] for named in apart for at in named}
    near: dict[int, list[tuple[int, float]]] = {}
    for one, other, strength in ties:
        if home[one] in touched and home[one] == home[other]:
            near.setdefault(one, []).append((other, strength))
            near.setdefault(other, []).append((one, strength))
    for named in apart:
        within: dict[int, list[int]] = {}
        for at in named:
            within.setdefault(home[at], []).append(at)
        for number, seeds in within.items():
            if len(seeds) > 1:
                groups[number], *others = _divided(groups[number], seeds, bonds, near)
                for part in others:
                    home |= dict.fromkeys(part, len(groups))
                    groups.append(part)
    return sorted(groups)


def _divided(group: Sequence[int], seeds: Sequence[int], bonds: Sets, near: Near) -> list[list[int]]:
    """Divide a group so that no two of ``seeds`` stay together; the first part is the first seed's."""
    part = {at: number for number, at in enumerate(seeds)}
    bound: dict[int, set[int]] = {}
    for at, number in part.items():
        bound.setdefault(bonds.find(at), set()).add(number)
    for at in group:
        if at not in part and len(claims := bound.get(bonds.find(at), set())) == 1:
            part[at] = min(claims)
    inside = set(group)
    waiting = [(-strength, other, part[at]) for at in part for other, strength in near.get(at, ()) if other in inside]
    heapq.heapify(waiting)
    while waiting:
        _, at, number = heapq.heappop(waiting)
        if at not in part:
            part[at] = number
            for other, strength in near.get(at, ()):
                if other in inside and other not in part:
                    heapq.heappush(waiting, (-strength, other, number))
    parts: list[list[int]] = [[] for _ in seeds]
    for at in group:
        parts[part.get(at, 0)].append(at)
    return parts


def _stale(editor: EditorWord, where: Mapping[str, int], homes: Mapping[str, int]) -> Iterator[Finding]:
    """Yield a finding for each article and story that is not there, and for entries that name one article twice."""
    slugs: dict[str, str] = {}
    named = [("merge", id_) for ids in editor.merge for id_ in ids] + [
        ("split", id_) for ids in editor.split for id_ in ids
    ]
    for part, article in dict.fromkeys([*named, *(("pins", article) for article in editor.pins)]):
        if article not in where:
            slugs = slugs or {id_.rsplit("/", 1)[-1]: id_ for id_ in where}
            meant = slugs.get(article.rsplit("/", 1)[-1])
            hint = f"Perhaps it is {meant} now." if meant else "Take it out of the entry."
            message = f"there is no published article “{article}”."
            yield Finding("S204", "warning", editor.file, message, hint, field=part)
    for part, sets in (("merge", editor.merge), ("split", editor.split)):
        for ids in sets:
            if len(ids) == 1:
                message = f"an entry names nothing but “{ids[0]}”, to which its other names lead."
                yield Finding("S204", "warning", editor.file, message, "Take the entry out.", field=part)
    for article, story in editor.pins.items():
        if story not in homes:
            message = f"{article} is pinned to “{story}”, which is no story."
            hint = "Use the last part of a story's address."
            yield Finding("S204", "warning", editor.file, message, hint, field="pins")


def _not_held(
    editor: EditorWord, where: Mapping[str, int], homes: Mapping[str, int], home: Mapping[int, int]
) -> Iterator[Finding]:
    """Yield a finding for each entry that a split has undone."""
    for ids in editor.merge:
        present = [item for item in ids if item in where]
        if away := [item for item in present if home[where[item]] != home[where[present[0]]]]:
            yield _undone(editor, "merge", f"{away[0]} is merged with {present[0]}")
    for article, story in editor.pins.items():
        if article in where and story in homes and home[where[article]] != home[homes[story]]:
            yield _undone(editor, "pins", f"{article} is pinned to “{story}”")


def _undone(editor: EditorWord, part: str, said: str) -> Finding:
    return Finding(
        "S203", "warning", editor.file, f"{said}, and a split parts them.", "Take one of the two out.", field=part
    )


def stale_titles(editor: EditorWord, stories: Iterable[Story]) -> Iterator[Finding]:
    """Yield a finding for each title of a story that does not exist, and is not led on to another."""
    known = {id_ for story in stories for id_ in (story.id, *story.aliases)} if editor.titles else set()
    for story in editor.titles:
        if story not in known:
            message, hint = f"there is no story “{story}”.", "Take the entry out."
            yield Finding("S204", "warning", editor.file, message, hint, field="titles")
