"""The readers: one for each format, chosen by media type.

A reader takes a raw document and gives its :class:`~backfile.ingest.records.Content`:
blocks in reading order, what the document states of itself, and an account of what it
left out. All other judgement is left to the steps of the pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from backfile.errors import IngestError
from backfile.ingest import media
from backfile.ingest.decode import decode
from backfile.ingest.layout import blocks_of
from backfile.ingest.markdown import read_markdown
from backfile.ingest.records import Content, RawDocument, count_characters
from backfile.ingest.webpage import read_html

Reader = Callable[[RawDocument], Content]


def read_content(raw: RawDocument) -> Content:
    """Return what is in ``raw``; raises ``IngestError`` when it can't be read."""
    media_type = media.tell_type(raw)
    reader = READERS.get(media_type)
    if reader is None:
        what = _NAMES.get(media_type, media_type)
        raise IngestError(f"{raw.name}: {what} is not read yet; save its text as a .txt file")
    return reader(raw)


def read_plain(raw: RawDocument) -> Content:
    """Read plain text: its logical lines as blocks."""
    decoded = decode(raw.data, raw.name)
    unseen = sum(count for _, count in decoded.dropped)
    return Content(
        blocks=blocks_of(decoded.text),
        encoding=decoded.encoding,
        characters=count_characters(decoded.text) + unseen,
        dropped=decoded.dropped,
        notes=decoded.notes,
    )


READERS: Mapping[str, Reader] = {media.PLAIN: read_plain, media.MARKDOWN: read_markdown, media.HTML: read_html}
_NAMES = {media.MAIL: "e-mail", media.FEED: "XML"}
