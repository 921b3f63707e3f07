"""The table of contents of a long text: links to its headings."""

from __future__ import annotations

import re
from html import unescape

from backfile.pages.records import Heading

FEWEST_HEADINGS = 3
FEWEST_WORDS = 1500  # some six screens; what is shorter is soon looked through

# As the renderer writes headings of its own; one from raw HTML has no place to lead to.
_HEADING = re.compile(r'<h([23]) id="(s-[^"]+)">(.+?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NOTE = re.compile(r'<sup class="footnote-ref">.*?</sup>', re.DOTALL)


def contents(html: str) -> tuple[Heading, ...]:
    """Return the headings of a body (sanitised HTML) of ``FEWEST_WORDS`` or more; none where there are too few.

    Those of the highest level alone where they are enough, else those of the second, too.
    """
    found = _HEADING.findall(html) if html.count("<h") >= FEWEST_HEADINGS else []
    highest = [heading for heading in found if heading[0] == "2"]
    chosen = highest if len(highest) >= FEWEST_HEADINGS else found
    if len(chosen) < FEWEST_HEADINGS or len(_TAG.sub(" ", html).split()) < FEWEST_WORDS:
        return ()
    return tuple(Heading(_plain(words), place) for _, place, words in chosen)


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", _NOTE.sub("", html))).split())
