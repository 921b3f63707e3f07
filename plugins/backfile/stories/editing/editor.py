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

An address may be pasted whole, as a browser shows it. How it acts: ``merge`` and ``pins``
bring the named articles together, each with the others that the method put beside it;
``split`` then parts (``editing.ruling``). Where the entries can't all be had (a split of what
merges bring together, even by way of a third article), that is a contradiction, and a
finding (S203).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from backfile import yamltext
from backfile.errors import ContentError
from backfile.model import Finding

FILE: Final = "stories.yaml"
MOST: Final = 4_000_000  # characters of the file: some thirty thousand entries
_PARTS: Final = ("merge", "split", "pins", "titles")
_ARTICLE = re.compile(r"\d{4}/\d{2}/\d{2}/[^/?#\s]+")
_STORY = re.compile(r".*\bstories/([^/?#\s]+)/?.*")
_SHAPES: Final = {"merge": "a list", "split": "a list", "pins": "a mapping", "titles": "a mapping"}
_HINTS: Final = {
    "merge": "Begin each set with “- [”.",
    "split": "Begin each set with “- [”.",
    "pins": "Write “article: story” on each line.",
    "titles": "Write “story: title” on each line.",
}


@dataclass(frozen=True, slots=True)
class EditorWord:
    """What ``stories.yaml`` says; empty when there is none. ``file`` is what findings call it."""

    merge: tuple[tuple[str, ...], ...] = ()
    split: tuple[tuple[str, ...], ...] = ()
    pins: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    file: str = FILE

    def title(self, *ids: str) -> str | None:
        """Return the title of a story that has these ids; the first of them that has one."""
        return next((self.titles[id_] for id_ in ids if id_ in self.titles), None)


def load_editor(yaml_text: str, file: str = FILE) -> EditorWord:
    """Parse a ``stories.yaml``. Raises :class:`ContentError` with every finding.

    S201: broken YAML. S202: a wrong shape, or one thing said twice. S203: a split of what merges join.
    """
    parts, unreadable = yamltext.compose(yaml_text, file, first_line=1, most=MOST)
    if unreadable:
        raise ContentError(*map(_of_this_file, unreadable))
    read = _Reader(file)
    values: dict[str, Any] = {}
    for key, node, line in parts:
        if key not in _PARTS:
            read.fault(f"{yamltext.shown(key)} is not a part.", f"Known are {', '.join(_PARTS)}.", None, line)
        elif key in ("merge", "split"):
            values[key] = tuple(read.sets(key, node))
        else:
            values[key] = dict(read.table(key, node))
    word = EditorWord(**values, file=file)
    if findings := [*read.findings, *_contradictions(word)]:
        raise ContentError(*findings)
    return word


def _of_this_file(finding: Finding) -> Finding:
    """Return a finding about YAML under the codes of this file."""
    code = "S201" if finding.code == "B103" else "S202"
    return replace(finding, code=code, message=finding.message.replace("the front matter ", ""))


class _Reader:
    """Turns YAML nodes into what they say; gathers what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def fault(self, message: str, hint: str, part: str | None, line: int) -> None:
        """Add a finding."""
        self.findings.append(Finding("S202", "error", self.file, message, hint, part, line))

    def sets(self, part: str, node: Node) -> Iterator[tuple[str, ...]]:
        """Yield the sets of article ids in a part."""
        if not isinstance(node, SequenceNode):
            self._shape(part, node)
            return
        for at, entry in enumerate(node.value, 1):
            items = entry.value if isinstance(entry, SequenceNode) else []
            ids = tuple(dict.fromkeys(_article(item.value) for item in items if isinstance(item, ScalarNode)))
            if len(ids) < 2 or not all(ids) or not all(isinstance(item, ScalarNode) for item in items):
                hint = "Name two articles or more, by their addresses."
                self.fault(f"entry {at} does not name two articles.", hint, part, entry.start_mark.line + 1)
            else:
                yield ids

    def table(self, part: str, node: Node) -> Iterator[tuple[str, str]]:
        """Yield the lines of a part that says one thing of another."""
        if not isinstance(node, MappingNode):
            self._shape(part, node)
            return
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            name, said = (item.value.strip() if isinstance(item, ScalarNode) else "" for item in (key, value))
            name = _article(name) if part == "pins" else _story(name)
            said = _story(said) if part == "pins" else said
            if not name or not said or not isinstance(yamltext.plain_value(value), str):
                self.fault(f"{yamltext.shown(name)} does not lead to a text.", "Quote it.", part, line)
            elif name in seen:
                hint = "Keep one of the two."
                self.fault(f"{yamltext.shown(name)} stands here again, first on line {seen[name]}.", hint, part, line)
            else:
                seen[name] = line
                yield name, said

    def _shape(self, part: str, node: Node) -> None:
        """Note that a part has another shape than it must have; an empty one says nothing."""
        if not (isinstance(node, ScalarNode) and yamltext.plain_value(node) is None):
            self.fault(f"must be {_SHAPES[part]}.", _HINTS[part], part, node.start_mark.line + 1)


def _article(text: str) -> str:
    """Return an article's id, from its address in whatever form."""
    found = _ARTICLE.search(text)
    return found[0] if found else text.strip().strip("/")


def _story(text: str) -> str:
    """Return a story's id, from its address in whatever form."""
    found = _STORY.fullmatch(text)
    return found[1] if found else text.strip().strip("/")


def renamed(word: EditorWord, ids: Mapping[str, str]) -> EditorWord:
    """Return the editor's word with articles named by their new ids; ``ids`` gives these by the old ones."""

    def in_sets(sets: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(dict.fromkeys(ids.get(id_, id_) for id_ in each)) for each in sets)

    pins = {ids.get(id_, id_): story for id_, story in word.pins.items()}
    return replace(word, merge=in_sets(word.merge), split=in_sets(word.split), pins=pins) if ids else word


def _contradictions(word: EditorWord) -> Iterator[Finding]:
    """Yield a finding for each two articles of a split that merges and pins bring together."""
    leader: dict[str, str] = {}

    def find(item: str) -> str:
        while leader.setdefault(item, item) != item:
            item = leader[item] = leader[leader[item]]
        return item

    for ids in (*word.merge, *((article, f"story {story}") for article, story in word.pins.items())):
        for other in ids[1:]:
            leader[find(other)] = find(ids[0])
    for ids in word.split:
        first: dict[str, str] = {}
        for article in ids:
            other = first.setdefault(find(article), article)
            if other != article:
                message = f"{other} and {article} are split, and other entries bring them together."
                yield Finding("S203", "error", word.file, message, "Take one of the entries out.", field="split")
