"""What an import did, for people: a table on a terminal, plain lines elsewhere; and as data for machines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from backfile.ingest.changes.plan import IMPORTER, Action, Intent
from backfile.ingest.records import Enclosure, Receipt
from backfile.ingest.report import overview
from backfile.visible import visible

_DONE = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.SAME: "unchanged",
    Action.SUPERSEDE: "pointed to its full text:",
    Action.REFUSE: "refused",
}
_PLANNED = {
    Action.CREATE: "would create",
    Action.UPDATE: "would update",
    Action.SAME: "unchanged",
    Action.SUPERSEDE: "would point to its full text:",
    Action.REFUSE: "would refuse",
}
# Of more files than this, a terminal is given an overview.
_MANY = 20
_MOST_LEFT = 10  # lines on a terminal; the kept receipt has all


@dataclass(frozen=True, slots=True)
class Entry:
    """One raw file: what reading made of it, and what became of each item."""

    receipt: Receipt
    intents: tuple[Intent, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the file, or an item in it, was refused, and may be mended."""
        refused = (intent.action is Action.REFUSE and not intent.settled for intent in self.intents)
        return self.receipt.refused is not None or any(refused)

    @property
    def refuses(self) -> bool:
        """Whether anything in the file was refused, be it for good."""
        return self.failed or any(intent.action is Action.REFUSE for intent in self.intents)


@dataclass(frozen=True, slots=True)
class Report:
    """All that one import did; ``skipped`` are files that are nobody's text, with the reason."""

    entries: tuple[Entry, ...] = ()
    skipped: tuple[str, ...] = ()
    dry_run: bool = False

    @property
    def failed(self) -> tuple[Entry, ...]:
        """The entries in which something was refused."""
        return tuple(entry for entry in self.entries if entry.failed)

    @property
    def changed(self) -> int:
        """How many articles were created or updated."""
        return sum(intent.action.writes for entry in self.entries for intent in entry.intents)

    def as_data(self) -> dict[str, Any]:
        """Return the report as JSON can hold it, without the articles' texts."""
        entries = []
        for entry in self.entries:
            items = [
                {key: value for key, value in asdict(intent).items() if key not in ("text", "kept", "pictures")}
                for intent in entry.intents
            ]
            entries.append({**_receipt_data(entry.receipt), "items": items})
        return {"dry_run": self.dry_run, "files": entries, "skipped": list(self.skipped)}

    def lines(self) -> Iterator[str]:
        """Yield the whole report as plain lines, one a fact, with nothing in them that acts on a terminal."""
        return map(visible, self._lines())

    def _lines(self) -> Iterator[str]:
        words = _PLANNED if self.dry_run else _DONE
        for entry in self.entries:
            receipt = entry.receipt
            if receipt.refused is not None:
                yield f"refused {receipt.refused}"
                continue
            yield f"{receipt.file}: {_summary(entry, words)}"
            for intent in entry.intents:
                yield f"  {words[intent.action]} {intent.kind} “{intent.title}” {_where(intent)}".rstrip()
            for detail in _details(receipt):
                yield f"  {detail}"
        for reason in self.skipped:
            yield f"skipped {reason}"
        if self.entries:
            yield self.total()

    def total(self) -> str:
        """Return the last line: how many files and items, and what became of them."""
        counts = Counter(intent.action for entry in self.entries for intent in entry.intents)
        words = _PLANNED if self.dry_run else _DONE
        parts = [f"{counts[action]} {words[action]}" for action in Action if counts[action]]
        refused = sum(entry.receipt.refused is not None for entry in self.entries)
        parts += [f"{_files(refused)} refused"] if refused else []
        return f"{_files(len(self.entries))}: {', '.join(parts) or 'nothing to do'}"

    def show(self, console: Console) -> None:
        """Print the report: on a terminal as tables, of many files as an overview; elsewhere as plain lines."""
        if not console.is_terminal:
            for line in self.lines():
                console.print(line, markup=False, highlight=False, soft_wrap=True)
            return
        words = _PLANNED if self.dry_run else _DONE
        if len(self.entries) > _MANY:
            self._show_overview(console, words)
        else:
            for entry in self.entries:
                _show_entry(entry, console, words)
            for reason in self.skipped:
                console.print(f"[dim]skipped {_safe(reason)}[/]")
        if self.entries:
            console.print(f"[bold]{escape(self.total())}[/]")

    def _show_overview(self, console: Console, words: dict[Action, str]) -> None:
        intents = [intent for entry in self.entries for intent in entry.intents]
        console.print(overview.table(intents, words))
        for line in overview.attention(intents, [entry.receipt for entry in self.entries]):
            console.print(_safe(line), highlight=False)
        if self.skipped:
            console.print(f"[dim]skipped: {_files(len(self.skipped))} that are no texts[/]")
        console.print("[dim]What became of each file: in content/imports/, and all at once with --json.[/]")


def kept_receipt(
    entry: Entry, retrieved: str | None, read: Mapping[str, str], wrote: Mapping[str, Mapping[str, Any]]
) -> bytes:
    """Return the receipt that stays in the archive, as JSON.

    ``read`` is how the document was read, ``wrote`` what articles were as written, by path
    (:mod:`backfile.ingest.changes.wrote`).
    It says what the reading found and where each item stands, not what this run had to
    do for it: so an import that was cut short and done again leaves the same.
    """
    data = {
        **_receipt_data(entry.receipt),
        "retrieved": retrieved,
        "importer": IMPORTER,
        "read": dict(read),
        "items": [
            {"kind": str(intent.kind), "title": intent.title, "path": intent.path, **wrote.get(intent.path, {})}
            for intent in entry.intents
            if intent.path and intent.action is not Action.SUPERSEDE
        ],
    }
    del data["refused"]
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def _receipt_data(receipt: Receipt) -> dict[str, Any]:
    data = {**asdict(receipt), "dropped": dict(receipt.dropped)}
    if receipt.fetched is None:
        del data["fetched"]
    return data


def _safe(text: str) -> str:
    """Return a text of others as it may stand between rich's own marks."""
    return escape(visible(text))


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"


def _show_entry(entry: Entry, console: Console, words: dict[Action, str]) -> None:
    receipt = entry.receipt
    if receipt.refused is not None:
        console.print(f"[bold red]refused[/] {_safe(receipt.refused)}")
        return
    table = Table(title=_safe(f"{receipt.file}: {_summary(entry, words)}"), title_justify="left", box=None)
    for heading in ("", "kind", "title", "where"):
        table.add_column(heading, style="red" if heading == "" and entry.failed else None)
    for intent in entry.intents:
        table.add_row(words[intent.action], intent.kind, _safe(intent.title), _safe(_where(intent)))
    console.print(table)
    for detail in _details(receipt):
        console.print(f"  [dim]{_safe(detail)}[/]")


def _summary(entry: Entry, words: dict[Action, str]) -> str:
    counts = Counter(intent.action for intent in entry.intents)
    done = ", ".join(f"{counts[action]} {words[action]}" for action in Action if counts[action])
    receipt = entry.receipt
    if receipt.encoding is None:  # the bytes are known: they were not read again
        return done
    return f"{done}; {receipt.kept} of {receipt.characters} characters kept, {receipt.encoding}"


def _where(intent: Intent) -> str:
    return f"{intent.path} ({intent.reason})" if intent.path and intent.reason else intent.path or intent.reason


def _details(receipt: Receipt) -> Sequence[str]:
    details = [f"was led to {receipt.fetched.url}"] if receipt.fetched and receipt.fetched.via else []
    details += [f"dropped: {count} characters, {what}" for what, count in receipt.dropped]
    details += _enclosed(receipt.enclosures)
    details += [f"guessed: {', '.join(receipt.guessed)}"] if receipt.guessed else []
    return [*details, *receipt.notes]


def _enclosed(enclosures: Sequence[Enclosure]) -> list[str]:
    """Return what came with a text, and what became of it: kept pictures as a number, the others one by one."""
    kept = sum(one.kept is not None for one in enclosures)
    left = [one for one in enclosures if one.kept is None]
    lines = [f"pictures kept: {kept}"] if kept else []
    lines += [f"left out: {one.name} ({one.media_type}, {_size(one.size)}): {one.reason}" for one in left[:_MOST_LEFT]]
    return [*lines, f"left out: {len(left) - _MOST_LEFT} more"] if len(left) > _MOST_LEFT else lines


def _size(size: int) -> str:
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
