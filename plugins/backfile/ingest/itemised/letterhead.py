"""The name of a paper and its issue, above the headline of an article that other news follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backfile.ingest.itemised.taken import Split
from backfile.ingest.records import Block, count_characters
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.phrases import DAY, ISSUE_OF
from backfile.ingest.vocabulary.words import begins_high, ends_with_full_stop, words
from backfile.model import Kind

_NAME_WORDS = 4  # of a paper; a headline has as many and more
_MAX_HEADLINE = 160


def without_letterhead(split: Split) -> Split:
    """Return an article that briefs were taken off, called by its headline, without the lines of the paper above it."""
    above = _lines_of_letterhead(split.blocks) if split.kind is Kind.ARTICLE and split.briefs and not split.title else 0
    if not above:
        return split
    lost = sum(count_characters(block.text) for block in split.blocks[:above])
    dropped = (*split.dropped, ("the issue's own lines and labels", lost))
    return replace(split, blocks=split.blocks[above:], title=split.blocks[above].text, dropped=dropped)


def _lines_of_letterhead(blocks: Sequence[Block]) -> int:
    """Return how many lines at the top of ``blocks`` are a paper's, above the headline of an article: 0, 1 or 2.

    It is "Name, day", or the name with a line directly below that calls it an issue.
    """
    for count, is_paper in ((1, _is_paper_and_day), (2, _are_paper_and_issue)):
        if len(blocks) > count + 1 and _may_be_headline(blocks[count]) and is_paper(blocks[:count]):
            return count
    return 0


def _is_paper_and_day(lines: Sequence[Block]) -> bool:
    name, comma, rest = lines[0].text.partition(", ")
    return bool(comma) and len(words(name)) <= _NAME_WORDS and DAY.match(rest) is not None


def _are_paper_and_issue(lines: Sequence[Block]) -> bool:
    name, issue = lines
    says_so = ISSUE_OF.search(issue.text) or lexicon.DIGEST_TITLE.search(issue.text) or lexicon.ISSUE.match(issue.text)
    dated = any(word[0].isdigit() for word in words(issue.text))
    return len(words(name.text)) <= _NAME_WORDS and not issue.apart and bool(says_so) and dated


def _may_be_headline(block: Block) -> bool:
    text = block.text
    if not block.apart or len(text) > _MAX_HEADLINE or len(words(text)) < _NAME_WORDS or not begins_high(text):
        return False
    return not ends_with_full_stop(text) and not any(p.match(text) for p in (lexicon.CREDIT, lexicon.BYLINE, DAY))
