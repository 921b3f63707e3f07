"""Texts that come page by page: what stands above and below each page is no part of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from backfile.ingest.vocabulary.words import ends_sentence

# Lines at the top and the foot of a page which may be the same on others.
_EDGE = 2
_MIN_PAGES = 3
_DIGITS = re.compile(r"\d+")


def without_page_breaks(pages: Sequence[str]) -> str:
    """Return a text of such pages as one: without running lines, its sentences across breaks joined again."""
    lines = [[line.rstrip() for line in page.strip("\n").split("\n")] for page in pages if page.strip()]
    text = ""
    for page in without_running_lines(lines):
        rest = "\n".join(page).strip("\n")
        between = "" if not text else "\n\n" if ends_sentence(text) else "\n"
        text = f"{text}{between}{rest}"
    return text + "\n"


def without_running_lines(pages: Sequence[list[str]]) -> list[list[str]]:
    """Return the pages without first and last lines that most of them share, numbers aside; of two, with numbers."""
    if len(pages) < _MIN_PAGES:
        shown = [{_key(page[place]): page[place] for place in edges(page)} for page in pages]
        shared = set.intersection(*map(set, shown)) if len(pages) > 1 else set()
        counted = {key for key in shared if all(_counts(lines[key], at) for at, lines in enumerate(shown, start=1))}
        return [[line for line in page if _key(line) not in counted] for page in pages]
    seen = Counter(key for page in pages for key in {_key(page[place]) for place in edges(page)})
    running = {key for key, count in seen.items() if key and count * 2 > len(pages)}
    return [
        [line for place, line in enumerate(page) if place not in edges(page) or _key(line) not in running]
        for page in pages
    ]


def _counts(line: str, number: int) -> bool:
    return str(number) in _DIGITS.findall(line)


def edges(page: Sequence[str]) -> set[int]:
    """Return the places of the first and the last lines of a page."""
    return {*range(min(_EDGE, len(page))), *range(max(0, len(page) - _EDGE), len(page))}


def _key(line: str) -> str:
    return " ".join(_DIGITS.sub("0", line).casefold().split())
