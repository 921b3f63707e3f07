"""``python -m backfile.related < articles.jsonl``: same affair, other event.

Prints ``{id: [[other id, score, [reasons]], ...]}``, best first; reasons are English.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from backfile.model import Document
from backfile.stories import group, related
from backfile.stories.reasons import sentence
from backfile.stories.rows import run


def answer(documents: Sequence[Document]) -> dict[str, list[list[Any]]]:
    """Return the links of each article by its id."""
    found = related(documents, group(documents, explain=False))
    return {
        document.id: [
            [link.article, link.score, [sentence(reason) for reason in link.reasons]] for link in found[document.id]
        ]
        for document in documents
    }


if __name__ == "__main__":
    sys.exit(run(answer))
