"""Read the labelled fixtures of ingest."""

from __future__ import annotations

from dataclasses import dataclass

from tests.cases import FIXTURES

INGEST = FIXTURES / "ingest"


@dataclass(frozen=True)
class DigestCase:
    """A text and the briefs that are in it: (headline, text) pairs, none when it is no digest."""

    name: str
    text: str
    briefs: tuple[tuple[str, str], ...]


def digest_cases() -> list[DigestCase]:
    cases = []
    for path in sorted((INGEST / "digests").glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("\n==== ")[1:]:
            name, _, text = part.partition("\n")
            cases.append(_case(f"{path.stem}: {name}", text.strip("\n")))
    return cases


def _case(name: str, text: str) -> DigestCase:
    briefs: list[list[str]] = []
    for line in text.split("\n"):
        _, head, headline = line.partition("H| ")
        _, body, sentence = line.partition("S| ")
        if head:
            briefs.append([headline])
        elif body:
            briefs[-1].append(sentence)
    unmarked = text.replace("H| ", "").replace("S| ", "")
    return DigestCase(name, unmarked, tuple((first, " ".join(rest)) for first, *rest in briefs))
