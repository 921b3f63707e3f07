"""Change single fields of a file's front matter, and leave every other byte of the file as it is.

Comments, unknown keys, the order of the fields, quotes, line ends and the body stay. A
change is a splice: the value's place in the text is known from the YAML that was read, and
what :func:`backfile.frontmatter.dump` would write goes there. Then the file is read back: when
it does not say exactly what was asked for (front matter in a shape that can't be spliced,
such as ``{title: T, date: 2025-03-14}``), all of its front matter is written anew, and
only comments are lost.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from backfile import frontmatter, yamltext
from backfile.errors import ContentError
from backfile.frontmatter import FIELDS

_LINE_END = re.compile(r"\r\n|\r|\n")
_COLON = re.compile(r"[ \t]*:")


class _Splice(NamedTuple):
    """What goes where text from ``start`` to ``end`` stood; ``order`` decides between two at one place."""

    start: int
    end: int
    order: int
    text: str


def amend(text: str, changes: Mapping[str, Any], file: str, body: str | None = None) -> str:
    """Return a content file's text with ``changes`` made: a field's new value, or None to remove it.

    Values are as :func:`backfile.frontmatter.dump` takes them; ``body`` replaces the body
    when it is given. Raises :class:`~backfile.errors.ContentError` when the front matter can't
    be read, before or after: a value that a field does not allow is refused with its mend.
    """
    front, old_body = frontmatter.parse(text, file)
    values = {**frontmatter.as_values(front), **changes}
    values = {name: value for name, value in values.items() if value is not None or name not in changes}
    anew = frontmatter.dump(values, old_body if body is None else body)
    wanted = frontmatter.parse(anew, file)
    end = _front_end(text)
    tail = text[end:] if body is None else anew[_front_end(anew) :]
    spliced = _spliced(text[:end], changes) + tail
    try:
        if frontmatter.parse(spliced, file) == wanted:
            return spliced
    except ContentError:  # it could be read before, so it is the splices that don't fit
        pass
    line_end = _LINE_END.search(text)
    return anew[: _front_end(anew)].replace("\n", line_end[0] if line_end else "\n") + tail


def _front_end(text: str) -> int:
    """Return where the body begins in ``text``, whatever its line ends; the text has front matter."""
    return _line_starts(text)[frontmatter.split(text).body_line - 1]


def _line_starts(text: str) -> list[int]:
    """Return where each line of ``text`` begins; after the last one, and for lines beyond, where the text ends."""
    return [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]


def _spliced(text: str, changes: Mapping[str, Any]) -> str:
    """Return a file's front matter, with its ``---`` lines, with the changes made; line ends may be of any kind."""
    raw = frontmatter.split(text).yaml or ""
    starts, line_end = _line_starts(text), _LINE_END.search(text)
    raw_starts = _line_starts(raw)

    def place(index: int) -> int:
        """Return where in ``text`` a place in ``raw`` is, which begins on the second line and has other line ends."""
        line = raw.count("\n", 0, index)
        return starts[line + 1] + index - raw_starts[line]

    parts, at = [], 0
    for splice in sorted(_splices(raw, changes)):
        parts += [text[at : place(splice.start)], splice.text.replace("\n", line_end[0] if line_end else "\n")]
        at = place(splice.end)
    return "".join(parts) + text[at:]


def _splices(raw: str, changes: Mapping[str, Any]) -> Iterator[_Splice]:
    pairs = {_name(key): (key, value) for key, value in yamltext.pairs(raw)}
    ends = {name: _line_end(raw, _end(value, raw)) for name, (_, value) in pairs.items()}
    indent = " " * min(key.start_mark.column for key, _ in pairs.values())
    for order, (name, value) in enumerate(sorted(changes.items(), key=lambda change: _rank(change[0]))):
        written = "" if value is None else frontmatter.entry(name, value)
        if name not in pairs:
            before = [ends[other] for other in pairs if _rank(other) < _rank(name)] or [0]
            yield _Splice(max(before), max(before), order, textwrap.indent(written, indent))
        elif not written:
            yield _Splice(raw.rfind("\n", 0, pairs[name][0].start_mark.index) + 1, ends[name], order, "")
        else:
            yield from _replaced(raw, *pairs[name], value, written.rstrip("\n").removeprefix(f"{name}:"), order)


def _replaced(raw: str, key: Node, node: Node, value: Any, written: str, order: int) -> Iterator[_Splice]:
    """Yield the splices that put a value in the place of another; of a list, items that only go are taken out."""
    if isinstance(node, SequenceNode) and (gone := _gone(node, value)):
        if not node.flow_style:
            for item in gone:
                start = raw.rfind("\n", 0, item.start_mark.index) + 1
                yield _Splice(start, _line_end(raw, _end(item, raw)), order, "")
            return
        kept = (raw[item.start_mark.index : item.end_mark.index] for item in node.value if item not in gone)
        yield _Splice(node.start_mark.index, node.end_mark.index, order, f"[{', '.join(kept)}]")
        return
    colon = _COLON.match(raw, key.end_mark.index)
    if colon:
        indented = written.replace("\n", "\n" + " " * key.start_mark.column)
        yield _Splice(colon.end(), max(colon.end(), _end(node, raw)), order, indented)


def _gone(node: SequenceNode, value: Any) -> list[Node]:
    """Return the items of a list that are not in ``value``, when the others are all of it, in their order."""
    items = [item for item in node.value if isinstance(item, ScalarNode)]
    kept = [item for item in items if isinstance(value, Sequence) and item.value in value]
    if len(items) < len(node.value) or not kept or [item.value for item in kept] != list(value):
        return []
    return [item for item in items if item.value not in value]


def _end(node: Node, raw: str) -> int:
    """Return where a value ends, without the blank lines and comments that YAML counts to its end."""
    end: int = node.end_mark.index
    if isinstance(node, ScalarNode):
        return len(raw[:end].rstrip()) if node.style in ("|", ">") else end
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        return end
    last = node.value[-1]
    return max(_end(part, raw) for part in last) if isinstance(node, MappingNode) else _end(last, raw)


def _line_end(raw: str, index: int) -> int:
    """Return where the line after the one that ``index`` is on begins."""
    found = raw.find("\n", index)
    return len(raw) if found < 0 else found + 1


def _name(key: Node) -> str:
    """Return a key as a field's name: known fields may be written with capitals."""
    name: str = key.value
    return name.lower() if name.lower() in FIELDS else name


def _rank(name: str) -> int:
    """Return where a field stands among others."""
    return FIELDS.index(name) if name in FIELDS else len(FIELDS)
