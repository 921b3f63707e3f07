"""Which of Markdown's rules a text has a use for.

A rule begins with a sign: a list with a bullet or a number at the start of a line, a link
with a bracket. markdown-it asks every rule at every line, and at every sign that any of
them begins with, which is half of its work in a text of plain paragraphs; so the rules
whose sign a text has not are switched off for it. What the others make of it is the same.
Signs are looked for generously: a text that only may need a rule has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt

# A line that begins otherwise may be more than a line of a paragraph: it may be indented, marked, or underline one.
_BLOCK = re.compile(r"""\n(?![^\W\d_]|["'“‘«„($!\n]|\Z)""")
_BLOCKS, _LINKS, _EMPHASIS, _OTHERS = ("\r", "\0"), ("[",), ("*", "_", "~"), ("<", "&", "\\", "`")

Needs = tuple[bool, bool, bool, bool]


def needs(text: str) -> Needs:
    """Return whether a text may have blocks that are no paragraphs, links, emphasis, and what other signs begin."""
    return (
        _has(text, _BLOCKS) or bool(_BLOCK.search(f"\n{text}")),
        _has(text, _LINKS),
        _has(text, _EMPHASIS),
        _has(text, _OTHERS),
    )


def _has(text: str, signs: Iterable[str]) -> bool:
    return any(sign in text for sign in signs)


def switch_off(parser: MarkdownIt, needs: Needs) -> None:
    """Leave out of a parser the rules that texts with such needs have no use for."""
    blocks, links, emphasis, others = needs
    if not blocks:
        parser.block.ruler.enableOnly(["paragraph"])
        parser.core.ruler.disable(["anchor", "heading_levels", "cell_alignment"])
    if not links:
        parser.core.ruler.disable(["footnote_tail", "figures"])
        parser.inline.ruler.disable(["link", "image", "footnote_inline", "footnote_ref"])
    if not emphasis:
        parser.inline.ruler.disable(["strikethrough", "emphasis"])
        parser.inline.ruler2.disable(["balance_pairs", "strikethrough", "emphasis"])
    if not others:
        parser.inline.ruler.disable(["escape", "backticks", "autolink", "html_inline", "entity"])
