"""``python -m backfile.stories < articles.jsonl``: which articles tell one event, and which are copies.

Prints ``{"groups": {id: story}, "duplicates": {id: set}}``, with every id in both.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from backfile.model import Document
from backfile.stories import group
from backfile.stories.rows import run


def answer(documents: Sequence[Document]) -> dict[str, dict[str, str]]:
    """Return story and set of copies by article id."""
    grouping = group(documents, explain=False)
    groups = {take: story.id for story in grouping.stories for take in story.takes}
    return {
        "groups": {document.id: groups[document.id] for document in documents},
        "duplicates": {document.id: grouping.duplicates[document.id] for document in documents},
    }


if __name__ == "__main__":
    sys.exit(run(answer))
