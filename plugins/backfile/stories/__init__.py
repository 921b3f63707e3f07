"""Stories: many texts on one event are one story, and it says why.

Four layers, each pure: exact and near copies (:mod:`.copies`), stories (:mod:`.edges`,
:mod:`.assign`), related texts (:mod:`.affairs`), and the comparison of a story's takes
(:mod:`.compare`). :func:`group` runs the first two, :func:`related` the third,
:func:`compare` the last. No module here reads a clock or a setting; the only file read
is the snapshot of word statistics that ships with the package (:mod:`.background`).
"""

from __future__ import annotations

from backfile.stories.compare import Comparison, compare
from backfile.stories.editor import EditorWord, load_editor, renamed
from backfile.stories.grouping import Grouping, group, related
from backfile.stories.ledger import Ledger, entries, load_ledger
from backfile.stories.quotations import block_quotes

__all__ = [
    "Comparison",
    "EditorWord",
    "Grouping",
    "Ledger",
    "block_quotes",
    "compare",
    "entries",
    "group",
    "load_editor",
    "load_ledger",
    "related",
    "renamed",
]
