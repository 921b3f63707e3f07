"""A second look at what no known form fits: the best way to cut it, and whether that makes it a digest.

Of the :mod:`cuts` of a document the few that look most like items are laid out and weighed once more, by what their
texts say (:mod:`bearing`); then what the best one bears is weighed against its being one text. The
weights are a regression's on labelled documents (:mod:`weights`); all of them are sums, so that
``python -m benchmarks.digests_fit --why FILE`` can tell what spoke for a cut and what against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from backfile.ingest.itemised.bearing import bearing
from backfile.ingest.itemised.cuts import FORM_NAMES, Cut, cuts_of, laid_out
from backfile.ingest.itemised.items import Items
from backfile.ingest.itemised.looks import looks_of
from backfile.ingest.itemised.units import Unit
from backfile.ingest.itemised.weights import BETTER, DIGEST, ENOUGH
from backfile.ingest.records import Block, BlockKind
from backfile.ingest.vocabulary.phrases import GREETING
from backfile.ingest.vocabulary.words import ends_with_full_stop

BEST = 3  # cuts that are looked at closer
_FAR = 4.0  # below what is enough
_MAX_NAME = 100  # characters of a title that ends in a full stop


@dataclass(frozen=True)
class Judged:
    """A cut with its items, of a document's ``blocks`` under a ``title``, of a web ``page`` or not."""

    cut: Cut
    laid: Items
    blocks: Sequence[Block]
    title: str | None
    page: bool

    @cached_property
    def introduced(self) -> tuple[Items, str]:
        """The items with what stands above them, and what the whole is called."""
        return introduced(self.laid, self.title, self.blocks)

    @cached_property
    def form(self) -> dict[str, float]:
        """What the form of the cut is in numbers, by name."""
        return {"one": 1.0, **dict(zip(FORM_NAMES, self.cut.row, strict=True))}

    @cached_property
    def bears(self) -> dict[str, float]:
        """What all of it bears of a digest, its form included."""
        items, name = self.introduced
        return self.form | bearing(items, name, page=self.page)

    @cached_property
    def rank(self) -> float:
        """How much it looks like items, beside other cuts of the same document."""
        return self.cut.weight + _sum(BETTER, self.bears)

    @cached_property
    def weight(self) -> float:
        """The weight of the evidence that it is a digest's: the logarithm of the odds."""
        return _sum(DIGEST, self.bears)


def _sum(table: Mapping[str, float], bears: Mapping[str, float]) -> float:
    return sum(weight * bears[name] for name, weight in table.items())


def judged(blocks: Sequence[Block], units: Sequence[Unit], title: str | None, *, page: bool) -> Judged | None:
    """Return the cut of ``units``, which ``blocks`` are, that makes them a digest, if one does.

    ``title`` is the document's own. Where the best cut by form is far from a digest's by its texts, the others
    are not looked at.
    """
    found = candidates(blocks, units, title, page=page)
    first = next(found, None)
    if first is None or first.weight < ENOUGH - _FAR:
        return None
    best = max((first, *found), key=lambda one: one.rank)
    return best if best.weight >= ENOUGH else None


def candidates(blocks: Sequence[Block], units: Sequence[Unit], title: str | None, *, page: bool) -> Iterator[Judged]:
    """Yield the cuts of ``units`` that look most like items by their form, the best first; none if that is not near."""
    looks = looks_of(units)
    best = sorted(cuts_of(looks), key=lambda cut: -cut.weight)[:BEST]
    for cut in best if best and best[0].is_near else ():
        if (items := laid_out(looks, cut)) is not None:
            yield Judged(cut, items, blocks, title, page)


def introduced(items: Items, title: str | None, blocks: Sequence[Block]) -> tuple[Items, str]:
    """Return the items with what stands before them, and what the whole is called.

    Where the document has no title of its own, its first line is none if it belongs to the
    first item; and a title that is a sentence, or greets, is the beginning of the text.
    """
    name = title or ("" if items.items[0].units[0].place == 0 else blocks[0].text)
    if not GREETING.match(name) and not (ends_with_full_stop(name) and len(name) > _MAX_NAME):
        return items, name
    first = Unit(0, Block(BlockKind.LINE, name), name)
    return replace(items, before=(first, *items.before)), ""
