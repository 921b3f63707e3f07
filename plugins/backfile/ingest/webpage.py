"""The reader of saved web pages: bytes to text, by what the page says and what the bytes say, then ``ingest.web``."""

from __future__ import annotations

import re
from dataclasses import replace

from backfile.errors import IngestError
from backfile.ingest.encoding.declared import decode_document
from backfile.ingest.encoding.decode import decode_markup
from backfile.ingest.issue_page import is_text_throughout, read_issue
from backfile.ingest.markdown.reader import blocks_of_markdown
from backfile.ingest.pictures.beside import find_beside
from backfile.ingest.pictures.lift import lift_from_bytes, lift_from_html
from backfile.ingest.pictures.placeholder import without_images
from backfile.ingest.records import Content, Find, Metadata, RawDocument, count_characters

_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)


def read_html(raw: RawDocument, find: Find | None = None) -> Content:
    """Read a saved web page; raises ``IngestError`` when it has no text or goes over a budget.

    ``find`` gives the pictures that came with it, in place of what lies beside it.
    """
    from backfile.ingest.web.page import read_page  # half a second of libraries that plain text has no use for

    data, lifted = lift_from_bytes(raw.data, lift_from_html)
    raw = replace(raw, data=data)
    decoded, decoding = decode_document(raw, decode_markup)
    try:
        page = read_page(decoded.text, url=raw.url, lifted=lifted, find=find or find_beside(raw.beside))
    except IngestError as error:
        raise IngestError(f"{raw.name}: {error}") from error
    blocks = blocks_of_markdown(page.markdown)
    issue = None
    if not lifted:  # pictures that stand in the page itself are known to its article only
        issue = read_issue(decoded.text, raw.name, page.title, blocks, raw.url, find or find_beside(raw.beside))
    blocks = issue.blocks if issue else blocks
    visible = count_characters(_TAGS.sub(" ", decoded.text))  # what the page shows, besides what nobody sees
    kept = sum(count_characters(without_images(block.markdown or block.text)) for block in blocks)
    return Content(
        blocks=blocks,
        encoding=decoded.encoding,
        characters=max(kept, visible),
        stated=Metadata(
            title=page.title or None,
            date=page.date,
            date_basis=page.date_basis,
            authors=page.authors,
            source=page.source,
            url=page.url,
            lang=page.lang,
            summary=page.summary,
        ),
        dropped=decoded.dropped + ((("the page's furniture", visible - kept),) if visible > kept else ()),
        notes=(*decoding, *page.notes),
        guessed=page.guessed,
        kind=page.kind,
        is_settled=True,
        is_sheet=is_text_throughout(decoded.text),
        pictures={**page.pictures, **issue.pictures} if issue else page.pictures,
    )
