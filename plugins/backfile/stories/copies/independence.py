"""How many of a story's texts are independent: which are copies, and which come from one agency.

Theory: a story that five outlets print is vouched for by as many as wrote it. Texts go
back to one **origin** when

- they are copies (``copies.duplicates``); words within quotation marks do not make copies, since
  reporters at one press conference write down the same sentences;
- or they name one and the same agency as their author, however each desk cut it;
- or one of them says that agencies had a part in it, and they share a good part of their
  own words (:data:`HELPED`): less than copies do, but a credit and shared runs are two
  witnesses for one thing.

A text that names several agencies was put together at a desk; such a credit alone ties it
to none of them. All of this is worked out from a story's own texts, so that one story can
be done again without the others.

Known failures: two desks that each rewrote one dispatch without saying so; an agency's two
reporters at two places count as one. Rejected: folding texts that merely cite an agency
(“according to Reuters”): a
fact that a reporter looked up does not make the report another's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from backfile.model import Document, Origin
from backfile.stories.copies.agencies import TAIL, Credit, credit, single
from backfile.stories.copies.duplicates import CONTAINED, Pairs, runs
from backfile.stories.spread import Spread, alone, parts
from backfile.stories.structures.sets import Sets
from backfile.stories.words.quotations import has_quotations, own_words
from backfile.stories.words.tokens import Codes, codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

# | constant | value | why |
# |---|---|---|
HELPED: Final = 0.25  # share of the shorter text's own runs from which a text with a credit is no text of its own
FEWEST: Final = 8  # runs that they share at least: twelve words on end
OUTSIDE: Final = 0.33  # share of what two copies have in common that stands outside quotations and settles it
READ_CHARS: Final = 4_000  # characters that are read, as in grouping: bounds a text of any size
READ_TOKENS: Final = 400  # ... and tokens
TOGETHER: Final = 1_024  # pairs that are looked at at once


def without_quotations(pairs: Pairs, documents: Sequence[Document], known: Codes, spread: Spread = alone) -> Pairs:
    """Return those pairs of copies (later, earlier, share; by position) that share more than quotations.

    Set aside is what both texts have in quotation marks: a text that another one quotes from end to end
    was copied. A text that is nothing but a quotation stays a copy of what contains it.
    """

    def work(part: range) -> Pairs:
        return _without_quotations(pairs[part.start : part.stop], documents, known)

    return [pair for found in spread(work, parts(len(pairs), TOGETHER)) for pair in found]


def _without_quotations(pairs: Pairs, documents: Sequence[Document], known: Codes) -> Pairs:
    """Do it for some of the pairs."""
    read = {at: documents[at] for at in sorted({at for later, earlier, _ in pairs for at in (later, earlier)})}
    seen: dict[int, tuple[NDArray[Any], NDArray[Any]]] = {}

    def all_and_own(at: int) -> tuple[NDArray[Any], NDArray[Any]]:
        if at not in seen:
            seen[at] = _runs(read[at].text, known), _own(read[at], known)
        return seen[at]

    quoting = {at: has_quotations(document.text[:READ_CHARS], document.quotes) for at, document in read.items()}
    return [
        (later, earlier, share)
        for later, earlier, share in pairs
        if not (quoting[later] and quoting[earlier])
        or read[later].text == read[earlier].text
        or _still_copies(all_and_own(later), all_and_own(earlier))
    ]


def _still_copies(one: tuple[NDArray[Any], NDArray[Any]], other: tuple[NDArray[Any], NDArray[Any]]) -> bool:
    """Return whether two copies, each given by all its runs and those in its own words, share more than quotations."""
    import numpy as np

    shared = np.intersect1d(one[0], other[0], assume_unique=True)
    quoted = np.setdiff1d(np.setdiff1d(shared, one[1], assume_unique=True), other[1], assume_unique=True)
    own = len(shared) - len(quoted)
    shorter = min(len(one[0]), len(other[0])) - len(quoted)
    return own >= OUTSIDE * len(shared) or own >= CONTAINED * shorter


def _own(document: Document, known: Codes) -> NDArray[Any]:
    """Return the runs of a text's own words."""
    return _runs(own_words(document.text[:READ_CHARS], document.quotes), known)


def _runs(text: str, known: Codes) -> NDArray[Any]:
    return runs(codes(text[:READ_CHARS], known, READ_TOKENS))


def origins(
    members: Sequence[Document], copies: Iterable[Sequence[int]], known: Codes | None = None
) -> tuple[Origin, ...]:
    """Return the origins of a story's texts, each takes in the order given, in the order of their first takes.

    ``copies`` are sets of positions of texts that are copies of one text; ``known`` are words met before.
    """
    credits_of = [credit(document) for document in members]
    copied = Sets(len(members))
    for one in copies:
        for at in one:
            copied.join(one[0], at)
    together = Sets(len(members))
    texts = copied.groups()
    for one in texts:
        for at in one:
            together.join(one[0], at)
    _join_by_agency(texts, credits_of, together)
    if any(credits_of):
        _join_by_runs(members, texts, credits_of, together, known or Codes())
    return tuple(
        Origin(
            tuple(members[at].id for at in one),
            tuple(dict.fromkeys(name for at in one for name in credits_of[at].authors)),
            copied.find(one[0]) == copied.find(one[-1]) and len({copied.find(at) for at in one}) == 1,
        )
        for one in together.groups()
    )


def _join_by_agency(texts: Sequence[Sequence[int]], credits_of: Sequence[Credit], together: Sets) -> None:
    """Bring together the texts whose one author is the same agency."""
    first: dict[str, int] = {}
    for one in texts:
        agency = single(credits_of[at] for at in one)
        if agency:
            together.join(first.setdefault(agency, one[0]), one[0])


def _join_by_runs(
    members: Sequence[Document],
    texts: Sequence[Sequence[int]],
    credits_of: Sequence[Credit],
    together: Sets,
    known: Codes,
) -> None:
    """Bring together a text in which agencies had a part and each that shares enough of its own words.

    The end of a text is left out: one footer stands under unlike texts.
    """
    longest = [max((members[at] for at in one), key=lambda document: len(document.text)) for one in texts]
    own = [
        _own(
            replace(document, text=document.text[: max(len(document.text) - TAIL, len(document.text) * 3 // 4)]), known
        )
        for document in longest
    ]
    holders: dict[int, list[int]] = {}
    for number, found in enumerate(own):
        for run in found.tolist():
            holders.setdefault(run, []).append(number)
    for number, one in enumerate(texts):
        if not any(credits_of[at] for at in one):
            continue
        shared = Counter(other for run in own[number].tolist() for other in holders[run] if other != number)
        for other, count in shared.items():
            if count >= FEWEST and count >= HELPED * min(len(own[number]), len(own[other])):
                together.join(one[0], texts[other][0])
