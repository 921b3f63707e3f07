"""What a build finds before it does anything: whether all that it is made from is as in the last one.

Nothing here needs Pelican, so that this can be known before that is imported.
"""

from __future__ import annotations

import marshal
import os
import time
from contextvars import ContextVar
from dataclasses import astuple, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final

from backfile.incremental import tree
from backfile.incremental.cache import Cache
from backfile.incremental.memory import Memory
from backfile.incremental.site import Output
from backfile.marks import mark_of

_FACTS = "facts"  # of the whole site, as the last build found them
_COMMAND = "command"  # that the last build was for, and what it came to
_NOT_READ = ("sources",)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a build is made from: a mark of its settings, its folders, and where its cache is."""

    settings: bytes
    content: str
    output: str
    cache: str
    theme: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What there is: the cache, the files in the output, the marks of ``content/``, and the mark of all of it.

    ``is_known`` says that this is what the last build was made from.
    """

    asked: Asked
    cache: Cache
    output: Output
    content: tree.Marks
    facts: bytes
    is_known: bool


@dataclass(slots=True)
class Ahead:
    """What was found out of a build before Pelican was imported.

    ``command`` is a mark of all that its settings come from; ``file`` is its cache. ``look`` is what there was.
    """

    command: bytes
    output: Path
    file: Path
    memory: Memory = field(default_factory=Memory)
    look: Look | None = None

    def asked(self) -> Asked | None:
        """Return what the command came to in the last build, or None when that was for another one."""
        row = self.memory.open(self.file).get("note", _COMMAND)
        command, asked = marshal.loads(row) if row else (b"", ())  # noqa: S302  # our own, by checksum
        return Asked(*asked) if command == self.command else None

    def keep(self, cache: Cache, asked: Asked) -> None:
        """Write down what the command came to, unless it says something each time."""
        if self.command:
            cache.put("note", [(_COMMAND, marshal.dumps((self.command, astuple(asked))))])


# A build is begun by Pelican, which would not hand this on.
AHEAD: Final[ContextVar[Ahead | None]] = ContextVar("AHEAD", default=None)


def look(asked: Asked, memory: Memory) -> Look:
    """Look at the content, the theme, the cache and the output; ``memory`` is of the build before."""
    now = time.time_ns()
    cache = memory.open(cache_file(Path(asked.cache), Path(asked.output)))
    output = memory.output(Path(asked.output), cache)
    output.look()  # while this process looks at the rest
    content = tree.marks(Path(asked.content), now, skip=_NOT_READ)
    theme = {f"{folder}/{path}": mark for folder in asked.theme for path, mark in tree.marks(Path(folder), now).items()}
    facts = mark_of(asked.settings, content, theme)
    is_known = "" not in {*content.values(), *theme.values()} and cache.get("note", _FACTS) == facts
    return Look(asked, cache, output, content, facts, is_known)


def keep(cache: Cache, facts: bytes) -> None:
    """Write down what the output is now made from."""
    cache.put("note", [(_FACTS, facts)])


def cache_file(folder: Path, output: Path) -> Path:
    """Return where the cache of builds into ``output`` is, below the folder of all caches."""
    return folder / blake2b(os.fsencode(output), digest_size=8).hexdigest() / "cache.sqlite"


def plain(value: object) -> object:
    """Return a setting as values that look the same in every run."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in sorted(value.items(), key=lambda item: str(item[0]))}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    if value is None or isinstance(value, str | int | float | bool | Path):
        return repr(value)
    name = f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__qualname__)}"
    code = getattr(value, "__code__", None)  # of a filter that the settings file makes, say
    return [name, Path(code.co_filename).read_bytes()] if code and Path(code.co_filename).is_file() else name
