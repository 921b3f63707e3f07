"""Markdown of other tools as CommonMark: what their programs show of it, and not what only they understand.

Obsidian's comments, links between notes, marks of paragraphs and call-outs, and the queries of its
plugins; what Logseq notes of its blocks; highlights; the commands of templates in Jekyll and Hugo;
Pandoc's attributes of headings and its divisions; MkDocs' admonitions. Other code stays as it is.

Known failure: a command in a code block that is only set in, and not fenced, goes.
"""

from __future__ import annotations

import re
import textwrap

from backfile.ingest.records import count_characters

# Code is matched first, so that nothing is looked for in it.
_CODE = (
    r"(?P<code>^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)|\Z)"
    r"|(?<!`)(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`))"
)
# A line of marks and a name, with what is set in below it (MkDocs).
_ADMONITION = (
    r"^(?:!!!|\?\?\?\+?)[ \t]+(?P<type>[\w-]+)(?:[ \t]+\"(?P<said>[^\"\n]*)\")?[ \t]*\n"
    r"(?P<inside>(?:(?: {4}|\t)[^\n]*\n?|[ \t]*\n(?= {4}|\t))+)"
)
_FOREIGN = re.compile(
    rf"{_CODE}"
    r"|(?P<comment>%%.*?%%)"
    r"|(?P<command>\{%.*?%\}|\{\{[<%].*?[>%]\}\}|^\{:[^{}\n]*\}[ \t]*$|\{\{-?\s*[\w.]+(?:\s*\|[^{}\n]*)?\s*-?\}\}"
    r"|^:::+[^\n]*$|^[ \t]+(?:id|collapsed|created-at|updated-at)::[^\n]*$"
    r"|(?:^[ \t]*- )?\(\([0-9a-f]{8}-[0-9a-f-]{27}\)\))"
    r"|(?<!\w)(?P<bright>==|::)(?P<shown>[^\s=:](?:[^\n]{0,300}?[^\s=:])?)(?P=bright)(?![=:\w])"
    r"|^(?P<hashes>#{1,6}[ \t][^\n{}]*?)[ \t]*\{[.#][^{}\n]*\}[ \t]*$"
    rf"|{_ADMONITION}"
    r"|(?P<embed>!)?\[\[(?P<note>[^\[\]|\n]+)(?:\|(?P<words>[^\[\]\n]*))?\]\](?![(\[])"
    r"|^(?P<quote>(?:>[ \t]?)+)\[!(?P<kind>[\w -]+)\][+-]?[ \t]*(?P<head>[^\n]*)"
    r"|(?P<mark>[ \t]\^[a-z\d-]{3,40}$)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_SIGNS = ("%%", "{%", "{{", "{:", "[[", "[!", " ^", ":::", "::", "==", "((", "{.", "{#", "!!!", "???")
# What Obsidian's plugins make lists of, and nothing that anybody wrote.
_QUERY = re.compile(r"(?:`{3,}|~{3,})[ \t]*(?:dataview(?:js)?|tasks|query)\b", re.IGNORECASE)
# A line of hashtags below the title or at the end: they say where Bear and Obsidian keep the note.
_TAG = r"#[^\W\d][\w/-]*#?"
_TAGS = re.compile(rf"\A(?P<title>\s*# [^\n]+\n+){_TAG}(?:[ \t]+{_TAG})*[ \t]*(?=\n)|\n{_TAG}(?:[ \t]+{_TAG})*\s*\Z")
_CAPTION = re.compile(r"\b(?:caption|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_FILE = re.compile(r"\.\w{2,5}$")
_WIKI = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")


def as_commonmark(text: str) -> tuple[str, int]:
    """Return ``text`` as CommonMark, and how many characters of it no reader would have seen."""
    written = _TAGS.sub(lambda match: match["title"] or "\n", text)
    if any(sign in text for sign in _SIGNS):
        written = _FOREIGN.sub(_written, written)
    return written, max(0, count_characters(text) - count_characters(written))


def without_wiki_links(text: str) -> str:
    """Return a value of front matter with the names of notes for the links to them."""
    return _WIKI.sub(lambda match: _named(match[1], match[2]), text)


def _written(match: re.Match[str]) -> str:
    if match["code"]:
        return "" if match["fence"] and _QUERY.match(match["code"].lstrip()) else match.group()
    if match["shown"] or match["hashes"]:
        return match["shown"] or match["hashes"]
    if match["type"]:
        head = match["said"] if match["said"] is not None else match["type"].capitalize()
        lines = [
            *((f"**{head}**", "") if head else ()),
            *textwrap.dedent(match["inside"].expandtabs(4)).strip("\n").split("\n"),
        ]
        return "".join(f"> {line}".rstrip() + "\n" for line in lines)
    if match["command"]:
        caption = _CAPTION.search(match["command"])
        return f"*{caption[1] or caption[2]}*" if caption else ""
    if match["note"]:
        if match["note"].isdecimal():  # a number of a note at the foot
            return match.group()
        return "" if match["embed"] and _FILE.search(match["note"]) else _named(match["note"], match["words"])
    if match["quote"]:
        return f"{match['quote']}**{match['head'].strip() or match['kind'].strip().capitalize()}**"
    return ""


def _named(note: str, words: str | None) -> str:
    """Return what is shown of a link to a note: its words, else the note's name without its place in it."""
    name, _, place = note.partition("#")
    return (words or name.rpartition("/")[2] or place.lstrip("^")).strip()
