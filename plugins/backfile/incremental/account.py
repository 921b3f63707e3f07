"""What a build did and how long each stage took: bars while it works, and a table at its end."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

Item = TypeVar("Item")

_WORTH_A_BAR = 500  # below so many items a bar would only flicker


@dataclass(slots=True)
class Account:
    """Filled in by a build, stage by stage; without ``console`` it has no bars."""

    console: Console | None = None
    stages: list[tuple[str, float, str]] = field(default_factory=list)
    made: int = 0
    kept: int = 0
    removed: int = 0
    _start: float = field(default_factory=time.perf_counter)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[Callable[[str], None]]:
        """Time a stage; what it yields takes a few words on what the stage did."""
        start = time.perf_counter()
        words: list[str] = []
        yield words.append
        self.stages.append((name, time.perf_counter() - start, " ".join(words)))

    def bar(self, items: Iterable[Item], name: str, total: int) -> Iterator[Item]:
        """Yield the items; on a terminal, show how many are done."""
        if total < _WORTH_A_BAR or not self._is_terminal():
            yield from items
            return
        from rich.progress import Progress  # of which builds without a bar have no need

        with Progress(console=self.console, transient=True) as progress:
            yield from progress.track(items, total=total, description=name)

    def as_data(self) -> dict[str, Any]:
        """Return the account for a JSON file; times are in seconds."""
        stages = [{"name": name, "seconds": round(taken, 4), "did": words} for name, taken, words in self.stages]
        seconds = round(time.perf_counter() - self._start, 4)
        return {
            "seconds": seconds,
            "stages": stages,
            "made": self.made,
            "kept": self.kept,
            "removed": self.removed,
            "peak_bytes": _peak(),
        }

    def lines(self) -> list[str]:
        """Return the account: a line in all, and on a terminal one for each stage before it."""
        seconds = time.perf_counter() - self._start
        total = f"Built {self.made + self.kept:,} files in {seconds:.1f} s: {self.made:,} made, {self.kept:,} kept"
        total += f", {self.removed:,} removed" if self.removed else ""
        if not self._is_terminal():
            return [f"{total}."]
        rows = [f"  {name:<9} {taken:6.2f} s  {words}".rstrip() for name, taken, words in self.stages]
        return [*rows, f"{total}{_memory()}."]

    def _is_terminal(self) -> bool:
        return self.console.is_terminal if self.console else sys.stdout.isatty()


def _memory() -> str:
    peak = _peak()
    return f"; the largest process took {peak / 1e6:,.0f} MB" if peak else ""


def _peak() -> int | None:
    """Return the most memory that a process of the build took, in bytes; None where the system does not say."""
    if sys.platform == "win32":
        return None
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * unit
