"""Zip archives: their members read within limits, their names never used as paths.

A member is unpacked in memory, up to a size, whatever the archive says of its size. One
whose name is absolute, climbs out of its folder, or that is a symbolic link, is refused:
no honest archive has one. Styles, scripts and hidden files are left alone; a picture goes with
the pages and Markdown texts that refer to it.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO

from backfile.errors import IngestError
from backfile.ingest.containers.large import too_large
from backfile.ingest.encoding.decode import decode
from backfile.ingest.pictures.beside import ASSET, MAX_PICTURE, PICTURE_NAME, Packed, referred
from backfile.ingest.records import RawDocument

# The parts that make a zip archive an office document, which is one document.
OFFICE_FOLDERS = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
MAX_MEMBER = 50 * 1024 * 1024
MAX_MEMBERS = 20_000
# Text shrinks to a tenth; what shrinks to a five-hundredth is all the same byte.
_MAX_RATIO = 500
_SMALL = 1024 * 1024
# Of one document's pictures: what is sent to the process that reads it must stay small.
MAX_PICTURES = 30 * 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_OURS = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.(?!\.(?:/|$))|~\$|Thumbs\.db$|desktop\.ini$)|~$|(?:^|/)#[^/]*#$", re.IGNORECASE
)


def open_zip(raw: RawDocument, file: IO[bytes]) -> Iterator[RawDocument | IngestError]:
    """Yield the files in the archive, an error for each that is refused; raises ``IngestError`` for a broken one.

    ``file`` has its bytes, ``raw`` what else is known of it.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise IngestError(f"{raw.name}: is a broken zip archive ({error}); pack it again") from error
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MAX_MEMBERS:
            raise IngestError(f"{raw.name}: holds {len(members):,} files; the limit is {MAX_MEMBERS:,}, so split it")
        if any(member.filename.startswith(OFFICE_FOLDERS) for member in members):  # told by its bytes when small
            raise too_large(raw.name)
        names = [(member, _name(member)) for member in members]
        texts = [(member, name) for member, name in names if not _OURS.search(name) and not ASSET.search(name)]
        pictures = {PurePosixPath(name): member for member, name in names if PICTURE_NAME.search(name)}
        if not texts:
            raise IngestError(f"{raw.name}: holds no text; there is nothing to import")
        for member, name in texts:
            yield _member(archive, member, name, raw, pictures)


def _member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    name: str,
    raw: RawDocument,
    pictures: Mapping[PurePosixPath, zipfile.ZipInfo],
) -> RawDocument | IngestError:
    shown = "".join(sign if sign.isprintable() else "?" for sign in name)[-120:]
    try:
        _check(member, name)
        data = _unpack(archive, member)
    except IngestError as error:
        return IngestError(f"{raw.name}: {shown}: {error}")
    except _BROKEN as error:
        return IngestError(f"{raw.name}: {shown}: can't be unpacked ({error}); pack it again")
    beside = _pictures(archive, PurePosixPath(name).parent, data, pictures) if pictures else None
    return RawDocument(data, PurePosixPath(name).name, retrieved=raw.retrieved, beside=beside)


def _pictures(
    archive: zipfile.ZipFile, folder: PurePosixPath, data: bytes, pictures: Mapping[PurePosixPath, zipfile.ZipInfo]
) -> Packed:
    """Return the pictures that the document in ``folder`` refers to, as far as they fit."""
    found: dict[PurePosixPath, bytes] = {}
    room = MAX_PICTURES
    for path in referred(data):
        member = pictures.get(folder / path)
        if member is None or path in found or member.file_size > min(room, MAX_PICTURE):
            continue
        try:
            _check(member, str(folder / path))
            found[path] = _unpack(archive, member)
        except (*_BROKEN, IngestError):
            continue  # as if it were not there: the text can do without it
        room -= len(found[path])
    return Packed(found)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:
        data = file.read(MAX_MEMBER + 1)
    if len(data) > MAX_MEMBER:
        raise IngestError(f"unpacks to more than {MAX_MEMBER // 1024 // 1024} MB")
    return data


def _check(member: zipfile.ZipInfo, name: str) -> None:
    """Refuse what an honest archive does not hold."""
    if (
        name.startswith("/")
        or re.match(r"[A-Za-z]:", name)
        or ".." in name.split("/")
        or "\x00" in member.orig_filename
    ):
        raise IngestError("its name leads out of the archive; it was not read")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise IngestError("is a symbolic link; it was not read")
    if member.flag_bits & _ENCRYPTED:
        raise IngestError("is encrypted; unpack it first")
    if member.file_size > MAX_MEMBER:
        raise IngestError(f"unpacks to more than {MAX_MEMBER // 1024 // 1024} MB")
    if member.file_size > _SMALL and member.file_size > _MAX_RATIO * max(1, member.compress_size):
        raise IngestError("unpacks to more than 500 times its size; it was not read")


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; without the flag for UTF-8 it is in whatever code page its maker used."""
    name = member.filename.replace("\\", "/")
    if member.flag_bits & _UTF8_NAME or name.isascii():
        return name
    try:
        return decode(name.encode("cp437"), "name").text.replace("\\", "/")
    except (IngestError, UnicodeEncodeError):
        return name
