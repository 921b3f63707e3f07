"""Plan how texts are taken back for good, without doing it.

What goes: the article's file; the raw file that it was read from, earlier versions and other
files whose import ended at it; pictures that no other article shows; its line in receipts. A brief
is cut out of its digest's text, and a digest goes with its briefs, which are its text.

A raw file goes also when other articles came from it, since the words stand in it; those
keep its SHA-256, which is then all that is left of it. What stays of the text is a record
of hashes (:mod:`backfile.withdrawals`), by which an import knows it again.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import partial

from backfile.amend import amend
from backfile.errors import IngestError
from backfile.ingest.changes.apply import Change, Plan
from backfile.ingest.changes.catalogue import Held
from backfile.ingest.changes.known import Known, length, marks, url_mark
from backfile.ingest.changes.likeness import resemblance, triples
from backfile.ingest.changes.shelf import ARTICLES, receipt_path, written_receipt
from backfile.ingest.takeback.cut import without_brief
from backfile.ingest.takeback.holdings import Holdings, Receipt, item_paths, origins, picture_paths
from backfile.ingest.vocabulary.words import words
from backfile.model import Kind
from backfile.pictures import pictures_of
from backfile.withdrawals import FILE, Withdrawal, written

_ADDRESS = re.compile(r"\d{4}/\d{2}/\d{2}/[^/?#\s]+")
# Pelican's link to another file of content/, from its root or from the file that it stands in.
_LINK = re.compile(r"[{|]filename[}|]([^\s)>#?\"']+)")
_NEAR = 0.8
_DAYS = 7  # between two prints of one text
STORIES = "stories.yaml"


def find(word: str, holdings: Holdings) -> Held:
    """Return the article that ``word`` names: by its id, its address with or without host, or its file.

    Raises ``IngestError`` when there is none.
    """
    if word.endswith(".md"):
        below = word.replace("\\", "/").rpartition(f"{ARTICLES}/")[2]
        found = holdings.by_path.get(f"{ARTICLES}/{below}")
    else:
        match = _ADDRESS.search(word)
        identity = match.group() if match else ""
        named = (held for held in holdings.articles if identity in (held.id, *held.front.formerly))
        found = next(named, None)
        for one in holdings.catalogue.known.withdrawals if found is None else ():
            if identity in (one.id, *one.formerly):
                raise IngestError(f"{word}: was withdrawn on {one.day}; there is nothing left to take back.")
    if found is None:
        month = word[:7]  # all ids would be too many to compare
        close = get_close_matches(word, [held.id for held in holdings.articles if held.id.startswith(month)], n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise IngestError(f"{word}: is no article. Name its id (YYYY/MM/DD/slug), its address or its file.{meant}")
    return found


def with_briefs(targets: Sequence[Held], holdings: Holdings) -> tuple[Held, ...]:
    """Return the articles, and the briefs of those that are nothing but digests, each once."""
    digests = {held.id for held in targets if held.front.kind is Kind.DIGEST}
    briefs = (held for held in holdings.articles if held.front.digest in digests)
    return tuple({held.path: held for held in (*targets, *briefs)}.values())


def plan_withdrawal(
    targets: Sequence[Held], holdings: Holdings, *, day: date, reason: str | None, heirs: Mapping[str, str]
) -> Plan:
    """Return what taking ``targets`` back changes; a digest's briefs are among the targets.

    ``heirs`` gives the article that goes on with a story, by the id of the target that founded it.
    """
    work = _Work(holdings, {held.path: held for held in targets}, day)
    cuts = work.cuts(reason, heirs)
    records = work.records(reason, heirs)
    known = {one.id: one for one in holdings.catalogue.known.withdrawals} | {one.id: one for one in records}
    dropped = sorted({sha for one in records for sha in one.sha256} | set(work.versions(records)))
    pictures = work.pictures(dropped, cuts)
    return Plan(
        changes=(
            Change(FILE, written(known.values()).encode("utf-8"), "records that it was withdrawn, in hashes"),
            *cuts,
            *work.links(cuts),
            *(Change(path, None, "a picture of its own") for path in pictures),
            *work.receipts(set(dropped), pictures),
            *(
                Change(holdings.files[sha], None, "a raw file or an earlier version with its words")
                for sha in dropped
                if sha in holdings.files
            ),
            # Last, and briefs before their digests: a run after one that was cut short finds them still there.
            *(
                Change(held.path, None, f"{held.front.kind} “{held.front.title}”")
                for held in sorted(work.gone.values(), key=lambda held: held.front.kind is Kind.DIGEST)
            ),
        ),
        notes=(*work.warnings, *work.notes(set(dropped), records)),
    )


@dataclass(slots=True)
class _Work:
    """The articles that go, by path, and what was noticed on the way."""

    holdings: Holdings
    gone: dict[str, Held]
    day: date
    warnings: tuple[str, ...] = ()

    @property
    def living(self) -> list[Held]:
        return [held for held in self.holdings.articles if held.path not in self.gone]

    def records(self, reason: str | None, heirs: Mapping[str, str]) -> list[Withdrawal]:
        return [self._record(held, reason, heirs.get(held.id)) for held in self.gone.values()]

    def _record(self, held: Held, reason: str | None, heir: str | None) -> Withdrawal:
        before = next((one for one in self.holdings.catalogue.known.withdrawals if one.id == held.id), None)
        front = held.front
        return Withdrawal(
            id=held.id,
            day=before.day if before else self.day,
            reason=reason or (before.reason if before else None),
            kind=front.kind,
            formerly=front.formerly,
            heir=heir or (before.heir if before else None),
            words=length(held.body),
            # What an earlier run has taken out already is known from its record alone.
            sha256=tuple(
                dict.fromkeys((*(before.sha256 if before else ()), *origins(held), *self.holdings.naming(held.path)))
            ),
            urls=(url_mark(front.canonical),) if front.canonical else (),
            text=marks(held.body),
        )

    def cuts(self, reason: str | None, heirs: Mapping[str, str]) -> list[Change]:
        """Return how the digests are written that briefs are cut out of; one of which nothing is left goes, too."""
        changes, warnings = [], []
        for digest in self._digests():
            briefs = [held for held in self.gone.values() if held.front.digest == digest.id]
            others = [held.front.title for held in self.living if held.front.digest == digest.id]
            body = digest.body
            for brief in briefs:
                body = without_brief(body, brief.front.title, brief.body, others)
            if not words(body):
                self.gone[digest.path] = digest
                continue
            records = [self._record(held, reason, heirs.get(held.id)) for held in briefs]
            known = Known(records)
            tells = digest.front.summary is not None and known.left_in(digest.front.summary)
            if tells or body != digest.body:
                text = self.holdings.read(digest.path).decode("utf-8")
                text = amend(
                    text, {"summary": None} if tells else {}, digest.path, body if body != digest.body else None
                )
                changes.append(Change(digest.path, text.encode("utf-8"), "the digest, without it"))
            if known.left_in(f"{digest.front.title}\n{body}"):
                warnings.append(f"{digest.path} still has words of it: look at it, and edit it by hand")
        self.warnings = tuple(warnings)
        return changes

    def links(self, cuts: Collection[Change]) -> Iterator[Change]:
        """Yield the articles whose links to files that go are to lead to the page that stands in their place."""
        written = {change.path: change.data for change in cuts}
        for held in self.living:
            if "filename" not in held.body:
                continue
            text = (written.get(held.path) or self.holdings.read(held.path)).decode("utf-8")
            mended = _LINK.sub(partial(self._mended, held), text)
            if mended != text:
                yield Change(held.path, mended.encode("utf-8"), "a link to it leads to the page in its place")

    def _mended(self, held: Held, link: re.Match[str]) -> str:
        folder = "" if link[1].startswith("/") else posixpath.dirname(held.path)
        target = self.gone.get(posixpath.normpath(posixpath.join(folder, link[1].lstrip("/"))))
        return f"../../../../{target.id}/" if target else link[0]  # up from YYYY/MM/DD/slug/

    def _digests(self) -> list[Held]:
        ids = {held.front.digest for held in self.gone.values() if held.front.digest}
        return [held for held in self.living if held.id in ids]

    def versions(self, records: Collection[Withdrawal]) -> Iterator[str]:
        """Yield the earlier versions of digests that have words of what goes."""
        known = Known(records)
        for digest in self._digests():
            for sha in origins(digest)[:-1]:
                file = self.holdings.files.get(sha)
                if file and known.left_in(self.holdings.read(file).decode("utf-8", "replace")):
                    yield sha

    def receipts(self, dropped: set[str], pictures: Collection[str]) -> Iterator[Change]:
        """Yield the receipts that go or lose their line on what goes."""
        needed = {sha for held in self.living for sha in origins(held)}
        for sha, receipt in self.holdings.receipts.items():
            names = self.gone.keys() & set(item_paths(receipt))
            if not names and sha not in dropped:
                continue
            if sha in needed:
                yield Change(
                    receipt_path(sha), written_receipt(self._stripped(receipt, pictures)), "a receipt, without it"
                )
            elif not set(item_paths(receipt)) - names or sha in dropped:
                yield Change(receipt_path(sha), None, "a receipt")

    def _stripped(self, receipt: Receipt, pictures: Collection[str]) -> Receipt:
        items = [item for item in receipt.get("items", ()) if item.get("path") not in self.gone]
        told = [triples(f"{held.front.title}\n{held.body}") for held in self.gone.values()]
        notes = [note for note in receipt.get("notes", ()) if not any(triples(note) & text for text in told)]
        said = f"a text of it was withdrawn on {self.day}"
        left = {**receipt, "items": items, "notes": notes if said in notes else [*notes, said]}
        if "enclosures" in receipt:
            left["enclosures"] = [each for each in receipt["enclosures"] if each.get("kept") not in pictures]
        return left

    def pictures(self, dropped: Collection[str], cuts: Collection[Change]) -> list[str]:
        """Return the kept pictures of what goes, and of its raw files, that no article shows any more."""
        cut = {change.path: (change.data or b"").decode("utf-8") for change in cuts}
        shown = {path for held in self.living for path in pictures_of(cut.get(held.path, held.body))}
        own = {path for held in self.gone.values() for path in pictures_of(held.body)}
        own |= {path for sha in dropped for path in picture_paths(self.holdings.receipts.get(sha, {}))}
        return sorted((own - shown) & self.holdings.pictures)

    def notes(self, dropped: set[str], records: Collection[Withdrawal]) -> Iterator[str]:
        """Yield what the editor should know before, in sentences."""
        ids = {held.id for held in self.gone.values()}
        for held in self.living:
            for sha in dropped & set(origins(held)) & self.holdings.files.keys():
                yield f"{held.path} came from the raw file {sha[:12]}…, too, and stays without it"
            if held.front.full in ids:
                yield f"{held.path} was told in full by it, and comes back into lists"
            if any(id_ in held.body for id_ in ids):
                yield f"{held.path} has a link to it, which will lead to the page in its place"
        for path in sorted({near for held in self.gone.values() for near in self._near(held)}):
            yield f"{path} has next to the same text, and stays unless it is named, too"
        if any(one.id in self._stories() for one in records):
            yield f"{STORIES} names it: take it out of the entry"

    def _near(self, held: Held) -> Iterator[str]:
        own = triples(held.body)
        days = (held.front.date + timedelta(days=each) for each in range(-_DAYS, _DAYS + 1))
        for path in (card.path for day in days for card in self.holdings.catalogue.alike(own, day)):
            if path not in self.gone and resemblance(own, triples(self.holdings.by_path[path].body)) >= _NEAR:
                yield path

    def _stories(self) -> str:
        try:
            return self.holdings.read(STORIES).decode("utf-8", "replace")
        except FileNotFoundError:
            return ""
