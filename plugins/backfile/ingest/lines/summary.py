"""Titles and summaries made of a text's own words, where nobody wrote one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backfile.ingest.records import Block, BlockKind
from backfile.ingest.vocabulary.dates import date_of_dateline, date_on_line
from backfile.ingest.vocabulary.words import is_usable
from backfile.sentences import split_sentences

# A headline of more than 110 characters fills three lines on a telephone.
_MAX_TITLE = 110
_MIN_TITLE = 40
_MAX_SUMMARY = 300
# One sentence is a summary unless it is shorter than this.
_MIN_SUMMARY = 60
_CLAUSE = re.compile(r"\s+[—–-]\s+|[,;:]\s+")
_DATELINE_END = re.compile(r".{0,160}?(?:\s[—–]\s|--\s|\s-\s)", re.DOTALL)


def sentences_of(blocks: Sequence[Block], lang: str | None) -> tuple[str, ...]:
    """Return the first sentences of the running text in ``blocks``: enough for a title and a summary."""
    found: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and is_usable(block.text) and not date_on_line(block.text):
            found += split_sentences(_without_dateline(block.text), lang)
        if len(found) > 3:
            break
    if not found:  # nothing but lists or tables
        found = [sentence for block in blocks if block.text for sentence in split_sentences(block.text, lang)]
    return tuple(found)


def made_title(sentence: str) -> str:
    """Return a sentence as a title: without its full stop, cut at the end of a clause, or of a word, when long."""
    title = re.sub(r"(?<!\.)\.([\"'”’»)]*)$", r"\1", sentence.strip())
    if len(title) <= _MAX_TITLE:
        return title
    clauses = [match.start() for match in _CLAUSE.finditer(title, _MIN_TITLE, _MAX_TITLE) if _is_balanced(title, match)]
    return title[: clauses[-1]] if clauses else _cut(title, _MAX_TITLE)


def made_summary(sentences: Sequence[str], *, but_first: bool) -> str | None:
    """Return one or two sentences as a summary; ``but_first`` when the first already serves as title."""
    rest = list(sentences[1:] if but_first and len(sentences) > 1 else sentences)
    if not rest:
        return None
    short = len(rest[0]) < _MIN_SUMMARY and len(rest) > 1 and len(rest[0]) + len(rest[1]) < _MAX_SUMMARY
    return _cut(" ".join(rest[: 2 if short else 1]), _MAX_SUMMARY)


def title_of_digest(headlines: Sequence[str]) -> str:
    """Return a title for a digest without one: as many of its first headlines as fit."""
    title = headlines[0]
    for headline in headlines[1:]:
        if len(title) + len(headline) + 2 > _MAX_TITLE:
            break
        title += f"; {headline}"
    return title


def _without_dateline(text: str) -> str:
    match = _DATELINE_END.match(text) if date_of_dateline(text) else None
    return text[match.end() :] if match and is_usable(text[match.end() :]) else text


def _is_balanced(title: str, match: re.Match[str]) -> bool:
    """Tell whether a cut here leaves no quotation or bracket open."""
    head = title[: match.start()]
    return head.count('"') % 2 == 0 and all(
        head.count(opening) <= head.count(closing) for opening, closing in ("“”", "«»", "()", "„“")
    )


def _cut(text: str, length: int) -> str:
    """Cut at the end of a word, with an ellipsis that says so."""
    if len(text) <= length:
        return text
    head = text[:length].rsplit(None, 1)[0] if " " in text[:length] else text[: length - 1]
    return head.rstrip(",;:—–- ") + "…"
