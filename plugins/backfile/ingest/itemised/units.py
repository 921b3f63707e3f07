"""A document as units: what a reader sees as one line, one paragraph or one item of a list, with how it is set off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape

from markdown_it import MarkdownIt

from backfile.ingest import lexicon
from backfile.ingest.markdown import blocks_of_markdown
from backfile.ingest.records import Block, BlockKind, Mark
from backfile.ingest.words import ends_sentence, words

_EMOJI = re.compile("(?:[\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?\u200d?)+\\s*")
# Bullets that someone drew, rather than those that every list has.
_DRAWN = re.compile("[▪■◆◇►▶‣→✔✅❗❇🔹🔸🔺⚡📌🔴🟢🔵]\ufe0f?|" + _EMOJI.pattern)
_DASH = re.compile(r"[—–]\s+(?=\S)")
_CAPITALS = re.compile(r"([^\W\d_a-zа-яіїєґё][^a-zа-яіїєґё.:]{4,60}[^\W\d_a-zа-яіїєґё])[.:]\s+(?=\S)")
_CLOCK = re.compile(r"[\[(]?\d{1,2}[:.]\d{2}[\])]?(?:\s*[–—-])?\s+(?=\S)")
# How a chat is exported: "Channel, [12.03.2026 08:14]" above each post.
_POST = re.compile(r".{2,60},?\s*\[\d{1,2}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?\]")
_RUN_IN = re.compile(r"(?P<sign>\*\*|__)(?P<head>(?:(?!\*\*|__).)+?)(?P=sign)[.:]?(?P<rest>.*)", re.DOTALL)
_LINK = re.compile(r"(?:\*\*|__|[*_])?\[(?P<text>(?:[^\[\]\\]|\\.)+)\]\(<?(?P<url>https?://[^()\s>]+)>?\)")
_LINK_TEXT = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\([^()]*\)")
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]]+)\]:\s*<?([^\s>]+)", re.MULTILINE)
_REFERENCE = re.compile(r"\[([^\[\]]+)\]\[([^\[\]]*)\]")
_ESCAPE = re.compile(r"\\([^\w\s])")
_AFTER_HEAD = " .:–—-\n"  # what divides a run-in from its text
_MAX_LABEL_WORDS = 4
_MAX_HEADLINE = 160


@dataclass(frozen=True, slots=True)
class Unit:
    """One line, paragraph or list item.

    ``place`` is the index of the block that it is, or is in. ``text`` is plain and without
    what sets it off; ``head`` is the headline that the page sets off in it (bold, or a
    link), ``alone`` tells that there is nothing else in it. ``signs`` are the ways in which it is
    set off (see :data:`backfile.ingest.itemised.form.SIGNS`).
    """

    place: int
    block: Block
    text: str
    signs: frozenset[str] = frozenset()
    head: str = ""
    alone: bool = False
    url: str | None = None

    @property
    def is_rule(self) -> bool:
        """Whether it is a line across the page."""
        return self.block.kind is BlockKind.RULE

    @property
    def is_line(self) -> bool:
        """Whether it may be a headline: short, and not ended as a sentence is."""
        return (
            bool(self.text)
            and self.block.kind is not BlockKind.VERBATIM
            and len(self.text) <= _MAX_HEADLINE
            and not (ends_sentence(self.text) and not self.text.endswith("?"))
            and not self.text.endswith((",", ";", ":"))
        )

    @property
    def is_label(self) -> bool:
        """Whether it may be the name of a section: a heading, or a few words without a full stop."""
        if self.block.kind is BlockKind.HEADING:
            return True
        return self.is_line and not self.signs - {"bold", "line"} and len(words(self.text)) <= _MAX_LABEL_WORDS


def units_of(blocks: Sequence[Block]) -> list[Unit]:
    """Return the units of ``blocks``; a list that a reader kept whole is opened."""
    found: list[Unit] = []
    defined = (pair for block in blocks for pair in _DEFINITION.findall(block.markdown or ""))
    addresses = {label.casefold(): url for label, url in defined}
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.VERBATIM and block.markdown and (items := _items(block.markdown, addresses)):
            for item in items:
                for at, inner in enumerate(item):
                    marked = replace(inner, mark=Mark("-"), apart=True) if at == 0 else replace(inner, mark=None)
                    found.append(_unit(place, marked))
        else:
            found.append(_unit(place, block))
    return _underlined(found)


def _items(source: str, addresses: Mapping[str, str]) -> list[tuple[Block, ...]]:
    """Return the items of the list that ``source`` is, each as blocks; nothing for anything else.

    ``addresses`` are those that the document defines elsewhere: each item must be readable without it.
    """
    if addresses:
        source = _REFERENCE.sub(
            lambda m: f"[{m[1]}]({found})" if (found := addresses.get((m[2] or m[1]).casefold())) else m[0], source
        )
    tokens = MarkdownIt("commonmark", {"html": False}).parse(source)
    if not tokens or tokens[0].type not in {"bullet_list_open", "ordered_list_open"} or tokens[-1].level != 0:
        return []
    lines = source.split("\n")
    found = []
    for token in tokens:
        if token.type == "list_item_open" and token.level == 1 and token.map:
            first, *rest = lines[slice(*token.map)]
            width = len(first) - len(re.sub(r"^\s*(?:[-*+]|\d{1,9}[.)])\s+", "", first))
            inner = "\n".join([first[width:], *(line[width:] if not line[:width].strip() else line for line in rest)])
            found.append(blocks_of_markdown(inner))
    return [item for item in found if item]


def _unit(place: int, block: Block) -> Unit:
    text, signs = block.text.strip(), set()
    if block.kind is BlockKind.RULE:
        return Unit(place, block, text)
    if block.kind is BlockKind.HEADING:
        signs.add("heading")
    if block.mark is not None:
        emoji = _DRAWN.fullmatch(block.mark.sign.strip()) is not None and block.mark.number is None
        signs.add("emoji" if emoji else "number" if block.mark.number is not None else "bullet")
    elif match := _DASH.match(text):
        signs.add("bullet")
        text = text[match.end() :]
    if match := _EMOJI.match(text):
        signs.add("emoji")
        text = text[match.end() :]
    if _POST.fullmatch(text):
        return Unit(place, block, text, frozenset({"post"}))
    if match := _CLOCK.match(text):
        signs.add("clock")
        text = text[match.end() :]
    head, alone, url = _head_of(block)
    if not head and (match := _CAPITALS.match(text)):
        head = match[1]
    if head and block.kind is not BlockKind.HEADING:
        signs.add("bold" if alone else "run-in")
    if url:
        signs.add("link")
    return Unit(place, block, text, frozenset(signs), head, alone, url)


def _head_of(block: Block) -> tuple[str, bool, str | None]:
    """Return what is set off at the start of a block, whether that is all of it, and where it leads."""
    written = (block.markdown or "").strip().rstrip("\\")
    if block.kind is BlockKind.VERBATIM or not written:
        return "", False, None
    written = _EMOJI.sub("", written, count=1) if _EMOJI.match(written) else written
    link = _LINK.match(written)
    links = _LINK.findall(written)
    if link is None and len(links) == 1 and not ends_sentence(block.text):
        url: str | None = unescape(links[0][1])  # "Outlet: headline", with the link on the headline
    else:
        url = unescape(link["url"]) if link else None
    if match := _RUN_IN.match(written):
        inner = _LINK.search(match["head"])
        return (
            _plain(match["head"]),
            not match["rest"].strip(" .*_"),
            url or (unescape(inner["url"]) if inner else None),
        )
    if link:
        return _plain(link["text"]), not written[link.end() :].strip(" .*_→»"), url
    return "", False, url


def without_head(unit: Unit) -> Block:
    """Return the block of ``unit`` without what is set off at its start, which is its headline elsewhere."""
    written = (unit.block.markdown or "").strip()
    match = _RUN_IN.match(written) or _LINK.match(written)
    if match is None or not unit.head or not unit.block.text.startswith(unit.head):
        return unit.block
    rest = match["rest"] if "rest" in match.groupdict() else written[match.end() :]
    text = unit.block.text[len(unit.head) :].lstrip(_AFTER_HEAD)
    return replace(unit.block, text=text, markdown=rest.lstrip(_AFTER_HEAD)) if text else unit.block


def _plain(written: str) -> str:
    """Return inline Markdown as text, without links, emphasis and escapes."""
    text = _LINK_TEXT.sub(r"\1", written)
    text = re.sub(r"(?<!\\)[*_`]", "", text)
    return " ".join(_ESCAPE.sub(r"\1", text).split())


def _underlined(units: Sequence[Unit]) -> list[Unit]:
    """Take a rule right below a line as that line's underlining, when none stands above it."""
    found: list[Unit] = []
    for unit in units:
        below = unit.is_rule and not unit.block.apart and found and not found[-1].is_rule
        if below and found[-1].is_line and not (len(found) > 1 and found[-2].is_rule and not found[-1].block.apart):
            found[-1] = replace(found[-1], signs=found[-1].signs | {"underlined"})
        else:
            found.append(unit)
    return found


def is_footer(unit: Unit) -> bool:
    """Tell whether a unit may stand below the last item: about the page, or a greeting."""
    return unit.is_rule or lexicon.FOOTER.search(unit.text) is not None or len(unit.text) <= _MAX_HEADLINE


def texts(units: Sequence[Unit]) -> Iterator[str]:
    """Yield the texts of ``units``, rules aside."""
    return (unit.text for unit in units if not unit.is_rule)
