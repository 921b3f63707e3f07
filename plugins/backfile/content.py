"""Reads a ``content/`` folder from disk: the only edge between its files and the pure readers.

Pelican walks the articles itself in a build; commands that need an archive and no pages
(topic suggestions, the ledger) read them here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from backfile.archive import Archive, Editorial, assemble
from backfile.errors import ContentError
from backfile.folders import ARTICLES, IMPORTS, TOPICS
from backfile.model import Finding, Receipt, Status
from backfile.names import load_names
from backfile.reading import read_article
from backfile.rights import FILE as RIGHTS
from backfile.rights import load_rights
from backfile.stories import EditorWord, Ledger, load_editor, load_ledger
from backfile.topics import read_topic
from backfile.withdrawals import FILE as WITHDRAWN
from backfile.withdrawals import load_withdrawals

Read = TypeVar("Read")


class ContentReader:
    """Reads files below ``content``; gathers the findings of broken ones, so that all can be raised at once."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.findings: list[Finding] = []

    def read(self, path: str, read: Callable[[str, str], Read]) -> Read | None:
        """Return what ``read(text, path)`` makes of a file; None, and its findings, when it is broken.

        A file that is not there reads as empty.
        """
        file = self.content / path
        return self.made(file.read_bytes() if file.exists() else b"", path, read)

    def made(self, data: bytes, path: str, read: Callable[[str, str], Read]) -> Read | None:
        """Return what ``read(text, path)`` makes of a file with these bytes, as :meth:`read` does."""
        try:
            return read(data.decode("utf-8"), path)
        except UnicodeDecodeError as error:
            hint = "Save the file as UTF-8, or bring it in with: invoke import"
            self.findings.append(Finding("B100", "error", path, f"byte {error.start + 1} is not UTF-8.", hint))
        except ContentError as error:
            self.findings.extend(error.findings)
        return None

    def editorial(self) -> Editorial:
        """Read topics, names, the editor's word and the ledger."""
        topics = (self.read(path, read_topic) for path in self.files(TOPICS))
        return Editorial(
            topics=tuple(topic for topic in topics if topic),
            names=self.read("names.yaml", load_names) or (),
            editor=self.read("stories.yaml", load_editor) or EditorWord(),
            ledger=self.read("ledger.jsonl", load_ledger) or Ledger(),
            rights=self.read(RIGHTS, load_rights) or {},
            withdrawn=self.read(WITHDRAWN, load_withdrawals) or (),
        )

    def receipts(self) -> dict[str, Receipt]:
        """Return the receipts of imports, by the SHA-256 of the raw file."""
        paths = sorted(path.relative_to(self.content).as_posix() for path in (self.content / IMPORTS).glob("??/*.json"))
        return {PurePosixPath(path).stem: found for path in paths if (found := self.receipt(path))}

    def receipt(self, path: str) -> Receipt | None:
        """Return one receipt, which has been looked through and is read again when it is wanted."""
        if self.read(path, _receipt) is None:
            return None
        hash_ = blake2b((self.content / path).read_bytes(), digest_size=16).digest()
        return self.kept_receipt(path, hash_)

    def kept_receipt(self, path: str, hash_: bytes) -> Receipt:
        """Return a receipt that has not changed since it was looked through."""
        return Receipt(hash_, partial(self._told, path))

    def _told(self, path: str) -> Mapping[str, Any]:
        told = self.read(path, _receipt)
        self.check()
        return told or {}

    def check(self) -> None:
        """Raise :class:`~backfile.errors.ContentError` with all findings, if there are any."""
        if self.findings:
            raise ContentError(*sorted(self.findings, key=lambda finding: (finding.file, finding.line or 0)))

    def files(self, folder: str) -> list[str]:
        """Return the Markdown files below a folder of ``content``, sorted."""
        return sorted(path.relative_to(self.content).as_posix() for path in (self.content / folder).rglob("*.md"))


def _receipt(text: str, path: str) -> Mapping[str, Any]:
    """Return a receipt; raises :class:`~backfile.errors.ContentError` when it is not as an import left it."""
    try:
        receipt = json.loads(text)
    except json.JSONDecodeError as error:
        hint = "Restore the file, or remove it: the texts do not depend on it."
        raise ContentError(
            Finding("B145", "error", path, f"is no JSON: {error.msg}.", hint, line=error.lineno)
        ) from error
    if not isinstance(receipt, dict) or not all(isinstance(item, dict) for item in receipt.get("items", [])):
        hint = "Restore the file, or remove it: the texts do not depend on it."
        raise ContentError(Finding("B145", "error", path, "is no receipt of an import.", hint))
    return receipt


def read_archive(content: Path, default_lang: str) -> Archive:
    """Return the archive in ``content``. Raises :class:`~backfile.errors.ContentError` with all findings."""
    reader = ContentReader(content)
    editorial = reader.editorial()
    read = (
        reader.read(path, lambda text, path: read_article(text, path, default_lang=default_lang))
        for path in reader.files(ARTICLES)
    )
    articles = [article for article in read if article and article.status is not Status.DRAFT]
    reader.check()
    return assemble(articles, editorial)
