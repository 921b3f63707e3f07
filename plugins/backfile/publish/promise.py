"""What is published is promised: the ids of its stories go into the ledger, so that their addresses last."""

from __future__ import annotations

import json
from pathlib import Path

from backfile.model import Story
from backfile.stories import entries, load_ledger
from backfile.stories.editing.ledger import FILE


def promise(output: Path, content: Path) -> int:
    """Append the stories in ``output`` that ``content``'s ledger does not know; return how many there were.

    This comes before the site is sent: a promise too many costs nothing, one too few
    breaks a link. Raises :class:`~backfile.errors.ContentError` when the ledger is broken.
    """
    stories = json.loads((output / "data/stories.json").read_text(encoding="utf-8"))["stories"]
    ledger = content / FILE
    known = load_ledger(ledger.read_text(encoding="utf-8") if ledger.exists() else "")
    lines = entries((Story(story["id"], tuple(story["takes"]), story["takes"][0]) for story in stories), known)
    if lines:
        with ledger.open("a", encoding="utf-8", newline="\n") as file:
            file.write(lines)
    return lines.count("\n")
