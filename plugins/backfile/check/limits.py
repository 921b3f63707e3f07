"""What hosts that show a site for nothing take of it, told before a site has outgrown it.

The figures are those that the hosts' documentation gives: Cloudflare Pages (*Limits*) and
GitHub Pages (*GitHub Pages limits*), as read in November 2026. A sitemap has a limit too,
and is cut by :mod:`backfile.pages.sitemap`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backfile.check.codes import finding
from backfile.model import Finding

MAX_FILES = 20_000  # Cloudflare Pages, free plan
MAX_SIZE = 1_000_000_000  # bytes; GitHub Pages
MAX_FILE = 25 << 20  # bytes; Cloudflare Pages, each file
NEAR = 0.9  # of a limit: from here on it is told

_SITE = "the whole site"


def limits(sizes: Mapping[str, int]) -> Iterator[Finding]:
    """Yield a finding for each limit that a site nears or has passed; ``sizes`` are those of its files, in bytes."""
    if len(sizes) >= NEAR * MAX_FILES:
        largest = ", ".join(f"{count:,} in {folder}/" for folder, count in _folders(sizes)[:3])
        message = f"This has {len(sizes):,} files ({largest}); Cloudflare Pages takes {MAX_FILES:,} on its free plan."
        yield finding("B215", _SITE, message)
    total = sum(sizes.values())
    if total >= NEAR * MAX_SIZE:
        yield finding("B216", _SITE, f"This has {total / 1e6:,.0f} MB; GitHub Pages takes {MAX_SIZE / 1e6:,.0f} MB.")
    for file, size in sorted(sizes.items()):
        if size >= NEAR * MAX_FILE:
            told = f"This file has {size / 1e6:.1f} MB; Cloudflare Pages takes {MAX_FILE / 1e6:.1f} MB."
            yield finding("B217", file, told)


def _folders(paths: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the top folders with the number of files below each, the fullest first."""
    counts: dict[str, int] = {}
    for path in paths:
        folder, slash, _ = path.partition("/")
        if slash:
            counts[folder] = counts.get(folder, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
