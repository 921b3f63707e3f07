"""The way of one raw document from bytes to items, as one list of steps.

::

    RawDocument ──decode──▶ text ──reader──▶ Draft ──STEPS──▶ Draft ──▶ Items and Receipt

A reader knows one format and gives blocks; every step after it knows blocks only. To
read another format, write a reader and name it in :data:`backfile.ingest.readers.READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from backfile.errors import IngestError
from backfile.ingest.compose import markdown_of
from backfile.ingest.containers.kinds import ENTRY
from backfile.ingest.dates import Found, date_of_dateline, date_of_name, date_of_title
from backfile.ingest.digest import split_digest
from backfile.ingest.header import NO_CANONICAL, merged, read_source, source_of_url, take_header
from backfile.ingest.itemised import split_items
from backfile.ingest.language import detect_language
from backfile.ingest.linked import link_of
from backfile.ingest.media import file_name
from backfile.ingest.pictures.blocks import inherit, put_aside
from backfile.ingest.pictures.settle import settle_pictures
from backfile.ingest.readers import read_content
from backfile.ingest.records import (
    Block,
    Brief,
    Draft,
    Given,
    Item,
    RawDocument,
    Reading,
    Receipt,
    count_characters,
)
from backfile.ingest.structure import is_title, settle
from backfile.ingest.summary import made_summary, made_title, sentences_of, title_of_digest
from backfile.ingest.words import is_usable
from backfile.model import DateBasis, Kind

# Where a document's own date stands, as a note says it.
_WHERE = {
    DateBasis.METADATA: "its metadata",
    DateBasis.TEXT: "the text",
    DateBasis.FILENAME: "the name of the file",
}


def read(raw: RawDocument, given: Given | None = None) -> tuple[Item, ...]:
    """Return the items in ``raw``, its main item first; raises ``IngestError`` when it can't be used."""
    return examine(raw, given).items


def examine(raw: RawDocument, given: Given | None = None) -> Reading:
    """Return the items in ``raw`` with the receipt; raises ``IngestError`` when it can't be used."""
    content = read_content(raw)
    draft = Draft(
        raw=raw,
        given=given or Given(),
        encoding=content.encoding,
        characters=content.characters,
        blocks=content.blocks,
        stated=content.stated,
        kind=content.kind,
        dropped=content.dropped,
        notes=content.notes,
        guessed=content.guessed,
        pictures=content.pictures,
        enclosures=content.enclosures,
        is_sheet=content.is_sheet,
    )
    for step in SETTLED_STEPS if content.is_settled else STEPS:
        draft = step(draft)
    return _reading(draft)


def _aside(draft: Draft) -> Draft:
    """Put pictures aside, so that lines are seen as they follow each other."""
    return replace(draft, blocks=put_aside(draft.blocks)) if draft.pictures else draft


def _check(draft: Draft) -> Draft:
    """Refuse a document that has no usable sentence besides its title."""
    texts = [block.text for block in draft.blocks]
    if draft.raw.media_type == ENTRY and texts == [draft.stated.title] and link_of(draft.blocks[0]):
        return replace(draft, kind=Kind.BRIEF)  # a headline and its link: all that there is to have
    if draft.raw.media_type == ENTRY and any(texts):  # its title is known to be one: a short text below it will do
        texts.append(" ".join([draft.stated.title or "", *texts]))
    if not any(map(is_usable, texts)):
        raise IngestError(f"{draft.raw.name}: has no usable sentence; put the text into it")
    return draft


def _header(draft: Draft) -> Draft:
    """Take the lines that say what the document is."""
    header = take_header(draft.blocks)
    stated = merged(draft.stated, header.stated)
    return replace(draft, blocks=header.rest, stated=stated, notes=draft.notes + header.notes)


def _digest(draft: Draft) -> Draft:
    """Take the briefs out of the document."""
    split = split_digest(draft.blocks)
    if not split.briefs:
        further = split_items(draft.blocks, draft.stated.title)
        split = replace(further, notes=() if further.briefs else split.notes or further.notes)
    stated, guessed = draft.stated, draft.guessed
    if split.untitled and stated.title is None:
        stated = replace(stated, title=title_of_digest([brief.title for brief in split.briefs]))
        guessed = ("title", *guessed)
    if split.title:
        stated, guessed = replace(stated, title=split.title), tuple(name for name in guessed if name != "title")
    return replace(
        draft,
        kind=split.kind,
        stated=stated,
        guessed=guessed,
        blocks=split.blocks,
        briefs=split.briefs,
        dropped=draft.dropped + split.dropped,
        notes=draft.notes + split.notes,
    )


def _items(draft: Draft) -> Draft:
    """Take the briefs out of a document whose title and body are told apart already."""
    if draft.kind is Kind.BRIEF:
        return draft
    split = split_items(draft.blocks, draft.stated.title, page=not draft.is_sheet, headless=True)
    stated = replace(draft.stated, title=split.title or draft.stated.title)
    return replace(
        draft,
        kind=split.kind,
        stated=stated,
        blocks=split.blocks,
        briefs=split.briefs,
        dropped=draft.dropped + split.dropped,
        notes=draft.notes + split.notes,
    )


def _title(draft: Draft) -> Draft:
    """Take the title off the top; a title that the metadata repeat goes, too."""
    if "title" in draft.guessed:
        return draft
    found = next((i for i in range(min(2, len(draft.blocks))) if is_title(draft.blocks, i)), None)
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


def _structure(draft: Draft) -> Draft:
    """Tell headings, lists and paragraphs apart."""
    return replace(draft, blocks=settle(draft.blocks))


def _language(draft: Draft) -> Draft:
    """Tell the language, of the whole document at once."""
    if draft.given.lang or draft.stated.lang:
        return replace(draft, stated=replace(draft.stated, lang=draft.given.lang or draft.stated.lang))
    texts = [block.text for block in draft.blocks]
    texts += [text for brief in draft.briefs for text in (brief.title, *(block.text for block in brief.blocks))]
    lang = detect_language("\n".join([draft.stated.title or "", *texts]))
    guessed = (*draft.guessed, "lang") if lang else draft.guessed
    return replace(draft, stated=replace(draft.stated, lang=lang), guessed=guessed)


def _date(draft: Draft) -> Draft:
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
        (date_of_dateline(draft.blocks[0].text) if draft.blocks else None, DateBasis.TEXT),
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


def _source(draft: Draft) -> Draft:
    """Settle the outlet: the editor's word, then what the document states, then the host of its address."""
    if draft.raw.url and not draft.stated.url:
        stated = replace(draft.stated, url=draft.raw.url)
        return _source(replace(draft, stated=stated, notes=(*draft.notes, NO_CANONICAL)))
    stated = draft.stated
    if draft.given.source:
        guessed = tuple(name for name in draft.guessed if name != "source")
        return replace(draft, stated=replace(stated, source=read_source(draft.given.source)), guessed=guessed)
    if stated.source or not stated.url:
        return replace(draft, stated=stated)
    source = source_of_url(stated.url)
    guessed = (*draft.guessed, "source") if source else draft.guessed
    return replace(draft, stated=replace(stated, source=source), guessed=guessed)


def _words(draft: Draft) -> Draft:
    """Make a title and a summary out of the text where none is stated."""
    stated, guessed = draft.stated, draft.guessed
    sentences = sentences_of(draft.blocks, stated.lang)
    if stated.title is None:
        guessed = ("title", *guessed)
        stated = replace(stated, title=made_title(sentences[0]))
    made = "title" in guessed and draft.kind is Kind.ARTICLE
    if draft.kind is Kind.BRIEF:  # there is no text to sum up
        return replace(draft, stated=stated, guessed=guessed)
    summary = stated.summary or made_summary(sentences, but_first=made)
    return replace(draft, stated=replace(stated, summary=summary), guessed=guessed)


STEPS: tuple[Callable[[Draft], Draft], ...] = (
    _aside,
    _header,
    _digest,
    _title,
    _check,
    _structure,
    _language,
    _date,
    _source,
    _words,
)
# A web page's own marks tell title, headings and lists; looking for them in lines again could only harm.
SETTLED_STEPS: tuple[Callable[[Draft], Draft], ...] = (_check, _aside, _items, _language, _date, _source, _words)


def _reading(draft: Draft) -> Reading:
    stated = draft.stated
    main = Item(
        title=stated.title or "",
        kind=draft.kind,
        markdown=markdown_of(draft.blocks),
        date=stated.date,
        date_basis=stated.date_basis,
        authors=stated.authors,
        source=stated.source,
        url=stated.url,
        lang=stated.lang,
        summary=stated.summary,
        guessed=draft.guessed,
        extra=stated.extra,
    )
    items, pictures = settle_pictures(
        (main, *(_brief(brief, main) for brief in draft.briefs)), draft.pictures, draft.given.pictures
    )
    lost = sum(count for _, count in draft.dropped)
    receipt = Receipt(
        file=draft.raw.name,
        sha256=draft.raw.sha256,
        encoding=draft.encoding,
        characters=draft.characters,
        kept=draft.characters - lost,
        dropped=draft.dropped,
        guessed=draft.guessed,
        notes=(*draft.notes, *_notes_of_fetching(draft)),
        fetched=draft.raw.fetched,
        enclosures=(*pictures, *draft.enclosures),
    )
    return Reading(items, receipt)


def _brief(brief: Brief, main: Item) -> Item:
    """Return a brief as an item; what it doesn't state it has from the document that it stood in."""
    return Item(
        title=brief.title,
        kind=Kind.BRIEF,
        markdown=markdown_of(settle(brief.blocks)),
        date=main.date,
        date_basis=main.date_basis,
        source=brief.source or main.source,
        url=brief.url,
        lang=main.lang,
        summary=_text(brief.blocks),
        guessed=(*("title",) * brief.made, *(name for name in main.guessed if name != "title")),
        digest=0,
    )


def _notes_of_fetching(draft: Draft) -> Iterator[str]:
    """Yield what an editor should know of a document that was fetched."""
    fetched = draft.raw.fetched
    if fetched is None:
        return
    if fetched.noarchive:
        yield (
            "the page asks programs to keep no copies of it (noarchive): ask its outlet before you publish the text, "
            "or publish an excerpt (sources.yaml)"
        )


def _text(blocks: Sequence[Block]) -> str:
    return " ".join(block.text for block in blocks)
