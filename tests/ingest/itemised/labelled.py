"""Documents in whose ``labels.txt`` somebody has written which briefs they hold, and how many of these are found.

A block of ``labels.txt`` begins with ``==== FILE``; each line under it is a brief (``H| its
headline``) or the article above them (``A| …``). A document without lines is no digest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from backfile.ingest import RawDocument, Reading, examine
from backfile.model import Kind

Label = tuple[str, str]


def cases(*folders: Path) -> list[tuple[Path, list[Label]]]:
    found = []
    for folder in folders:
        for part in (folder / "labels.txt").read_text(encoding="utf-8").split("\n==== ")[1:]:
            name, *lines = part.split("\n")
            found.append((folder / name, [(line[0], line[3:]) for line in lines if line[1:3] == "| "]))
    return found


def read(path: Path) -> Reading:
    return examine(RawDocument(path.read_bytes(), path.name))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"\]\([^)]*\)", " ", text).replace("\\", "").casefold())


def begins(label: str, title: str, text: str) -> bool:
    """Tell whether the label's first words stand at the start of a brief, after a stamp or a place."""
    wanted = words(label)[:6]
    return any(
        found[at : at + len(wanted)] == wanted for found in (words(f"{title} {text}"), words(text)) for at in range(9)
    )


@dataclass(frozen=True, slots=True)
class Score:
    """How many briefs are labelled in the documents of a folder, given and right; and those given where there are none.

    ``others`` counts the documents that are no digests.
    """

    labelled: int
    given: int
    right: int
    others: int
    invented: int

    @property
    def precision(self) -> float:
        """The share of what is given that is right."""
        return self.right / (self.given or 1)

    @property
    def recall(self) -> float:
        """The share of what is labelled that is found."""
        return self.right / (self.labelled or 1)


def score(folder: Path) -> Score:
    """Return how well the digests of a folder are taken apart; each brief is found once, in order."""
    labelled = given = right = others = invented = 0
    for path, labels in cases(folder):
        briefs = [item for item in read(path).items if item.kind is Kind.BRIEF]
        wanted = [text for kind, text in labels if kind == "H"]
        if not wanted:
            others, invented = others + 1, invented + len(briefs)
        labelled, given = labelled + len(wanted), given + len(briefs)
        right += in_order(wanted, [(item.title, item.markdown) for item in briefs])
    return Score(labelled, given, right, others, invented)


def in_order(labels: list[str], briefs: list[tuple[str, str]]) -> int:
    """Return the most labels that begin briefs, in the order of both."""
    row = [0] * (len(briefs) + 1)
    for label in labels:
        before, row = row, [0]
        for at, brief in enumerate(briefs):
            row.append(max(row[-1], before[at + 1], before[at] + begins(label, *brief)))
    return row[-1]
