"""All that imports have left in ``content/``, as taking back and undoing look at it; only read here, never changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backfile.ingest.changes.apply import IMPORTS, SOURCES
from backfile.ingest.changes.catalogue import Catalogue, Held
from backfile.ingest.changes.inventory import read_catalogue
from backfile.ingest.run import picture_policy
from backfile.pictures import is_kept_picture
from backfile.rights import PicturePolicy

Receipt = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Holdings:
    """The articles that can be read by their paths, in order; by the SHA-256 of a raw file its receipt and its path.

    ``catalogue`` finds articles by their texts. ``pictures`` are the paths of kept pictures,
    ``pictures_of_outlets`` says whether any are to be kept.
    """

    catalogue: Catalogue
    by_path: Mapping[str, Held]
    receipts: Mapping[str, Receipt]
    files: Mapping[str, str]
    pictures: frozenset[str]
    pictures_of_outlets: PicturePolicy
    content: Path

    @property
    def articles(self) -> Collection[Held]:
        """Every article that can be read, in the order of their paths."""
        return self.by_path.values()

    def read(self, path: str) -> bytes:
        """Return what a file holds, by its path below ``content/``."""
        return (self.content / path).read_bytes()

    def naming(self, path: str) -> Iterator[str]:
        """Yield the SHA-256 of each raw file whose receipt names an article's file."""
        return (sha for sha, receipt in self.receipts.items() if path in item_paths(receipt))


def read_holdings(content: Path) -> Holdings:
    """Return what is in ``content``; a receipt that can't be read counts as none. Raises ``ContentError``."""
    receipts = {}
    for file in sorted((content / IMPORTS).glob("??/*.json")):
        try:
            receipts[file.stem] = json.loads(file.read_bytes())
        except ValueError:
            continue
    pictures = (file.relative_to(content).as_posix() for file in content.glob("images/??/*"))
    catalogue = read_catalogue(content)
    return Holdings(
        catalogue=catalogue,
        by_path=dict(catalogue.by_path),  # looked through more than once, so read but once
        receipts={sha256: receipt for sha256, receipt in receipts.items() if isinstance(receipt, dict)},
        files={
            file.stem: file.relative_to(content).as_posix()
            for file in sorted((content / SOURCES).glob("??/*"))
            if not file.name.startswith(".")
        },
        pictures=frozenset(path for path in pictures if is_kept_picture(path)),
        pictures_of_outlets=picture_policy(content),
        content=content,
    )


def item_paths(receipt: Receipt) -> list[str]:
    """Return the paths of the articles that a receipt names."""
    return [item["path"] for item in receipt.get("items", ()) if isinstance(item, dict) and "path" in item]


def picture_paths(receipt: Receipt) -> set[str]:
    """Return the paths of the pictures that an import kept."""
    enclosures = (each for each in receipt.get("enclosures", ()) if isinstance(each, dict))
    return {str(each["kept"]) for each in enclosures if each.get("kept")}


def origins(held: Held) -> tuple[str, ...]:
    """Return the SHA-256 of all raw files that an article says it was made of, the newest last."""
    origin = held.front.provenance.sha256 if held.front.provenance else None
    return tuple(sha256 for sha256 in (*(old.sha256 for old in held.front.revisions), origin) if sha256)


def file_name(receipt: Receipt) -> str:
    """Return what the raw file was called when it came."""
    return str(receipt.get("file") or "raw file")
