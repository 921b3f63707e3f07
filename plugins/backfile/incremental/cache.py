"""What earlier builds worked out, in one SQLite file: tables of blobs by name, each with a checksum.

A cache is never believed and never fatal. It belongs to one version of the code: another
one finds it empty. A row that fails its checksum is not there; a file that SQLite can't
read is thrown away; where nothing can be written, the build goes on without, and says so.
What a build puts in becomes lasting at :meth:`Cache.commit`, all or nothing, so a killed
build leaves a cache that is whole.

SQLite must not be carried across a fork (https://www.sqlite.org/howtocorrupt.html, 2.6): a
worker reads by a connection of its own and leaves that of its parent alone, which must have
committed before, or the worker would find a file half written and not know that it is locked.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

_TABLES = ("article", "rest", "body", "receipt", "related", "story", "page", "section", "template", "note")
_ALL = {table: f"select name, checksum, value from {table}" for table in _TABLES}  # noqa: S608  # names of our own
_ONE = {table: f"{query} where name = ?" for table, query in _ALL.items()}
_NAMES = {table: f"select name from {table}" for table in _TABLES}  # noqa: S608  # as above
_PUT = {table: f"insert or replace into {table} values (?, ?, ?)" for table in _TABLES}  # noqa: S608  # as above
_DROP = {table: f"delete from {table} where name = ?" for table in _TABLES}  # noqa: S608  # as above
# SQLite quotes what it can't read, and that need not be text.
_BROKEN = (OSError, sqlite3.Error, UnicodeDecodeError)
_SUM = 8  # bytes of a checksum
_WAIT = 5.0  # seconds for another process to let go of the file


class HarmedError(Exception):
    """What the cache said was there is not: build from nothing."""


class Cache:
    """Tables of (name, blob). Forked workers may read what was committed before they were forked."""

    def __init__(self, file: Path, version: bytes, holds: Iterable[str] = (), *, is_believed: bool = True) -> None:
        """Open ``file``; begin it anew when it is not of this ``version``, or not believed.

        ``problem`` says why there is none. Tables in ``holds`` stay in memory once all of them has been asked for.
        """
        self.problem = ""
        self._holds = frozenset(holds)
        self._held: dict[str, dict[str, bytes]] = {}
        self.file = file
        self._process = os.getpid()
        self._base: sqlite3.Connection | None = None
        self._readers: dict[int, sqlite3.Connection | None] = {}
        self._folders: dict[str, Path] = {}
        self._seen = self._inode = 0
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._base = self._open(version if is_believed else b"", version)
            self._seen, self._inode = self._changes(), file.stat().st_ino
            self._readers = {self._process: self._base}
        except _BROKEN as error:
            self._fail(error)

    def all(self, table: str) -> dict[str, bytes]:
        """Return all that is in a table, to be read and not to be changed."""
        found = self._held.get(table)
        if found is None:
            found = dict(self._rows(_ALL[table]))
            if table in self._holds:
                self._held[table] = found
        return found

    def names(self, table: str) -> list[str]:
        """Return the names of all that is in a table."""
        with self._failing():
            if base := self._connection():
                return [name for (name,) in base.execute(_NAMES[table])]
        return []

    def get(self, table: str, name: str) -> bytes | None:
        """Return one blob, or None."""
        return next((value for _, value in self._rows(_ONE[table], name)), None)

    def put(self, table: str, rows: Iterable[tuple[str, bytes]]) -> None:
        """Put blobs in, each in the place of the one that had its name."""
        rows = list(rows)
        self._held.get(table, {}).update(rows)
        self._write(_PUT[table], ((name, _checksum(name, value), value) for name, value in rows))

    def drop(self, table: str, names: Iterable[str]) -> None:
        """Take blobs out."""
        names = list(names)
        for name in names:
            self._held.get(table, {}).pop(name, None)
        self._write(_DROP[table], ((name,) for name in names))

    @property
    def folder(self) -> Path:
        """The folder that the cache's files are in."""
        return self.file.parent

    def new_folder(self, prefix: str) -> Path | None:
        """Return a new folder beside the cache for what is too large for it, or None where none can be made.

        Others whose names begin like its own are removed at :meth:`commit`.
        """
        with self._failing():
            if self._base:
                self._folders[prefix] = Path(tempfile.mkdtemp(prefix=prefix, dir=self.folder))
                return self._folders[prefix]
        return None

    def commit(self) -> None:
        """Make lasting what was put in and taken out."""
        if self._base:
            with self._failing():
                self._base.commit()
                for prefix, folder in self._folders.items():
                    for other in self.folder.glob(f"{prefix}*"):
                        if other != folder:
                            shutil.rmtree(other, ignore_errors=True)

    def is_current(self) -> bool:
        """Tell whether the file is still the one that was opened, and no other process has changed it."""
        if not self._base:
            return False
        try:
            return (self._seen, self._inode) == (self._changes(), self.file.stat().st_ino)
        except _BROKEN:
            return False

    def close(self) -> None:
        """Let go of the file; what was not committed is forgotten."""
        if os.getpid() != self._process:
            self._readers = {os.getpid(): None}
        elif self._base:
            self._base.close()
            self._base = None
            self._readers = {}

    def _open(self, believed: bytes, version: bytes) -> sqlite3.Connection:
        base = _connect(self.file)
        try:
            found = base.execute("select value from note where name = 'version'").fetchone()
        except (sqlite3.DatabaseError, UnicodeDecodeError):  # new, or no cache at all
            found = None
        if found == (believed,):
            return base
        base.close()
        self.file.unlink()
        self.file.with_name(f"{self.file.name}-journal").unlink(missing_ok=True)
        base = _connect(self.file)
        for table in _TABLES:
            base.execute(f"create table {table} (name text primary key, checksum blob, value blob)")
        base.execute("insert into note values ('version', ?, ?)", (_checksum("version", version), version))
        base.commit()
        return base

    def _changes(self) -> int:
        """Return a number that differs when another process has changed the file."""
        (number,) = self._base.execute("pragma data_version").fetchone() if self._base else (0,)
        return int(number)

    def _connection(self) -> sqlite3.Connection | None:
        if self._base and os.getpid() not in self._readers:  # SQLite's connections do not survive a fork
            self._readers = {os.getpid(): _connect(self.file)}
        return self._readers.get(os.getpid())

    def _rows(self, query: str, *values: str) -> Iterator[tuple[str, bytes]]:
        with self._failing():
            if base := self._connection():
                for name, checksum, value in base.execute(query, values):
                    if checksum == _checksum(name, value):
                        yield name, value

    def _write(self, query: str, rows: Iterable[tuple[str, ...] | tuple[str, bytes, bytes]]) -> None:
        if self._base and os.getpid() == self._process:  # what a worker finds, its parent keeps
            with self._failing():
                self._base.executemany(query, rows)

    @contextlib.contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self.problem = f"{self.file}: the build goes on without its cache: {error}. The file may be deleted."
        with contextlib.suppress(sqlite3.Error):
            self.close()


def _connect(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file, timeout=_WAIT)
    # A power cut may cost the cache: not to wait for the disk is what makes it worth having.
    base.execute("pragma synchronous = off")
    return base


def _checksum(name: str, value: bytes) -> bytes:
    return blake2b(value, digest_size=_SUM, key=name.encode()[:64]).digest()
