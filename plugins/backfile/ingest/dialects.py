"""Markdown of other tools as CommonMark: what their programs show of it, and not what only they understand.

Obsidian's comments, links between notes, marks of paragraphs and call-outs; the commands of
templates in Jekyll and Hugo. Code stays as it is.

Known failure: a command in a code block that is only set in, and not fenced, goes.
"""

from __future__ import annotations

import re

from backfile.ingest.records import count_characters

# Code is matched first, so that nothing is looked for in it.
_CODE = (
    r"(?P<code>^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)|\Z)"
    r"|(?<!`)(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`))"
)
_FOREIGN = re.compile(
    rf"{_CODE}"
    r"|(?P<comment>%%.*?%%)"
    r"|(?P<command>\{%.*?%\}|\{\{[<%].*?[>%]\}\}|^\{:[^{}\n]*\}[ \t]*$)"
    r"|(?P<embed>!)?\[\[(?P<note>[^\[\]|\n]+)(?:\|(?P<words>[^\[\]\n]*))?\]\](?![(\[])"
    r"|^(?P<quote>(?:>[ \t]?)+)\[!(?P<kind>[\w -]+)\][+-]?[ \t]*(?P<head>[^\n]*)"
    r"|(?P<mark>[ \t]\^[a-z\d-]{3,40}$)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_SIGNS = ("%%", "{%", "{{", "{:", "[[", "[!", " ^")
_CAPTION = re.compile(r"\b(?:caption|title)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_FILE = re.compile(r"\.\w{2,5}$")
_WIKI = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")


def as_commonmark(text: str) -> tuple[str, int]:
    """Return ``text`` as CommonMark, and how many characters of it no reader would have seen."""
    if not any(sign in text for sign in _SIGNS):
        return text, 0
    written = _FOREIGN.sub(_written, text)
    return written, max(0, count_characters(text) - count_characters(written))


def without_wiki_links(text: str) -> str:
    """Return a value of front matter with the names of notes for the links to them."""
    return _WIKI.sub(lambda match: _named(match[1], match[2]), text)


def _written(match: re.Match[str]) -> str:
    if match["code"]:
        return match.group()
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
