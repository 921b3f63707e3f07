"""Pictures that lie beside a document: in the folder that a browser saves with a page, or in the same archive.

A page from the web is no friend: it may name any file that its writer guesses to be on the
reader's disk, and what it names would be published. So a page gets what lies in the
folder that was saved with it (``crane.html`` and ``crane_files/``), a person's own Markdown
what lies beside it or deeper, and a page in a zip archive what is in that archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from backfile.ingest.records import Beside, Embedded, Find, Picture
from backfile.pictures import is_kept_picture

MAX_PICTURE = 20 * 1024 * 1024
PICTURE_NAME = re.compile(r"\.(?:png|jpe?g|jfif|gif|webp|avif|svg|bmp|tiff?|ico|heic)$", re.IGNORECASE)
# What lies beside a saved page and holds no text.
ASSET = re.compile(
    r"\.(?:css|js|mjs|map|png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?|woff2?|ttf|otf|eot|mp[34]|m4[av]|webm|ogg|wav)$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    rb"(?:src|srcset|original|lazy)\s*=\s*(?:\"([^\"]{1,500})\"|'([^']{1,500})'|([^\s\"'>]{1,500}))"
    rb"|\]\(\s*<?([^()<>\n]{1,500}?)>?(?:\s+\"[^\"]*\")?\s*\)|!\[\[([^\[\]|\n]{1,300})",
    re.IGNORECASE,
)
_TYPES = {".jpg": "image/jpeg", ".jfif": "image/jpeg", ".svg": "image/svg+xml", ".tif": "image/tiff"}
_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
_PAGES = (".html", ".htm", ".xhtml")
# As browsers call the folder, in the languages that some of them write it in.
_FOLDERS = tuple(
    f"{sign}{word}"
    for sign in "_-."
    for word in ("files", "Dateien", "fichiers", "archivos", "arquivos", "file", "filer", "bestanden", "pliki", "файлы")
)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files in a folder that a document may show: all, or those in ``companions`` below it."""

    path: Path
    companions: tuple[str, ...] = ()

    def __call__(self, address: str) -> bytes | None:
        """Return the bytes of the file at ``address``; None when there is none that may be shown."""
        name = relative(address)
        if name is None or (self.companions and name.parts[0] not in self.companions):
            return None
        path = self.path
        for part in name.parts:
            path /= part
            if path.is_symlink():
                return None
        try:
            return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_PICTURE else None
        except OSError:
            return None  # as if it were not there: the text can do without it


@dataclass(frozen=True, slots=True)
class Kept:
    """The pictures that an earlier import of a document has kept: their paths below ``content``, by their addresses."""

    content: Path
    paths: Mapping[str, str]

    @classmethod
    def of(cls, receipt: Mapping[str, Any], content: Path) -> Kept:
        """Return what the receipt of that import names."""
        enclosures = [each for each in receipt.get("enclosures", ()) if isinstance(each, dict)]
        named = ((str(each.get("name")), str(each.get("kept"))) for each in enclosures)
        return cls(content, {name: path for name, path in named if is_kept_picture(path)})

    def __call__(self, address: str) -> Picture | None:
        """Return the picture that was made of the file at ``address``; None when it is there no more."""
        path = self.paths.get(address[-200:])
        try:
            return Picture(path, (self.content / path).read_bytes()) if path else None
        except OSError:
            return None


@dataclass(frozen=True, slots=True)
class Packed:
    """The pictures of an archive that a document in it refers to, by their addresses there."""

    files: Mapping[PurePosixPath, bytes]

    def __call__(self, address: str) -> bytes | None:
        """Return the bytes of the file at ``address``, or None."""
        name = relative(address)
        return self.files.get(name) if name else None


def beside(path: Path) -> Folder | None:
    """Return what the document at ``path`` may show of what lies beside it; None for documents that show nothing."""
    ending = path.suffix.lower()
    if ending in _PAGES:
        return Folder(path.parent, tuple(path.stem + ending for ending in _FOLDERS))
    return Folder(path.parent) if ending in _MARKDOWN else None


def find_beside(files: Beside | None) -> Find | None:
    """Return what gives the picture that an address leads to; None when nothing lies beside the document."""
    if files is None:
        return None

    def find(address: str) -> Embedded | None:
        found = files(address)
        ending = PurePosixPath(re.split(r"[?#]", address, maxsplit=1)[0]).suffix.lower()
        media_type = _TYPES.get(ending, f"image/{ending[1:]}")
        if isinstance(found, Picture):
            return Embedded(found.data, address[-200:], media_type, kept=found.path)
        return Embedded(found, address[-200:], media_type) if found else None

    return find


def relative(address: str) -> PurePosixPath | None:
    """Return ``address`` as a path from where the document lies; None when it leads elsewhere."""
    address = unquote(re.split(r"[?#]", address.strip(), maxsplit=1)[0]).replace("\\", "/")
    if (
        not address
        or address.startswith("/")
        or ":" in address
        or "\x00" in address
        or not PICTURE_NAME.search(address)
    ):
        return None
    path = PurePosixPath(address)
    return None if not path.parts or ".." in path.parts or any(len(part) > 255 for part in path.parts) else path


def referred(data: bytes) -> Iterator[PurePosixPath]:
    """Yield what a page or a Markdown text refers to as pictures beside it, without parsing it."""
    for match in _REFERENCE.finditer(data):
        address = next(filter(None, match.groups()), b"").decode("utf-8", "replace")
        if (path := relative(address.split(",")[0].strip().split(" ")[0])) or (path := relative(address)):
            yield path


def companions(page: Path) -> tuple[Path, ...]:
    """Return the folders beside a page that a browser saved with it; none for other documents."""
    if page.suffix.lower() not in _PAGES:
        return ()
    folders = (page.with_name(page.stem + ending) for ending in _FOLDERS)
    return tuple(folder for folder in folders if folder.is_dir() and not folder.is_symlink())


def is_companion(folder: Path) -> bool:
    """Tell whether a browser saved ``folder`` with a page beside it: what lies in it is no document."""
    stems = [folder.name[: -len(ending)] for ending in _FOLDERS if folder.name.endswith(ending)]
    return any(folder.with_name(stem + ending).is_file() for stem in stems if stem for ending in _PAGES)
