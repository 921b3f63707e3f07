"""The conversation: a table of what was guessed, then a question each; an answer is written at once.

Everything that a person sees or says goes through ``ask`` and a console, so that tests hold
the whole conversation. Ctrl-C and the end of input are as good as ``q``: what was answered
is written, the rest stays a guess.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from backfile.errors import ContentError
from backfile.ingest.changes.catalogue import Held
from backfile.ingest.changes.shelf import Shelf, chosen, read_articles, read_receipt
from backfile.ingest.review.answers import confirmed, corrected
from backfile.ingest.review.guesses import Guess, Question, guesses_in, questions
from backfile.visible import visible

Ask = Callable[[str], str]

_OPENING = 400  # characters of a text that are held, to show what it is about
_LONG_TABLE = 40  # rows; of more, only the counts are shown before the questions
_HELP = """Enter keeps the value, and it is no guess any more.
a  keeps it here and in all questions like it (same field, same outlet)
s  leaves it a guess, to be asked again another time
q  ends; what was answered is written
-  leaves the field empty, where nobody can know
Anything else is the right value: a day as 2025-03-14, an outlet as The Quay Post or
The Quay Post https://quay.example, several authors with ; between. Put = before a value
that is itself one of these signs."""
HOW = (
    "To answer, run `invoke review` in a terminal; or open a file, correct the value, and take the field's name "
    "out of `guessed`."
)


@dataclass(slots=True)
class Tally:
    """What became of the guesses."""

    confirmed: int = 0
    corrected: int = 0
    moved: int = 0

    def line(self, left: int) -> str:
        """Return the last line of a review."""
        moved = f", {self.moved} moved to another address" if self.moved else ""
        return f"{self.confirmed} confirmed, {self.corrected} corrected{moved}; {left} still guessed"


def review(
    content: Path,
    words: Sequence[str] = (),
    *,
    field: str = "",
    console: Console,
    ask: Ask | None = None,
    as_json: bool = False,
    readdress: bool = False,
) -> None:
    """Show what was guessed, and ask where ``ask`` is given; without it, or with ``as_json``, only show.

    ``words`` name articles, or folders of them; ``field`` names the only field to be walked.
    With ``readdress`` a corrected title gives an article another address. Raises ``IngestError``
    when a word names nothing or a file can't be written.
    """
    articles, unreadable = read_articles(content, _OPENING)
    shelf = Shelf.of(content, articles, unreadable)
    found = [
        guess
        for held in chosen(articles, words, content)
        if held.front.guessed
        for guess in guesses_in(held, _notes(content, held))
        if field in ("", guess.field)
    ]
    asked = questions(found)
    if as_json:
        rows = [guess.as_data() for question in asked for guess in question.guesses]
        console.print(json.dumps(rows, ensure_ascii=False, indent=1), markup=False, highlight=False, soft_wrap=True)
        return
    _show(asked, console, in_full=ask is None or len(found) <= _LONG_TABLE)
    if unreadable:
        left_out = ", ".join(map(visible, unreadable))
        console.print(f"Left out, since it can't be read: {left_out}", markup=False, highlight=False)
    if ask is None or not asked:
        return
    tally = _Walk(shelf, console, ask, readdress=readdress).through(asked)
    console.print(tally.line(len(found) - tally.confirmed - tally.corrected), highlight=False)


class _Walk:
    """One walk through the questions."""

    def __init__(self, shelf: Shelf, console: Console, ask: Ask, *, readdress: bool) -> None:
        self.shelf = shelf
        self.console = console
        self.ask = ask
        self.readdress = readdress
        self.tally = Tally()
        self.kept: set[tuple[str, ...]] = set()  # series that are kept unseen

    def through(self, asked: Sequence[Question]) -> Tally:
        """Ask until all is answered or the editor ends; return what became of the guesses."""
        left = Counter(question.series for question in asked)
        try:
            for number, question in enumerate(asked, 1):
                if question.series in self.kept:
                    self._settle(question, None)
                else:
                    self._present(question, f"{number} of {len(asked)}")
                    if not self._ask(question, left[question.series]):
                        break
                left[question.series] -= 1
        except (EOFError, KeyboardInterrupt):
            self.console.print()
        return self.tally

    def _ask(self, question: Question, alike: int) -> bool:
        """Ask until there is an answer that can be used; return whether to go on."""
        more = f", a keeps all {alike} like it" if alike > 1 else ""
        prompt = f"Enter keeps{more}, s skips, q ends, ? explains; or the right {question.first.field}: "
        while True:
            answer = self.ask(prompt).strip()
            if answer == "?":
                self.console.print(_HELP, markup=False, highlight=False)
                continue
            if answer == "q":
                return False
            if answer == "s":
                return True
            if answer == "a":
                self.kept.add(question.series)
            try:
                self._settle(question, None if answer in ("", "a") else answer)
            except ContentError as error:
                for finding in error.findings:
                    said = visible(f"{finding.field}: {finding.message} {finding.hint}")
                    self.console.print(said, style="red", markup=False)
                continue
            return True

    def _settle(self, question: Question, answer: str | None) -> None:
        """Write an answer to each article that it is about."""
        for guess in question.guesses:
            held = self.shelf.at(guess.path)
            changes = (
                confirmed(held.front, guess.field)
                if answer is None
                else corrected(held.front, guess.field, answer)
            )  # fmt: skip
            now = self.shelf.amend(held, changes, readdress=self.readdress)
            if answer is None:
                self.tally.confirmed += 1
            else:
                self.tally.corrected += 1
            if now.id != held.id:
                self.tally.moved += 1
                self.console.print(f"  /{held.id}/ leads to /{now.id}/ now", style="dim", markup=False, highlight=False)

    def _present(self, question: Question, place: str) -> None:
        guess, held = question.first, self.shelf.at(question.first.path)
        others = len(question.guesses) - 1
        briefs = f" and {others} more from the same file" if others else ""
        self.console.print(f"\n[bold]{place}: {guess.field}[/] {_shown(held.path)}{briefs}", highlight=False)
        opening = " ".join(held.body.split())
        if guess.field != "title":
            self.console.print(f"  {_shown(held.front.title)}", highlight=False)
        self.console.print(f"  [dim]{_shown(opening[:240])}{'…' if len(opening) > 240 else ''}[/]", highlight=False)
        self.console.print(f"  {guess.field}: [bold]{_shown(guess.value)}[/] ({_shown(guess.why)})", highlight=False)


def _notes(content: Path, held: Held) -> list[str]:
    """Return what the receipt of an article's import notes; only of dates is there ever more than the basis."""
    origin = held.front.provenance
    if "date" not in held.front.guessed or origin is None or not origin.sha256:
        return []
    return [note for note in read_receipt(content, origin.sha256).get("notes", ()) if isinstance(note, str)]


def _show(asked: Sequence[Question], console: Console, *, in_full: bool) -> None:
    guesses = [guess for question in asked for guess in question.guesses]
    if not guesses:
        console.print("Nothing is guessed.")
        return
    if not console.is_terminal:
        for guess in guesses:
            line = f"{guess.path}: {guess.field}: {guess.value} ({guess.why})"
            console.print(visible(line), markup=False, highlight=False, soft_wrap=True)
    else:
        console.print(_table(guesses) if in_full else _counts(guesses))
    articles = len({guess.path for guess in guesses})
    total = f"{len(guesses)} guessed in {articles} article{'s' * (articles > 1)}, {len(asked)} to answer."
    console.print(total, highlight=False)
    if not console.is_terminal:
        console.print(HOW, markup=False, highlight=False, soft_wrap=True)


def _shown(text: str) -> str:
    """Return what others wrote so that it neither acts on the terminal nor means anything to rich."""
    return escape(visible(text))


def _table(guesses: Iterable[Guess]) -> Table:
    table = Table(box=None)
    for heading in ("file", "field", "value", "why"):
        table.add_column(heading, overflow="fold")
    for guess in guesses:
        table.add_row(_shown(guess.path), guess.field, _shown(guess.value), _shown(guess.why))
    return table


def _counts(guesses: Iterable[Guess]) -> Table:
    table = Table(box=None)
    for heading in ("field", "outlet", "guessed"):
        table.add_column(heading)
    for (name, outlet), count in Counter((guess.field, guess.outlet) for guess in guesses).items():
        table.add_row(name, _shown(outlet or "(none)"), str(count))
    return table
