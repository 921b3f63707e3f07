"""Backfile's Pelican plugin, and the only package that imports Pelican.

Each module adapts one extension point, and delegates: ``reader`` reads Markdown, ``generator``
makes the archive and its pages, ``writer`` renders a page from its record, ``application``
stages the output. ``settings`` says what Pelican must leave to us. ``python -m backfile.site`` is
``pelican``, but for builds that have nothing to do, which it ends before it has imported Pelican.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pelican import Pelican  # type: ignore[import-untyped]  # Pelican has no types
    from pelican.generators import Generator  # type: ignore[import-untyped]  # Pelican has no types
    from pelican.readers import Readers  # type: ignore[import-untyped]  # Pelican has no types
    from pelican.writers import Writer  # type: ignore[import-untyped]  # Pelican has no types

# What only a build needs is imported when there is one to do: most have nothing to do, and start-up is what they cost.
# So that the settings file can be read without Pelican, it isn't imported here either.


def archive_pelican(settings: dict[str, Any]) -> Pelican:
    """Return what builds an archive; name it in the settings file: ``PELICAN_CLASS = archive_pelican``."""
    from backfile.site.application import ArchivePelican

    return ArchivePelican(settings)


def register() -> None:
    """Connect to Pelican (called by Pelican for each entry of ``PLUGINS``)."""
    import logging

    from pelican.plugins import signals  # type: ignore[import-untyped]  # Pelican has no types

    from backfile.site.report import NoTraceback

    logging.getLogger("pelican").addFilter(NoTraceback())
    signals.initialized.connect(_initialized)
    signals.readers_init.connect(_readers_init)
    signals.generator_init.connect(_generator_init)
    signals.get_generators.connect(_get_generators)
    signals.get_writer.connect(_get_writer)


def _initialized(pelican: Pelican) -> None:
    from backfile.site.settings import apply_settings

    apply_settings(pelican)


def _readers_init(readers: Readers) -> None:
    from backfile.site.reader import BriefingReader

    readers.reader_classes["md"] = BriefingReader


def _generator_init(generator: Generator) -> None:
    from backfile.site.calling import DirectContext
    from backfile.site.escaping import Compiler
    from backfile.wording import FILTERS

    # Pelican warns of .md files while the Markdown package is absent, although this reader took them.
    generator.readers.disabled_readers.pop("md", None)
    environment = generator.env
    environment.filters.update(FILTERS)
    environment.code_generator_class = Compiler
    environment.context_class = DirectContext
    # A plain dictionary rather than a chain of two, which Jinja walks along for each import of each page.
    environment.make_globals = lambda own: {**environment.globals, **(own or {})}


def _get_generators(_pelican: Pelican) -> type[Generator]:
    from backfile.site.generator import ArchiveGenerator

    return ArchiveGenerator


def _get_writer(_pelican: Pelican) -> type[Writer]:
    from backfile.site.writer import RecordWriter

    return RecordWriter
