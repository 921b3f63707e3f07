"""Inline content as Markdown: text, emphasis, links, code and line breaks, and nothing else.

The result renders, as CommonMark with tables and strikethrough, to the same words. Raw
HTML never passes: what looks like it is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import html

from backfile.ingest.links import destination, resolve
from backfile.ingest.web.shown import is_hidden
from backfile.ingest.web.tree import Part

_STRONG = frozenset({"b", "strong"})
_EMPHASIS = frozenset({"i", "em", "cite", "dfn"})
_DELETED = frozenset({"del", "s", "strike"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "button", "select", "input",
     "textarea", "canvas", "audio", "video", "math", "rp", "rt", "progress", "meter", "img"}
)  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f\u2028\u2029]{2,}|[\t\r\n\f\u2028\u2029]")  # a single space stays as it is
_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|&(?=#?\w{1,32};)|(?<=~)~")
_SPECIAL_SIGN = re.compile(r"[\\`*\[\]<_~&]")
_LINE_START = re.compile(
    r"(?m)^[ \t]*(#{1,6}(?=[ \t]|$)|>|[-+*](?=[ \t]|$)|[-_*=~]{3,}|:(?=[ \t])|=+[ \t]*$|-+[ \t]*$)"
)
_NUMBER_START = re.compile(r"(?m)^([ \t]*\d{1,9})([.)])(?=[ \t]|$)")
# Signs on their way, in private-use characters that are taken out of the text before: a line break,
# and the beginnings and ends of strong, emphasised and deleted text.
_BREAK = "\ue000"
_BREAKS = re.compile(rf"\s*{_BREAK}\s*{_BREAK}[\s{_BREAK}]*")
_PRIVATE = re.compile("[\ue000-\ue006]")
_MARKS = {"**": ("\ue001", "\ue002"), "*": ("\ue003", "\ue004"), "~~": ("\ue005", "\ue006")}
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def paragraphs(parts: Iterable[Part], base: str | None, href: str | None = None) -> list[str]:
    """Return the Markdown paragraphs of ``parts``: two line breaks in a row part them, one stays a line break."""
    text = "".join(_part(part, base) for part in parts)
    found = []
    for piece in _BREAKS.split(text) if _BREAK in text else (text,):
        lines = [_SPACE.sub(" ", line).strip(" ") for line in piece.split(_BREAK)]
        body = "\\\n".join(guard(_set_marks(line)) for line in lines if line)
        if body:
            found.append(_link(body, href, base) if href else body)
    return found


def line(parts: Iterable[Part], base: str | None, href: str | None = None) -> str:
    """Return ``parts`` as one line of Markdown, for a heading or a cell of a table."""
    return " ".join(" ".join(paragraphs(parts, base, href)).replace("\\\n", " ").split())


def escape(text: str) -> str:
    """Return plain text so that Markdown shows it as it is (starts of lines are another matter)."""
    return _SPECIAL.sub(r"\\\g<0>", text) if _SPECIAL_SIGN.search(text) else text


def guard(text: str) -> str:
    """Escape what would begin a block at the start of a line of Markdown."""
    if text[:1].isalpha() and "\n" not in text:
        return text
    text = _LINE_START.sub(lambda match: match.group().replace(match[1], "\\" + match[1]), text)
    return _NUMBER_START.sub(r"\1\\\2", text)


def _part(part: Part, base: str | None) -> str:
    return escape(_PRIVATE.sub("", part)) if isinstance(part, str) else _element(part, base)


def _element(element: html.HtmlElement, base: str | None) -> str:
    tag = element.tag
    if tag in _DROPPED or is_hidden(element):
        return ""
    if tag in {"br", "hr"}:
        return _BREAK
    if tag in _CODE:
        return _code("".join(element.itertext()))
    inner = _inner(element, base)
    if not inner.strip(f" \t\r\n{_BREAK}"):
        return inner
    if tag == "a":
        return _link(inner, element.get("href"), base)
    if tag in _STRONG:
        return _wrap(inner, "**")
    if tag in _EMPHASIS:
        return _wrap(inner, "*")
    if tag in _DELETED:
        return _wrap(inner, "~~")
    if tag in {"sup", "sub"}:
        return _shifted(inner, _RAISED if tag == "sup" else _LOWERED)
    if tag == "q":
        return f"“{inner}”" if inner[:1] not in "“\"«„'‘" else inner
    return inner


def _inner(element: html.HtmlElement, base: str | None) -> str:
    pieces = [_part(element.text, base)] if element.text else []
    for child in element:
        pieces.append(_element(child, base))
        if child.tail:
            pieces.append(_part(child.tail, base))
    return "".join(pieces)


def _edges(text: str) -> tuple[str, str, str]:
    """Split into leading space, content and trailing space; breaks count as space."""
    core = text.strip(f" \t\r\n\u00a0{_BREAK}")
    start = text.index(core)
    return text[:start], core, text[start + len(core) :]


def _wrap(inner: str, sign: str) -> str:
    before, core, after = _edges(inner)
    start, end = _MARKS[sign]
    # The same mark inside itself means nothing, and none may reach over a break.
    core = core.replace(start, "").replace(end, "")
    return inner if _BREAK in core else f"{before}{start}{core}{end}{after}"


def _set_marks(text: str) -> str:
    """Write the marks as Markdown where CommonMark will see them as such, else leave them out.

    Its rule of flanking (section 6.2): a sign beside punctuation only counts when white
    space or punctuation stands on its other side. Words matter more than weight.
    """
    for sign, (start, end) in _MARKS.items():
        if start not in text:
            continue
        text = re.sub(f"{end}([\ue001-\ue006]*){start}", r"\1", text)
        pieces = re.split(f"{start}(.*?){end}", text)
        for index in range(1, len(pieces), 2):
            before = _PRIVATE.sub("", pieces[index - 1])[-1:] or _PRIVATE.sub("", "".join(pieces[:index]))[-1:]
            after = _PRIVATE.sub("", "".join(pieces[index + 1 : index + 2]))[:1]
            core = _PRIVATE.sub("", pieces[index])
            if core and _flanks(before, core[0]) and _flanks(after, core[-1]):
                pieces[index] = f"{sign}{pieces[index]}{sign}"
        text = "".join(pieces)
    return _PRIVATE.sub("", text)


def _flanks(outside: str, inside: str) -> bool:
    return inside.isalnum() or not outside.isalnum()


def _link(inner: str, href: str | None, base: str | None) -> str:
    url = resolve(href, base) if href else None
    if url is None or "](" in inner:
        return inner
    before, core, after = _edges(inner)
    return f"{before}[{core.replace(_BREAK, ' ')}]({destination(url)}){after}"


def _code(text: str) -> str:
    text = _SPACE.sub(" ", _PRIVATE.sub("", text)).strip()
    if not text:
        return ""
    fence = "`" * (max(map(len, re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _shifted(inner: str, table: dict[int, int]) -> str:
    shifted = inner.translate(table)
    same = sum(old == new for old, new in zip(inner, shifted, strict=True))
    return shifted if same == 0 else inner
