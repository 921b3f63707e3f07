"""Which of Markdown's rules a text has a use for.

A rule begins with a sign: a list with a bullet or a number at the start of a line, a link
with a bracket. markdown-it asks every rule at every line, and at every sign that any of
them begins with, which is half of its work in a text of plain paragraphs; so the rules
whose sign a text has not are switched off for it, and a text is read on past signs that begin
nothing. One that is all paragraphs is cut at its blank lines, and each of them is a text of its
own: most have no sign at all, and need no parser. What comes of it is the same. Signs are
looked for generously: a text that only may need a rule has it.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# A line that begins otherwise may be more than a line of a paragraph: it may be indented, marked, or underline one.
_BLOCK = re.compile(r"""\n(?![^\W\d_]|["'“‘«„($!\n]|\Z)""")
_BLOCKS, _LINKS, _EMPHASIS, _OTHERS = "\r\0", "[", "*_~", "<&\\`"
_WITHIN_LINKS = "]!^"  # mean something beside a bracket
_NOTE = "^["  # a note within a paragraph: notes are numbered throughout, and stand below
_SIGN = re.compile(f"[\n{re.escape(_LINKS + _EMPHASIS + _OTHERS)}]")

Needs = tuple[bool, bool, bool, bool]


def needs(text: str) -> Needs:
    """Return whether a text may have blocks that are no paragraphs, links, emphasis, and what other signs begin."""
    return (
        _has(text, _BLOCKS) or _NOTE in text or bool(_BLOCK.search(f"\n{text}")),
        _has(text, _LINKS),
        _has(text, _EMPHASIS),
        _has(text, _OTHERS),
    )


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text that has no other blocks."""
    return list(filter(None, map(mdTrim, text.split("\n\n"))))


def is_plain(paragraph: str) -> bool:
    """Tell whether no rule has anything to do with a paragraph."""
    return not _SIGN.search(paragraph)


def _has(text: str, signs: str) -> bool:
    return any(sign in text for sign in signs)


def switch_off(parser: MarkdownIt, needs: Needs) -> None:
    """Leave out of a parser the rules that texts with such needs have no use for."""
    blocks, links, emphasis, others = needs
    if not blocks:
        parser.core.ruler.at("block", _paragraphs)
        parser.core.ruler.disable(["normalize", "anchor", "heading_levels", "cell_alignment"])
    if not links:
        parser.core.ruler.disable(["footnote_tail", "figures"])
        parser.inline.ruler.disable(["link", "image", "footnote_inline", "footnote_ref"])
    if not emphasis:
        parser.inline.ruler.disable(["strikethrough", "emphasis"])
        parser.inline.ruler2.disable(["balance_pairs", "strikethrough", "emphasis"])
    if not others:
        parser.core.ruler.disable(["text_join"])
        parser.inline.ruler.disable(["escape", "backticks", "autolink", "html_inline", "entity"])
    signs = ("\n", _LINKS + _WITHIN_LINKS if links else "", _EMPHASIS if emphasis else "", _OTHERS if others else "")
    parser.inline.terminator_re = re.compile(f"[{re.escape(''.join(signs))}]")
    parser.core.ruler.at("inline", _inline)


def _paragraphs(state: StateCore) -> None:
    """Do with a text of plain paragraphs what the parser of blocks does."""
    for text in paragraphs(state.src):
        state.tokens += (
            Token("paragraph_open", "p", 1, block=True),
            Token("inline", "", 0, content=text, block=True),
            Token("paragraph_close", "p", -1, block=True),
        )


def _inline(state: StateCore) -> None:
    """Do what markdown-it's rule of that name does; a text without any sign is one text."""
    inline = state.md.inline
    for token in state.tokens:
        if token.type == "inline":
            if inline.terminator_re.search(token.content):
                token.children = inline.parse(token.content, state.md, state.env, [])
            else:
                token.children = [Token("text", "", 0, content=token.content)]
