"""What a site will be made of, before it is made: each page and file knows all that it depends on.

A build compares ``facts`` with those of the last one and makes what differs. To know the
facts of a page must be cheap, so they are marks (hashes) of what stands on it wherever
there are such; its record is put together when it is made. Pages are planned in sections,
and a section's facts stand for those of all its pages: while they are as they were, nothing
in it need be planned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from backfile.pages.records import Page, file_of

BETWEEN: Final = b",\n"  # lines of a file of lines


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


@dataclass(frozen=True, slots=True, eq=False)
class LinesPlan:
    """A file of lines that are known one by one: each by a key, which changes with what the line says.

    ``head`` stands before them, ``tail`` behind them, and :data:`BETWEEN` between them and in none of them.
    """

    save_as: str
    facts: tuple[Any, ...]
    head: bytes
    tail: bytes
    lines: Callable[[], Iterable[tuple[bytes, Callable[[], bytes]]]]

    def made(self, known: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
        """Return the lines by their keys; those that are ``known`` are not made again."""
        return {key: known.get(key) or make() for key, make in self.lines()}

    def whole(self, lines: Mapping[bytes, bytes]) -> bytes:
        """Return the file."""
        return self.head + BETWEEN.join(lines.values()) + self.tail

    def make(self) -> bytes:
        """Return the file, made from nothing."""
        return self.whole(self.made({}))


Plan = PagePlan | FilePlan | LinesPlan


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """Pages and files that are planned together. No two sections have one ``name``.

    ``facts`` change whenever those of any plan in it do, or the plans themselves; None where to
    know that would take as long as to plan them. Its parts may be sections themselves, each with
    facts of its own, which then need only be known when those of the whole have changed.
    Those that come first (``is_first``) hold all pages at addresses of articles, so that these can be
    made, and indexed for search, before others are planned.
    """

    name: str
    facts: tuple[Any, ...] | None
    parts: Callable[[], Iterable[Plan | Section]]
    is_first: bool = False

    def plans(self) -> Iterator[Plan]:
        """Yield all plans in it."""
        for part in self.parts():
            if isinstance(part, Section):
                yield from part.plans()
            else:
                yield part
