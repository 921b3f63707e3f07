"""How the editor's word changes groups: bring together, then part; and what of it is stale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backfile.model import Document, Finding
from backfile.stories.editor import EditorWord
from backfile.stories.ledger import Ledger
from backfile.stories.sets import Sets


def rule(
    groups: list[list[int]], order: Sequence[Document], editor: EditorWord, ledger: Ledger
) -> tuple[list[list[int]], list[Finding]]:
    """Return the groups of positions after the editor's word, in the order of their first members, and findings.

    S204 (warning): an entry names an article or story that is not there.
    """
    where = {document.id: at for at, document in enumerate(order)}
    findings = [_unknown(editor, article) for article in _named(editor) if article not in where]
    sets = Sets(len(order))
    for group in groups:
        for at in group[1:]:
            sets.join(group[0], at)
    for ids in editor.merge:
        _bring(sets, [where[item] for item in ids if item in where])
    for article, story in editor.pins.items():
        home = _home(story, order, sets, ledger, where)
        if home is None:
            findings.append(_no_story(editor, article, story))
        elif article in where:
            sets.join(home, where[article])
    parted = sets.groups()
    for ids in editor.split:
        parted = [part for group in parted for part in _part(group, [where[item] for item in ids if item in where])]
    return sorted(parted), findings


def _named(editor: EditorWord) -> Iterable[str]:
    """Return every article that the editor names, each once."""
    return dict.fromkeys(item for ids in (*editor.merge, *editor.split, tuple(editor.pins)) for item in ids)


def _bring(sets: Sets, positions: list[int]) -> None:
    for at in positions[1:]:
        sets.join(positions[0], at)


def _home(story: str, order: Sequence[Document], sets: Sets, ledger: Ledger, where: dict[str, int]) -> int | None:
    """Return a position within the story of this id: its founder's, or its first member's by slug."""
    if story in ledger.founders:
        return where.get(ledger.founders[story])
    for at, document in enumerate(order):
        if sets.find(at) == at and document.id.rsplit("/", 1)[-1] == story:
            return at
    return None


def _part(group: list[int], apart: list[int]) -> list[list[int]]:
    """Divide a group so that no two of ``apart`` stay together; the rest stays with the first of them."""
    named = [at for at in apart if at in group]
    if len(named) < 2:
        return [group]
    rest = [at for at in group if at not in named[1:]]
    return [rest, *([at] for at in named[1:])]


def _unknown(editor: EditorWord, article: str) -> Finding:
    return Finding("S204", "warning", editor.file, f"there is no article “{article}”.", "Take it out of the entry.")


def _no_story(editor: EditorWord, article: str, story: str) -> Finding:
    message = f"{article} is pinned to “{story}”, which is no story."
    return Finding("S204", "warning", editor.file, message, "Use the last part of a story's address.", field="pins")
