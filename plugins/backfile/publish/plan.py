"""What has to change so that one folder becomes like another: pure, on path names alone.

Paths are relative and use slashes. *Made* are the files that the last build put into
``output/``; a file there that it did not make is *foreign* (a ``.git`` folder, a host's
``CNAME``) and is never touched.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in order, each ``("put", path)`` or ``("drop", path)``, and the files that are in the way."""

    steps: tuple[tuple[str, str], ...]
    obstacles: tuple[str, ...]


def plan(staged: Collection[str], changed: Collection[str], existing: Collection[str], made: Collection[str]) -> Plan:
    """Return how ``existing`` becomes ``staged``, of which only ``changed`` differ or are missing.

    What stays as it is need not be among ``existing``.
    Puts go from the deepest folder to the front page, and drops come last, so that
    whoever reads meanwhile meets no link to what is not there yet. A drop that a put has
    to wait for (a file becomes a folder, a name changes its case alone) comes first.
    Obstacles are foreign files that stand where the site needs a file or a folder.
    """
    foreign = set(existing) - set(made)
    kept = set(staged)
    needed = kept | {folder for path in changed for folder in folders(path)} if foreign else kept
    obstacles = sorted(path for path in foreign if path in needed or not kept.isdisjoint(folders(path)))
    drops = sorted((set(existing) & set(made)) - kept)
    # Into an empty folder, whole folders are put: nobody reads there yet.
    parts = changed if existing or len(changed) < len(kept) else {path.partition("/")[0] for path in changed}
    puts = sorted(parts, key=lambda path: (-path.count("/"), path))
    wanted = {_fold(path) for path in puts}
    wanted_too = wanted | {folder for path in wanted for folder in folders(path)}
    first = {path for path in drops if _fold(path) in wanted_too or not wanted.isdisjoint(folders(_fold(path)))}
    steps = [("drop", path) for path in drops if path in first]
    steps += [("put", path) for path in puts]
    steps += [("drop", path) for path in drops if path not in first]
    return Plan(tuple(steps), tuple(obstacles))


def folders(path: str) -> Iterator[str]:
    """Yield the folders that ``path`` lies in, the nearest first: ``a/b`` and ``a`` for ``a/b/c``."""
    while (cut := path.rfind("/")) > 0:
        path = path[:cut]
        yield path


def _fold(path: str) -> str:
    """Return what a file system that ignores case and composition takes ``path`` for."""
    return unicodedata.normalize("NFC", path).casefold()
