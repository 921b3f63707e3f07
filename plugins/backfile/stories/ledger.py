"""The ledger of story ids (``content/ledger.jsonl``): what makes a story's address permanent.

One JSON object a line, only ever appended, by ``publish``, never by a build::

    {"story": "gazprom-faces-loss", "article": "2025/03/14/gazprom-faces-loss"}
    {"story": "old-id", "article": "2025/03/14/x", "retired": true}

The first line says that the story with this id was founded by this article: the id goes
wherever the article goes. When articles of several founded stories come to stand in one
story, the id that stands first in the ledger wins and the others lead there. A later line
for the same id with ``retired`` says that the id is no longer to be given to a story,
only to be led on to the one that holds its founding article.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from backfile.errors import ContentError
from backfile.model import Finding, Story

FILE = "ledger.jsonl"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Story ids in the order in which they were given, each with its founding article."""

    founders: Mapping[str, str] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()


def load_ledger(jsonl_text: str, file: str = FILE) -> Ledger:
    """Parse a ledger. Raises :class:`ContentError` with a finding (S301) for each line that can't be used."""
    founders: dict[str, str] = {}
    retired: set[str] = set()
    findings: list[Finding] = []
    for at, line in enumerate(jsonl_text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            story, article = row["story"], row["article"]
        except (ValueError, TypeError, KeyError):
            story = article = None
        if not isinstance(story, str) or not isinstance(article, str):
            hint = 'Each line is {"story": id, "article": id}; restore the line from version control.'
            findings.append(Finding("S301", "error", file, "is not an entry of the ledger.", hint, line=at))
            continue
        founders.setdefault(story, article)
        if row.get("retired"):
            retired.add(story)
    if findings:
        raise ContentError(*findings)
    return Ledger(founders, frozenset(retired))


def entries(stories: Iterable[Story], ledger: Ledger) -> str:
    """Return the lines to append so that the ledger knows the id of every story with two takes or more.

    "" when it knows them all. A story's founding article is its first take.
    """
    return "".join(
        json.dumps({"story": story.id, "article": story.takes[0]}, ensure_ascii=False) + "\n"
        for story in stories
        if len(story.takes) > 1 and story.id not in ledger.founders
    )
