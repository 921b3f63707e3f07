"""What works took, and how that stands to what is to be reached, as tables."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median

from benchmarks.measure import MEMORY, Taken

COLD, SAME, EDITED, ADDED = "cold", "nothing changed", "one article edited", "one article added"
PARED = "Hugo, pared down"
START, BARE = "Backfile, started", "`pelican --version`"
SEARCH, PAGEFIND, BOTH = "Backfile's search index, cold", "Pagefind, one index", "Hugo + Pagefind"

# Work, what it is held against, and the ratios of time and memory to reach (issue 5 has them, for 12,694 articles).
GOALS = (
    (f"Backfile, {COLD}", "Hugo", 1.0, 0.6),
    (f"Backfile, {COLD}", PARED, 1.0, 0.6),
    (f"Backfile, {COLD}", "Hugo with related", 0.25, None),
    (f"Backfile, {COLD}", "Pelican", 0.27, None),
    (f"Backfile, {COLD}", "Pelican with similar-posts", None, None),
    (f"Backfile, {COLD}", "Eleventy", None, None),
    (f"Backfile, {SAME}", "Hugo", 0.06, None),
    (f"Backfile, {SAME}", PARED, 0.06, None),
    (f"Backfile, {EDITED}", "Hugo", 0.10, None),
    (f"Backfile, {EDITED}", PARED, 0.10, None),
    (f"Backfile, {ADDED}", "Hugo", None, None),
    (f"Backfile with search, {COLD}", BOTH, None, None),
    (f"Backfile with search, {SAME}", BOTH, None, None),
    (f"Backfile with search, {EDITED}", BOTH, None, None),
    (f"Backfile with search, {ADDED}", BOTH, 0.08, None),
    (SEARCH, PAGEFIND, 0.6, 0.25),
    (START, BARE, 1.3, None),
)


@dataclass(slots=True)
class Results:
    """What each work took, turn by turn, and how many files it left."""

    taken: dict[str, list[Taken]] = field(default_factory=lambda: defaultdict(list))
    memory: dict[str, float] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)

    def ratio(self, work: str, other: str, what: Callable[[Taken], float]) -> float | None:
        """Return the median of the ratios within each turn; nothing when one was not measured."""
        pairs = zip(self.taken.get(work, []), self.taken.get(other, []), strict=False)
        ratios = [what(one) / what(two) for one, two in pairs]
        return median(ratios) if ratios else None


def tables(results: Results) -> Iterator[str]:
    """Yield the lines of two tables, in Markdown."""
    yield ""
    yield f"| work | wall s | CPU s | peak MB ({MEMORY}) | files |"
    yield "|---|---|---|---|---|"
    for name, runs in results.taken.items():
        walls = [each.wall for each in runs]
        wall = f"{median(walls):.2f} ({min(walls):.2f}–{max(walls):.2f})"
        peak = f"{results.memory[name]:,.0f}" if name in results.memory else "–"
        files = f"{results.files[name]:,}" if name in results.files else "–"
        yield f"| {name} | {wall} | {median(each.cpu for each in runs):.2f} | {peak} | {files} |"
    yield ""
    yield "| work | against | wall | to reach | CPU | memory | to reach |"
    yield "|---|---|---|---|---|---|---|"
    for work, other, time_goal, memory_goal in GOALS:
        time = results.ratio(work, other, lambda taken: taken.wall)
        cpu = results.ratio(work, other, lambda taken: taken.cpu)
        if time is None or cpu is None:
            continue
        memory = None
        with contextlib.suppress(KeyError):
            memory = results.memory[work] / results.memory[other]
        cells = [
            f"{time:.2f}×",
            _goal(time_goal),
            f"{cpu:.2f}×",
            f"{memory:.2f}×" if memory else "",
            _goal(memory_goal),
        ]
        yield f"| {work} | {other} | {' | '.join(cells)} |"


def _goal(ratio: float | None) -> str:
    return "" if ratio is None else f"≤ {ratio:.2f}×"
