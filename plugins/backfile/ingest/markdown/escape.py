"""Plain text as Markdown that renders to the same text, with as few backslashes as that takes.

The rules follow CommonMark 0.31 with tables, strikethrough and footnotes. Bare web
addresses become links that show themselves, since nothing would link them later.
"""

from __future__ import annotations

import re

# Where a line of text would begin a heading, quotation, list, rule, fence or note.
_BLOCK_START = re.compile(r"(#{1,6}(?=[ \t]|$)|>|[-+*](?=[ \t]|$)|[-_*=~`]{3,}|:(?=[ \t]))")
_NUMBER_START = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_INLINE = re.compile(r"[\\`]|(?<!\s)\*|\*(?=\S)|(?<![^\W_])_|_(?![^\W_])|~{2,}")
_BRACKET = re.compile(r"[\[\]]")
# Brackets mean something only in these company; "[sic]" alone stays as it is.
_LINK_SIGNS = re.compile(r"\]\(|\]\[|\]:|\[\^|\^\[")
# Addresses with brackets, asterisks and the like stay plain text.
_URL = re.compile(r"https?://[^\s<>\"“”«»\\()\[\]*`~]+(?=[\s<>\"“”«»)\]]|$)", re.IGNORECASE)
_URL_TAIL = re.compile(r"[.,;:!?'’…_|]+$")


def escape_line(text: str) -> str:
    """Return one line of plain text, of any length, as the Markdown of a paragraph."""
    text = " ".join(text.split(" ")).strip(" \t")
    parts: list[str] = []
    end = 0
    for match in _URL.finditer(text):
        url = _URL_TAIL.sub("", match.group())
        if len(url) > len("https://"):
            parts += [_escape_inline(text[end : match.start()]), _link(url)]
            end = match.start() + len(url)
    parts.append(_escape_inline(text[end:]))
    return _escape_start("".join(parts))


def escape_heading(text: str, level: int) -> str:
    """Return plain text as a Markdown heading of ``level``."""
    line = re.sub(r"(?<=[ \t])#+$", r"\\\g<0>", escape_line(text))
    return f"{'#' * level} {line}"


def _link(url: str) -> str:
    return f"[{_escape_inline(url)}]({_ENTITY.sub('&amp;', url)})"


def _escape_inline(text: str) -> str:
    if _LINK_SIGNS.search(text):
        text = _BRACKET.sub("\0\\g<0>", text)
    text = _INLINE.sub(lambda sign: "".join("\\" + part for part in sign.group()), text)
    text = _TAG.sub("&lt;", _ENTITY.sub("&amp;", text))
    return text.replace("\0", "\\")


def _escape_start(line: str) -> str:
    number = _NUMBER_START.match(line)
    if number:
        return f"{number[1]}\\{line[number.end(1) :]}"
    return "\\" + line if _BLOCK_START.match(line) else line
