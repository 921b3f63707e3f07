"""What is worked out of each text alone, for many texts at once: features, and glances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from backfile.model import Document
from backfile.names import Names
from backfile.stories.spread import Spread, parts
from backfile.stories.traits.features import TOGETHER, Bundle, Features, bundle, opened
from backfile.stories.traits.glances import Glances, Packed
from backfile.stories.words.background import Background, load_background
from backfile.stories.words.tokens import Codes


def looked_at(
    order: Sequence[Document],
    names: Names,
    texts: Mapping[str, Features] | None,
    spread: Spread,
    *,
    glance: bool,
) -> tuple[Sequence[Features], Glances]:
    """Return the features of all texts, and, where asked to ``glance``, the glances at them."""
    known = Codes(names)
    glances = Glances(names, known)
    rows = [texts[document.id] for document in order] if texts else []
    work = partial(_look, order, known, None if texts else load_background(), glances if glance else None)
    for found, seen in spread(work, parts(len(order), TOGETHER)) if glance or not texts else ():
        rows += opened(found) if found else []
        glances.found.update(seen)
    return rows, glances


def _look(
    order: Sequence[Document], known: Codes, background: Background | None, glances: Glances | None, part: range
) -> tuple[Bundle | None, dict[str, Packed]]:
    """Return the features of some texts, and the glances at them."""
    documents = order[part.start : part.stop]
    found = bundle(documents, known, background) if background else None
    return found, glances.packed(documents) if glances else {}
