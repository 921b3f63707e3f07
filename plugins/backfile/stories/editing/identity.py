"""Which id, which lead: what makes a story the same story from build to build.

A story takes the oldest id in the ledger whose founding article (or, that being gone, its
next heir) is among its members; the other such ids lead to it. Without one its id is the
last segment of the address of its earliest member by (date, id); where two stories would
take one id, all but the earliest story append that member's date, and, should that be
taken too, a number. Stories with two takes or more choose before single articles, since
theirs is an address.

So what an archive looks like depends on its articles and its ledger, never on the order
in which the articles came; and of two archives with the same articles, those stories have
the same ids of which both ledgers know the same.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import count

from backfile.model import Document
from backfile.stories.editing.ledger import Ledger

LEAD_AMONG = 3  # the lead is the longest text among so many earliest ones


def story_ids(groups: Sequence[Sequence[Document]], ledger: Ledger) -> list[tuple[str, tuple[str, ...]]]:
    """Return an id and the ids that lead to it for each story, given members in (date, id) order."""
    home = {document.id: at for at, group in enumerate(groups) for document in group}
    held: dict[int, list[str]] = {}
    for story in ledger.founders:
        founder = next((article for article in ledger.holders(story) if article in home), None)
        if founder is not None:
            held.setdefault(home[founder], []).append(story)
    taken = set(ledger.founders)
    ids: dict[int, str] = {}
    for at, own in held.items():
        living = [story for story in own if story not in ledger.retired]
        if living:
            ids[at] = living[0]
    for at in sorted(range(len(groups)), key=lambda at: (len(groups[at]) < 2, at)):
        if at not in ids:
            ids[at] = _new_id(groups[at][0], taken)
            taken.add(ids[at])
    # A single article has no story page: the address that its story had leads to it, like those of other ids.
    return [
        (ids[at], tuple(story for story in held.get(at, ()) if story != ids[at] or len(group) == 1))
        for at, group in enumerate(groups)
    ]


def _new_id(first: Document, taken: set[str]) -> str:
    """Return an id made of the first member's address that no other story has."""
    slug = first.id.rstrip("/").rsplit("/", 1)[-1] or "story"
    if slug not in taken:
        return slug
    dated = f"{slug}-{first.date.isoformat()}" if first.date else slug
    if dated not in taken:
        return dated
    return next(name for number in count(2) if (name := f"{dated}-{number}") not in taken)


def lead(members: Sequence[Document]) -> Document:
    """Return the member that stands for the story in lists.

    The longest text with a title of its own among the three earliest: the first report is
    often two sentences, and a late one often looks back more than it tells; ties go to
    the earlier.
    """
    return max(members[:LEAD_AMONG], key=lambda document: (bool(document.title), len(document.text)))


def missing_founders(ledger: Ledger, documents: Container[str]) -> list[str]:
    """Return the living story ids of whose founding article and heirs none is in the archive any more."""
    return [
        story
        for story in ledger.founders
        if story not in ledger.retired and not any(article in documents for article in ledger.holders(story))
    ]
