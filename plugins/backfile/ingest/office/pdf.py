"""Read the text of a PDF, line by line, without the lines that stand on every page.

A PDF holds places of letters, not paragraphs: pypdf gives lines, and the reader of plain
text joins those that are only wrapped. What the file says of its own author and day is not
taken over: it is the day of printing.

Pictures are listed and not kept, since a PDF does not say to which words they belong.

Known failures: columns come out as pypdf orders them; a word parted at the end of a line
keeps its hyphen; tables are lines of text. A scan has no text: reading letters off
pictures is for other programs.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import StreamObject

from backfile.errors import IngestError
from backfile.ingest.encoding.decode import MAX_CHARACTERS, normalise
from backfile.ingest.lines.layout import blocks_of
from backfile.ingest.lines.pages import edges, without_running_lines
from backfile.ingest.links import resolve
from backfile.ingest.records import Content, Enclosure, Metadata, RawDocument, count_characters

MAX_PAGES = 300
# What pypdf raises on files that are not as the standard says.
_BROKEN = (PyPdfError, KeyError, IndexError, ValueError, TypeError, AttributeError, RecursionError, OSError, EOFError)
_MAX_PICTURES = 200
_KINDS = {"/DCTDecode": "image/jpeg", "/JPXDecode": "image/jp2"}
_NOT_KEPT = "a PDF does not say to which words a picture belongs"
# "3/20/25, 6:22 PM Title https://… 1/4": above and below each page, and pypdf may give both as one line.
_PRINTED = re.compile(
    r"(?:\d{1,2}[./]\d{1,2}[./]\d{2,4},? .{0,250} )?(?P<url>(?:https?|file)://\S+) (?P<count>\d+/\d+)"
)
_PRINTED_WHEN = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d{2}(?:\s?[AP]M)? ")


def read_pdf(raw: RawDocument) -> Content:
    """Read a PDF; raises ``IngestError`` when it is broken, locked, too long, or has no text."""
    texts, pictures = _read(raw)
    pages = [_lines(text) for text in texts]
    whole = normalise("\n".join("\n".join(page) for page in pages), "pdf")
    if not whole.text.strip():
        raise IngestError(f"{raw.name}: has no text in it, only pictures (a scan); run text recognition on it first")
    if len(whole.text) > MAX_CHARACTERS:
        raise IngestError(f"{raw.name}: has more than {MAX_CHARACTERS:,} characters; split it into several files")
    bare, url = _without_print_lines(pages)
    kept = normalise("\n".join("\n".join(page) for page in without_running_lines(bare)), "pdf")
    running = count_characters(whole.text) - count_characters(kept.text)
    unseen = sum(count for _, count in whole.dropped)
    return Content(
        blocks=blocks_of(kept.text),
        encoding="pdf",
        characters=count_characters(whole.text) + unseen,
        stated=Metadata(url=url),
        dropped=(*whole.dropped, *((("running heads and page numbers", running),) if running else ())),
        notes=whole.notes,
        enclosures=pictures,
    )


def _read(raw: RawDocument) -> tuple[list[str], tuple[Enclosure, ...]]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity; the receipt says what counts
    try:
        reader = PdfReader(io.BytesIO(raw.data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise IngestError(f"{raw.name}: is locked by a password; save it without one")
        if len(reader.pages) > MAX_PAGES:
            raise IngestError(f"{raw.name}: has {len(reader.pages):,} pages; the limit is {MAX_PAGES}, so split it")
        return [page.extract_text() for page in reader.pages], tuple(_pictures(reader))
    except (*_BROKEN, NotImplementedError) as error:
        why = " ".join(str(error).split())[:100] or type(error).__name__
        raise IngestError(f"{raw.name}: is no PDF that can be read ({why}); save its text as a .txt file") from error


def _pictures(reader: PdfReader) -> Iterator[Enclosure]:
    """Yield the pictures on the pages, each once, as they are stored; those of a broken page are passed over."""
    seen: set[str] = set()
    for number, page in enumerate(reader.pages, 1):
        with suppress(*_BROKEN):
            for stored in _images(page):
                data = stored._data  # undecoded: the public way unpacks it, to whatever size
                sha256 = hashlib.sha256(data).hexdigest()
                if sha256 not in seen and len(seen) < _MAX_PICTURES:
                    seen.add(sha256)
                    kind = _KINDS.get(str(stored.get("/Filter")), "image/unknown")
                    yield Enclosure(f"picture on page {number}", kind, len(data), sha256, reason=_NOT_KEPT)


def _images(page: PageObject) -> list[StreamObject]:
    objects = page["/Resources"].get_object()["/XObject"].get_object()  # type: ignore[index]  # else: no dictionary
    found = [each.get_object() for each in objects.values()]
    return [each for each in found if isinstance(each, StreamObject) and each.get("/Subtype") == "/Image"]


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n")]


def _without_print_lines(pages: Sequence[list[str]]) -> tuple[list[list[str]], str | None]:
    """Return the pages without what a browser prints on each, and the address in that."""
    bare: list[list[str]] = []
    urls = set()
    for number, page in enumerate(pages, start=1):
        gone = set()
        for place in edges(page):
            match = _PRINTED.fullmatch(page[place].replace("\ufb01", "fi"))
            if match and match["count"] == f"{number}/{len(pages)}":
                gone |= {place, *({place - 1} if place and _PRINTED_WHEN.match(page[place - 1]) else ())}
                urls.add(match["url"])
        bare.append([line for place, line in enumerate(page) if place not in gone])
    url = urls.pop() if len(urls) == 1 else None
    return bare, resolve(url, None) if url and url.startswith("http") and not url.endswith("…") else None
