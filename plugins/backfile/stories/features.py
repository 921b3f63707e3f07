"""What grouping knows of each text: a sparse row in blocks (:mod:`.blocks`), and a few facts beside it.

News says what matters first: only the upper part of a text is read, and a title's words
count double.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from backfile.candidates import title_case
from backfile.model import Document
from backfile.stories.background import Background
from backfile.stories.blocks import OWNER_AT, Batch, all_blocks
from backfile.stories.copies import runs
from backfile.stories.tokens import FRESH, Codes, codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
TITLE: Final = 2  # a title's word counts as two: a headline names the event
READ_TOKENS: Final = 400  # tokens of the body that are read; the tail of a report is background
READ_CHARS: Final = 4_000  # characters that are looked at to find them: bounds a text of any size
LEAD: Final = 80  # tokens of the body that are its first lines
TOGETHER: Final = 256  # texts worked out at once

_LINK = re.compile(r"\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|https?://\S+")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэъЫЭЪ]")


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """One text: columns, sorted, and weights; how many tokens were read; day, outlet and language for pairs.

    ``fresh`` says that its first lines speak of a day just past. ``day`` is the date's
    ordinal or None. ``tongue`` is the language's primary subtag, or a guess from the
    script, or None where the script does not tell. ``runs`` are for :mod:`.copies`.
    """

    columns: NDArray[Any]
    weights: NDArray[Any]
    tokens: int
    fresh: bool
    day: int | None
    outlet: str | None
    tongue: str | None
    runs: NDArray[Any]


def features(documents: Sequence[Document], known: Codes, background: Background) -> list[Features]:
    """Return the features of each text; no columns for a text without words."""
    return [
        text
        for low in range(0, len(documents), TOGETHER)
        for text in _together(documents[low : low + TOGETHER], known, background)
    ]


def _together(documents: Sequence[Document], known: Codes, background: Background) -> Iterator[Features]:
    """Yield the features of some texts."""
    import numpy as np

    titles = [codes(plain(document.title), known) for document in documents]
    bodies = [codes(plain(document.text[:READ_CHARS]), known, READ_TOKENS) for document in documents]
    end = np.zeros(1, dtype=np.int64)
    tokens = np.concatenate(
        [part for pair in zip(titles, bodies, strict=True) for part in (pair[0], end, pair[1], end)]
    )
    sizes = [size for title, body in zip(titles, bodies, strict=True) for size in (len(title), len(body) + 2)]
    in_title = np.repeat(np.arange(len(sizes)) % 2 == 0, sizes)
    owners = np.repeat(np.arange(len(documents)), np.add(sizes[::2], sizes[1::2]))
    untold = np.array([title_case(document.title) for document in documents], dtype=bool)
    batch = Batch(tokens, owners, np.where(in_title, TITLE, 1), in_title & untold[owners])
    keys, weights = all_blocks(batch, background)
    columns = (keys & ((1 << OWNER_AT) - 1)).astype(np.int32)
    weights = weights.astype(np.float32)
    ends = np.searchsorted(keys, np.arange(len(documents) + 1) << OWNER_AT).tolist()
    for at, (document, title, body) in enumerate(zip(documents, titles, bodies, strict=True)):
        own = slice(ends[at], ends[at + 1])
        yield Features(
            columns[own],
            weights[own],
            int(np.count_nonzero(title) + np.count_nonzero(body)),
            bool(np.any(title & FRESH) or np.any(body[:LEAD] & FRESH)),
            document.date.toordinal() if document.date else None,
            document.source,
            _tongue(document),
            runs(body),
        )


def plain(text: str) -> str:
    """Return a text without the targets of its links, which are no words of its own."""
    return _LINK.sub(" ", text) if "http" in text or "](" in text else text


def _tongue(document: Document) -> str | None:
    """Return a text's language as far as it is known: given, or told by its letters."""
    if document.lang:
        return document.lang.split("-")[0].casefold()
    sample = f"{document.title} {document.text[:600]}"
    if sample.isascii():
        return None
    latin, cyrillic = len(_LATIN.findall(sample)), len(_CYRILLIC.findall(sample))
    if latin >= cyrillic:
        return None if latin else "other"
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    return "uk" if ukrainian > russian else "ru"
