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
    sections. So is one whose headlines share no word with their texts and that has no
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

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from backfile.ingest import lexicon
from backfile.ingest.dates import date_on_line
from backfile.ingest.header import read_source
from backfile.ingest.records import Block, BlockKind, Brief, Metadata, count_characters
from backfile.ingest.words import begins_high, ends_sentence, ends_with_full_stop, url_alone, words
from backfile.model import Kind, Source
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
    # Numbers go up by one: no article numbers its sections with a sentence each, but advice and recipes do.
    "numbered": _Rule(pairs=2, words=4, echo=0.2, sentences=2.5),
    "marked": _Rule(pairs=2, words=4, echo=0.2, sentences=2.5),
    # The text directly below its headline, a blank line between the pairs: the usual way to paste a digest.
    "tight": _Rule(pairs=2, words=4, echo=0.2, sentences=2.5),
    # Blank lines everywhere, or nowhere, or Markdown headings: an article with short sections looks the same.
    "loose": _Rule(pairs=3, words=5, echo=0.25, sentences=1.7),
    "flat": _Rule(pairs=3, words=5, echo=0.25, sentences=1.7),
    "headed": _Rule(pairs=3, words=5, echo=0.25, sentences=1.7),
    # Blank lines here and there, as hasty pasting leaves them: the form says little, so the echo must be clear.
    "mixed": _Rule(pairs=3, words=5, echo=0.3, sentences=1.5),
}
_SHAPES = ("numbered", "marked", "tight", "loose", "flat", "headed", "mixed")
# Shapes that the sections of an article have too: if such sections stand before the run, it may be more of them.
_SHAPES_OF_SECTIONS = ("tight", "loose", "flat", "headed", "mixed")
_RESUMABLE = ("numbered", "marked", "tight")  # shapes whose end can be seen, so that an article may go on after them

_MAX_HEADLINE = 180
_MAX_HEADING = 90
_MAX_TEXT = 500
_MAX_SENTENCES = 3
_MAX_LABEL_WORDS = 4
_MAX_LEAD_IN_WORDS = 9
# Of a whole digest's own words, before the first item: a greeting, not an article.
_MAX_INTRODUCTION = 350


@dataclass(frozen=True, slots=True)
class Split:
    """A document taken apart: its kind, what stays, the briefs, what was left out (by name), what is doubtful."""

    kind: Kind
    blocks: tuple[Block, ...]
    briefs: tuple[Brief, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()
    untitled: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """Headline at ``start``, text at ``start + 1``, addresses and sources after them up to ``end``."""

    head: Block
    text: Block
    start: int
    end: int
    url: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    shape: str
    start: int
    end: int
    pairs: tuple[_Pair, ...]


class _Form:
    """The blocks of a document, each judged once: may it be a headline, may it be the text below one."""

    def __init__(self, blocks: Sequence[Block], first: int = 0) -> None:
        """Take the blocks, and the index of the one before which blank lines say nothing."""
        self.blocks = tuple(blocks)
        self.first = first
        self.heads = [_may_be_headline(block) for block in blocks]
        self.texts = [_may_be_text(block) for block in blocks]

    def pair_at(self, index: int, stop: int, shape: str) -> _Pair | None:
        """Return the pair of ``shape`` whose headline is at ``index``, with what stands below its text."""
        if index + 1 >= stop or not self.heads[index] or not self.texts[index + 1]:
            return None
        head, text = self.blocks[index], self.blocks[index + 1]
        if not _has_shape(head, text, shape, first=index == self.first):
            return None
        if not ends_sentence(text.text) and (shape not in _RESUMABLE or len(text.text) <= len(head.text)):
            return None
        end, url, source = index + 2, None, None
        while end < stop and (found := _below(self.blocks[end])):
            url, source, end = url or found.url, source or found.source, end + 1
        return _Pair(head, text, index, end, url, source)

    def run_from(self, start: int, stop: int, shape: str) -> _Run:
        """Return the longest run that begins at ``start``; it may be empty, and end before ``stop``."""
        pairs: list[_Pair] = []
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
        return _Run(shape, start, end, tuple(pairs))

    def run_to(self, stop: int, shape: str) -> _Run:
        """Return the longest run that reaches ``stop``; it may be empty."""
        reaches = [False] * stop + [True]
        start = stop
        for index in range(stop - 1, -1, -1):
            pair = self.pair_at(index, stop, shape)
            if pair is not None and reaches[pair.end]:
                reaches[index] = True
                start = index
            elif pair is None and reaches[index + 1] and index + 1 < stop and self._is_between(index, stop, shape):
                reaches[index] = True
        run = self.run_from(start, stop, shape)
        return run if run.end == stop else _Run(shape, stop, stop, ())

    def has_sections(self, run: _Run) -> bool:
        """Tell whether headings with texts of the run's shape stand before it, which are no pairs of it."""
        for index in range(1, run.start - 1):
            head, text = self.blocks[index], self.blocks[index + 1]
            if (
                _may_be_heading(head)
                and len(text.text) > len(head.text)
                and _has_shape(head, text, run.shape, first=False)
            ):
                return True
        return False

    def _is_between(self, index: int, stop: int, shape: str) -> bool:
        """Tell whether a rule or a section label stands here, with a pair after it."""
        block = self.blocks[index]
        label = block.apart and block.mark is None and len(words(block.text)) <= _MAX_LABEL_WORDS
        if block.kind is not BlockKind.RULE and (not label or ends_sentence(block.text)):
            return False
        return self.pair_at(index + 1, stop, shape) is not None


def split_digest(blocks: Sequence[Block]) -> Split:
    """Return the article and the briefs in ``blocks``: a document without the lines about it, its title first."""
    for index, block in enumerate(blocks):
        if _is_lead_in(block) and (run := _run_after(blocks, index)):
            return _taken(blocks, run, lead_in=index)
    form, stop = _Form(blocks), _without_footer(blocks)
    titled = bool(blocks) and len(blocks[0].text) <= _MAX_HEADLINE and bool(lexicon.DIGEST_TITLE.search(blocks[0].text))
    doubt: _Run | None = None
    for shape in _SHAPES:
        run = form.run_to(stop, shape)
        if not run.pairs or (shape in _SHAPES_OF_SECTIONS and form.has_sections(run)):
            continue
        if _holds(run, "titled" if titled and run.start <= 3 else shape):
            return _taken(blocks, run, lead_in=_unknown_lead_in(blocks, run))
        if len(run.pairs) >= _RULES[shape].pairs and not _contradicted(run) and doubt is None:
            doubt = run
    if doubt is None:
        return Split(Kind.ARTICLE, tuple(blocks))
    first = doubt.pairs[0].head.text[:60]
    note = f"{len(doubt.pairs)} headings with short texts, from “{first}” on, may be a digest: kept as one text"
    return Split(Kind.ARTICLE, tuple(blocks), notes=(note,))


def _run_after(blocks: Sequence[Block], lead_in: int) -> _Run | None:
    """Return the run that a lead-in line announces, if there is one."""
    start = lead_in + 1
    if start >= len(blocks):
        return None
    form, stop = _Form(blocks, first=start), _without_footer(blocks)
    for shape in _SHAPES:
        run = form.run_from(start, stop, shape)
        if _holds(run, "lead-in") and (run.end == stop or shape in _RESUMABLE):
            return run
    return None


def _unknown_lead_in(blocks: Sequence[Block], run: _Run) -> int | None:
    """Return the index of a short line with a colon right before the run, below an article: it leads in, too."""
    if run.start < 3:
        return None
    text = blocks[run.start - 1].text
    return run.start - 1 if text.endswith(":") and len(words(text)) <= _MAX_LEAD_IN_WORDS else None


def _holds(run: _Run, rule: str) -> bool:
    """Tell whether a run has the evidence that ``rule`` asks for."""
    needed = _RULES[rule]
    if len(run.pairs) < needed.pairs or (rule != "lead-in" and _contradicted(run)):
        return False
    if rule == "lead-in" and _asks(run):
        return False
    return (
        median(len(words(pair.head.text)) for pair in run.pairs) >= needed.words
        and fmean(_echo(pair) for pair in run.pairs) >= needed.echo
        and fmean(len(split_sentences(pair.text.text)) for pair in run.pairs) <= needed.sentences
    )


def _contradicted(run: _Run) -> bool:
    """Tell whether the headlines ask, or name people, or a third of the texts go on from what was said before."""
    going_on = sum(lexicon.ANAPHORA.match(pair.text.text) is not None for pair in run.pairs)
    people = sum(lexicon.PERSON_AND_ROLE.match(pair.head.text) is not None for pair in run.pairs)
    return _asks(run) or going_on * 3 >= len(run.pairs) or people * 2 >= len(run.pairs)


def _asks(run: _Run) -> bool:
    asking = sum(
        pair.head.text.endswith("?") or lexicon.EXPLAINER.match(pair.head.text) is not None for pair in run.pairs
    )
    return asking * 2 >= len(run.pairs)


def _echo(pair: _Pair) -> float:
    """Return the share of the headline's words that its text has too, by their first letters (words are inflected)."""
    return _shared(pair.head, pair.text)


def _shared(head: Block, text: Block) -> float:
    found, wanted = _stems(text.text), _stems(head.text)
    return len(wanted & found) / len(wanted) if wanted else 0.0


def _stems(text: str) -> set[str]:
    """Return what words have in common across their forms: four letters of short ones, five of long ones."""
    found = (word.casefold().split("'")[0].split("’")[0] for word in words(text))
    return {word[: 4 if len(word) < 8 else 5] for word in found if len(word) > 3 or word.isdigit()}


def _may_be_headline(block: Block) -> bool:
    text = block.text
    if block.kind in (BlockKind.RULE, BlockKind.VERBATIM) or len(text) > _MAX_HEADLINE:
        return False
    if not 3 <= len(words(text)) <= 30 or not begins_high(text) or text.endswith((",", ":", ";")):
        return False
    if any(p.match(text) for p in (lexicon.CREDIT, lexicon.SPEAKER, lexicon.CLOCK)) or _is_lead_in(block):
        return False
    if "](" in text:  # Markdown that came as plain text
        return False
    return not ends_with_full_stop(text) and url_alone(text) is None and date_on_line(text) is None


def _may_be_heading(block: Block) -> bool:
    """Tell whether a block is short and ends like no sentence, as headings do."""
    text = block.text
    if block.kind in (BlockKind.RULE, BlockKind.VERBATIM) or block.mark is not None or len(text) > _MAX_HEADING:
        return False
    return begins_high(text) and not ends_with_full_stop(text) and text[-1] not in ",;:" and date_on_line(text) is None


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
        return (first or not head.apart) and not text.apart
    return (first or head.apart) and text.apart == (shape == "loose")


def _follows(before: _Pair, pair: _Pair, shape: str) -> bool:
    if shape != "numbered" or before.head.mark is None or pair.head.mark is None:
        return True
    return (before.head.mark.number or 0) + 1 == pair.head.mark.number


def _below(block: Block) -> Metadata | None:
    """Return the address or the source of an item, which stands on a line below its text; "Read more" says nothing."""
    match = lexicon.URL_LABEL.fullmatch(block.text)
    url = url_alone(match["value"] if match else block.text)
    if url:
        return Metadata(url=url)
    if lexicon.READ_MORE.fullmatch(block.text):
        return Metadata()
    match = lexicon.SOURCE_LABEL.fullmatch(block.text)
    source = read_source(match["value"]) if match else None
    return Metadata(source=source) if source else None


def _is_lead_in(block: Block) -> bool:
    """Tell whether a line announces other news; "Read more" without a colon belongs to what stands above it."""
    phrase = lexicon.LEAD_IN.fullmatch(block.text.strip(" :…—–-"))
    return phrase is not None and lexicon.READ_MORE.fullmatch(block.text) is None


def _without_footer(blocks: Sequence[Block]) -> int:
    """Return where the last lines about the page begin, at most three."""
    stop = len(blocks)
    while stop > 0 and len(blocks) - stop < 3:
        block = blocks[stop - 1]
        if block.kind is not BlockKind.RULE and (len(block.text) > 200 or not lexicon.FOOTER.search(block.text)):
            break
        stop -= 1
    return stop


def _taken(blocks: Sequence[Block], run: _Run, lead_in: int | None = None) -> Split:
    """Split ``blocks`` at ``run``. With no text of its own before it, the document is a digest and keeps its items."""
    before, after = tuple(blocks[: run.start if lead_in is None else lead_in]), tuple(blocks[run.end :])
    covered = {index for pair in run.pairs for index in range(pair.start, pair.end)}
    between = [blocks[index] for index in range(run.start, run.end) if index not in covered]
    briefs = tuple(Brief(pair.head.text, (pair.text,), pair.url, pair.source) for pair in run.pairs)
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


def _body_of_digest(blocks: Sequence[Block], run: _Run, level: int) -> tuple[Block, ...]:
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
    if sum(len(block.text) for block in rest) > _MAX_INTRODUCTION or len(rest) > 2:
        return False
    about_title = _shared(title, rest[0]) >= 0.3
    return bool(lexicon.DIGEST_TITLE.search(title.text)) or not (led_in or about_title)


def _counted(dropped: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((what, count) for what, count in dropped if count)
