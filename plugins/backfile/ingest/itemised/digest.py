"""Split a digest into its briefs, and leave everything else whole.

What a digest is
    A headline and one short text (at most three sentences), repeated. It stands at the
    end of an article, after a lead-in line ("Also read:"), numbered, or is the whole
    document. The items are different stories, so each must be readable alone.

Method
    Blocks are read as pairs of headline and text. A pair has a *shape*: how the headline
    is set off (a number, a bullet, text directly below it, a blank line, a Markdown
    heading). A run is a sequence of pairs of one shape; between them may stand rules and
    section labels ("World"), below each its address or source. Without a lead-in the run
    must reach to the end of the document (a footer line aside).
    The form alone is not enough: sections of an article have it too. What tells a
    headline from a section heading is that a headline says what the text below it says
    again, in other words: it *echoes*. A heading such as "Background" or "The way ahead"
    does not. ``_RULES`` says how much evidence each shape needs.

Against it
    Questions and explainers as headlines ("What happens next"), people with their roles
    ("Jane Roe, mayor"), speakers ("Q:"), times (an agenda), a full stop at the headline's
    end, texts that begin with "He" or "However" (they go on from the text before, so they
    are no stories of their own), and sections of the same shape before the run.

Doubt
    A run that has the form but not the evidence stays in the article; a note says so.

Known failures
    A digest whose texts have several paragraphs each is kept as one article with
    sections. So is a tail of full sentences whose headlines share no word with their texts and that has no
    lead-in. An explainer whose headings are full sentences and whose sections have one
    sentence each may be split; a list of people with a sentence each is not, as their
    names are too short for headlines.

Rejected
    Letter case of headlines (Ukrainian and Russian have none); similarity between items
    (a digest about one war is all alike); length of the text alone (sections of short
    articles are as short); splitting single-line items at their first full stop (it
    splits numbered advice).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from backfile.ingest.itemised.apart import cohesion
from backfile.ingest.itemised.pairs import (
    MAX_HEADLINE,
    RESUMABLE,
    SHAPES,
    SHAPES_OF_SECTIONS,
    Form,
    Pair,
    Run,
    echo,
    is_lead_in,
    without_footer,
)
from backfile.ingest.itemised.taken import Split, taken
from backfile.ingest.lines.linked import link_of
from backfile.ingest.records import Block
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.words import ends_sentence, words
from backfile.model import Kind
from backfile.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class _Rule:
    """How much evidence a run needs: pairs, median words a headline, mean echo, mean sentences a text."""

    pairs: int
    words: float
    echo: float
    sentences: float


# Tuned on the labelled set in tests/fixtures/ingest/digests; the reasons, one by one:
_RULES = {
    # Someone says that other news follow, so the form is enough.
    "lead-in": _Rule(pairs=2, words=3, echo=0.0, sentences=3),
    # So does a title such as "Evening digest", but a roundup may have sections; a little echo is asked for.
    "titled": _Rule(pairs=2, words=3, echo=0.1, sentences=3),
    # Every headline leads to a page of its own: no section heading does.
    "linked": _Rule(pairs=3, words=3, echo=0.0, sentences=3),
    # Numbers go up by one: no article numbers its sections with a sentence each, but advice and recipes do.
    "numbered": _Rule(pairs=3, words=4, echo=0.2, sentences=2.5),
    "marked": _Rule(pairs=3, words=4, echo=0.2, sentences=2.5),
    # The text directly below its headline, a blank line between the pairs: the usual way to paste a digest.
    "tight": _Rule(pairs=3, words=4, echo=0.2, sentences=2.5),
    # Its title says what it is, and its numbers where items begin: two words are enough for "Prisoner exchange".
    "titled and numbered": _Rule(pairs=3, words=2, echo=0.0, sentences=2),
    # Nothing stands before the first item, or only the title of a digest: sections have an article's title above
    # them, and more than a sentence each. So headlines may say what their texts leave out.
    "whole": _Rule(pairs=3, words=3.5, echo=0.0, sentences=1.3),
    # Teasers are cut off without a full stop; a paragraph of an article is not.
    "unstopped": _Rule(pairs=2, words=3.5, echo=0.0, sentences=1.0),
    # Two pairs of these shapes may as well be the two sections of a short article: more is asked of them.
    "two": _Rule(pairs=2, words=4, echo=0.3, sentences=1.5),
    # Blank lines everywhere, or nowhere, or Markdown headings: an article with short sections looks the same.
    "loose": _Rule(pairs=3, words=5, echo=0.25, sentences=1.7),
    "flat": _Rule(pairs=3, words=5, echo=0.25, sentences=1.7),
    "headed": _Rule(pairs=3, words=5, echo=0.25, sentences=1.7),
    # Blank lines here and there, as hasty pasting leaves them: the form says little, so the echo must be clear.
    "mixed": _Rule(pairs=3, words=5, echo=0.3, sentences=1.5),
}
# Lines of verse have much the same length; a text says more than its headline.
_MIN_GROWTH = 1.25
_IN_BRACKETS = re.compile(r"\s*\([^()]{2,60}\)$")
_MAX_LEAD_IN_WORDS = 9
# A share of words in common that only parts of one text have, whatever its title says (see ``itemised.apart``).
_ONE_TEXT = 0.12
_MAX_ODD_LINE = 100


def split_digest(blocks: Sequence[Block]) -> Split:
    """Return the article and the briefs in ``blocks``: a document without the lines about it, its title first."""
    for index, block in enumerate(blocks):
        if is_lead_in(block) and (run := _run_after(blocks, index)):
            return _with_more(taken(blocks, run, lead_in=index))
    form, stop = Form(blocks), without_footer(blocks)
    titled = bool(blocks) and len(blocks[0].text) <= MAX_HEADLINE and bool(lexicon.DIGEST_TITLE.search(blocks[0].text))
    if not titled and blocks and lexicon.LISTICLE.match(blocks[0].text):
        return Split(Kind.ARTICLE, tuple(blocks))
    doubt: Run | None = None
    for shape in SHAPES:
        run = form.run_to(stop, shape)
        for before_end in (stop - 1, stop - 2):
            if not run.pairs and shape in RESUMABLE and _are_short(blocks[before_end:stop]):
                run = form.run_to(before_end, shape)
        if not run.pairs or (shape in SHAPES_OF_SECTIONS and form.has_sections(run)):
            continue
        if any(_holds(run, rule) for rule in _rules_for(run, blocks[0], titled=titled)):
            return taken(blocks, run, lead_in=_unknown_lead_in(blocks, run))
        if len(run.pairs) >= 3 and not _contradicted(run) and doubt is None:
            doubt = run
    if doubt is None:
        return Split(Kind.ARTICLE, tuple(blocks))
    first = doubt.pairs[0].head.text[:60]
    note = f"{len(doubt.pairs)} headings with short texts, from “{first}” on, may be a digest: kept as one text"
    return Split(Kind.ARTICLE, tuple(blocks), notes=(note,))


def fuller(split: Split, further: Split) -> Split:
    """Return the one of two readings that has all briefs of the other and more besides; else the first.

    An item of several paragraphs ends a run of pairs before the last of them.
    """
    own, others = ([brief.title for brief in found.briefs] for found in (split, further))
    return further if split.kind is further.kind and set(own) < set(others) else split


def _rules_for(run: Run, first: Block, *, titled: bool) -> tuple[str, ...]:
    """Return the rules of which one must hold."""
    rules = ["titled"] if titled and run.start <= 3 else [run.shape]
    if run.shape in RESUMABLE:
        rules.append("two")
    if titled and run.start <= 3 and run.shape == "numbered":
        rules.append("titled and numbered")
    outgrown = median(len(pair.text.text) / len(pair.head.text) for pair in run.pairs) >= _MIN_GROWTH
    if (run.start == 0 or (titled and run.start == 1)) and outgrown and not lexicon.EXPLAINER.match(first.text):
        rules.append("whole")
    if outgrown and not any(ends_sentence(_told(pair)) for pair in run.pairs):
        rules.append("unstopped")
    if len({url for pair in run.pairs if (url := link_of(pair.head))}) == len(run.pairs):
        rules.append("linked")
    return tuple(rules)


def _told(pair: Pair) -> str:
    """Return the text of a pair without the outlet that may stand in brackets behind it."""
    return _IN_BRACKETS.sub("", pair.text.text)


def _are_short(blocks: Sequence[Block]) -> bool:
    """Tell whether these are short lines that may follow a digest: tags, a signature, a page's odds and ends."""
    return bool(blocks) and all(len(block.text) <= _MAX_ODD_LINE and block.mark is None for block in blocks)


def _with_more(split: Split) -> Split:
    """Take further digests out of an article that had one in its middle."""
    rest = split_digest(split.blocks) if split.kind is Kind.ARTICLE else None
    if rest is None or rest.kind is not Kind.ARTICLE or not rest.briefs:
        return split
    dropped = Counter(dict(split.dropped)) + Counter(dict(rest.dropped))
    return replace(rest, briefs=split.briefs + rest.briefs, dropped=tuple(dropped.items()))


def _run_after(blocks: Sequence[Block], lead_in: int) -> Run | None:
    """Return the run that a lead-in line announces, if there is one."""
    start = lead_in + 1
    if start >= len(blocks):
        return None
    form, stop = Form(blocks, first=start), without_footer(blocks)
    for shape in SHAPES:
        run = form.run_from(start, stop, shape)
        if _holds(run, "lead-in") and (run.end == stop or shape in RESUMABLE):
            return run
    return None


def _unknown_lead_in(blocks: Sequence[Block], run: Run) -> int | None:
    """Return the index of a short line with a colon right before the run, below an article: it leads in, too."""
    if run.start < 3:
        return None
    text = blocks[run.start - 1].text
    return run.start - 1 if text.endswith(":") and len(words(text)) <= _MAX_LEAD_IN_WORDS else None


def _holds(run: Run, rule: str) -> bool:
    """Tell whether a run has the evidence that ``rule`` asks for."""
    needed = _RULES[rule]
    if len(run.pairs) < needed.pairs or (rule != "lead-in" and _contradicted(run)):
        return False
    if rule == "lead-in" and _asks(run):
        return False
    if rule == "titled" and cohesion([f"{pair.head.text} {pair.text.text}" for pair in run.pairs]) > _ONE_TEXT:
        return False
    return (
        median(len(words(pair.head.text)) for pair in run.pairs) >= needed.words
        and fmean(echo(pair) for pair in run.pairs) >= needed.echo
        and fmean(len(split_sentences(_told(pair))) for pair in run.pairs) <= needed.sentences
    )


def _contradicted(run: Run) -> bool:
    """Tell whether the headlines ask, or name people, or a third of the texts go on from what was said before."""
    going_on = sum(lexicon.ANAPHORA.match(pair.text.text) is not None for pair in run.pairs)
    people = sum(lexicon.PERSON_AND_ROLE.match(pair.head.text) is not None for pair in run.pairs)
    return _asks(run) or going_on * 3 > len(run.pairs) or people * 2 >= len(run.pairs)


def _asks(run: Run) -> bool:
    asking = sum(
        pair.head.text.endswith("?") or lexicon.EXPLAINER.match(pair.head.text) is not None for pair in run.pairs
    )
    return asking * 2 >= len(run.pairs)
