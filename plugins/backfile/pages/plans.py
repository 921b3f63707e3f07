"""What a site will be made of, before it is made: each page and file knows all that it depends on.

A build compares ``facts`` with those of the last one and makes what differs. To know the
facts of a page must be cheap, so they are marks (hashes) of what stands on it wherever
there are such; its record is put together when it is made. Pages are planned in sections,
and a section's facts stand for those of all its pages: while they are as they were, nothing
in it need be planned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from backfile.pages.records import Page, file_of


@dataclass(frozen=True, slots=True, eq=False)
class PagePlan:
    """A page: ``facts`` are values or hashes of all that it depends on, but its templates and the site's record."""

    template: str
    address: str
    facts: tuple[Any, ...]
    make: Callable[[], Page]

    @classmethod
    def of(cls, page: Page) -> PagePlan:
        """Return the plan of a page that is at hand."""
        return cls(page.template, page.address, (page,), lambda: page)

    @property
    def save_as(self) -> str:
        """The file below ``output/``."""
        return file_of(self.address)


@dataclass(frozen=True, slots=True, eq=False)
class FilePlan:
    """A file that no template makes (a feed, data): ``facts`` are values or hashes of all that it depends on."""

    save_as: str
    facts: tuple[Any, ...]
    make: Callable[[], bytes]


Plan = PagePlan | FilePlan


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """Pages and files that are planned together. No two sections have one ``name``.

    ``facts`` change whenever those of any plan in it do, or the plans themselves; None where to
    know that would take as long as to plan them.
    """

    name: str
    facts: tuple[Any, ...] | None
    plans: Callable[[], Iterable[Plan]]
