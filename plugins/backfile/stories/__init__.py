"""Stories: many texts on one event are one story, and it says why.

Four layers, each pure: exact and near copies (``copies.duplicates``), stories (``events.edges``,
``events.cluster``), related texts (``affairs.relating``), and the comparison of a story's takes
(:mod:`.compare`). :func:`group` runs the first two, :func:`related` the third,
:func:`compare` the last. No module here reads a clock or a setting; the only file read
is the snapshot of word statistics that ships with the package (``words.background``).

For builds that redo only what has changed, the same in stages (``upkeep.incremental``):

1. ``features_of(document, names) -> Features``: of one text alone, so it can be worked out
   in any process and kept (it pickles) under a hash of the text, of ``names.yaml`` and of the
   code; ``features(documents, Codes(names), load_background())`` does many at once, faster;
2. ``group(documents, names=, editor=, ledger=)`` and ``related``, which take a ``spread`` to do what can be
   done on several cores (:mod:`.spread`); ``Grouped.of(grouping, links, names)`` goes on from there
   (``group([])`` and ``related([], …)`` for an empty one);
3. ``grouped.regroup(removed, added, documents, editor, ledger) -> Change``, with ids and new
   features by id (an article that changed is among the added); ``documents``, of all articles by
   id, is asked only for texts whose words are needed. ``Change`` names the stories and the
   articles' links that are no longer what they were. Each article costs some hundredths of a
   second, so from one in fifty a full grouping is faster;
4. ``grouped.stories``, ``.duplicates``, ``.findings``, ``.related(id)``: exactly what :func:`group`
   and :func:`related` give for all texts, whatever steps led there;
5. ``arrays(grouped.state())`` yields flat arrays and their names, the features among them, for a cache
   (``numpy.save`` each, read them back with ``mmap_mode="r"``), and ``Grouped(from_arrays(dict(arrays)),
   names)`` goes on from there. It need not be written after every build: one ``regroup`` with all
   that has changed since gives the same. What it tells then has changed since it was written.
"""

from __future__ import annotations

from backfile.stories.compare import Comparison, compare
from backfile.stories.editing.editor import EditorWord, load_editor, renamed
from backfile.stories.editing.ledger import Ledger, entries, load_ledger
from backfile.stories.grouping import Grouping, group, related
from backfile.stories.traits.features import Features, features_of
from backfile.stories.upkeep.incremental import Change, Grouped
from backfile.stories.upkeep.state import arrays, from_arrays
from backfile.stories.words.quotations import block_quotes

__all__ = [
    "Change",
    "Comparison",
    "EditorWord",
    "Features",
    "Grouped",
    "Grouping",
    "Ledger",
    "arrays",
    "block_quotes",
    "compare",
    "entries",
    "features_of",
    "from_arrays",
    "group",
    "load_editor",
    "load_ledger",
    "related",
    "renamed",
]
