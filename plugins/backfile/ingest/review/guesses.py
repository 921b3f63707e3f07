"""What was guessed in an archive, and which guesses are one question.

Dates come first, for an address hangs on each; then headlines, outlets and authors;
languages last, since they are hardly ever wrong. What one raw file's articles have in
common (a digest and its briefs: day, outlet, language) is asked once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backfile.ingest.changes.catalogue import Held
from backfile.model import DateBasis, Kind, Source

_ORDER = ("date", "title", "source", "authors", "canonical", "summary", "lang")
_OWN = ("title", "authors", "canonical", "summary")  # of each article, never of a whole document
_DATE = {
    DateBasis.IMPORTED: "no day is stated: the day of import stands in",
    DateBasis.FILENAME: "from the file's name",
    DateBasis.TEXT: "from the text",
    DateBasis.METADATA: "stated in doubtful form",
    DateBasis.GIVEN: "given, and marked as a guess",
}
_WHY = {
    "title": "made from the text",
    "source": "from the address",
    "lang": "told from the words",
}


@dataclass(frozen=True, slots=True)
class Guess:
    """One field of one article that nobody stated; ``why`` says where its value comes from."""

    path: str
    id: str
    field: str
    value: str
    why: str
    outlet: str
    kind: Kind
    came_from: str  # the SHA-256 of the raw file, or the article's own path

    def as_data(self) -> dict[str, str]:
        """Return the guess as JSON can hold it."""
        return {"file": self.path, "id": self.id, "field": self.field, "value": self.value, "why": self.why}


@dataclass(frozen=True, slots=True)
class Question:
    """Guesses that have one answer: the first is that of the article, the others of its briefs."""

    guesses: tuple[Guess, ...]

    @property
    def first(self) -> Guess:
        """The guess that stands for all."""
        return self.guesses[0]

    @property
    def series(self) -> tuple[str, ...]:
        """What questions share that are likely to have one answer: field and outlet, of a language the language too."""
        guess = self.first
        return (guess.field, guess.outlet, guess.value if guess.field == "lang" else "")


def guesses_in(held: Held, notes: Iterable[str] = ()) -> list[Guess]:
    """Return the guesses in an article; ``notes`` are those of the receipt of its import."""
    front = held.front
    origin = front.provenance.sha256 if front.provenance else None
    outlet = front.source.name if front.source else ""
    return [
        Guess(
            held.path, held.id, name, shown(getattr(front, name, None)), why(held, name, notes), outlet, front.kind,
            origin or held.path,
        )
        for name in dict.fromkeys(front.guessed)
    ]  # fmt: skip


def why(held: Held, name: str, notes: Iterable[str]) -> str:
    """Return why a field is a guess: what the import noted, and where its value is from."""
    if name == "title" and held.front.kind is Kind.DIGEST:
        known = "made from its items"
    else:
        known = _DATE[held.front.date_basis] if name == "date" else _WHY.get(name, "nobody states it")
    noted = [note.partition(": ")[2] for note in notes if note.startswith(f"{name}: ")]
    return "; ".join([known, *noted])


def shown(value: Any) -> str:
    """Return a field's value as people read it."""
    if isinstance(value, Source):
        return f"{value.name} {value.url}" if value.url else value.name
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {shown(part)}" for key, part in value.items())
    if isinstance(value, (tuple, list)):
        return "; ".join(map(shown, value))
    return "" if value is None else str(value)


def questions(guesses: Iterable[Guess]) -> list[Question]:
    """Return the guesses as questions, in the order in which they are asked."""
    together: dict[tuple[str, ...], list[Guess]] = {}
    for guess in guesses:
        own = guess.path if guess.field in _OWN else guess.came_from
        together.setdefault((guess.field, own, guess.value), []).append(guess)
    found = [
        Question(tuple(sorted(each, key=lambda guess: (guess.kind is Kind.BRIEF, guess.path))))
        for each in together.values()
    ]
    return sorted(found, key=lambda question: (_rank(question.first.field), question.series, question.first.path))


def _rank(name: str) -> tuple[int, str]:
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER) - 1, name)
