"""What grouping knows of each text: a few rows of numbers, and a few facts beside them.

A sparse row in blocks (``traits.blocks``) says whether two texts tell one event; its heaviest
features (*keys*) find the texts worth comparing (``events.neighbours``); runs of words find
copies (``copies.duplicates``); subjects find texts on the same affair (``traits.subjects``). All of it
depends on the text alone, on the archive's table of names, and on the frozen snapshot of
word statistics: not on other texts. So it can be worked out in any process and kept.

News says what matters first: only the upper part of a text is read, and a title's words
count double.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from backfile.candidates import title_case
from backfile.model import Document
from backfile.names import Names
from backfile.stories.copies.duplicates import all_runs
from backfile.stories.structures.numbers import Numbers
from backfile.stories.traits.blocks import BLOCKS, NAMES, OWNER_AT, PAIRS, STARTS, WORDS, Batch, all_blocks, ordered
from backfile.stories.traits.subjects import LEAD_CHARS, LEAD_TOKENS, subjects
from backfile.stories.words.background import Background, load_background
from backfile.stories.words.tokens import BREAK, FRESH, Codes, codes, codes_within, stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
TITLE: Final = 2  # a title's word counts as two: a headline names the event
READ_TOKENS: Final = 400  # tokens of the body that are read; the tail of a report is background
READ_CHARS: Final = 4_000  # characters that are looked at to find them: bounds a text of any size
LEAD: Final = 80  # tokens of the body that are its first lines
OPENING: Final = 24  # ... and its first sentence
DIGEST: Final = 16  # bytes that stand for a content
TOGETHER: Final = 256  # texts worked out at once
KEYS: Final = 64  # features of a text that find its neighbours; with 200 one true pair in 100 more is found
SHARES: Final = {WORDS: 0.5, PAIRS: 0.2, NAMES: 0.3}  # of the blocks in what "heaviest" means
UNITS: Final = 1 << 20  # weights that find neighbours are whole parts of one, so that sums do not depend on their order

AGAIN: Final = "again anew знову вкотре повторно снова вновь опять"  # words that say that a thing has happened before

_LINK = re.compile(r"\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|https?://\S+")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэъЫЭЪ]")


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """One text: columns, sorted, and weights; their lengths by block; how many tokens were read; facts for pairs.

    ``keys`` are its heaviest columns, sorted, and ``key_weights`` their shares in the row, in
    :data:`UNITS`; so are ``subjects`` and their weights. ``fresh`` says that its first lines
    speak of a day just past, ``again`` that its title or first sentence says that a thing has
    happened once more. ``day`` is the date's ordinal or None. ``tongue`` is the language's
    primary subtag, or a guess from the script, or None where the script does not tell.
    ``runs`` are for ``copies.duplicates``. ``digest`` stands for the whole text, letter for letter,
    and ``run_digest`` for its runs (empty: there are none); ``size`` is its length.
    """

    columns: NDArray[Any]
    weights: NDArray[Any]
    lengths: NDArray[Any]
    keys: NDArray[Any]
    key_weights: NDArray[Any]
    subjects: NDArray[Any]
    subject_weights: NDArray[Any]
    runs: NDArray[Any]
    tokens: int
    fresh: bool
    again: bool
    day: int | None
    outlet: str | None
    tongue: str | None
    digest: bytes
    run_digest: bytes
    size: int


Couple = tuple["NDArray[Any]", "NDArray[Any]"]
# Texts in few arrays, handed from process to process, and held, at a fraction of the cost: rows on end, by kind, with
# the length of each; then the facts of all, by kind; in the order in which they stand in Features.
Bundle = tuple[list[Couple], tuple[list[Any], ...]]


def features(documents: Sequence[Document], known: Codes, background: Background) -> list[Features]:
    """Return the features of each text; no columns for a text without words."""
    return [
        text
        for low in range(0, len(documents), TOGETHER)
        for text in opened(bundle(documents[low : low + TOGETHER], known, background))
    ]


def features_of(document: Document, names: Names | None = None) -> Features:
    """Return the features of one text, equal to those that :func:`features` returns for it among others."""
    return features([document], Codes(names), load_background())[0]


def opened(bundled: Bundle) -> list[Features]:
    """Return the texts of a bundle, with rows that are views of those in it."""
    import numpy as np

    rows, facts = bundled
    views = [
        [row[low:high] for low, high in zip([0, *ends[:-1]], ends, strict=True)]
        for row, ends in ((row, np.cumsum(sizes).tolist()) for row, sizes in rows)
    ]
    return list(map(Features, *views, *facts))


def bundle(documents: Sequence[Document], known: Codes, background: Background) -> Bundle:
    """Return the features of some texts, at most :data:`TOGETHER`."""
    import numpy as np

    count = len(documents)
    titles = [codes(plain(document.title), known) for document in documents]
    bodies, leads = zip(*(_body(document, known) for document in documents), strict=True)
    batch = _batch(documents, titles, bodies)
    keys, weights = all_blocks(batch, background)
    columns = (keys & ((1 << OWNER_AT) - 1)).astype(np.int32)
    weights = weights.astype(np.float32)
    owners = keys >> OWNER_AT
    blocks = np.searchsorted(STARTS, columns, side="right") - 1
    squares = np.bincount(owners * len(BLOCKS) + blocks, weights=weights**2, minlength=count * len(BLOCKS))
    lengths = np.sqrt(squares)
    chosen, shares = _heaviest(owners, blocks, weights, lengths.reshape(count, len(BLOCKS)))
    whose, about, telling = subjects([np.concatenate(pair) for pair in zip(titles, leads, strict=True)], background)
    totals = np.sqrt(np.bincount(whose, weights=telling**2, minlength=count))
    telling = _units(telling / np.maximum(totals[whose], 1e-9))
    shingles, told = all_runs(bodies)

    def of_each(those: NDArray[Any]) -> NDArray[Any]:
        return np.bincount(those, minlength=count)

    held, found, subject = of_each(owners), of_each(owners[chosen]), of_each(whose)
    rows = [
        (columns, held),
        (weights, held),
        (lengths, np.full(count, len(BLOCKS))),
        (columns[chosen], found),
        (shares, found),
        (about, subject),
        (telling, subject),
        (shingles, told),
    ]
    early, first = _on_end(titles, bodies, LEAD)
    opening, second = _on_end(titles, bodies, OPENING)
    texts = [document.text.strip() for document in documents]
    facts = (
        of_each(batch.owners[batch.tokens != BREAK]).tolist(),
        (of_each(first[early & FRESH > 0]) > 0).tolist(),
        (of_each(second[_again().have(stems(opening))]) > 0).tolist(),
        [document.date.toordinal() if document.date else None for document in documents],
        [document.source for document in documents],
        [_tongue(document) for document in documents],
        [_digest(text.encode(errors="surrogatepass")) for text in texts],
        [_digest(own.tobytes()) for own in np.split(shingles, np.cumsum(told)[:-1])],
        [len(text) for text in texts],
    )
    return rows, facts


def _on_end(titles: Sequence[NDArray[Any]], bodies: Sequence[NDArray[Any]], most: int) -> Couple:
    """Return the tokens of some titles, each with the first ones of its body, and which text each is of."""
    import numpy as np

    parts = [part for title, body in zip(titles, bodies, strict=True) for part in (title, body[:most])]
    sizes = np.array([len(part) for part in parts])
    return np.concatenate(parts), np.repeat(np.arange(len(parts)) // 2, sizes)


@cache
def _again() -> Numbers:
    """Return the stems of the words that say so."""
    return Numbers.of(stems(codes(AGAIN, Codes())))


def _digest(content: bytes) -> bytes:
    """Return 16 bytes that stand for some content; none for none."""
    return blake2b(content, digest_size=DIGEST).digest() if content else b""


def _batch(documents: Sequence[Document], titles: Sequence[NDArray[Any]], bodies: Sequence[NDArray[Any]]) -> Batch:
    """Return the tokens of some texts on end."""
    import numpy as np

    end = np.zeros(1, dtype=np.int64)
    tokens = np.concatenate(
        [part for pair in zip(titles, bodies, strict=True) for part in (pair[0], end, pair[1], end)]
    )
    sizes = [size for title, body in zip(titles, bodies, strict=True) for size in (len(title), len(body) + 2)]
    in_title = np.repeat(np.arange(len(sizes)) % 2 == 0, sizes)
    owners = np.repeat(np.arange(len(documents)), np.add(sizes[::2], sizes[1::2]))
    untold = np.array([title_case(document.title) for document in documents], dtype=bool)
    return Batch(tokens, owners, np.where(in_title, TITLE, 1), in_title & untold[owners])


def _body(document: Document, known: Codes) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the tokens of a body that are read, and the first of them, in which subjects are sought."""
    read = document.text[:READ_CHARS]
    text = plain(read)
    body, extent = codes_within(text, known, READ_TOKENS, LEAD_TOKENS)
    if len(document.text) <= LEAD_CHARS or (text is read and extent < LEAD_CHARS):
        return body, body[:LEAD_TOKENS]
    return body, codes(plain(document.text[:LEAD_CHARS]), known, LEAD_TOKENS)


def _heaviest(
    owners: NDArray[Any], blocks: NDArray[Any], weights: NDArray[Any], lengths: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the places of each text's keys, and their shares in its whole row."""
    import numpy as np

    share = np.zeros(len(STARTS))
    for block, part in SHARES.items():
        share[block] = part**0.5
    scaled = weights * share[blocks] / np.maximum(lengths[owners, blocks], 1e-9)
    totals = np.sqrt(np.bincount(owners, weights=scaled**2, minlength=len(lengths)))
    # By text, then by weight, the heaviest first: the bits of positive floats are ordered as they are.
    falling = (1 << 31) - 1 - scaled.astype(np.float32).view(np.int32).astype(np.int64)
    _, order = ordered(owners << 31 | falling)
    rank = np.arange(len(order)) - np.searchsorted(owners, owners[order])
    chosen = np.sort(order[(rank < KEYS) & (scaled[order] > 0)])
    return chosen, _units(scaled[chosen] / np.maximum(totals[owners[chosen]], 1e-9))


def _units(shares: NDArray[Any]) -> NDArray[Any]:
    """Return shares of one as whole :data:`UNITS`."""
    import numpy as np

    units: NDArray[Any] = np.rint(shares * UNITS).astype(np.int32)
    return units


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
