"""Stories: many texts on one event are one story, and it says why.

Four layers, each pure: exact and near copies (:mod:`.copies`), stories (:mod:`.edges`,
:mod:`.cluster`), related texts (:mod:`.affairs`), and the comparison of a story's takes
(:mod:`.compare`). :func:`group` runs the first two, :func:`related` the third,
:func:`compare` the last. No module here reads a clock or a setting; the only file read
is the snapshot of word statistics that ships with the package (:mod:`.background`).

For builds that redo only what has changed, the same in stages (:mod:`.incremental`):

1. ``features_of(document, names) -> Features``: of one text alone, so it can be worked out
   in any process and kept (it pickles) under a hash of the text, of ``names.yaml`` and of the
   code;
2. ``Grouped.of(texts, documents, names, editor, ledger)``, given ``Mapping[id, Features]`` and a
   ``Mapping[id, Document]`` that is asked only for texts whose words are needed;
3. ``grouped.regroup(removed, added, documents, editor, ledger) -> Change``, with ids and new
   features (an article that changed is in both): touches only what it is like. ``Change``
   tells which stories and which articles' links are no longer what they were;
4. ``grouped.stories``, ``.duplicates``, ``.related(id)``, ``.findings``: exactly what
   :func:`group` and :func:`related` give for all texts, whatever steps led there;
5. ``grouped.parts() -> Mapping[str, array]`` and ``Grouped.from_parts``: flat arrays for a cache
   that can be mapped into memory.
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
