"""A forwarded message that its mail program has set as a quotation: taken out of that, so that it can be read.

Apple's programs quote what they forward, ``>`` before each line or a ``blockquote``;
Thunderbird puts the headers into a table. A quotation counts only when it begins with the
line that says so: what an answer quotes stays a quotation.
"""

from __future__ import annotations

import re

from lxml import html

from backfile.ingest.mail.forwards import is_mark

_QUOTED = re.compile(r"\A> ?")


def unquote(text: str) -> tuple[str, int]:
    """Return plain text with the forwarded message in it unquoted, and how many signs of quotation that took."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if is_mark(line) and _is_quoted(lines, at)), None)
    if start is None:
        return text, 0
    signs = sum(line.startswith(">") for line in lines[start:])
    lines[start:] = [_QUOTED.sub("", line, count=1) for line in lines[start:]]
    further, more = unquote("\n".join(lines))  # it may have been forwarded more than once
    return further, signs + more


def _is_quoted(lines: list[str], at: int) -> bool:
    """Tell whether the line at ``at`` is quoted, or stands above what is."""
    below = next((line for line in lines[at + 1 :] if line.strip()), "")
    return lines[at].startswith(">") or below.startswith(">")


def unquote_markup(root: html.HtmlElement) -> None:
    """Do the same to the HTML of a message, and set headers in a table as lines."""
    for quotation in list(root.iter("blockquote")):
        first = next((text for text in map(str, quotation.itertext()) if text.strip()), "")
        if is_mark(first):
            quotation.tag = "div"
    for table in list(root.iter("table")):
        rows = list(table.iter("tr"))
        if rows and all(_is_header(row) for row in rows):
            for part in list(table.iter("tr", "th", "td", "tbody")):
                part.tag = "div" if part.tag == "tr" else "span"
            table.tag = "div"


def _is_header(row: html.HtmlElement) -> bool:
    """Tell whether a row of a table is a name with a colon, marked as a heading, and what it stands for."""
    cells = [cell for cell in row if isinstance(cell.tag, str)]
    return [cell.tag for cell in cells] == ["th", "td"] and cells[0].text_content().strip().endswith(":")
