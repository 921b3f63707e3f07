"""Read a Word document: headings, paragraphs, lists, tables, links and notes.

mammoth turns its styles into plain HTML. Before it may, the archive is measured and its
XML looked at: no part may be huge, and none may define entities. What the file says of its
own author and day is not taken over: it is whoever installed the program, and the day of
saving; an author counts where a line at the top says the same.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import AbstractContextManager
from functools import partial
from html import unescape
from typing import IO, Protocol

import mammoth  # type: ignore[import-untyped]  # it ships no types

from backfile.errors import IngestError
from backfile.ingest.hypertext import read_fragment
from backfile.ingest.lines.header import signed_by
from backfile.ingest.pictures.beside import MAX_PICTURE
from backfile.ingest.records import BlockKind, Content, Embedded, Metadata, RawDocument

MAX_UNPACKED = 100 * 1024 * 1024
MAX_PART = 20 * 1024 * 1024
_CREATOR = re.compile(r"<dc:creator>([^<]{1,200})</dc:creator>")
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh\nbr[type='page'] =>"
# What mammoth raises on documents that are not as Word writes them.
_BROKEN = (KeyError, IndexError, ValueError, TypeError, AttributeError, RecursionError, OSError, zlib.error)


def read_docx(raw: RawDocument) -> Content:
    """Read a Word document; raises ``IngestError`` when it is broken, or over the limits."""
    _check(raw)
    pictures: dict[str, Embedded] = {}
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(raw.data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(partial(_address, pictures)),
        )
    except (*_BROKEN, zipfile.BadZipFile) as error:
        raise IngestError(f"{raw.name}: is no Word document that can be read ({error}); save it as .html") from error
    if not result.value.strip():
        raise IngestError(f"{raw.name}: has no text in it; put the text into it")
    found = read_fragment(result.value, raw.name, find=pictures.get)
    first = found.blocks[0] if found.blocks else None
    title = first.text if first is not None and first.kind is BlockKind.HEADING else None
    authors, blocks = signed_by(found.blocks[1:] if title else found.blocks, _creator(raw))
    return Content(
        blocks=blocks,
        encoding="utf-8",
        characters=found.characters,
        stated=Metadata(title=title, authors=authors),
        dropped=found.dropped,
        notes=found.notes,
        pictures=found.pictures,
    )


def _creator(raw: RawDocument) -> str:
    """Return whom the file names as its author: mostly whoever installed the program."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            found = _CREATOR.search(archive.read("docProps/core.xml").decode("utf-8", "replace"))
    except (*_BROKEN, zipfile.BadZipFile):
        return ""
    return unescape(found[1]).strip() if found else ""


class _Image(Protocol):
    """What mammoth gives of a picture."""

    content_type: str

    def open(self) -> AbstractContextManager[IO[bytes]]: ...


def _address(pictures: dict[str, Embedded], image: _Image) -> dict[str, str]:
    """Take a picture's bytes out of the document; return the attribute that says where they are now."""
    try:
        with image.open() as file:
            data = file.read(MAX_PICTURE)
    except (*_BROKEN, zipfile.BadZipFile):  # it lies elsewhere, or nowhere: the text can do without it
        return {}
    address = f"cid:{len(pictures) + 1}"
    pictures[address] = Embedded(data, f"picture {len(pictures) + 1}", image.content_type or "image/unknown")
    return {"src": address}


def _check(raw: RawDocument) -> None:
    """Refuse an archive that would unpack to too much, and XML that defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise IngestError(
                    f"{raw.name}: unpacks to more than {MAX_UNPACKED // 1024 // 1024} MB; it was not read"
                )
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check_part(archive, member, raw.name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error) as error:
        raise IngestError(f"{raw.name}: is no Word document that can be read ({error}); save it again") from error


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    with archive.open(member) as file:
        data = file.read(MAX_PART + 1)
    if len(data) > MAX_PART:
        raise IngestError(f"{name}: holds a part of more than {MAX_PART // 1024 // 1024} MB; it was not read")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise IngestError(f"{name}: defines entities of its own, which no Word document does; it was not read")
