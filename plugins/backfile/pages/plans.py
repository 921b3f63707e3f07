"""What a site will be made of, before it is made: each page and file knows all that it depends on.

A build compares ``facts`` with those of the last one and makes what differs. To know the
facts of a page must be cheap, to make it need not be: what takes time (reading a text,
comparing takes) stands in ``fill``, and what it reads stands in ``rest``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backfile.pages.records import Page


@dataclass(frozen=True, slots=True, eq=False)
class PagePlan:
    """A page: its record, but for what ``fill`` adds to it; ``rest`` are values or hashes of what that reads."""

    page: Page
    rest: tuple[Any, ...] = ()
    fill: Callable[[], Page] | None = None

    @property
    def save_as(self) -> str:
        """The file below ``output/``."""
        return self.page.save_as

    @property
    def facts(self) -> tuple[Any, ...]:
        """All that the page depends on, but its templates and the site's record."""
        return (self.page, self.rest)

    def make(self) -> Page:
        """Return the whole record."""
        return self.fill() if self.fill else self.page


@dataclass(frozen=True, slots=True, eq=False)
class FilePlan:
    """A file that no template makes (a feed, data): ``facts`` are values or hashes of all that it depends on."""

    save_as: str
    facts: tuple[Any, ...]
    make: Callable[[], bytes]


Plan = PagePlan | FilePlan
