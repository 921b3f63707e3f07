"""What an import of very many files did, on one screen: counts, and then only what needs somebody's attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.table import Table

from backfile.ingest.changes.plan import Action, Intent
from backfile.ingest.records import Receipt

# More lines of one sort than this are counted.
_MOST = 40


def table(intents: Sequence[Intent], words: Mapping[Action, str]) -> Table:
    """Return how many items of each kind met each fate."""
    counts = Counter((intent.kind, intent.action) for intent in intents)
    actions = [action for action in Action if any(counts[kind, action] for kind, _ in list(counts))]
    shown = Table("", *(words[action].rstrip(":") for action in actions), box=None)
    for column in shown.columns[1:]:
        column.justify = "right"
    for kind in sorted({kind for kind, _ in counts}):
        numbers = (counts[kind, action] for action in actions)
        shown.add_row(kind, *(f"{number:,}" if number else "" for number in numbers))
    return shown


def attention(intents: Sequence[Intent], receipts: Sequence[Receipt]) -> Iterator[str]:
    """Yield a line for each thing refused and each note, as far as they fit, and one that counts what was guessed."""
    refused = [receipt.refused for receipt in receipts if receipt.refused is not None]
    refused += [
        f"{intent.kind} “{intent.title}”: {intent.reason}" for intent in intents if intent.action is Action.REFUSE
    ]
    yield from _first(f"refused {line}" for line in refused)
    yield from _first(f"{receipt.file}: {note}" for receipt in receipts for note in receipt.notes)
    guessed = Counter(name for receipt in receipts for name in receipt.guessed)
    if guessed:
        named = ", ".join(f"{name} of {count:,}" for name, count in sorted(guessed.items()))
        yield f"guessed: {named}. Go through them with: invoke review"


def _first(lines: Iterator[str]) -> Iterator[str]:
    """Yield as many lines as fit, and how many more there are."""
    found = list(lines)
    yield from found[:_MOST]
    if len(found) > _MOST:
        yield f"… and {len(found) - _MOST:,} more of these"
