"""A document taken apart: what stays of it, and the briefs that were in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backfile.ingest.itemised.pairs import Run, shared_words
from backfile.ingest.pictures.blocks import inherit
from backfile.ingest.records import Block, BlockKind, Brief, count_characters
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import GREETING
from backfile.model import Kind

# Of a whole digest's own words, before the first item: a greeting, not an article.
_MAX_INTRODUCTION = 350
# The same, where its title bears the number of an issue: a letter to its readers.
_MAX_EDITORIAL = 1000
# Without a title that says so, a shorter one: two short paragraphs may be all of an article.
_MAX_GREETING = 160
_ABOUT_TITLE = 0.25


@dataclass(frozen=True, slots=True)
class Split:
    """A document taken apart: its kind, what stays, the briefs, what was left out (by name), what is doubtful.

    ``title`` is that of the article that stays, where the document's own is that of the issue it stood in;
    ``judged`` says that the briefs have no known form (:mod:`judged`).
    """

    kind: Kind
    blocks: tuple[Block, ...]
    briefs: tuple[Brief, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    untitled: bool = False
    title: str | None = None
    judged: bool = False


def taken(blocks: Sequence[Block], run: Run, lead_in: int | None = None) -> Split:
    """Split ``blocks`` at ``run``. With no text of its own before it, the document is a digest and keeps its items."""
    before, after = tuple(blocks[: run.start if lead_in is None else lead_in]), tuple(blocks[run.end :])
    covered = {index for pair in run.pairs for index in range(pair.start, pair.end)}
    between = [blocks[index] for index in range(run.start, run.end) if index not in covered]
    briefs = tuple(
        Brief(pair.head.text, inherit((pair.text,), pair.head.above), pair.url, pair.source) for pair in run.pairs
    )
    more = [blocks[i] for pair in run.pairs for i in range(pair.start + 2, pair.end)]
    dropped = [("marks of digest items", sum(len(pair.head.mark.sign) for pair in run.pairs if pair.head.mark))]
    if lead_in is not None:
        dropped.append(("lead-in lines", count_characters(blocks[lead_in].text)))
    if _is_introduction(before, led_in=lead_in is not None):
        body = _body_of_digest(blocks, run, level=3 if between else 2)
        return Split(Kind.DIGEST, (*before, *body, *after), briefs, _counted(dropped), untitled=not before)
    dropped.append(
        ("read-more lines", sum(count_characters(b.text) for b in more if lexicon.READ_MORE.fullmatch(b.text)))
    )
    dropped.append(("labels and rules between items", sum(count_characters(block.text) for block in between)))
    return Split(Kind.ARTICLE, (*before, *after), briefs, _counted(dropped))


def _body_of_digest(blocks: Sequence[Block], run: Run, level: int) -> tuple[Block, ...]:
    """Return the items as they stand in the digest itself: headlines at ``level``, the labels between them above."""
    heads = {pair.start for pair in run.pairs}
    below = {index for pair in run.pairs for index in range(pair.start + 1, pair.end)}
    body: list[Block] = []
    for index in range(run.start, run.end):
        block = blocks[index]
        if index in heads:
            body.append(replace(block, kind=BlockKind.HEADING, level=level, mark=None))
        elif index in below or block.kind is BlockKind.RULE:
            body.append(block)
        else:
            body.append(replace(block, kind=BlockKind.HEADING, level=2))
    return tuple(body)


def _is_introduction(before: Sequence[Block], *, led_in: bool) -> bool:
    """Tell whether nothing but a title and a greeting stands before the first item."""
    if len(before) <= 1:
        return True
    title, rest = before[0], before[1:]
    length = sum(len(block.text) for block in rest)
    if lexicon.DIGEST_TITLE.search(title.text):
        return length <= (_MAX_EDITORIAL if lexicon.ISSUE.search(title.text) else _MAX_INTRODUCTION) and len(rest) <= 2
    if not led_in and any(GREETING.match(block.text) for block in rest):
        return length <= _MAX_INTRODUCTION
    about_title = any(shared_words(title, block) >= _ABOUT_TITLE for block in rest)
    return length <= _MAX_GREETING and not (led_in or about_title)


def _counted(dropped: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((what, count) for what, count in dropped if count)
