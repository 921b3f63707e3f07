"""Headlines with their texts: the form of a digest, before any evidence is weighed (see ``digest``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backfile.ingest.lines.header import read_source
from backfile.ingest.lines.linked import link_of
from backfile.ingest.records import Block, BlockKind, Metadata
from backfile.ingest.vocabulary import lexicon
from backfile.ingest.vocabulary.dates import date_on_line
from backfile.ingest.vocabulary.words import begins_high, ends_sentence, ends_with_full_stop, url_alone, words
from backfile.model import Source
from backfile.sentences import split_sentences

SHAPES = ("numbered", "marked", "tight", "loose", "flat", "headed", "mixed")
# Shapes that the sections of an article have too: if such sections stand before the run, it may be more of them.
SHAPES_OF_SECTIONS = ("tight", "loose", "flat", "headed", "mixed")
RESUMABLE = ("numbered", "marked", "tight")  # shapes whose end can be seen, so that an article may go on after them

MAX_HEADLINE = 180
_MAX_TEXT = 500
_MAX_SENTENCES = 3
_MAX_LABEL_WORDS = 4
# A text without a full stop is told from a headline by being so much longer.
_LONGER = 1.2
# A heading with fewer words than this is no headline, so it says nothing against a digest below it.
_MIN_SECTION_WORDS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Headline at ``start``, text at ``start + 1``, addresses and sources after them up to ``end``."""

    head: Block
    text: Block
    start: int
    end: int
    url: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Pairs of one shape in a row, from the first headline up to ``end``."""

    shape: str
    start: int
    end: int
    pairs: tuple[Pair, ...]


class Form:
    """The blocks of a document, each judged once: may it be a headline, may it be the text below one."""

    def __init__(self, blocks: Sequence[Block], first: int = 0) -> None:
        """Take the blocks, and the index of the one before which blank lines say nothing."""
        self.blocks = tuple(blocks)
        self.first = first
        self.heads = [_may_be_headline(block) for block in blocks]
        self.texts = [_may_be_text(block) for block in blocks]
        levels = [block.level for block in blocks if block.kind is BlockKind.HEADING]
        self.level = max((level for level in set(levels) if levels.count(level) > 1), default=0)

    def pair_at(self, index: int, stop: int, shape: str) -> Pair | None:
        """Return the pair of ``shape`` whose headline is at ``index``, with what stands below its text."""
        if index + 1 >= stop or not self.heads[index] or not self.texts[index + 1]:
            return None
        head, text = self.blocks[index], self.blocks[index + 1]
        if not _has_shape(head, text, shape, first=index == self.first):
            return None
        if shape == "headed" and head.level != self.level:
            return None
        if not ends_sentence(text.text) and len(text.text) < len(head.text) * _LONGER:
            return None
        end, url, source = index + 2, None, None
        while end < stop and (found := below_item(self.blocks[end])):
            url, source, end = url or found.url, source or found.source, end + 1
        return Pair(head, text, index, end, link_of(head) or url, source)

    def run_from(self, start: int, stop: int, shape: str) -> Run:
        """Return the longest run that begins at ``start``; it may be empty, and end before ``stop``."""
        pairs: list[Pair] = []
        index = end = start
        while index < stop:
            pair = self.pair_at(index, stop, shape)
            if pair is not None and (not pairs or _follows(pairs[-1], pair, shape)):
                pairs.append(pair)
                index = end = pair.end
            elif pairs and self._is_between(index, stop, shape):
                index += 1
            else:
                break
        return Run(shape, start, end, tuple(pairs))

    def run_to(self, stop: int, shape: str) -> Run:
        """Return the longest run that reaches ``stop``; it may be empty."""
        reaches = [False] * stop + [True]
        start = stop
        for index in range(stop - 1, -1, -1):
            pair = self.pair_at(index, stop, shape)
            if pair is not None and reaches[pair.end] and self._goes_on(pair, stop, shape):
                reaches[index] = True
                start = index
            elif pair is None and reaches[index + 1] and index + 1 < stop and self._is_between(index, stop, shape):
                reaches[index] = True
        run = self.run_from(start, stop, shape)
        return run if run.end == stop else Run(shape, stop, stop, ())

    def _goes_on(self, pair: Pair, stop: int, shape: str) -> bool:
        """Tell whether a run that is flat stays so: no blank line after this pair."""
        return shape != "flat" or pair.end == stop or not self.blocks[pair.end].apart

    def has_sections(self, run: Run) -> bool:
        """Tell whether headings with texts of the run's shape stand before it, which are no pairs of it."""
        for index in range(1, run.start - 1):
            head, text = self.blocks[index], self.blocks[index + 1]
            section = self.heads[index] and len(words(head.text)) >= _MIN_SECTION_WORDS
            if section and len(text.text) > len(head.text) and _has_shape(head, text, run.shape, first=False):
                return True
        return False

    def _is_between(self, index: int, stop: int, shape: str) -> bool:
        """Tell whether a rule or a section label stands here, with a pair after it."""
        block = self.blocks[index]
        label = block.apart and block.mark is None and len(words(block.text)) <= _MAX_LABEL_WORDS
        if block.kind is not BlockKind.RULE and (not label or ends_sentence(block.text)):
            return False
        return self.pair_at(index + 1, stop, shape) is not None


def echo(pair: Pair) -> float:
    """Return how much of its headline a text says again, as a share of words."""
    return shared_words(pair.head, pair.text)


def shared_words(head: Block, text: Block) -> float:
    """Return the share of the words of ``head`` that ``text`` has too, compared by their first letters."""
    found, wanted = _stems(text.text), _stems(head.text)
    return len(wanted & found) / len(wanted) if wanted else 0.0


def _stems(text: str) -> set[str]:
    """Return what words have in common across their forms: four letters of short ones, five of long ones."""
    found = (word.casefold().split("'")[0].split("’")[0] for word in words(text))
    return {word[: 4 if len(word) < 8 else 5] for word in found if len(word) > 3 or word.isdigit()}


def _may_be_headline(block: Block) -> bool:
    text = block.text
    if block.kind in (BlockKind.RULE, BlockKind.VERBATIM) or len(text) > MAX_HEADLINE:
        return False
    fewest = 1 if block.mark and block.mark.number is not None else 3
    if not fewest <= len(words(text)) <= 30 or not begins_high(text) or text.endswith((",", ":", ";")):
        return False
    if any(p.match(text) for p in (lexicon.CREDIT, lexicon.SPEAKER, lexicon.CLOCK)) or is_lead_in(block):
        return False
    if "](" in text:  # Markdown that came as plain text
        return False
    return not ends_with_full_stop(text) and url_alone(text) is None and date_on_line(text) is None


def _may_be_text(block: Block) -> bool:
    text = block.text
    if block.kind not in (BlockKind.LINE, BlockKind.PARAGRAPH) or block.mark is not None or len(text) > _MAX_TEXT:
        return False
    if len(words(text)) < 5 or not begins_high(text) or text.endswith((",", ":", ";")):
        return False
    return lexicon.SPEAKER.match(text) is None and len(split_sentences(text)) <= _MAX_SENTENCES


def _has_shape(head: Block, text: Block, shape: str, *, first: bool) -> bool:
    if shape in ("numbered", "marked"):
        return head.mark is not None and (head.mark.number is not None) == (shape == "numbered")
    if head.mark is not None or (head.kind is BlockKind.HEADING) != (shape == "headed"):
        return False
    if shape in ("headed", "mixed"):
        return True
    if shape == "flat":
        return not text.apart  # of the headlines, only the run's first may stand apart
    return (first or head.apart) and text.apart == (shape == "loose")


def _follows(before: Pair, pair: Pair, shape: str) -> bool:
    if shape == "flat":
        return not pair.head.apart
    if shape != "numbered" or before.head.mark is None or pair.head.mark is None:
        return True
    return (before.head.mark.number or 0) + 1 == pair.head.mark.number


def below_item(block: Block) -> Metadata | None:
    """Return the address or the source of an item, which stands on a line below its text; "Read more" says nothing."""
    match = lexicon.URL_LABEL.fullmatch(block.text)
    url = url_alone(match["value"] if match else block.text)
    if url:
        return Metadata(url=url)
    if lexicon.READ_MORE.fullmatch(block.text):
        return Metadata(url=link_of(block))
    match = lexicon.SOURCE_LABEL.fullmatch(block.text)
    source = read_source(match["value"]) if match else None
    return Metadata(source=source) if source else None


def is_lead_in(block: Block) -> bool:
    """Tell whether a line announces other news; "Read more" without a colon belongs to what stands above it."""
    phrase = lexicon.LEAD_IN.fullmatch(block.text.strip(" :…—–-"))
    return phrase is not None and lexicon.READ_MORE.fullmatch(block.text) is None


def without_footer(blocks: Sequence[Block]) -> int:
    """Return where the last lines about the page begin, at most three."""
    stop = len(blocks)
    while stop > 0 and len(blocks) - stop < 3:
        block = blocks[stop - 1]
        if block.kind is not BlockKind.RULE and (len(block.text) > 200 or not lexicon.FOOTER.search(block.text)):
            break
        stop -= 1
    return stop
