"""The editor's word on stories (``content/stories.yaml``): it always wins, and what is stale is reported.

The file has up to four parts, all optional. Articles are named by their address without
slashes at the ends (``2025/03/14/gazprom-faces-loss``), stories by their id::

    merge:                      # these are one story, whatever the method thinks
      - [2025/03/14/one-telling, 2025/03/15/another-telling]
    split:                      # no two of these are in one story
      - [2025/03/14/monday-strike, 2025/03/21/another-strike]
    pins:                       # this article belongs to the story with this id
      2025/03/16/late-analysis: monday-strike
    titles:                     # what a story is called
      monday-strike: The strike on the refinery

How it acts: ``merge`` and ``pins`` bring the named articles together, each with the
others that the method put beside it; ``split`` then parts. Where ``split`` and ``merge``
name the same two articles, that is a contradiction, and a finding (S203).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import yaml

from backfile.errors import ContentError
from backfile.model import Finding

FILE = "stories.yaml"
_PARTS = ("merge", "split", "pins", "titles")


@dataclass(frozen=True, slots=True)
class EditorWord:
    """What ``stories.yaml`` says; empty when there is none. ``file`` is what findings call it."""

    merge: tuple[tuple[str, ...], ...] = ()
    split: tuple[tuple[str, ...], ...] = ()
    pins: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    file: str = FILE


def load_editor(yaml_text: str, file: str = FILE) -> EditorWord:
    """Parse a ``stories.yaml``. Raises :class:`ContentError` with every finding.

    S201: broken YAML. S202: a wrong shape. S203: a split of what a merge joins.
    """
    try:
        raw = yaml.safe_load(yaml_text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        hint = "Indent with spaces, and quote values that hold a colon."
        finding = Finding("S201", "error", file, "is not YAML.", hint, line=mark.line + 1 if mark else None)
        raise ContentError(finding) from error
    if raw is None:
        return EditorWord(file=file)
    if not isinstance(raw, Mapping):
        raise ContentError(Finding("S202", "error", file, "must have parts.", f"Known are {', '.join(_PARTS)}."))
    findings = [
        Finding("S202", "error", file, "is not a part.", f"Known are {', '.join(_PARTS)}.", field=str(key))
        for key in raw
        if key not in _PARTS
    ]
    word = EditorWord(
        _sets(raw, "merge", file, findings),
        _sets(raw, "split", file, findings),
        _table(raw, "pins", file, findings),
        _table(raw, "titles", file, findings),
        file,
    )
    findings += _contradictions(word)
    if findings:
        raise ContentError(*findings)
    return word


def renamed(word: EditorWord, ids: Mapping[str, str]) -> EditorWord:
    """Return the editor's word with articles named by their new ids; ``ids`` gives these by the old ones."""

    def in_sets(sets: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(dict.fromkeys(ids.get(id_, id_) for id_ in each)) for each in sets)

    pins = {ids.get(id_, id_): story for id_, story in word.pins.items()}
    return replace(word, merge=in_sets(word.merge), split=in_sets(word.split), pins=pins) if ids else word


def _sets(raw: Mapping[Any, Any], part: str, file: str, findings: list[Finding]) -> tuple[tuple[str, ...], ...]:
    """Return a part that is a list of lists of article ids."""
    value = raw.get(part) or []
    if not isinstance(value, list):
        findings.append(Finding("S202", "error", file, "must be a list.", "Begin each set with “- [”.", field=part))
        return ()
    sets: list[tuple[str, ...]] = []
    for at, entry in enumerate(value, 1):
        ids = entry if isinstance(entry, list) else []
        if len(set(map(str, ids))) < 2 or not all(isinstance(item, str) for item in ids):
            hint = "Name two articles or more, by their addresses."
            message = f"entry {at} is {entry!r}."
            findings.append(Finding("S202", "error", file, message, hint, field=part))
            continue
        sets.append(tuple(dict.fromkeys(item.strip("/") for item in ids)))
    return tuple(sets)


def _table(raw: Mapping[Any, Any], part: str, file: str, findings: list[Finding]) -> dict[str, str]:
    """Return a part that maps words to words."""
    value = raw.get(part) or {}
    if not isinstance(value, Mapping):
        findings.append(Finding("S202", "error", file, "must map one to another.", "Write “key: value”.", field=part))
        return {}
    table: dict[str, str] = {}
    for key, item in value.items():
        if not isinstance(item, str) or not item.strip():
            message = f"{key}: {item!r} is not text."
            findings.append(Finding("S202", "error", file, message, "Quote it.", field=part))
            continue
        table[str(key).strip("/")] = item.strip()
    return table


def _contradictions(word: EditorWord) -> list[Finding]:
    """Return a finding for each pair that is both merged and split."""
    split = {pair for ids in word.split for pair in combinations(sorted(ids), 2)}
    return [
        Finding("S203", "error", word.file, f"{one} and {other} are both merged and split.", "Take one of them out.")
        for ids in word.merge
        for one, other in combinations(sorted(ids), 2)
        if (one, other) in split
    ]
