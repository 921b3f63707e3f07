"""Every way to cut a document before units that have something in common, and which of them looks most like items.

Whatever comes back may set items off: a trait of :mod:`looks`, or two of them together. So no list of
signs is needed, and of items of several shapes what they share. Most ways are wrong: each is weighed by its form
alone (what its first units have, what those below them lack, how even the items are), by a table of weights
that labelled digests gave (``benchmarks/digests_fit.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log, sqrt
from operator import mul
from statistics import median

from backfile.ingest.itemised.ends import without_ends
from backfile.ingest.itemised.items import ALONE, Items, found_in, with_references
from backfile.ingest.itemised.looks import TRAITS, Looks
from backfile.ingest.itemised.pastimes import without_pastimes
from backfile.ingest.itemised.units import Unit
from backfile.ingest.itemised.weights import FORM, NEAR, NEAR_ENOUGH

_MAX_UNITS = 400
_MIN_ITEMS, _MAX_ITEMS = 3, 200
_LEAST = 0.25  # of a document's characters must be told in items
_MAX_MEDIAN = 1500  # characters of an item
_MAX_ITEM = 6000
_SECOND = ("is text", "is line", "is label", "is open", "apart", "leads", "headed", "bold", "link", "aside")
FORM_NAMES = (
    *(f"first {name}" for name in TRAITS),
    *(f"within {name}" for name in TRAITS),
    *(f"mixed {name}" for name in TRAITS),
    *(f"second {name}" for name in _SECOND),
    "three", "four", "number", "dozen", "score", "covers", "before", "before 160", "before 350", "before 1000",
    "share before", "share after", "parted", "spread", "length", "long", "short", "longest", "shortest", "alternate",
    "odd and even", "purest", "pure outside", "agree", "alike", "others within", "others a item", "others outside",
    "single", "double", "units spread", "units", "most units", "same units", "counts up", "counts badly",
)  # fmt: skip
_FORM, _NEAR = (tuple(table.get(name, 0.0) for name in FORM_NAMES) for table in (FORM, NEAR))


@dataclass(frozen=True, slots=True)
class Cut:
    """Where items begin and end, as units: each from its first to the one before ``end``; and its form as numbers."""

    heads: tuple[int, ...]
    ends: tuple[int, ...]
    row: list[float]

    @property
    def weight(self) -> float:
        """How much it looks like items, beside other cuts of the same document."""
        return float(sum(map(mul, _FORM, self.row)))

    @property
    def is_near(self) -> bool:
        """Whether the form alone leaves it open that it is a digest's, where it is the best."""
        return bool(NEAR.get("one", 0.0) + sum(map(mul, _NEAR, self.row)) >= NEAR_ENOUGH)


def cuts_of(looks: Looks) -> list[Cut]:
    """Return the cuts of a document, each once."""
    if not _MIN_ITEMS <= len(looks.units) <= _MAX_UNITS:
        return []
    found = (_cut(looks, heads) for heads in dict.fromkeys(_tidied(looks, bits) for bits in _recurring(looks)))
    return [cut for cut in found if cut is not None]


def _recurring(looks: Looks) -> Iterator[int]:
    """Yield the units that share a trait, two traits, or two and a blank line above."""
    known = sorted((*looks.traits.items(), *looks.further.items()))
    rows = [bits for _, bits in known if bits.bit_count() >= _MIN_ITEMS]
    yield from rows
    apart = looks.traits["apart"]
    for one, other in combinations(rows, 2):
        both = one & other
        if both.bit_count() >= _MIN_ITEMS:
            yield both
            if (both & apart).bit_count() >= _MIN_ITEMS:
                yield both & apart


def _tidied(looks: Looks, bits: int) -> int:
    """Leave out what begins no item, and what is about the issue where the first or the last would be."""
    bits &= ~looks.never
    while bits and looks.edges >> (bits.bit_length() - 1) & 1:
        bits &= ~(1 << bits.bit_length() - 1)
    while bits & -bits & looks.edges:
        bits &= bits - 1
    return bits


def _places(bits: int) -> Iterator[int]:
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1


def _cut(looks: Looks, bits: int) -> Cut | None:
    if not _MIN_ITEMS <= bits.bit_count() <= _MAX_ITEMS:
        return None
    heads = tuple(_places(bits))
    ends = []
    for head, following in pairwise(heads):
        end = following
        while end - 1 > head and end - 1 - head >= looks.closing.get(end - 1, len(looks.units)):
            end -= 1
        ends.append(end)
    most = max(1, *(end - head - 1 for head, end in zip(heads, ends, strict=False)))
    last = heads[-1]
    ends.append(
        next(
            (at for at in range(last + 1, len(looks.units)) if at > last + most or at in looks.stops), len(looks.units)
        )
    )
    lengths = [looks.chars[end] - looks.chars[head] for head, end in zip(heads, ends, strict=True)]
    if sum(lengths) < _LEAST * looks.chars[-1]:
        return None
    if median(lengths) > _MAX_MEDIAN or max(lengths) > _MAX_ITEM or min(lengths) <= 0:
        return None
    return Cut(heads, tuple(ends), _row(looks, heads, ends, lengths))


def _row(looks: Looks, heads: Sequence[int], ends: Sequence[int], lengths: Sequence[int]) -> list[float]:
    """Return what the form of a cut is in numbers, in the order of ``FORM_NAMES``."""
    number = len(heads)
    first = covered = second = 0
    for head, end in zip(heads, ends, strict=True):
        first |= 1 << head
        covered |= (1 << end) - (1 << head)
        second |= 1 << head + 1 if end > head + 1 else 0
    span = (1 << ends[-1]) - (1 << heads[0])
    outside = (1 << len(looks.units)) - 2 & ~span
    shares, likeness = _compared(looks, first, covered & ~first, outside)
    numbers = [looks.units[at].number for at in heads]
    counted = None not in numbers
    up = counted and numbers == list(range(numbers[0] or 0, (numbers[0] or 0) + number))
    return [
        *shares,
        *((looks.traits[name] & second).bit_count() / number for name in _SECOND),
        *_counts(number),
        *_cover(looks, heads[0], ends[-1], sum(lengths), covered),
        *_evenness(lengths),
        *likeness,
        *_units([end - head for head, end in zip(heads, ends, strict=True)]),
        float(up),
        float(counted and not up),
    ]


def _compared(looks: Looks, first: int, within: int, outside: int) -> tuple[list[float], list[float]]:
    """Compare the first units of items with those below them, and with those above and below the items.

    Return the share of each trait among the first and among those below, and how mixed it is; and then how
    like each other the first units are, how unlike others, and how many others are like them.
    """
    number, below, beyond = first.bit_count(), within.bit_count() or 1, outside.bit_count() or 1
    shares, width = [0.0] * (3 * len(TRAITS)), len(TRAITS)
    purest, pure_outside, agreed = 0.0 if within else 1.0, 0.0, float(width)
    same, near = first | within | outside, 0  # units that differ from the usual first unit in no trait, in one
    for at, row in looks.present:
        share, inside = (row & first).bit_count() / number, (row & within).bit_count() / below
        mixed = min(share, 1 - share)
        shares[at], shares[width + at], shares[2 * width + at] = share, inside, mixed
        purest = max(purest, share - inside)
        pure_outside = max(pure_outside, share - max(inside, (row & outside).bit_count() / beyond))
        agreed -= mixed
        usual = row if share > 0.5 else ~row
        near = (near & usual) | (same & ~usual)
        same &= usual
    others = (within & (same | near)).bit_count()
    return shares, [
        purest,
        pure_outside,
        agreed / width,
        (first & same).bit_count() / number,
        others / below,
        min(2.0, others / number),
        min(2.0, (outside & (same | near)).bit_count() / number),
    ]


def _counts(number: int) -> Iterator[float]:
    yield from (float(number == few) for few in (3, 4))
    yield from (log(number), float(number > 12), float(number > 25))


def _cover(looks: Looks, start: int, stop: int, told: int, covered: int) -> Iterator[float]:
    whole = looks.chars[-1] or 1
    before, after = looks.chars[start], whole - looks.chars[stop]
    yield from (told / whole, log(1 + before) / 5, *(float(before > limit) for limit in (160, 350, 1000)))
    parted = (stop - start - covered.bit_count()) / covered.bit_count()
    yield from (before / whole, after / whole, min(1.5, parted))


def _evenness(lengths: Sequence[int]) -> Iterator[float]:
    """Yield how long the items are and how unlike, and whether long ones and short ones take turns."""
    logs = [log(length) for length in lengths]
    mean, middle = sum(logs) / len(logs), log(median(lengths))
    off = [one - mean for one in logs]
    spread = sqrt(sum(one * one for one in off) / len(off))
    yield from (min(1.5, spread), middle - 5, float(middle > log(700)), float(middle < log(60)))
    yield from (max(logs) - middle, min(logs) - middle)
    turns = sum(a * b for a, b in pairwise(off)) / (len(off) - 1)
    yield turns / (spread * spread) if len(off) > 3 and spread > 0.1 else 0.0
    odd, even = logs[1::2], logs[::2]
    yield min(2.0, abs(sum(odd) / len(odd) - sum(even) / len(even))) if len(off) > 3 else 0.0


def _units(sizes: Sequence[int]) -> Iterator[float]:
    number = len(sizes)
    mean = sum(sizes) / number
    yield from (sizes.count(1) / number, sizes.count(2) / number)
    yield min(2.0, sqrt(sum((size - mean) ** 2 for size in sizes) / number))
    yield from (log(mean), log(max(sizes)), max(map(sizes.count, set(sizes))) / number)


def laid_out(looks: Looks, cut: Cut) -> Items | None:
    """Return the items of a cut, and what stands before, between and below them; None when fewer than two are left."""
    units, sign = looks.units, _sign(looks, cut)
    groups: list[list[Unit]] = []
    between: list[Unit] = []
    for head, end, following in zip(cut.heads, cut.ends, [*cut.heads[1:], cut.ends[-1]], strict=True):
        own, others = without_pastimes(units[head:end])
        groups.append(own)
        between += [*others, *units[end:following]]
    before, after = list(units[: cut.heads[0]]), list(units[cut.ends[-1] :])
    items = with_references([found_in(sign, group) for group in groups], after)
    first, last = without_ends(items)
    if last - first < 2:
        return None
    before += [unit for group in groups[:first] for unit in group]
    after = [*(unit for group in groups[last:] for unit in group), *after]
    return Items(sign, tuple(items[first:last]), tuple(before), tuple(between), tuple(after))


def _sign(looks: Looks, cut: Cut) -> str:
    """Return the sign that stands above each item on a line of its own, if one does."""
    first = frozenset.intersection(*(looks.units[at].signs for at in cut.heads))
    return min(first & ALONE, default="cut")
