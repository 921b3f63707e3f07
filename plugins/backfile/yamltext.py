"""YAML as Backfile reads and writes it: strict about danger, plain about values.

Reading composes nodes (with libyaml where it is there) and never constructs objects, so
no tag is executed. Refused are what a hand-written file never needs: aliases, tags of
other types, deep nesting (libyaml exhausts its stack on it) and great size. Scalars
follow YAML 1.2's core schema, not 1.1's: ``no`` and ``12:30`` are texts.

Writing puts one value on one line, plain where that is beyond doubt for any YAML
reader, else quoted; characters that can't be seen are escaped.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from backfile.model import Finding

MAX_CHARACTERS = 128 * 1024
_MAX_DEPTH = 32
# With fewer signs that may open a level than this, no nesting is deep enough to exhaust libyaml's stack.
_HARMLESS_OPENERS = 500
_OPENER = re.compile(r"[\[{]|[-?] ")
_STANDARD_TAG = re.compile(r"tag:yaml\.org,2002:(?:str|int|float|bool|null|timestamp|seq|map|merge|value)")
_SafeLoader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|[-+]?\.inf|\.nan")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt ]+(\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[-+]\d\d:?\d\d)?)?")
_CONSTANTS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Plain: a letter first (not a digit), no sign that ends or begins something in YAML, no white space but single spaces.
_PLAIN = re.compile(r"[^\W\d_](?:[^\s:#,\[\]{}\"\\]|:(?=[^\s,\[\]{}])|(?<=[^\s])#|,(?=[ ])| (?=[^\s#]))*")
_YAML_WORD = re.compile(r"(?:y|n|yes|no|on|off|true|false|null)", re.IGNORECASE)
_UNSEEN = re.compile(
    r"[\x7f-\x9f\xad\u061c\u200b\u2028-\u202e\u2060-\u2069\ufe00-\ufe0e\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)


class _Loader(_SafeLoader):  # type: ignore[misc]  # which of the two it is depends on libyaml
    """Leaves open what a plain scalar is: YAML 1.1's answer, which takes a third of the time, is not ours."""

    def resolve(self, _kind: type[Node], _value: object, _implicit: object) -> str:
        """Return a tag that says nothing, for a value that states none."""
        return "tag:yaml.org,2002:str"

    def descend_resolver(self, _parent: Node | None, _index: object) -> None:
        """Do nothing: no tag depends on where a value stands."""

    def ascend_resolver(self) -> None:
        """Do nothing."""


class Entry(NamedTuple):
    """One key of the outermost mapping, with its value and its one-based line in the file."""

    key: str
    node: Node
    line: int


def compose(
    raw: str, file: str, first_line: int, most: int = MAX_CHARACTERS
) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """Read a YAML mapping; return its entries and all findings. Empty YAML has no entries.

    ``first_line`` is the line of ``file`` on which ``raw`` begins, ``most`` the characters that are read. After
    a finding that is about the whole (it can't be read, is no mapping, is refused), there are no entries.
    """

    def fault(code: str, line: int | None, message: str, hint: str, name: str | None = None) -> Finding:
        return Finding(code, "error", file, message, hint, name, None if line is None else first_line + line)

    if len(raw) > most:
        hint = f"At most {most} are read."
        return (), (fault("B109", 0, f"the front matter has {len(raw)} characters.", hint),)
    try:
        if len(_OPENER.findall(raw)) > _HARMLESS_OPENERS and _depth(raw) > _MAX_DEPTH:
            return (), (
                fault("B109", 0, "the values are nested too deeply.", f"At most {_MAX_DEPTH} levels are read."),
            )
        root = yaml.compose(raw, Loader=_Loader)
    except yaml.YAMLError as error:
        return (), (_unreadable(error, raw, file, first_line),)
    if root is None:
        return (), ()
    if not isinstance(root, MappingNode):
        hint = "Write each value as key: value."
        return (), (fault("B104", 0, f"the front matter is no list of keys: {shown(raw.strip())}.", hint),)
    findings = [fault("B109", line, message, hint) for line, message, hint in _dangers(root)]
    if findings:
        return (), tuple(findings)
    entries: dict[str, Entry] = {}
    for key, node in root.value:
        line = key.start_mark.line
        if not isinstance(key, ScalarNode):
            findings.append(fault("B104", line, "a key is not a word.", "Write each value as key: value."))
        elif key.value in entries:
            hint = "Keep one of the two."
            findings.append(
                fault("B105", line, f"stands a second time, first on line {entries[key.value].line}.", hint, key.value)
            )
        else:
            entries[key.value] = Entry(key.value, node, first_line + line)
    return tuple(entries.values()), tuple(findings)


def pairs(raw: str) -> list[tuple[Node, Node]]:
    """Return the keys and values of a mapping that :func:`compose` has read without a finding.

    The marks of nodes count characters of ``raw``.
    """
    root = yaml.compose(raw, Loader=_Loader)
    return root.value if isinstance(root, MappingNode) else []


def plain_value(node: Node) -> Any:
    """Return a node as texts, numbers, booleans, dates, None, lists and dicts (whose keys are texts)."""
    if isinstance(node, MappingNode):
        return {str(plain_value(key)): plain_value(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain_value(item) for item in node.value]
    return node.value if getattr(node, "style", None) else _scalar(node.value)


def is_null(node: ScalarNode) -> bool:
    """Tell whether a scalar says that there is no value."""
    return not node.style and _CONSTANTS.get(node.value, True) is None


def read_moment(text: str) -> date | datetime | None:
    """Return the day, or the day and time, that ``text`` states in ISO form; None when it is no such date."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    day, time, zone = match.groups()
    try:
        return date.fromisoformat(day) if time is None else datetime.fromisoformat(f"{day}T{time}{zone or ''}")
    except ValueError:
        return None


def clean(text: str) -> str:
    """Return ``text`` in NFC, without control characters but tab and line breaks, lone surrogates as U+FFFD."""
    if not text.isascii() or not text.isprintable():
        text = _CONTROL.sub(lambda sign: "\ufffd" if sign.group() >= "\ud800" else "", text)
        text = unicodedata.normalize("NFC", text)
    return text


def write(key: str, value: Any) -> str:
    """Return ``key: value`` as YAML lines that any YAML reader reads back; lists and mappings as blocks.

    Raises ``TypeError`` for a value that YAML has no plain form for.
    """
    return "".join(line + "\n" for line in _lines(f"{_text(key)}:", value, ""))


def _lines(head: str, value: Any, indent: str) -> Iterator[str]:
    """Yield the lines of ``head`` followed by ``value``; ``indent`` is what children are set in by."""
    if isinstance(value, Mapping) and value:
        yield head
        for key, part in value.items():
            yield from _lines(f"{indent}  {_text(str(key))}:", part, indent + "  ")
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield head
        for part in value:
            yield from _lines(f"{indent}  -", part, indent + "  ")
    else:
        yield f"{head} {_written(value)}"


def _written(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, (date, int)):
        return str(value)
    if isinstance(value, float):
        text = repr(value)
        if text.lstrip("-") in ("inf", "nan"):
            return text.replace("inf", ".inf").replace("nan", ".nan")
        return text if "." in text else text.replace("e", ".0e")
    if isinstance(value, (Mapping, Sequence)):
        return "{}" if isinstance(value, Mapping) else "[]"
    raise TypeError(f"no YAML for {type(value).__name__}")


def _text(text: str) -> str:
    """Write a text as a scalar on one line: plain, in single quotes, or in double quotes with escapes."""
    text = clean(text)
    if _PLAIN.fullmatch(text) and not _YAML_WORD.fullmatch(text) and not _UNSEEN.search(text):
        return text
    if ('"' in text or "\\" in text) and not _UNSEEN.search(text) and not re.search(r"[\t\n\r]", text):
        return "'" + text.replace("'", "''") + "'"
    return _UNSEEN.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(sign: re.Match[str]) -> str:
    code = ord(sign.group())
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _scalar(text: str) -> Any:
    """Read a plain scalar by the core schema of YAML 1.2, and ISO dates."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text.replace(".inf", "inf").replace(".nan", "nan"))
    moment = read_moment(text)
    return text if moment is None else moment


def _depth(raw: str) -> int:
    """Return the deepest nesting, from the event stream (which does not recurse); stops when it is too deep."""
    depth = deepest = 0
    for event in yaml.parse(raw, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > _MAX_DEPTH:
            break
    return deepest


def _dangers(root: Node) -> Iterator[tuple[int, str, str]]:
    """Yield (line, message, hint) for aliases, tags and depth that are refused."""
    seen: set[int] = set()
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        line = node.start_mark.line
        if not _STANDARD_TAG.fullmatch(node.tag):
            yield line, f"the tag {shown(node.tag.removeprefix('tag:yaml.org,2002:'))} is refused.", "Remove it."
        if isinstance(node, ScalarNode):
            continue
        if id(node) in seen or depth > _MAX_DEPTH:
            yield line, "a value refers to another (*name), or lies too deep.", "Write the value out."
            continue
        seen.add(id(node))
        children = node.value if isinstance(node, SequenceNode) else [part for pair in node.value for part in pair]
        waiting += [(child, depth + 1) for child in reversed(children)]


def _unreadable(error: yaml.YAMLError, raw: str, file: str, first_line: int) -> Finding:
    mark = getattr(error, "problem_mark", None)
    line = mark.line if mark is not None else raw.count("\n", 0, getattr(error, "position", 0))
    lines = raw.split("\n")
    where = shown(lines[line].strip()) if line < len(lines) else "the end"
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is no YAML"
    message = f"the front matter can't be read at {where}: {reason}."
    return Finding(
        "B103", "error", file, message, "Put a value with : or # or quotes into quotes.", None, first_line + line
    )


def shown(text: str) -> str:
    """Return a value as messages quote it: one line, at most 60 characters."""
    text = clean(text).replace("\n", " ")
    return f"“{text[:59]}…”" if len(text) > 60 else f"“{text}”"
