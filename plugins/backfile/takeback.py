"""What ``invoke withdraw`` and ``invoke undo`` do: the user's words and the clock in, a plan out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from backfile.content import read_archive
from backfile.ingest.apply import Plan
from backfile.ingest.catalogue import Held
from backfile.ingest.holdings import Holdings, read_holdings
from backfile.ingest.withdraw import find, plan_withdrawal, with_briefs
from backfile.stories import load_ledger
from backfile.stories.ledger import FILE as LEDGER


def plan_taking_back(named: Sequence[str], content: Path, *, reason: str, default_lang: str) -> Plan:
    """Return what taking back the articles that the user named changes.

    Raises :class:`~backfile.errors.BackfileError` when one is none, or ``content`` can't be read.
    """
    holdings = read_holdings(content)
    targets = with_briefs([find(word, holdings.catalogue) for word in named], holdings.catalogue)
    heirs = _heirs(targets, holdings, content, default_lang)
    return plan_withdrawal(targets, holdings, day=date.today(), reason=reason or None, heirs=heirs)


def _heirs(targets: Collection[Held], holdings: Holdings, content: Path, default_lang: str) -> dict[str, str]:
    """Return the article that goes on with a story, by the id of the target that founded it.

    It is another text of the story, else a brief that the target tells in full.
    """
    ledger = content / LEDGER
    founders = set(load_ledger(ledger.read_text(encoding="utf-8")).founders.values() if ledger.exists() else ())
    withdrawn = {one.id: one for one in holdings.catalogue.known.withdrawals}
    founders |= {one.heir for one in withdrawn.values() if one.heir}
    going = {held.id for held in targets}
    founding = [held for held in targets if held.id not in withdrawn and founders & {held.id, *held.front.formerly}]
    if not founding:  # most often: then nothing need be grouped
        return {}
    stories = {take: story.takes for story in read_archive(content, default_lang).stories for take in story.takes}
    heirs = {}
    for held in founding:
        briefs = sorted(other.id for other in holdings.articles if other.front.full == held.id)
        others = [id_ for id_ in (*stories.get(held.id, ()), *briefs) if id_ not in going]
        if others:
            heirs[held.id] = others[0]
    return heirs
