"""Rules that are switched off for a text make no difference to it."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from backfile.reading import markdown

SIGNS = (
    "a",
    "B c ",
    "d-e: f, 5 % = g!",
    "]",
    "^",
    "\n",
    "\n\n",
    "  ",
    "    ",
    "\t",
    "\r",
    "\0",
    "\u2028",
    "“",
    "$",
    "- ",
    "1. ",
    "# ",
    "> ",
    "---",
    "===",
    "|",
    "-|-",
    "```",
    "*",
    "__",
    "~~",
    "[",
    "](/x)",
    "[^1]",
    "[^1]: n",
    "^[n]",
    "[a]: /u",
    "![a](b.png)",
    "<b>",
    "</b>",
    "&amp;",
    "\\",
    "`",
)


@given(st.lists(st.sampled_from(SIGNS), max_size=12).map("".join))
def test_a_text_comes_out_as_with_all_rules(text: str) -> None:
    by_its_own = markdown.render(text)
    with patch.object(markdown, "needs", return_value=(True, True, True, True)):
        assert markdown.render(text) == by_its_own
