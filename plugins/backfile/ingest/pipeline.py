"""The way of one raw document from bytes to items, as one list of steps.

::

    RawDocument ──decode──▶ text ──reader──▶ Draft ──STEPS──▶ Draft ──▶ Items and Receipt

A reader knows one format and gives blocks; every step after it knows blocks only. To
read another format, write a reader and name it in :data:`backfile.ingest.readers.READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from backfile.ingest import steps
from backfile.ingest.lines.structure import settle
from backfile.ingest.markdown.compose import markdown_of
from backfile.ingest.pictures.settle import settle_pictures
from backfile.ingest.readers import read_content
from backfile.ingest.records import Block, Brief, Draft, Given, Item, RawDocument, Reading, Receipt
from backfile.model import Kind


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


STEPS: tuple[Callable[[Draft], Draft], ...] = (
    steps.aside,
    steps.header,
    steps.digest,
    steps.title,
    steps.check,
    steps.structure,
    steps.language,
    steps.date,
    steps.source,
    steps.words,
)
# A web page's own marks tell title, headings and lists; looking for them in lines again could only harm.
SETTLED_STEPS: tuple[Callable[[Draft], Draft], ...] = (
    steps.check,
    steps.aside,
    steps.items,
    steps.language,
    steps.date,
    steps.source,
    steps.words,
)


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
