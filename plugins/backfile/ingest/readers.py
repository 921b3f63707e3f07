"""The readers: one for each format, chosen by media type.

A reader takes a raw document and gives its :class:`~backfile.ingest.records.Content`:
blocks in reading order, what the document states of itself, and an account of what it
left out. All other judgement is left to the steps of the pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module

from backfile.errors import IngestError
from backfile.ingest import media
from backfile.ingest.encoding.declared import decode_document
from backfile.ingest.kinds import ENTRY
from backfile.ingest.lines.layout import blocks_of
from backfile.ingest.lines.pages import without_page_breaks
from backfile.ingest.markdown.reader import read_markdown
from backfile.ingest.records import Content, RawDocument, count_characters
from backfile.ingest.webpage import read_html

_FORM_FEED, _PAGE = b"\x0c", b"\n\x1c\n"  # the second comes through decoding as it is

Reader = Callable[[RawDocument], Content]


def read_content(raw: RawDocument) -> Content:
    """Return what is in ``raw``; raises ``IngestError`` when it can't be read."""
    media_type = media.tell_type(raw)
    reader = READERS.get(media_type)
    if reader is None:
        raise IngestError(f"{raw.name}: {media_type} is not read yet; save its text as a .txt file")
    return reader(raw)


def read_plain(raw: RawDocument) -> Content:
    """Read plain text: its logical lines as blocks."""
    is_paged = raw.data.count(_FORM_FEED) > 1 and b"\x00" not in raw.data
    decoded, notes = decode_document(replace(raw, data=raw.data.replace(_FORM_FEED, _PAGE)) if is_paged else raw)
    text = without_page_breaks(decoded.text.split(_PAGE.decode())) if is_paged else decoded.text
    unseen = sum(count for _, count in decoded.dropped)
    running = count_characters(decoded.text) - count_characters(text)
    return Content(
        blocks=blocks_of(text),
        encoding=decoded.encoding,
        characters=count_characters(decoded.text) + unseen,
        dropped=(*decoded.dropped, *((("running heads and page numbers", running),) if running else ())),
        notes=notes,
    )


def _late(module: str, name: str) -> Reader:
    """Return a reader that is imported when it is first needed: each brings libraries that the others don't use."""

    def read(raw: RawDocument) -> Content:
        reader: Reader = getattr(import_module(f"backfile.ingest.{module}"), name)
        return reader(raw)

    return read


def _read_saved_page(raw: RawDocument) -> Content:
    """Read a page saved as one file: the HTML in it."""
    from backfile.ingest.mail.saved_page import saved_page

    page = saved_page(raw)
    return read_html(replace(raw, data=page.html.encode(), media_type=media.HTML, url=page.url or raw.url), page.find)


READERS: Mapping[str, Reader] = {
    media.PLAIN: read_plain,
    media.MARKDOWN: read_markdown,
    media.HTML: read_html,
    media.SAVED_PAGE: _read_saved_page,
    media.MAIL: _late("mail.reader", "read_mail"),
    media.DOCX: _late("office", "read_docx"),
    media.PDF: _late("office", "read_pdf"),
    ENTRY: _late("entry", "read_entry"),
}
