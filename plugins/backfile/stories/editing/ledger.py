"""The ledger of story ids (``content/ledger.jsonl``): what makes a story's address permanent.

One JSON object a line, only ever appended, by ``publish``, never by a build::

    {"story": "gazprom-faces-loss", "article": "2025/03/14/gazprom-faces-loss", "also": ["2025/03/15/loss"]}
    {"story": "old-id", "article": "2025/03/14/x", "retired": true}

The first line says that the story with this id was founded by this article: the id goes
wherever the article goes. Should it leave the archive, the id goes with the next of those
that stood in the story ``also`` when it was published. When articles of several founded
stories come to stand in one story, the id that stands first in the ledger wins and the
others lead there. A later line for the same id with ``retired`` says that the id is no
longer to be given to a story, only to be led on to the one that holds its founding article.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from backfile.errors import ContentError
from backfile.model import Finding, Story

FILE = "ledger.jsonl"
MOST_HEIRS: Final = 10  # further takes of a story that its line names


@dataclass(frozen=True, slots=True)
class Ledger:
    """Story ids in the order in which they were given, each with its founding article.

    ``heirs`` are, by story id, the articles that an id goes with when its founding article is gone.
    """

    founders: Mapping[str, str] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    heirs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def holders(self, story: str) -> tuple[str, ...]:
        """Return the articles that an id goes with, the first of those that are there; a retired one has no heirs."""
        return (self.founders[story], *(() if story in self.retired else self.heirs.get(story, ())))


def load_ledger(jsonl_text: str, file: str = FILE) -> Ledger:
    """Parse a ledger. Raises :class:`ContentError` with a finding (S301) for each line that can't be used."""
    founders: dict[str, str] = {}
    retired: set[str] = set()
    heirs: dict[str, tuple[str, ...]] = {}
    findings: list[Finding] = []
    for at, line in enumerate(jsonl_text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            story, article, also = row["story"], row["article"], row.get("also", [])
        except (ValueError, TypeError, KeyError):
            story = article = also = None
        if not (isinstance(story, str) and isinstance(article, str) and _are_ids(also)):
            hint = 'Each line is {"story": id, "article": id}; restore the line from version control.'
            findings.append(Finding("S301", "error", file, "is not an entry of the ledger.", hint, line=at))
            continue
        founders.setdefault(story, article)
        heirs.setdefault(story, tuple(also))
        if row.get("retired"):
            retired.add(story)
    if findings:
        raise ContentError(*findings)
    return Ledger(founders, frozenset(retired), {story: ids for story, ids in heirs.items() if ids})


def _are_ids(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def entries(stories: Iterable[Story], ledger: Ledger) -> str:
    """Return the lines to append so that the ledger knows the id of every story with two takes or more.

    "" when it knows them all. A story's founding article is its first take, the next ones its heirs.
    """
    return "".join(
        json.dumps(
            {"story": story.id, "article": story.takes[0], "also": story.takes[1 : 1 + MOST_HEIRS]}, ensure_ascii=False
        )
        + "\n"
        for story in stories
        if len(story.takes) > 1 and story.id not in ledger.founders
    )
