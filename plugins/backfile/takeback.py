"""What ``invoke withdraw`` and ``invoke undo`` do: the user's words and the clock in, a plan out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from backfile.content import read_archive
from backfile.ingest.changes.apply import Plan
from backfile.ingest.changes.catalogue import Held
from backfile.ingest.takeback.holdings import Holdings, read_holdings
from backfile.ingest.takeback.undo import Undoing, chosen, plan_undoing
from backfile.ingest.takeback.withdraw import find, plan_withdrawal, with_briefs
from backfile.stories import load_ledger
from backfile.stories.editing.ledger import FILE as LEDGER

# What no file system forbids in a name.
_UNSAFE = re.compile(r"[^\w. ()-]+")


def plan_taking_back(named: Sequence[str], content: Path, *, reason: str, default_lang: str) -> Plan:
    """Return what taking back the articles that the user named changes.

    Raises :class:`~backfile.errors.BackfileError` when one is none, or ``content`` can't be read.
    """
    holdings = read_holdings(content)
    targets = with_briefs([find(word, holdings) for word in named], holdings)
    heirs = _heirs(targets, holdings, content, default_lang)
    return plan_withdrawal(targets, holdings, day=date.today(), reason=reason or None, heirs=heirs)


def _heirs(targets: Collection[Held], holdings: Holdings, content: Path, default_lang: str) -> dict[str, str]:
    """Return the article that goes on with a story, by the id of the target that held its id.

    Where the ledger knows a next one that is there, that is all. Else it is another text of
    the story as it is now, or a brief that the target tells in full.
    """
    going = {id_ for held in targets for id_ in (held.id, *held.front.formerly)}
    staying = {id_ for held in holdings.articles for id_ in (held.id, *held.front.formerly)} - going
    held_ids = {id_ for ids in _holders(content).values() if staying.isdisjoint(ids) for id_ in ids}
    withdrawn = {one.id: one for one in holdings.catalogue.known.withdrawals}
    held_ids |= {one.heir for one in withdrawn.values() if one.heir}
    holding = [held for held in targets if held.id not in withdrawn and held_ids & {held.id, *held.front.formerly}]
    if not holding:  # most often: then nothing need be grouped
        return {}
    stories = {take: story.takes for story in read_archive(content, default_lang).stories for take in story.takes}
    heirs = {}
    for held in holding:
        briefs = sorted(other.id for other in holdings.articles if other.front.full == held.id)
        others = [id_ for id_ in (*stories.get(held.id, ()), *briefs) if id_ not in going]
        if others:
            heirs[held.id] = others[0]
    return heirs


def plan_undo(named: Sequence[str], content: Path) -> Undoing:
    """Return what undoing the imports of the raw files that the user named changes; of the last one, if none is named.

    Raises :class:`~backfile.errors.BackfileError` when one was never imported, or ``content`` can't be read.
    """
    holdings = read_holdings(content)
    undoing = plan_undoing(chosen(named, holdings.receipts), holdings)
    published = {id_ for ids in _holders(content).values() for id_ in ids}
    gone = {change.path for change in undoing.plan.changes if change.data is None}
    notes = tuple(
        f"{held.path} was published: its address will lead nowhere, while “invoke withdraw” leaves a page there"
        for held in holdings.articles
        if held.path in gone and held.id in published
    )
    return replace(undoing, plan=replace(undoing.plan, notes=(*undoing.plan.notes, *notes)))


def hand_back(undoing: Undoing, content: Path, folder: Path) -> Iterator[Path]:
    """Write the raw files that go back to the user into ``folder``, under their own names; yield where each is.

    A name that is taken gets a number, unless the same file has it. They don't go into the inbox,
    since the next build would import them again.
    """
    for name, path in undoing.returned:
        data = (content / path).read_bytes()
        safe = Path(_UNSAFE.sub("-", name)[-120:].strip(" .-") or "raw file")
        for number in count(1):
            target = folder / (safe if number == 1 else f"{safe.stem} {number}{safe.suffix}")
            if not target.exists() or target.read_bytes() == data:
                break
        folder.mkdir(exist_ok=True)
        target.write_bytes(data)
        yield target


def _holders(content: Path) -> dict[str, tuple[str, ...]]:
    """Return the articles that each published story id goes with, the first of those that are there."""
    file = content / LEDGER
    ledger = load_ledger(file.read_text(encoding="utf-8") if file.exists() else "")
    return {story: ledger.holders(story) for story in ledger.founders}
