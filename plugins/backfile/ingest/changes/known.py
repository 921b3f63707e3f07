"""Knows a text again that was taken back, by hashes alone.

The method: a text's runs are each five words that follow each other, whatever their case
(of a shorter text, all of its words). Of a text that is taken back the 32 least hashes of its runs
are kept (Broder's sketches, 1997). Since an import has all of the other text at hand, the share
of these that it has too estimates how much of the taken-back text is in it, to about a tenth.

1. Half of them are there, and the other text is at most three times as long: the same text,
   with another frame or corrected. When it states a day more than a week away, nine in ten are
   asked for: a forecast or a list of rates is told in much the same words every day.
2. Half of them are there in a longer text. When that is a digest, or comes from the very bytes
   that the text was read from, it holds the text, and is refused too; else it may quote it, as an
   article does a brief, and the import goes on and says so.
3. The same address and kind: the same text, whatever it says by now. Digests often give the
   address of all their issues, and some pages say something else every day: of digests, and
   of another week, only when a tenth of the runs are there.

Rejected: a hash of the whole text (one line of frame more, and it is another); triples of
words as elsewhere in ingest (common ones could be guessed from their hashes; who knows
five words on end knows the text). Known failures: a text told in other words, a translation, a
picture of the text.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from backfile.ingest.changes.likeness import same_address
from backfile.ingest.records import Item
from backfile.ingest.vocabulary.words import words
from backfile.model import Kind
from backfile.withdrawals import Withdrawal

_RUN = 5
_KEPT = 32
_SAME = 0.5
_SAME_ELSEWHEN = 0.9
_DAYS = 7
_SOME = 0.1
_LONGER = 3
_DIGITS = 12  # of a run's hash, in hexadecimal


def runs(text: str) -> frozenset[str]:
    """Return the hashes of a text's runs of five words; empty for a text without words."""
    found = words(text.casefold())
    each = zip(*(found[start:] for start in range(_RUN)), strict=False) if len(found) > _RUN else [tuple(found)]
    return frozenset(_hash(" ".join(run)) for run in each if run)


def marks(text: str) -> tuple[str, ...]:
    """Return the hashes that are kept of a text which is taken back."""
    return tuple(sorted(runs(text))[:_KEPT])


def length(text: str) -> int:
    """Return how many words a text has."""
    return len(words(text))


def url_mark(url: str) -> str:
    """Return the hash that is kept of an address."""
    return _hash(same_address(url))


class Known:
    """The texts that were taken back, as an import looks them up."""

    def __init__(self, withdrawals: Iterable[Withdrawal] = ()) -> None:
        self.withdrawals = tuple(withdrawals)
        self._by_run: defaultdict[str, list[Withdrawal]] = defaultdict(list)
        self._by_url: defaultdict[str, list[Withdrawal]] = defaultdict(list)
        for one in self.withdrawals:
            for run in one.text:
                self._by_run[run].append(one)
            for url in one.urls:
                self._by_url[url].append(one)

    def ids(self) -> set[str]:
        """Return the ids that no other article may have."""
        return {id_ for one in self.withdrawals for id_ in (one.id, *one.formerly)}

    def of_file(self, sha256: str) -> tuple[Withdrawal, ...]:
        """Return the texts that were read from the file with these very bytes."""
        return tuple(one for one in self.withdrawals if sha256 in one.sha256)

    def same(self, item: Item, sha256: str) -> Withdrawal | None:
        """Return the text that an item of a raw file is, or that it must not bring back; None for any other."""
        counts = self._counts(item)
        for one in self._at(item.url):
            is_its_own = one.kind is not Kind.DIGEST and _is_near(item, one)
            if one.kind is item.kind and (is_its_own or counts[one.id] >= _SOME * len(one.text)):
                return one
        for one in self._held(counts):
            holds = item.kind is Kind.DIGEST or sha256 in one.sha256
            asked = _SAME if _is_near(item, one) else _SAME_ELSEWHEN
            is_short = length(item.markdown) <= _LONGER * max(one.words, _RUN)
            if (holds or is_short) and counts[one.id] >= asked * len(one.text):
                return one
        return None

    def quoted(self, item: Item) -> Withdrawal | None:
        """Return the text whose words stand in an item; None when there is none."""
        return next(iter(self._held(self._counts(item))), None)

    def tells(self, text: str, one: Withdrawal) -> bool:
        """Tell whether a text has half of the runs of one that was taken back."""
        return bool(one.text) and len(runs(text).intersection(one.text)) >= _SAME * len(one.text)

    def left_in(self, text: str) -> bool:
        """Tell whether any run that is kept stands in a text."""
        return not runs(text).isdisjoint(self._by_run)

    def _counts(self, item: Item) -> Counter[str]:
        if not self.withdrawals:
            return Counter()
        return Counter(one.id for run in runs(item.markdown) for one in self._by_run.get(run, ()))

    def _held(self, counts: Counter[str]) -> list[Withdrawal]:
        return [one for one in self.withdrawals if one.text and counts[one.id] >= _SAME * len(one.text)]

    def _at(self, url: str | None) -> list[Withdrawal]:
        return self._by_url.get(url_mark(url), []) if url else []


def _is_near(item: Item, one: Withdrawal) -> bool:
    """Tell whether an item may be of the same days as a text that was taken back, whose id begins with its day."""
    day = date.fromisoformat(one.id[:10].replace("/", "-"))
    return item.date is None or abs((item.date - day).days) <= _DAYS


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
