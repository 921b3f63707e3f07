"""What a process that builds again and again keeps from one build to the next; one that builds once has none.

Each part remembers by what it depends on (the row of an article in the cache, the record of
a story) and looks whether that is still the same, so that a memory can be emptied at any
time without changing a byte of output, as the cache can.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backfile.incremental.cache import Cache
from backfile.incremental.site import Output
from backfile.incremental.version import version

if TYPE_CHECKING:
    from backfile.incremental.shelf import Shelf
    from backfile.incremental.told import Standing

_HELD = ("receipt",)


@dataclass(slots=True)
class Memory:
    """Filled by builds, and forgotten after one unless it ``lasts``.

    ``shelf`` holds the articles; ``stories`` are those of the last build. Once a site ``is_indexed``, its search
    index is left as it stands: to index takes longer than all else.
    """

    lasts: bool = False
    is_indexed: bool = False
    shelf: Shelf | None = None
    stories: Standing | None = None
    cache: Cache | None = None
    files: Output | None = None
    found: tuple[object, ...] = ()

    def open(self, file: Path) -> Cache:
        """Return the cache in a file; forget everything when another process has built meanwhile."""
        if self.cache is None or self.cache.file != file or not self.cache.is_current():
            self.cache = self._opened(file)
        return self.cache

    def anew(self, file: Path) -> Cache:
        """Return an empty cache in the place of one that came to harm."""
        self.cache = self._opened(file, is_believed=False)
        return self.cache

    def output(self, root: Path, cache: Cache) -> Output:
        """Return what stands in the output."""
        if self.files is None:
            self.files = Output(root, cache)
        return self.files

    def _opened(self, file: Path, *, is_believed: bool = True) -> Cache:
        self.forget()
        return Cache(file, version(), _HELD if self.lasts else (), is_believed=is_believed)

    def hold(self, *found: object) -> None:
        """Hold what a build has found, if it is the last: to take it apart takes longer than to end the process."""
        if not self.lasts:
            self.found = found

    def close(self) -> None:
        """Let go of the cache's file."""
        if self.cache:
            self.cache.close()

    def forget(self) -> None:
        """Let go of everything."""
        self.close()
        self.cache = self.stories = self.files = self.shelf = None
        self.found = ()
        self.is_indexed = False
