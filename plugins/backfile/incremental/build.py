"""Builds a site: reads what has changed, plans every page, makes those whose facts are not those of the last build.

What a change reaches is not guessed: the facts of every page are gathered anew and compared,
by their mark, with those that the page in the output was made from.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from backfile import addresses
from backfile.archive import Archive, arrange
from backfile.content import ContentReader
from backfile.incremental.account import Account
from backfile.incremental.cache import Cache
from backfile.incremental.corpus import Corpus, read_corpus
from backfile.incremental.lines import Lines, MadeLines
from backfile.incremental.memory import Memory
from backfile.incremental.planning import Planned, planned
from backfile.incremental.site import Made, Output
from backfile.incremental.told import tell_again
from backfile.incremental.tree import Marks, mark
from backfile.incremental.workers import on_all_cores
from backfile.marks import mark_of
from backfile.model import Finding
from backfile.pages import LinesPlan, PagePlan, Plan, Ref, Site, sections, text_pages
from backfile.pictures import unused_pictures

if TYPE_CHECKING:
    from backfile.incremental.index import Index

_FEW = 64  # pages that one process makes before others would have begun
_BATCH = 16  # pages that a worker makes at a time: some take a thousand times as long as others


class Templates(Protocol):
    """What renders pages."""

    def hash(self, name: str) -> bytes:
        """Return what changes with the template, or with any that it uses."""

    def prepare(self, names: Iterable[str]) -> None:
        """Make ready for pages by these templates."""

    def render(self, name: str, page: object, site: Site) -> str:
        """Return the page."""


@dataclass(frozen=True, slots=True)
class Static:
    """A file that is copied: from ``source`` to ``save_as`` in the site; ``path`` is where it is below ``content/``."""

    source: Path
    save_as: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a build starts from. ``site`` lacks its pages; ``marks`` are those of ``content/``.

    ``statics`` returns the files to copy, given those below ``content/`` that texts link to.
    """

    reader: ContentReader
    marks: Marks
    site: Site
    templates: Templates
    statics: Callable[[Collection[str]], Sequence[Static]]
    report: Callable[[Iterable[Finding]], None]


def build_site(
    given: Given,
    stage: Path,
    output: Output,
    cache: Cache,
    account: Account,
    memory: Memory,
    index: Index | None = None,
) -> Made:
    """Put into ``stage`` every file of the site that does not stand in ``output`` as it should be.

    ``memory`` is of an earlier build in this process, or empty. ``index`` is begun with as soon as the
    pages of articles are there, when these are few.

    Raises :class:`~backfile.errors.ContentError` with all findings that are errors.
    """
    with account.stage("read") as say:
        corpus = read_corpus(given.reader, given.marks, cache, given.site.lang, memory.shelf)
        if memory.lasts:
            memory.shelf = corpus.shelf
        say(f"{len(corpus.examined.articles):,} articles, {corpus.read:,} of them new or changed")
    with account.stage("group") as say:
        archive = arrange(corpus.examined, corpus.examiner, corpus.editorial, partial(tell_again, cache, memory))
        cache.commit()
        given.report(archive.findings)
        say(f"{len(archive.stories):,} stories")
    with account.stage("plan") as say:
        statics = _statics(given, corpus, archive)
        files = {static.path: static.save_as for static in statics if static.path} | _pages_of(corpus)
        texts = text_pages(corpus.texts, given.site.lang, files)
        site = replace(given.site, pages=tuple(Ref(page.title, page.address, lang=page.lang) for page in texts))
        make = partial(make_all, given.templates, site, stage, Lines(output, cache), cache)

        def early(found: Planned) -> None:
            if index and len(found.todo) <= _FEW:
                for _ in make(found.todo, found.keys):
                    pass
                found.todo.clear()
                index.begin(Made(found.keys, frozenset(found.kept)))

        pages = planned(
            sections(archive, site, texts, corpus.receipts, files),
            _templates(given.templates, site),
            output,
            cache,
            early,
        )
        copied = {static.save_as: mark_of(mark(static.source.stat(), sys.maxsize)) for static in statics}
        kept = pages.kept | {path for path, key in copied.items() if output.key(path) == key}
        keys = {**pages.keys, **copied}
        say(f"{len(keys):,} files")
    with account.stage("make") as say:
        for _ in account.bar(make(pages.todo, keys), "Pages", len(pages.todo)):
            pass
        for static in statics:
            if static.save_as not in kept:
                _copy(static.source, stage / static.save_as)
        say(f"{len(keys) - len(kept):,} files")
    memory.hold(corpus, archive, pages)
    return Made(keys, frozenset(kept))


def make_all(
    templates: Templates,
    site: Site,
    stage: Path,
    lines: Lines,
    cache: Cache,
    todo: Sequence[Plan],
    keys: Mapping[str, bytes],
) -> Iterator[None]:
    """Make files below ``stage``, each known by its key, and yield for each that is done."""
    templates.prepare({plan.template for plan in todo if isinstance(plan, PagePlan)})
    cache.commit()  # workers read from it
    make = partial(_make, stage, templates, site, lines)
    # A file of lines takes as long as a hundred pages: made last, it would keep the other workers waiting.
    todo = sorted(todo, key=lambda plan: not isinstance(plan, LinesPlan))
    new = []
    for made in on_all_cores(make, todo, few=_FEW, batch=_BATCH, beside=True, here=True):
        if made:
            new.append(made)
        yield
    for made in new:  # now that no worker reads: SQLite keeps readers out once it has much to write
        lines.remember(made, keys[made.path])


def _pages_of(corpus: Corpus) -> dict[str, str]:
    """Return the address of each text by its file."""
    articles = corpus.examined.articles
    found = dict(zip(articles.column("path"), map(addresses.of_id, articles), strict=True))
    return found | {text.path: addresses.prose(text.slug) for text in corpus.texts}


def _statics(given: Given, corpus: Corpus, archive: Archive) -> list[Static]:
    """Return the files to copy, but for kept pictures that no text shows: rights or an editor may forbid it."""
    linked = set(chain.from_iterable(archive.articles.column("body.links")))
    linked |= {link for article in archive.hidden for link in article.body.links}
    linked |= {link for text in corpus.texts for link in text.links}
    linked |= {link for topic in archive.topics for link in topic.links}
    found = given.statics(linked)
    unused = set(unused_pictures((static.path for static in found if static.path), linked))
    return [static for static in found if static.path not in unused]


def _templates(templates: Templates, site: Site) -> Callable[[str], bytes]:
    """Return what gives, for the name of a template, what changes with all of its pages."""
    frame = mark_of(site)
    return lru_cache(lambda name: templates.hash(name) + frame)


def _make(stage: Path, templates: Templates, site: Site, lines: Lines, plan: Plan) -> MadeLines | None:
    made = None
    if isinstance(plan, PagePlan):
        data = templates.render(plan.template, plan.make(), site).encode()
    elif isinstance(plan, LinesPlan):
        data, made = lines.make(plan)
    else:
        data = plan.make()
    path = f"{stage}/{plan.save_as}"  # a path object for each file would take as long as to open it
    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120  # as above
    with open(path, "wb") as file:  # noqa: PTH123  # as above
        file.write(data)
    return made


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
