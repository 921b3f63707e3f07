"""The steps of a document on its way: each takes a draft and gives a draft (their order: ``ingest.pipeline``)."""

from __future__ import annotations

from dataclasses import replace

from backfile.errors import IngestError
from backfile.ingest.itemised import split_items
from backfile.ingest.itemised.digest import fuller, split_digest
from backfile.ingest.itemised.letterhead import without_letterhead
from backfile.ingest.itemised.taken import Split
from backfile.ingest.kinds import ENTRY
from backfile.ingest.lines.header import NO_CANONICAL, merged, read_source, source_of_url, take_header
from backfile.ingest.lines.linked import link_of
from backfile.ingest.lines.pasted import is_kicker, without_page_lines
from backfile.ingest.lines.structure import is_title, settle
from backfile.ingest.lines.summary import made_summary, made_title, sentences_of, title_of_digest
from backfile.ingest.media import file_name
from backfile.ingest.pictures.blocks import inherit, put_aside
from backfile.ingest.records import BlockKind, Draft, count_characters
from backfile.ingest.vocabulary.dates import Found, date_of_dateline, date_of_name, date_of_title
from backfile.ingest.vocabulary.language import detect_language
from backfile.ingest.vocabulary.lexicon import RELEASE
from backfile.ingest.vocabulary.words import ends_sentence, is_usable
from backfile.model import DateBasis, Kind

# Where a document's own date stands, as a note says it.
_WHERE = {
    DateBasis.METADATA: "its metadata",
    DateBasis.TEXT: "the text",
    DateBasis.FILENAME: "the name of the file",
}


def aside(draft: Draft) -> Draft:
    """Put pictures aside, so that lines are seen as they follow each other."""
    return replace(draft, blocks=put_aside(draft.blocks)) if draft.pictures else draft


def check(draft: Draft) -> Draft:
    """Refuse a document that has no usable sentence besides its title."""
    texts = [block.text for block in draft.blocks]
    if draft.raw.media_type == ENTRY and texts == [draft.stated.title] and link_of(draft.blocks[0]):
        return replace(draft, kind=Kind.BRIEF)  # a headline and its link: all that there is to have
    if draft.raw.media_type == ENTRY and any(texts):  # its title is known to be one: a short text below it will do
        texts.append(" ".join([draft.stated.title or "", *texts]))
    if not any(map(is_usable, texts)):
        raise IngestError(f"{draft.raw.name}: has no usable sentence; put the text into it")
    return draft


def header(draft: Draft) -> Draft:
    """Take the lines that say what the document is, and those that only its page had to say."""
    blocks, lost = without_page_lines(draft.blocks)
    draft = replace(draft, dropped=(*draft.dropped, *((("the page's own lines", lost),) if lost else ())))
    header = take_header(blocks)
    stated = merged(draft.stated, header.stated)
    return replace(draft, blocks=header.rest, stated=stated, notes=draft.notes + header.notes)


def digest(draft: Draft) -> Draft:
    """Take the briefs out of the document."""
    split, further = split_digest(draft.blocks), split_items(draft.blocks, draft.stated.title)
    part_of_digest = split.kind is Kind.ARTICLE and further.kind is Kind.DIGEST
    if not split.briefs or (part_of_digest and len(further.briefs) > 2 * len(split.briefs)):
        split = replace(further, notes=() if further.briefs else split.notes or further.notes)
    split = fuller(split, further)
    if draft.stated.title is None:
        split = without_letterhead(split)
    stated, guessed = draft.stated, draft.guessed
    if split.untitled and stated.title is None:
        stated = replace(stated, title=title_of_digest([brief.title for brief in split.briefs]))
        guessed = ("title", *guessed)
    if split.title:
        stated, guessed = replace(stated, title=split.title), tuple(name for name in guessed if name != "title")
    return _split(replace(draft, stated=stated, guessed=guessed), split)


def items(draft: Draft) -> Draft:
    """Take the briefs out of a document whose title and body are told apart already."""
    if draft.kind is Kind.BRIEF:
        return draft
    split = split_items(draft.blocks, draft.stated.title, page=not draft.is_sheet, headless=True)
    stated = replace(draft.stated, title=split.title or draft.stated.title)
    return _split(replace(draft, stated=stated), split)


def _split(draft: Draft, split: Split) -> Draft:
    return replace(
        draft,
        kind=split.kind,
        blocks=split.blocks,
        briefs=split.briefs,
        dropped=draft.dropped + split.dropped,
        notes=draft.notes + split.notes,
    )


def title(draft: Draft) -> Draft:
    """Take the title off the top; a title that the metadata repeat goes, too."""
    if "title" in draft.guessed:
        return draft
    draft = _without_kicker(draft)
    release = next((i for i, block in enumerate(draft.blocks[:4]) if RELEASE.fullmatch(block.text)), None)
    places = range(2) if release is None else range(release + 1, release + 6)
    found = next((i for i in places if i < len(draft.blocks) and _is_title(draft, i, below_release=release)), None)
    if found is None:
        return draft
    text, above = draft.blocks[found].text, draft.blocks[found].above
    rest = (*draft.blocks[:found], *inherit(draft.blocks[found + 1 :], above))
    stated = draft.stated.title
    if stated is None:
        return replace(draft, stated=replace(draft.stated, title=text), blocks=rest)
    if stated.casefold().split() == text.casefold().split():
        return replace(draft, blocks=rest, dropped=(*draft.dropped, ("repeated title", count_characters(text))))
    return draft


def _is_title(draft: Draft, index: int, *, below_release: int | None) -> bool:
    """Tell a title; that of a press release stands apart from the lines about it."""
    return is_title(draft.blocks, index) and (below_release is None or draft.blocks[index].apart)


def _without_kicker(draft: Draft) -> Draft:
    """Take the section's name off the top of an article, above its headline."""
    blocks = draft.blocks
    if draft.stated.title or draft.kind is not Kind.ARTICLE or len(blocks) < 3 or not is_kicker(*blocks[:2]):
        return draft
    lost = ("the section's name above the title", count_characters(blocks[0].text))
    return replace(draft, blocks=inherit(blocks[1:], blocks[0].above), dropped=(*draft.dropped, lost))


def structure(draft: Draft) -> Draft:
    """Tell headings, lists and paragraphs apart, below a rule that may stand under the title."""
    start = next((at for at, block in enumerate(draft.blocks) if block.kind is not BlockKind.RULE), 0)
    return replace(draft, blocks=settle(draft.blocks[start:]))


def language(draft: Draft) -> Draft:
    """Tell the language, of the whole document at once."""
    if draft.given.lang or draft.stated.lang:
        return replace(draft, stated=replace(draft.stated, lang=draft.given.lang or draft.stated.lang))
    texts = [block.text for block in draft.blocks]
    texts += [text for brief in draft.briefs for text in (brief.title, *(block.text for block in brief.blocks))]
    lang = detect_language("\n".join([draft.stated.title or "", *texts]))
    guessed = (*draft.guessed, "lang") if lang else draft.guessed
    return replace(draft, stated=replace(draft.stated, lang=lang), guessed=guessed)


def date(draft: Draft) -> Draft:
    """Settle the date: the editor's word, else the document's own; where they differ, the receipt says so."""
    day = draft.given.date
    if day is None:
        return _own_date(draft)
    own = _own_date(replace(draft, notes=())).stated
    where = _WHERE.get(own.date_basis or DateBasis.TEXT, "the document")
    notes = (f"date: given {day}; {where} says {own.date}",) if own.date not in (None, day) else ()
    return replace(
        draft,
        stated=replace(draft.stated, date=day, date_basis=DateBasis.GIVEN),
        guessed=tuple(name for name in draft.guessed if name != "date"),
        notes=draft.notes + notes,
    )


def _own_date(draft: Draft) -> Draft:
    """Settle the date by metadata and lines about the text, then dateline, title, file name."""
    if draft.stated.date:
        return draft
    candidates: list[tuple[Found | None, DateBasis]] = [
        (date_of_dateline(_first_paragraph(draft)), DateBasis.TEXT),
        (date_of_title(draft.stated.title or ""), DateBasis.TEXT),
        (date_of_name(file_name(draft.raw)), DateBasis.FILENAME),
    ]
    notes = tuple(f"date: {found.problem}" for found, _ in candidates if found and found.problem)
    for found, basis in candidates:
        if found and found.day:
            return replace(
                draft, stated=replace(draft.stated, date=found.day, date_basis=basis), notes=draft.notes + notes
            )
    return replace(draft, notes=draft.notes + notes)


def _first_paragraph(draft: Draft) -> str:
    """Return the text of the first block; of an article the first that is no mere line."""
    top = [block.text for block in draft.blocks[:6]] or [""]
    long = (text for text in top if is_usable(text) and ends_sentence(text))
    return next(long, top[0]) if draft.kind is Kind.ARTICLE else top[0]


def source(draft: Draft) -> Draft:
    """Settle the outlet: the editor's word, then what the document states, then the host of its address."""
    if draft.raw.url and not draft.stated.url:
        stated = replace(draft.stated, url=draft.raw.url)
        return source(replace(draft, stated=stated, notes=(*draft.notes, NO_CANONICAL)))
    stated = draft.stated
    if draft.given.source:
        guessed = tuple(name for name in draft.guessed if name != "source")
        return replace(draft, stated=replace(stated, source=read_source(draft.given.source)), guessed=guessed)
    if stated.source or not stated.url:
        return replace(draft, stated=stated)
    host = source_of_url(stated.url)
    guessed = (*draft.guessed, "source") if host else draft.guessed
    return replace(draft, stated=replace(stated, source=host), guessed=guessed)


def words(draft: Draft) -> Draft:
    """Make a title and a summary out of the text where none is stated."""
    stated, guessed = draft.stated, draft.guessed
    sentences = sentences_of(draft.blocks, stated.lang)
    if stated.title is None:
        guessed = ("title", *(name for name in guessed if name != "title"))
        stated = replace(stated, title=made_title(sentences[0]))
    made = "title" in guessed and draft.kind is Kind.ARTICLE
    if draft.kind is Kind.BRIEF:  # there is no text to sum up
        return replace(draft, stated=stated, guessed=guessed)
    summary = stated.summary or made_summary(sentences, but_first=made)
    return replace(draft, stated=replace(stated, summary=summary), guessed=guessed)
