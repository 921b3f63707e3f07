"""Takes a brief out of the text of the digest that it came from.

A digest's text is gone through line by line, since a line is the least that any form of digest
gives to one item alone: a heading, a paragraph, an item of a list, a row of a table. A line goes
when most of its words, by threes, are the brief's, or when it is the brief's headline, perhaps
with a time or a sign before it; and with these what only hangs on them: a link to the whole
text, a rule below the headline.

Known failures: one line that tells several items, and a brief that an editor has told anew.
Whoever calls looks whether any words are left, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from backfile.ingest.changes.likeness import triples
from backfile.ingest.vocabulary.words import words
from backfile.pictures import pictures_of

_LINK = re.compile(r"[^\w#]*(?:\[[^\]\n]*\]\([^)\n]*\)|<?https?://\S+>?)\W*")
_ADDRESS = re.compile(r"\]\([^)\n]*\)|<?https?://\S+>?")
_RULE = re.compile(r"\s*(?:---+|\*\*\*+|===+)\s*")
_CAPTION = re.compile(r"[\s>]*\*[^*].*\*\s*")
_GAP = re.compile(r"\n{3,}")
_ITS_OWN = 0.6
_BESIDE_HEADLINE = 4  # words of a headline's line that are a time, a place, a number
_NEAR = 3  # lines with words between a headline and the first line of its text


def without_brief(body: str, title: str, text: str, others: Iterable[str] = ()) -> str:
    """Return a digest's body without the headline and the text of one brief, and what hangs on them.

    ``others`` are the headlines of its other briefs: a line that is one stays. Another item with the
    same headline stays, unless it has the same text, too.
    """
    lines = body.strip("\n").split("\n")
    own = triples(f"{title}\n{_plain(text)}")
    gone = {at for at, line in enumerate(lines) if _is_of(line, own)} | _pictures(lines, frozenset(pictures_of(text)))
    headline, kept = _headline(title), [_headline(other) for other in others]
    headlines = [at for at, line in enumerate(lines) if at not in gone and _has(line, headline)]
    gone |= {at for at in headlines if not gone or _is_near(at, gone, lines)}
    links = {at for at, line in enumerate(lines) if _LINK.fullmatch(line) and not any(_has(line, h) for h in kept)}
    links = {at for at in links if "![" not in lines[at]}  # a picture stands above what it belongs to
    gone |= set(_hanging(gone, links, lines))
    return _GAP.sub("\n\n", "\n".join(line for at, line in enumerate(lines) if at not in gone)).strip("\n") + "\n"


def _pictures(lines: Sequence[str], own: frozenset[str]) -> set[int]:
    """Return the lines that show nothing but the brief's pictures, and their captions."""
    shown = {
        at for at, line in enumerate(lines) if "![" in line and own.issuperset(found := pictures_of(line)) and found
    }
    return shown | {at + 1 for at in shown if at + 1 < len(lines) and _CAPTION.fullmatch(lines[at + 1])}


def _plain(text: str) -> str:
    return _ADDRESS.sub(" ", text)


def _is_of(line: str, own: frozenset[tuple[str, ...]]) -> bool:
    found = triples(_plain(line))
    return bool(found) and len(found & own) >= _ITS_OWN * len(found)


def _has(line: str, headline: Sequence[str]) -> bool:
    """Tell whether a line is a headline, with little before or after it."""
    found = [word.casefold() for word in words(_plain(line))]
    beside = len(found) - len(headline)
    starts = range(beside + 1) if 0 <= beside <= _BESIDE_HEADLINE else ()
    return bool(headline) and any(found[start : start + len(headline)] == headline for start in starts)


def _is_near(at: int, gone: set[int], lines: Sequence[str]) -> bool:
    """Tell whether the text of a headline goes."""
    below = (index for index in range(at + 1, len(lines)) if words(lines[index]))
    return any(index in gone for index, _ in zip(below, range(_NEAR), strict=False))


def _headline(title: str) -> list[str]:
    return [word.casefold() for word in words(title)]


def _hanging(gone: set[int], links: set[int], lines: Sequence[str]) -> list[int]:
    """Return the ``links`` right below what goes, and the rules within it."""
    found = []
    above: int | None = None  # the last line with anything on it
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        if at not in gone and above is not None and (above in gone or above in found):
            below = next((index for index in range(at + 1, len(lines)) if lines[index].strip()), None)
            if at in links or (_RULE.fullmatch(line) and below in gone):
                found.append(at)
        above = at
    return found
